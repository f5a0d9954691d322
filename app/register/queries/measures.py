"""The council's own list of social value measures, as pages and forms show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.listing import Page
from app.register.models import SocialValueFramework, SocialValueMeasure, SocialValueOutcome, SocialValueTheme


@dataclass(frozen=True)
class MeasuresAsked:
    """Which measures."""

    words: str | None = None
    framework_id: int | None = None
    theme: str | None = None
    #: Those that have ended, too.
    ended: bool = False


def frameworks(session: Session) -> list[SocialValueFramework]:
    query = select(SocialValueFramework).order_by(SocialValueFramework.name, SocialValueFramework.edition)
    return list(session.scalars(query.order_by(SocialValueFramework.id)))


def theme_titles(session: Session) -> list[str]:
    return sorted(set(session.scalars(select(SocialValueTheme.title))), key=str.casefold)


def in_force(today: date) -> ColumnElement[bool]:
    begun = or_(SocialValueMeasure.from_on.is_(None), SocialValueMeasure.from_on <= today)
    return begun & or_(SocialValueMeasure.until_on.is_(None), SocialValueMeasure.until_on >= today)


def _matching(asked: MeasuresAsked, today: date) -> list[ColumnElement[bool]]:
    conditions = (
        [] if asked.ended else [or_(SocialValueMeasure.until_on.is_(None), SocialValueMeasure.until_on >= today)]
    )
    if asked.framework_id is not None:
        conditions.append(SocialValueMeasure.framework_id == asked.framework_id)
    if asked.theme:
        conditions.append(SocialValueTheme.title == asked.theme)
    for word in (asked.words or "").split():
        said = (SocialValueMeasure.title, SocialValueMeasure.code, SocialValueOutcome.title)
        conditions.append(or_(*(column.icontains(word, autoescape=True) for column in said)))
    return conditions


def measures_page(
    session: Session, asked: MeasuresAsked, today: date, *, number: int = 1, size: int = 25
) -> Page[SocialValueMeasure]:
    """One page of the list, by framework and code."""
    every = all_measures(session, asked, today, limit=size, offset=(number - 1) * size)
    counted = select(func.count(SocialValueMeasure.id)).join(SocialValueMeasure.outcome).join(SocialValueOutcome.theme)
    total = session.scalar(counted.where(*_matching(asked, today))) or 0
    return Page(every, total, number, size)


def all_measures(
    session: Session, asked: MeasuresAsked, today: date, *, limit: int | None = None, offset: int = 0
) -> Sequence[SocialValueMeasure]:
    query = (
        select(SocialValueMeasure)
        .join(SocialValueMeasure.framework)
        .join(SocialValueMeasure.outcome)
        .join(SocialValueOutcome.theme)
        .options(
            contains_eager(SocialValueMeasure.framework),
            contains_eager(SocialValueMeasure.outcome).contains_eager(SocialValueOutcome.theme),
        )
        .where(*_matching(asked, today))
        .order_by(SocialValueFramework.name, SocialValueFramework.edition, SocialValueMeasure.code)
        .order_by(SocialValueMeasure.id)
    )
    return session.scalars(query.limit(limit).offset(offset)).all()


def choosable(session: Session, today: date, kept: int | None = None) -> Sequence[SocialValueMeasure]:
    """Measures a commitment may count by: those in force, and the one it counts by."""
    query = (
        select(SocialValueMeasure)
        .join(SocialValueMeasure.framework)
        .options(contains_eager(SocialValueMeasure.framework))
        .where(or_(in_force(today), SocialValueMeasure.id == kept))
        .order_by(SocialValueFramework.name, SocialValueFramework.edition, SocialValueMeasure.code)
        .order_by(SocialValueMeasure.id)
    )
    return session.scalars(query).all()


def measure(session: Session, measure_id: int) -> SocialValueMeasure:
    """One measure; NoResultFound where there is none."""
    query = select(SocialValueMeasure).where(SocialValueMeasure.id == measure_id)
    return session.scalars(query.options(joinedload(SocialValueMeasure.framework))).one()
