"""What planners do: choose what prints, take the choice back, and take the annexes out. Never commits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.annexes.models import AnnexChoice, AnnexExport
from app.core import audit
from app.council.calendar import FinancialYear


@dataclass(frozen=True)
class Chosen:
    """The contract or the arrangement a choice is about."""

    contract_id: int | None = None
    arrangement_id: int | None = None


def choice_about(session: Session, chosen: Chosen) -> AnnexChoice | None:
    if chosen.arrangement_id is not None:
        return session.scalar(select(AnnexChoice).where(AnnexChoice.arrangement_id == chosen.arrangement_id))
    return session.scalar(select(AnnexChoice).where(AnnexChoice.contract_id == chosen.contract_id))


def choose(session: Session, chosen: Chosen, *, included: bool, reason: str, by: str, now: datetime) -> AnnexChoice:
    """Print it as a commissioned service, or do not, whatever the threshold says."""
    choice = choice_about(session, chosen)
    if choice is None:
        choice = AnnexChoice(contract_id=chosen.contract_id, arrangement_id=chosen.arrangement_id)
        session.add(choice)
    choice.included, choice.reason = included, reason
    choice.chosen_at, choice.chosen_by = now, by
    return choice


def undo_choice(session: Session, chosen: Chosen) -> None:
    """Let the threshold decide again; the history keeps what was chosen."""
    choice = choice_about(session, chosen)
    if choice is not None:
        audit.give_reason(session, "The threshold decides again")
        session.delete(choice)


def record_export(
    session: Session,
    *,
    directorate_id: int | None,
    year: FinancialYear,
    as_at: date,
    edition: str,
    file_format: str,
    by: str,
    now: datetime,
) -> AnnexExport:
    """Note that the annexes were taken out."""
    export = AnnexExport(
        directorate_id=directorate_id,
        year=year.start,
        as_at=as_at,
        edition=edition,
        format=file_format,
        exported_at=now,
        exported_by=by,
    )
    session.add(export)
    return export
