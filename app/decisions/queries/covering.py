"""What a person may choose from to say which contracts an activity covers."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.core.text import fold
from app.decisions.models import Activity
from app.decisions.queries.agreements import still_counts
from app.register.models import Contract
from app.register.queries.lines import NEEDED
from app.register.visibility import rows_open_to

#: More are found by their words.
MOST = 50


def contracts_covered(session: Session, activity: Activity) -> list[Contract]:
    """The one that leads, then the further ones."""
    further = select(Contract).where(Contract.id.in_([one.contract_id for one in activity.also])).options(*NEEDED)
    leading = select(Contract).where(Contract.id == activity.contract_id).options(*NEEDED)
    by_title = further.order_by(Contract.title_key, Contract.id)
    return [*session.scalars(leading), *session.scalars(by_title)]


def contracts_to_cover(session: Session, activity: Activity, words: str, reader: Reader, today: date) -> list[Contract]:
    """Those not over that it does not cover: of its directorate, or by words of the whole council."""
    matching = [Contract.search_text.contains(word, autoescape=True) for word in fold(words).split()]
    near = matching or [Contract.directorate_id == activity.directorate_id]
    covered = [activity.contract_id, *(one.contract_id for one in activity.also)]
    query = select(Contract).where(
        *near,
        still_counts(today),
        rows_open_to(reader, today),
        Contract.id.not_in([number for number in covered if number is not None]),
        or_(Contract.arrangement_id.is_(None), Contract.arrangement_id != (activity.arrangement_id or 0)),
    )
    return list(session.scalars(query.options(*NEEDED).order_by(Contract.title_key, Contract.id).limit(MOST)))


def contracts_chosen(session: Session, numbers: Collection[int], reader: Reader, today: date) -> list[Contract]:
    """Those among them that the reader may know of."""
    query = select(Contract).where(Contract.id.in_(numbers), rows_open_to(reader, today))
    return list(session.scalars(query.order_by(Contract.title_key, Contract.id)))
