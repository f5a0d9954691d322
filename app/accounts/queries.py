"""Who is who."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, selectinload

from app.accounts import rules
from app.accounts.models import OneUseLink, Person, RoleHeld, SignedInSession, SignInAttempt, Way
from app.accounts.roles import Role, words
from app.core.access import Grant, Permission, Reader, ScopeKind
from app.council import queries as council


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def person_by_email(session: Session, email: str) -> Person | None:
    return session.scalar(select(Person).where(Person.email == email.strip().casefold()))


def everybody(session: Session) -> list[Person]:
    """All people, those still here first."""
    return list(
        session.scalars(
            select(Person)
            .options(selectinload(Person.roles))
            .order_by(Person.left_at.is_not(None), Person.name, Person.id)
        )
    )


def other_administrators(session: Session, person_id: int) -> int:
    """How many people besides this one are still here and hold the administrator's role for the whole council."""
    return (
        session.scalar(
            select(func.count(Person.id.distinct()))
            .join(RoleHeld, RoleHeld.person_id == Person.id)
            .where(
                Person.id != person_id,
                Person.left_at.is_(None),
                RoleHeld.role == Role.ADMINISTRATOR,
                RoleHeld.scope == ScopeKind.COUNCIL,
            )
        )
        or 0
    )


def scope_names(session: Session, *, on: date | None = None) -> dict[tuple[ScopeKind, int | None], str]:
    """The words of every place where a role can hold, or has held; on a day, of those that stand."""
    return {
        (ScopeKind.COUNCIL, None): "The whole council",
        **{(ScopeKind.DIRECTORATE, one.id): one.name for one in council.directorates(session, on=on)},
        **{(ScopeKind.DIVISION, one.id): f"{one.name} (division)" for one in council.divisions(session, on=on)},
        **{(ScopeKind.COMMITTEE, one.id): one.name for one in council.committees(session, on=on)},
        **{(ScopeKind.PORTFOLIO, one.id): f"{one.name} (portfolio)" for one in council.portfolios(session, on=on)},
    }


@dataclass(frozen=True)
class RunningSession:
    """Somebody signed in now."""

    id: int
    person_id: int
    name: str
    browser: str | None
    started_at: datetime
    seen_at: datetime


def running_sessions(session: Session, *, now: datetime) -> list[RunningSession]:
    """Everybody's, latest use first; those idle or too old have ended by themselves."""
    rows = session.execute(
        select(
            SignedInSession.id,
            Person.id,
            Person.name,
            SignedInSession.browser,
            SignedInSession.started_at,
            SignedInSession.seen_at,
        )
        .join(Person, Person.id == SignedInSession.person_id)
        .where(
            SignedInSession.ended_at.is_(None),
            SignedInSession.seen_at >= now - rules.IDLE_LIMIT,
            SignedInSession.started_at >= now - rules.SESSION_LIMIT,
        )
        .order_by(SignedInSession.seen_at.desc(), SignedInSession.id.desc())
    )
    return [RunningSession(*row) for row in rows]


@dataclass(frozen=True)
class SignedIn:
    """Who a running session belongs to, with everything they may do."""

    session_id: int
    seen_at: datetime
    reader: Reader


#: Asked by every page, so it is one statement, built once.
_WHO_ASKS = (
    select(
        SignedInSession.id,
        SignedInSession.seen_at,
        Person.id.label("person_id"),
        Person.name,
        Person.post,
        RoleHeld.role,
        RoleHeld.scope,
        RoleHeld.scope_id,
        RoleHeld.exempt,
        RoleHeld.is_chair,
    )
    .join(Person, Person.id == SignedInSession.person_id)
    .outerjoin(RoleHeld, RoleHeld.person_id == Person.id)
    .where(
        SignedInSession.token_hash == bindparam("token_hash"),
        SignedInSession.ended_at.is_(None),
        SignedInSession.started_at >= bindparam("started_since"),
        SignedInSession.seen_at >= bindparam("seen_since"),
        Person.left_at.is_(None),
    )
    .order_by(RoleHeld.id)
)


def signed_in(session: Session, token: str, *, now: datetime) -> SignedIn | None:
    """Whose the cookie's token is, unless the session ended, idled out or grew too old, or the person left."""
    limits = {"started_since": now - rules.SESSION_LIMIT, "seen_since": now - rules.IDLE_LIMIT}
    rows = session.execute(_WHO_ASKS, {"token_hash": hashed(token), **limits}).all()
    if not rows:
        return None
    first, held = rows[0], [row for row in rows if row.role is not None]
    return SignedIn(first.id, first.seen_at, _reader(session, first.person_id, first.name, first.post, held))


def came_by_single_sign_on(session: Session, token: str | None) -> bool:
    """Whether the session the token opens began through the council's sign-in service."""
    began = select(SignedInSession.single_sign_on).where(SignedInSession.token_hash == hashed(token or ""))
    return bool(session.scalar(began))


def sessions_of(session: Session, person_id: int) -> list[SignedInSession]:
    """The person's sessions still running, latest first."""
    return list(
        session.scalars(
            select(SignedInSession)
            .where(SignedInSession.person_id == person_id, SignedInSession.ended_at.is_(None))
            .order_by(SignedInSession.seen_at.desc(), SignedInSession.id.desc())
        )
    )


def failed_tries(session: Session, *, email: str, address: str, since: datetime) -> tuple[int, int]:
    """Failed tries since the moment: by the account, by the address."""
    failed = (
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.succeeded.is_(False), SignInAttempt.at >= since)
    )
    # Whoever can name an address to the sign-in service must not be able to lock its owner's password.
    with_password = failed.where(SignInAttempt.way == Way.PASSWORD)
    by_account = session.scalar(with_password.where(SignInAttempt.email == email.strip().casefold())) or 0
    by_address = session.scalar(failed.where(SignInAttempt.address == address)) or 0
    return by_account, by_address


def usable_link(session: Session, token: str, *, now: datetime) -> OneUseLink | None:
    found = session.scalar(select(OneUseLink).where(OneUseLink.token_hash == hashed(token)))
    return found if found and found.used_at is None and found.expires_at > now else None


def still_here(session: Session) -> list[Person]:
    """Everybody who has not left, with their roles."""
    here = select(Person).options(selectinload(Person.roles)).where(Person.left_at.is_(None)).order_by(Person.id)
    return list(session.scalars(here))


def reader_of(session: Session, person: Person) -> Reader:
    """What the person may see, where no request says so: as much as on pages, and a leaver nothing."""
    return _reader(session, person.id, person.name, person.post, person.roles if person.left_at is None else [])


def _reader(
    session: Session, number: int, name: str, post: str | None, held: Sequence[Any]
) -> Reader:  # Any: rows of the statement above, or roles held
    return Reader(
        id=number,
        name=name,
        grants=(*(_grant_of(one) for one in held), *_looked_after(session, held)),
        roles=tuple(words(one.role) for one in held),
        post=post,
    )


def _grant_of(held: Any) -> Grant:  # Any: as above
    return Grant(
        permissions=rules.may(held.role, is_chair=held.is_chair),
        scope=held.scope,
        scope_id=held.scope_id,
        exempt=held.exempt or held.role in rules.READS_EXEMPT,
    )


def _looked_after(session: Session, held: Iterable[Any]) -> tuple[Grant, ...]:  # Any: as above
    """A member entitled to what is exempt reads it of the units their committee or portfolio looks after."""
    marked = [one for one in held if one.exempt]
    committees = {one.scope_id for one in marked if one.scope is ScopeKind.COMMITTEE}
    portfolios = {one.scope_id for one in marked if one.scope is ScopeKind.PORTFOLIO}
    if not committees and not portfolios:
        return ()
    remits = [
        remit
        for one in council.committees(session)
        if one.id in committees or any(remit.portfolio_id in portfolios for remit in one.remits if remit.portfolio_id)
        for remit in one.remits
    ]
    nothing: frozenset[Permission] = frozenset()
    directorates = sorted({remit.directorate_id for remit in remits if remit.directorate_id is not None})
    divisions = sorted({remit.division_id for remit in remits if remit.division_id is not None})
    return (
        *(Grant(nothing, ScopeKind.DIRECTORATE, number, exempt=True) for number in directorates),
        *(Grant(nothing, ScopeKind.DIVISION, number, exempt=True) for number in divisions),
    )
