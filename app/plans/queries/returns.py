"""Planning rounds, and how every return of one stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import Person, RoleHeld
from app.accounts.roles import Role
from app.accounts.roles import words as role_words
from app.accounts.rules import PERMISSIONS
from app.core.listing import Sort
from app.core.rights import Permission, Reader, ScopeKind
from app.council.calendar import FinancialYear
from app.council.models import Directorate, Division
from app.plans.models import PlanningRound, Return
from app.plans.queries.gaps import GapsAsked, Missing, Whose, by_part, missing_of, total
from app.plans.queries.since import how_many_changed
from app.plans.rules import Answer, Part, ReturnState, Standing, Under, standing

SORTS = ("missing", "unit", "state", "chased")
#: Those who make a return, or sign it.
ASKED_FOR_RETURNS = (Permission.MAKE_RETURNS, Permission.SIGN_OFF)


def rounds(session: Session) -> list[PlanningRound]:
    """The latest plan year first."""
    return list(session.scalars(select(PlanningRound).order_by(PlanningRound.year.desc(), PlanningRound.id)))


def round_of(session: Session, year: FinancialYear) -> PlanningRound | None:
    return session.scalar(select(PlanningRound).where(PlanningRound.year == year.start))


def open_rounds(session: Session) -> list[PlanningRound]:
    return [one for one in rounds(session) if one.closed_at is None]


def returns_of(session: Session, found: PlanningRound, *, withdrawn: bool = False) -> list[Return]:
    """In the structure chart's order: each directorate's, then its divisions'."""
    query = (
        select(Return)
        .join(Directorate, Directorate.id == Return.directorate_id)
        .outerjoin(Division, Division.id == Return.division_id)
        .where(Return.round_id == found.id)
        .options(joinedload(Return.directorate), joinedload(Return.division), joinedload(Return.round))
        .options(selectinload(Return.parts), selectinload(Return.chases))
        .order_by(
            Directorate.position, Directorate.name_key, Directorate.id, Return.division_id.is_not(None),
            Division.position, Division.name_key, Return.id,
        )
    )  # fmt: skip
    return list(session.scalars(query if withdrawn else query.where(Return.withdrawn_at.is_(None))))


def one_return(session: Session, number: int) -> Return:
    """NoResultFound where there is none."""
    return session.scalars(
        select(Return)
        .where(Return.id == number)
        .options(joinedload(Return.directorate), joinedload(Return.division), joinedload(Return.round))
        .options(selectinload(Return.parts), selectinload(Return.chases))
    ).one()


def whose(made: Return) -> Whose:
    return Whose(made.directorate_id, made.division_id)


def divisions_returns(session: Session, made: Return) -> list[Return]:
    """Those under a directorate's; a division has none."""
    if made.division_id is not None:
        return []
    every = returns_of(session, made.round)
    return [one for one in every if one.directorate_id == made.directorate_id and one.division_id is not None]


def under(made: Return) -> Under:
    """A division's return, as its directorate's sign-off asks after it."""
    return Under(made.name, made.state, all_nil=all(part.answer is Answer.NIL for part in made.parts))


@dataclass(frozen=True)
class Line:
    """How one return stands."""

    made: Return
    standing: Standing
    missing: tuple[Missing, ...]
    #: How many parts are answered.
    answered: int
    #: Records changed since it was signed off.
    changed_since: int

    @property
    def number_missing(self) -> int:
        return total(self.missing)

    @property
    def by_part(self) -> Mapping[Part, int]:
        return by_part(self.missing)

    @property
    def chased_at(self) -> datetime | None:
        return self.made.chases[0].chased_at if self.made.chases else None

    @property
    def chased_whom(self) -> str:
        return self.made.chases[0].whom if self.made.chases else ""


def line_of(session: Session, made: Return, reader: Reader, today: date) -> Line:
    asked = GapsAsked(reader, today, made.round.plan_year)
    return Line(
        made=made,
        standing=standing(made.state, made.round.returns_due_on, today=today),
        missing=tuple(missing_of(session, asked, whose(made))),
        answered=sum(one.answer is not None for one in made.parts),
        changed_since=how_many_changed(session, made, reader, today),
    )


def lines(session: Session, found: PlanningRound, reader: Reader, today: date) -> list[Line]:
    """In the structure chart's order."""
    return [line_of(session, one, reader, today) for one in returns_of(session, found)]


def in_order(found: Sequence[Line], sort: Sort) -> list[Line]:
    """Ties stay in the structure chart's order, whichever way the list is turned."""
    keys: Mapping[str, Callable[[Line], float]] = {
        "missing": lambda one: one.number_missing,
        "state": lambda one: list(ReturnState).index(one.made.state),
        "chased": lambda one: one.chased_at.timestamp() if one.chased_at else 0.0,
    }
    if sort.column == "unit":
        return list(reversed(found)) if sort.descending else list(found)
    return sorted(found, key=keys[sort.column], reverse=sort.descending)


def own_returns(session: Session, found: PlanningRound, reader: Reader) -> list[Return]:
    """Those that are this reader's to make or to sign, in the structure chart's order."""
    return [
        one
        for one in returns_of(session, found)
        if any(reader.may_in(may, one.directorate_id, one.division_id) for may in ASKED_FOR_RETURNS)
    ]


# Whom to ask


@dataclass(frozen=True)
class Addressee:
    """Somebody who can make or sign a return."""

    id: int
    name: str
    email: str
    post: str
    roles: tuple[str, ...]

    @property
    def words(self) -> str:
        said = ", ".join(one for one in (self.post, " and ".join(self.roles)) if one)
        return f"{self.name} ({said})" if said else self.name


def addressees(session: Session, made: Return) -> list[Addressee]:
    """Those whose role for returns holds in the directorate or division, by name; people of the whole council are not
    asked for one part of it.
    """
    roles = [role for role in Role if any(may in PERMISSIONS[role] for may in ASKED_FOR_RETURNS)]
    of_directorate = (RoleHeld.scope == ScopeKind.DIRECTORATE) & (RoleHeld.scope_id == made.directorate_id)
    of_division = (RoleHeld.scope == ScopeKind.DIVISION) & (RoleHeld.scope_id == made.division_id)
    where = of_directorate if made.division_id is None else of_directorate | of_division
    found = session.scalars(
        select(Person)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(Person.left_at.is_(None), RoleHeld.role.in_(roles), where)
        .options(selectinload(Person.roles))
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return [
        Addressee(
            one.id,
            one.name,
            one.email,
            one.post or "",
            tuple(dict.fromkeys(role_words(held.role) for held in one.roles if held.role in roles)),
        )
        for one in found
    ]
