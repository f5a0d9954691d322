"""Lists of people and of their sign-ins, for administrators and auditors."""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from app.accounts import rules
from app.accounts.models import Person, PersonIdentity, RoleHeld, SignedInSession, SignInAttempt, Way
from app.accounts.roles import Role
from app.core.clock import LONDON
from app.core.listing import ROWS_ON_A_PAGE, Page
from app.core.rights import ScopeKind

#: How far back the administrator's front page counts what was refused.
LATELY = timedelta(days=7)


class State(enum.StrEnum):
    """Whether a person can sign in."""

    HERE = "can sign in"
    NO_WAY_IN = "no way in yet"
    LEFT = "switched off"


class Came(enum.StrEnum):
    """What came of a try to sign in."""

    LET_IN = "let in"
    REFUSED = "refused"


@dataclass(frozen=True)
class Wanted:
    """Which people are asked for. What is None narrows nothing."""

    words: str | None = None
    role: Role | None = None
    where: tuple[ScopeKind, int | None] | None = None
    state: State | None = None


def page(session: Session, wanted: Wanted, number: int) -> Page[Person]:
    """Those still here first, by name."""
    where = list(_conditions(wanted))
    total = session.scalar(select(func.count(Person.id)).where(*where)) or 0
    query = (
        select(Person)
        .options(selectinload(Person.roles), selectinload(Person.identities))
        .where(*where)
        .order_by(Person.left_at.is_not(None), Person.name, Person.id)
    )
    rows = session.scalars(query.limit(ROWS_ON_A_PAGE).offset((number - 1) * ROWS_ON_A_PAGE))
    return Page(list(rows), total, number)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.words:
        columns = (Person.name, Person.email, Person.post)
        where.append(or_(*(column.icontains(wanted.words, autoescape=True) for column in columns)))
    held = exists().where(RoleHeld.person_id == Person.id)
    if wanted.role:
        where.append(held.where(RoleHeld.role == wanted.role))
    if wanted.where:
        scope, scope_id = wanted.where
        where.append(held.where(RoleHeld.scope == scope, RoleHeld.scope_id.is_not_distinct_from(scope_id)))
    if wanted.state:
        where.append(_in_state(wanted.state))
    return where


def _in_state(state: State) -> ColumnElement[bool]:
    if state is State.LEFT:
        return Person.left_at.is_not(None)
    bound = exists().where(PersonIdentity.person_id == Person.id)
    way_in = or_(Person.password_hash.is_not(None), bound)
    return Person.left_at.is_(None) & (way_in if state is State.HERE else ~way_in)


@dataclass(frozen=True)
class Counts:
    """What an administrator looks at first."""

    here: int
    left: int
    no_way_in: int
    signed_in: int
    refused_lately: int


def counts(session: Session, *, now: datetime) -> Counts:
    def people_in(state: State) -> int:
        return session.scalar(select(func.count(Person.id)).where(_in_state(state))) or 0

    running = select(func.count(SignedInSession.id)).where(
        SignedInSession.ended_at.is_(None),
        SignedInSession.seen_at >= now - rules.IDLE_LIMIT,
        SignedInSession.started_at >= now - rules.SESSION_LIMIT,
    )
    refused = select(func.count(SignInAttempt.id)).where(
        SignInAttempt.succeeded.is_(False), SignInAttempt.at >= now - LATELY
    )
    return Counts(
        people_in(State.HERE),
        people_in(State.LEFT),
        people_in(State.NO_WAY_IN),
        session.scalar(running) or 0,
        session.scalar(refused) or 0,
    )


def sign_ins(
    session: Session, *, words: str | None, way: Way | None, came: Came | None, on: date | None, number: int
) -> Page[SignInAttempt]:
    """Tries to sign in, the latest first."""
    where: list[ColumnElement[bool]] = []
    if words:
        columns = (SignInAttempt.email, SignInAttempt.address)
        where.append(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    if way:
        where.append(SignInAttempt.way == way)
    if came:
        where.append(SignInAttempt.succeeded.is_(came is Came.LET_IN))
    if on:
        begins = datetime.combine(on, time.min, LONDON)
        where += [SignInAttempt.at >= begins, SignInAttempt.at < begins + timedelta(days=1)]
    total = session.scalar(select(func.count(SignInAttempt.id)).where(*where)) or 0
    query = select(SignInAttempt).where(*where).order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
    rows = session.scalars(query.limit(ROWS_ON_A_PAGE).offset((number - 1) * ROWS_ON_A_PAGE))
    return Page(list(rows), total, number)
