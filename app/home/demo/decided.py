"""The demonstration's decisions in full: their statements, an award under delegation, and an election ahead."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.council import elections
from app.decisions import commands
from app.decisions.commands import ApprovalWanted, AwardWanted
from app.decisions.models import Activity, Decision, Implementation
from app.decisions.rules.notice import Route
from app.decisions.rules.timing import Timing
from app.home.demo.notation import Cells, table
from app.home.demo.registering import Loading

DAYS_TO_PUBLISH = timedelta(days=2)


def load_decisions(loading: Loading) -> None:
    """What the activities' table says was decided, told in full."""
    for cells in table("decisions"):
        activity = loading.session.scalars(select(Activity).where(Activity.title == cells["activity"])).one()
        _tell(loading, commands.main_decision(activity), cells)
        commands.settle_activity(activity)
    _an_award(loading)
    _an_election(loading)


def _tell(loading: Loading, decision: Decision, cells: Cells) -> None:
    if decision.decided_on is None:
        return
    decision.resolution, decision.reasons = cells["resolution"], cells["reasons"]
    decision.alternatives, decision.interests, decision.dispensations = cells["alternatives"], "None", "None"
    decision.published_on = min(decision.decided_on + DAYS_TO_PUBLISH, loading.calendar.as_at)
    decision.route = Route.NOTICE
    commands.settle_decision(loading.session, decision)
    if cells["sum"]:
        contract = loading.register.contracts.get(cells["contract"])
        allowed = ApprovalWanted(
            contract_id=contract.id if contract is not None and contract.approval_id is None else None,
            sum_allowed=Decimal(cells["sum"]),
            delegate_post=cells["delegate"] or None,
        )
        commands.approve(loading.session, decision, allowed)
    if decision.effective_on is not None and decision.effective_on < loading.calendar.as_at:
        decision.implementation = Implementation.UNDER_WAY


def _an_award(loading: Loading) -> None:
    """The hubs' works are let by an officer, under the decision to go ahead."""
    hubs = loading.session.scalars(select(Activity).where(Activity.title == "Family hubs in every district")).one()
    quarter = Timing.on(loading.calendar.months_from_today(2))
    commands.add_award(loading.session, hubs, AwardWanted(timing=quarter, delegate_post="Head of Early Help"))


def _an_election(loading: Loading) -> None:
    """The county council is elected every fourth year in May: the next one that is ahead."""
    year = loading.calendar.as_at.year + 1
    while year % 4 != ELECTED_IN:
        year += 1
    polling = date(year, 5, 1) + timedelta(days=(THURSDAY - date(year, 5, 1).weekday()) % 7)
    begins = polling - timedelta(days=44)
    elections.add_period(loading.session, f"County council election {year}", begins, polling)


#: 2025, 2029...
ELECTED_IN, THURSDAY = 1, 3
