"""Who somebody is who comes through single sign-on: found by the subject bound to them, once by their address."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import queries, rules
from app.accounts.models import Person, PersonIdentity, SignedInSession, SignInAttempt, Way
from app.accounts.rules import Identity
from app.core import audit


def bound(session: Session, issuer: str, subject: str) -> Person | None:
    """The person to whom the service's subject is bound."""
    return session.scalar(
        select(Person)
        .join(PersonIdentity, PersonIdentity.person_id == Person.id)
        .where(PersonIdentity.issuer == issuer, PersonIdentity.subject == subject)
    )


def must_wait(session: Session, address: str, *, now: datetime) -> bool:
    """Whether so many tries from this address failed that the next is not looked at."""
    _, by_address = queries.failed_tries(session, email="", address=address, since=now - rules.TRIES_WINDOW)
    return rules.must_wait(by_account=0, by_address=by_address)


def judge(session: Session, told: Identity, *, now: datetime) -> tuple[Person | None, str]:
    """Return the person, bound to the identity from now on, or None and what to tell whoever came."""
    person = bound(session, told.issuer, told.subject)
    if person is None:
        person = queries.person_by_email(session, told.email) if told.email_is_verified else None
        refusal = rules.why_not_bound(
            told,
            is_known=person is not None,
            bound_to_another=person is not None and any(one.issuer == told.issuer for one in person.identities),
        )
        if refusal or person is None:
            return None, refusal
    if person.left_at is not None:
        return None, rules.SWITCHED_OFF
    _bind(session, person, told, now=now)
    return person, ""


def _bind(session: Session, person: Person, told: Identity, *, now: datetime) -> None:
    if any((one.issuer, one.subject) == (told.issuer, told.subject) for one in person.identities):
        return
    audit.act_as(session, audit.Actor(person.id, person.name), reason="First signed in through single sign-on")
    person.identities.append(PersonIdentity(issuer=told.issuer, subject=told.subject, email=told.email, bound_at=now))
    session.flush()


def record_attempt(
    session: Session, told: Identity | None, person: Person | None, *, address: str, refused_because: str, now: datetime
) -> None:
    session.add(
        SignInAttempt(
            at=now,
            email=(person.email if person else told.email if told else "")[:300],
            address=address[:60],
            succeeded=person is not None,
            way=Way.SINGLE_SIGN_ON,
            refused_because=refused_because[:300] or None,
        )
    )


def unbind(session: Session, identity: PersonIdentity, *, now: datetime) -> None:
    """Forget the binding, and end the sessions that began through it."""
    person = session.get_one(Person, identity.person_id)
    person.identities.remove(identity)
    running = select(SignedInSession).where(
        SignedInSession.person_id == person.id,
        SignedInSession.ended_at.is_(None),
        SignedInSession.single_sign_on.is_(True),
    )
    for found in session.scalars(running):
        found.ended_at = now
