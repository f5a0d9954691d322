"""What people do with accounts: sign in and out, set a password, be added and switched off."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from app.accounts import queries, rules
from app.accounts.models import OneUseLink, Person, RoleHeld, SignedInSession, SignInAttempt
from app.accounts.roles import Role
from app.core.access import ScopeKind
from app.core.errors import Refusal

WRONG = "The e-mail address or the password is wrong"
WAIT = "Too many failed tries. Wait 15 minutes, or ask an administrator for a new link"
NO_PASSWORDS = "Passwords are for administrators only here: sign in with your council account"


@dataclass(frozen=True)
class RoleWanted:
    """A role for a person, and where it holds."""

    role: Role
    scope: ScopeKind = ScopeKind.COUNCIL
    scope_id: int | None = None
    exempt: bool = False
    is_chair: bool = False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP password storage cheat sheet


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    return _hasher().hash(password)


def _matches(kept: str | None, password: str) -> bool:
    """Take the same time whether the account exists or not."""
    try:
        _hasher().verify(kept or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def judge_sign_in(
    session: Session, *, email: str, password: str, address: str, now: datetime, administrators_only: bool = False
) -> tuple[Person | None, str]:
    """Return the person, or None and what to tell them. The caller records the attempt, whatever comes of it."""
    by_account, by_address = queries.failed_tries(session, email=email, address=address, since=now - rules.TRIES_WINDOW)
    if rules.must_wait(by_account=by_account, by_address=by_address):
        return None, WAIT
    person = queries.person_by_email(session, email)
    known = person if person is not None and person.left_at is None else None
    if not _matches(known.password_hash if known else None, password):
        return None, WRONG
    held = frozenset(one.role for one in known.roles) if known else frozenset()
    if not rules.may_use_password(held, administrators_only=administrators_only):
        return None, NO_PASSWORDS
    return known, ""


def record_attempt(
    session: Session, *, email: str, address: str, succeeded: bool, now: datetime, refused_because: str = ""
) -> None:
    session.add(
        SignInAttempt(
            at=now,
            email=email.strip().casefold()[:300],
            address=address[:60],
            succeeded=succeeded,
            refused_because=refused_because or None,
        )
    )


def start_session(
    session: Session, person_id: int, *, browser: str | None, now: datetime, through_single_sign_on: bool = False
) -> str:
    """Begin a signed-in session and return the token for its cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignedInSession(
            person_id=person_id,
            token_hash=queries.hashed(token),
            started_at=now,
            seen_at=now,
            browser=(browser or "")[:300],
            single_sign_on=through_single_sign_on,
        )
    )
    return token


def mark_seen(session: Session, session_id: int, *, now: datetime) -> None:
    session.get_one(SignedInSession, session_id).seen_at = now


def end_session_of(session: Session, token: str, *, now: datetime) -> None:
    """End the session the token opens, if it is still running."""
    found = queries.signed_in(session, token, now=now)
    if found is not None:
        session.get_one(SignedInSession, found.session_id).ended_at = now


def end_other_sessions(session: Session, person_id: int | None, *, keep: int | None, now: datetime) -> None:
    """End every running session of the person but the one to keep (None: all)."""
    for found in queries.sessions_of(session, person_id or 0):
        if found.id != keep:
            found.ended_at = now


def add_person(
    session: Session,
    *,
    name: str,
    email: str,
    roles: tuple[RoleWanted, ...],
    post: str | None = None,
    password: str | None = None,
) -> Person:
    """Add somebody who may sign in; without a password they need a link. Refuse an address in use."""
    if queries.person_by_email(session, email) is not None:
        raise Refusal(f"{email} already has an account", field="email")
    held = [_held(wanted) for wanted in roles]
    if password is not None:
        rules.check_password(password, email=email, name=name)
    person = Person(name=name, email=email, post=post, password_hash=hash_password(password) if password else None)
    person.roles = held
    session.add(person)
    session.flush()
    return person


def change_person(session: Session, person: Person, *, name: str, email: str, post: str | None) -> None:
    found = queries.person_by_email(session, email)
    if found is not None and found.id != person.id:
        raise Refusal(f"{email} already has an account", field="email")
    person.name, person.email, person.post = name, email, post


def give_role(person: Person, wanted: RoleWanted) -> None:
    held = _held(wanted)
    if any((one.role, one.scope, one.scope_id) == (wanted.role, wanted.scope, wanted.scope_id) for one in person.roles):
        raise Refusal(f"{person.name} holds this role there already", field="role")
    person.roles.append(held)


def mark_role(held: RoleHeld, *, exempt: bool, is_chair: bool) -> None:
    """Say anew what the person is entitled to there, and whether they chair it."""
    rules.check_chair(held.role, held.scope, is_chair=is_chair)
    held.exempt, held.is_chair = exempt, is_chair


def take_role(session: Session, held: RoleHeld) -> None:
    person = session.get_one(Person, held.person_id)
    if held.role is Role.ADMINISTRATOR:
        rules.check_another_administrator(queries.other_administrators(session, person.id))
    person.roles.remove(held)


def _held(wanted: RoleWanted) -> RoleHeld:
    rules.check_scope(wanted.role, wanted.scope)
    rules.check_chair(wanted.role, wanted.scope, is_chair=wanted.is_chair)
    return RoleHeld(
        role=wanted.role,
        scope=wanted.scope,
        scope_id=wanted.scope_id,
        exempt=wanted.exempt,
        is_chair=wanted.is_chair,
    )


def switch_off(session: Session, person: Person, *, now: datetime) -> None:
    """A leaver signs in no more; what they did stays theirs."""
    if any(held.role is Role.ADMINISTRATOR for held in person.roles):
        rules.check_another_administrator(queries.other_administrators(session, person.id))
    person.left_at = now
    end_other_sessions(session, person.id, keep=None, now=now)


def switch_on(person: Person) -> None:
    person.left_at = None


def end_session(session: Session, session_id: int, *, now: datetime) -> None:
    session.get_one(SignedInSession, session_id).ended_at = now


def make_link(session: Session, person: Person, *, now: datetime) -> str:
    """Return the token of a one-use link by which the person sets a password."""
    token = secrets.token_urlsafe(32)
    session.add(OneUseLink(person_id=person.id, token_hash=queries.hashed(token), expires_at=now + rules.LINK_LIMIT))
    return token


def set_password_by_link(session: Session, token: str, password: str, *, now: datetime) -> Person:
    """Set the password and use the link up. Refuse a link that was used or is too old."""
    link = queries.usable_link(session, token, now=now)
    if link is None:
        raise Refusal("This link was used or is too old. Ask an administrator for a new one")
    person = session.get_one(Person, link.person_id)
    rules.check_password(password, email=person.email, name=person.name)
    person.password_hash = hash_password(password)
    link.used_at = now
    end_other_sessions(session, person.id, keep=None, now=now)
    return person
