"""Withhold a field of a contract, look at it again, lift it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.errors import Refusal
from app.publication.models import FieldRedaction
from app.publication.rules.redaction import Ground, Withholdable, check_review, check_weighed


@dataclass(frozen=True, kw_only=True)
class Redact:
    field: Withholdable
    ground: Ground
    reason: str
    public_interest: str | None
    decided_by: str
    decided_on: date
    review_on: date


def redact(session: Session, contract_id: int, wanted: Redact, *, today: date) -> FieldRedaction:
    """The next file prints the ground's words in its place; what is published already stays as it is."""
    check_review(wanted.review_on, today)
    check_weighed(wanted.ground, wanted.public_interest)
    if wanted.decided_on > today:
        raise Refusal("Enter the day it was decided, up to today", field="decided_on")
    if standing(session, contract_id, wanted.field) is not None:
        raise Refusal(f"The {wanted.field.words} is withheld already: lift that first", field="field")
    give_reason(session, wanted.reason)
    made = FieldRedaction(
        contract_id=contract_id,
        field=wanted.field,
        ground=wanted.ground,
        reason=wanted.reason,
        public_interest=wanted.public_interest,
        decided_by=wanted.decided_by,
        decided_on=wanted.decided_on,
        review_on=wanted.review_on,
    )
    session.add(made)
    session.flush()
    return made


def standing(session: Session, contract_id: int, field: Withholdable) -> FieldRedaction | None:
    return session.scalar(
        select(FieldRedaction).where(
            FieldRedaction.contract_id == contract_id,
            FieldRedaction.field == field,
            FieldRedaction.lifted_on.is_(None),
        )
    )


def keep(session: Session, made: FieldRedaction, *, reason: str, review_on: date, today: date) -> None:
    """Looked at again: it stands until the new day."""
    _check_stands(made)
    check_review(review_on, today)
    give_reason(session, reason)
    made.review_on = review_on


def lift(session: Session, made: FieldRedaction, *, reason: str, by: str, today: date) -> None:
    """The next file prints the field again."""
    _check_stands(made)
    give_reason(session, reason)
    made.lifted_on, made.lifted_by, made.lifted_reason = today, by, reason


def _check_stands(made: FieldRedaction) -> None:
    if made.lifted_on is not None:
        raise Refusal("Somebody has lifted it already: nothing is left to do")
