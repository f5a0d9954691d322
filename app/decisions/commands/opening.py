"""An estimate that is exempt only until award opens when the award is decided, as a contract's value does."""

from sqlalchemy.orm import Session

from app.council import queries as council
from app.decisions.models import Decision, DecisionKind, DecisionState


def open_on_award(session: Session, decision: Decision) -> None:
    """On the council's own ground for estimates; an amount that a person made exempt on another stays so."""
    activity = decision.activity
    if decision.kind is not DecisionKind.AWARD or decision.state is not DecisionState.TAKEN or not activity.exempt:
        return
    if decision.decided_on is None or activity.exempt_ground != council.exempt_until_award(
        session, decision.decided_on
    ):
        return
    activity.exempt, activity.exempt_ground = False, None
