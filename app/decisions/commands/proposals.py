"""What people answer to the register's own proposals. Nothing here commits."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.decisions.commands.activities import ActivityWanted, Actor, add_activity
from app.decisions.models import Activity, ProposalAnswer, ProposalVerdict
from app.decisions.rules.proposals import Finding


@dataclass(frozen=True)
class About:
    """The contract or the arrangement a proposal is about."""

    contract_id: int | None = None
    arrangement_id: int | None = None


def accept_proposal(session: Session, about: About, finding: Finding, wanted: ActivityWanted, actor: Actor) -> Activity:
    """Make an activity of it, and keep what was accepted."""
    activity = add_activity(session, wanted)
    session.add(_answer(about, finding, ProposalVerdict.ACCEPTED, actor, activity_id=activity.id))
    session.flush()
    return activity


def dismiss_proposal(session: Session, about: About, finding: Finding, reason: str, actor: Actor) -> ProposalAnswer:
    """Say no, and why; it stands until the end or the value changes."""
    answer = _answer(about, finding, ProposalVerdict.DISMISSED, actor, reason=reason)
    session.add(answer)
    session.flush()
    return answer


def _answer(
    about: About,
    finding: Finding,
    verdict: ProposalVerdict,
    actor: Actor,
    *,
    reason: str | None = None,
    activity_id: int | None = None,
) -> ProposalAnswer:
    return ProposalAnswer(
        contract_id=about.contract_id,
        arrangement_id=about.arrangement_id,
        verdict=verdict,
        reason=reason,
        judged_end_on=finding.ends_on,
        judged_value=finding.estimate,
        activity_id=activity_id,
        answered_at=actor.now,
        answered_by=actor.name,
    )


def undo_dismissal(session: Session, about: About, actor: Actor) -> None:
    """Take a dismissal back: the register proposes it again."""
    standing = select(ProposalAnswer).where(
        ProposalAnswer.contract_id == about.contract_id,
        ProposalAnswer.arrangement_id == about.arrangement_id,
        ProposalAnswer.verdict == ProposalVerdict.DISMISSED,
        ProposalAnswer.undone_at.is_(None),
    )
    for answer in session.scalars(standing.order_by(ProposalAnswer.id)):
        answer.undone_at = actor.now
