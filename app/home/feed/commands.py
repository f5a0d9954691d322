"""Making a person's calendar address, and ending it."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.queries import hashed
from app.home.models import CalendarAddress


def make_address(session: Session, person_id: int, *, now: datetime) -> str:
    """Return the token of a new address; one there was before opens nothing from now on."""
    token = secrets.token_urlsafe(32)
    found = session.scalar(select(CalendarAddress).where(CalendarAddress.person_id == person_id))
    if found is None:
        found = CalendarAddress(person_id=person_id)
        session.add(found)
    found.token_hash, found.made_at, found.revoked_at = hashed(token), now, None
    return token


def end_address(session: Session, person_id: int, *, now: datetime) -> None:
    found = session.scalar(select(CalendarAddress).where(CalendarAddress.person_id == person_id))
    if found is not None and found.revoked_at is None:
        found.revoked_at = now
