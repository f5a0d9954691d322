"""Which files are late. A register that was late before it was kept here is not counted."""

from datetime import date

from sqlalchemy.orm import Session

from app.council import queries as council
from app.council import settings
from app.publication.queries.editions import first_published_for, latest_edition
from app.publication.rules.periods import FileKind, Period, quarters_back, years_back

#: How far back a file is missed.
QUARTERS_LOOKED_AT, YEARS_LOOKED_AT = 8, 2


def quarters_overdue(session: Session, today: date) -> list[Period]:
    """Quarters whose day has passed without a file, the earliest first; none where the platform publishes instead."""
    if council.value_on(session, settings.CODE_VIA_PLATFORM, today) is not None:
        return []
    return _overdue(session, FileKind.CONTRACTS, quarters_back(today, QUARTERS_LOOKED_AT), today)


def years_overdue(session: Session, today: date) -> list[Period]:
    return _overdue(session, FileKind.GRANTS, years_back(today, YEARS_LOOKED_AT), today)


def _overdue(session: Session, kind: FileKind, latest_first: list[Period], today: date) -> list[Period]:
    """From the first that was published here; where none was, only the last that was due."""
    first = first_published_for(session, kind)
    due = [one for one in latest_first if one.due_on < today]
    begun = due[:1] if first is None else [one for one in due if one.last >= first]
    return [one for one in reversed(begun) if latest_edition(session, one) is None]
