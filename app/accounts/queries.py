"""Who is who."""

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.accounts import rules
from app.accounts.models import OneUseLink, Person, RoleHeld, SignedInSession, SignInAttempt
from app.accounts.roles import words
from app.core.access import Grant, Reader


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


def live_session(session: Session, token: str, *, now: datetime) -> SignedInSession | None:
    """The signed-in session of a cookie's token, unless it ended, idled out or grew too old."""
    found = session.scalar(select(SignedInSession).where(SignedInSession.token_hash == hashed(token)))
    if found is None or found.ended_at is not None:
        return None
    too_old = now - found.started_at > rules.SESSION_LIMIT or now - found.seen_at > rules.IDLE_LIMIT
    return None if too_old else found


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
    by_account = session.scalar(failed.where(SignInAttempt.email == email.strip().casefold())) or 0
    by_address = session.scalar(failed.where(SignInAttempt.address == address)) or 0
    return by_account, by_address


def usable_link(session: Session, token: str, *, now: datetime) -> OneUseLink | None:
    found = session.scalar(select(OneUseLink).where(OneUseLink.token_hash == hashed(token)))
    return found if found and found.used_at is None and found.expires_at > now else None


def reader_of(person: Person) -> Reader:
    """The person with everything they may do, and where."""
    return Reader(
        id=person.id,
        name=person.name,
        grants=tuple(grant_of(held) for held in person.roles),
        roles=tuple(words(held.role) for held in person.roles),
        post=person.post,
    )


def grant_of(held: RoleHeld) -> Grant:
    return Grant(
        permissions=rules.PERMISSIONS[held.role],
        scope=held.scope,
        scope_id=held.scope_id,
        exempt=held.exempt or held.role in rules.READS_EXEMPT,
    )
