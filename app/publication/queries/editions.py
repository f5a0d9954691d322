"""What was published. Nothing here reads the live register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, selectinload

from app.core.listing import ROWS_ON_A_PAGE, Page
from app.core.text import words
from app.publication.models import PublishedEdition, PublishedFile, PublishedRow
from app.publication.rules.periods import FileKind, Period


def editions(session: Session) -> Sequence[PublishedEdition]:
    """Every edition, the latest period first and in it the latest edition."""
    return session.scalars(
        select(PublishedEdition)
        .options(selectinload(PublishedEdition.files))
        .order_by(
            PublishedEdition.effective_on.desc(), PublishedEdition.kind, PublishedEdition.number.desc(),
            PublishedEdition.id,
        )
    ).all()  # fmt: skip


def editions_of(session: Session, period: Period) -> Sequence[PublishedEdition]:
    """The latest first: it stands, and those after it are superseded."""
    return session.scalars(
        select(PublishedEdition)
        .where(PublishedEdition.kind == period.kind, PublishedEdition.period == period.key)
        .options(selectinload(PublishedEdition.files))
        .order_by(PublishedEdition.number.desc(), PublishedEdition.id)
    ).all()


def latest_edition(session: Session, period: Period) -> PublishedEdition | None:
    found = editions_of(session, period)
    return found[0] if found else None


def edition(session: Session, period: Period, number: int | None) -> PublishedEdition:
    """The numbered one, or the one that stands; there is no page where there is none."""
    for one in editions_of(session, period):
        if number in {None, one.number}:
            return one
    raise NoResultFound


def first_published_for(session: Session, kind: FileKind) -> date | None:
    """The last day of the earliest period anything was published for."""
    return session.scalar(select(func.min(PublishedEdition.effective_on)).where(PublishedEdition.kind == kind))


def file_of(session: Session, found: PublishedEdition, name: str) -> PublishedFile:
    return session.scalars(
        select(PublishedFile).where(PublishedFile.edition_id == found.id, PublishedFile.name == name)
    ).one()


@dataclass(frozen=True)
class RowsAsked:
    q: str = ""
    page: int = 1


def rows_page(session: Session, found: PublishedEdition, asked: RowsAsked) -> Page[PublishedRow]:
    """The rows in which every word asked for is printed."""
    where = [PublishedRow.edition_id == found.id]
    where += [PublishedRow.search_text.contains(word, autoescape=True) for word in words(asked.q)]
    total = session.scalar(select(func.count()).select_from(PublishedRow).where(*where)) or 0
    rows = session.scalars(
        select(PublishedRow)
        .where(*where)
        .order_by(PublishedRow.position, PublishedRow.id)
        .limit(ROWS_ON_A_PAGE)
        .offset((asked.page - 1) * ROWS_ON_A_PAGE)
    ).all()
    return Page(rows, total, asked.page)
