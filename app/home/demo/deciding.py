"""The demonstration's forthcoming activities, early and late, and what became of some of them."""

from datetime import date, timedelta

from app.council.calendar import FinancialYear, Quarter
from app.decisions import commands
from app.decisions.commands import About
from app.decisions.models import (
    Activity,
    ActivityContract,
    ActivityKind,
    ActivityLine,
    ActivityMove,
    ActivityService,
    DecisionKind,
    DecisionState,
    Likelihood,
)
from app.decisions.queries.proposals import judged
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.rules.key_decisions import Judgement, LineKind
from app.decisions.rules.timing import Timing
from app.home.demo.notation import Calendar, Cells, money, money_range, more, table
from app.home.demo.registering import RECORDED_BY, Loading, recorded
from app.register.values import ValueCertainty

#: Days ago.
USUALLY_RECORDED = 60
LINES = (("revenue", LineKind.REVENUE), ("capital", LineKind.CAPITAL), ("savings", LineKind.SAVINGS))


def load_activities(loading: Loading) -> None:
    """The older first: ``recorded=2`` was recorded two days ago."""
    for cells in sorted(table("activities"), key=_ago, reverse=True):
        with recorded(loading.session, _ago(cells)):
            loading.session.add(_activity(loading, cells))
            loading.session.flush()


def _ago(cells: Cells) -> timedelta:
    return timedelta(days=int(more(cells).get("recorded", USUALLY_RECORDED)))


def load_dismissals(loading: Loading) -> None:
    """What commissioners said no to, of what the register proposes by itself."""
    session, as_at = loading.session, loading.calendar.as_at
    found = {
        agreement.contract_id: finding for agreement, finding in judged(session, rolling_horizon(as_at), today=as_at)
    }
    for cells in table("dismissals"):
        contract = loading.register.contracts[cells["contract"]]
        actor = commands.Actor(RECORDED_BY, loading.now)
        commands.dismiss_proposal(session, About(contract.id), found[contract.id], cells["reason"], actor)


def timing_of(calendar: Calendar, text: str) -> Timing:
    """``day 9.20``, ``quarter 3``, ``year 12``, ``before 26.15`` or ``not known``, months counted from this April."""
    kind, _, when = text.strip().partition(" ")
    if kind == "day":
        return Timing.on(calendar.day(when))
    if kind == "before":
        return Timing.not_before(calendar.day(when))
    if kind == "quarter":
        return Timing.in_quarter(Quarter.of(calendar.first(when)))
    return Timing.in_year(FinancialYear.of(calendar.first(when))) if kind == "year" else Timing.not_known()


def _activity(loading: Loading, cells: Cells) -> Activity:
    said, register, setup = more(cells), loading.register, loading.setup
    division = setup.divisions[cells["division"]]
    about, _, key = cells["about"].partition(" ")
    timing = timing_of(loading.calendar, cells["timing"])
    activity = Activity(
        title=cells["title"],
        purpose=cells["purpose"],
        kind=ActivityKind(cells["kind"]),
        decision=DecisionKind(cells["decision"]),
        directorate_id=division.directorate_id,
        division_id=division.id,
        committee_id=setup.committees[cells["committee"]].id,
        contract=register.contracts[key] if about == "contract" else None,
        arrangement=register.arrangements[key] if about == "arrangement" else None,
        also=[ActivityContract(contract=register.contracts[key]) for key in said.get("also", "").split()],
        programme=register.programmes.get(said.get("programme", "")),
        services=[ActivityService(service=register.services[name]) for name in cells["services"].split(";")],
        decision_taker=cells["taker"],
        lead_post=register.services[cells["services"].split(";")[0]].head_post,
        timing=timing.kind,
        expected_on=timing.first,
        original_timing=timing.kind,
        original_expected_on=timing.first,
        likelihood=Likelihood(cells["likelihood"]),
        expected_months=int(cells["months"]) if cells["months"] else None,
        value_certainty=ValueCertainty(cells["certainty"]),
        lines=_lines(cells),
        other_ground=said.get("other"),
        two_divisions="two" in said,
        two_divisions_reason=said.get("two"),
    )
    _write_moves(activity, said, loading)
    _write_judgement(activity, said)
    _write_ending(activity, said, loading.calendar)
    if "exempt" in said:
        activity.exempt, activity.exempt_ground = True, f"Schedule 12A, {said['exempt'][0].lower()}{said['exempt'][1:]}"
    return activity


def _lines(cells: Cells) -> list[ActivityLine]:
    lines = []
    for column, kind in LINES:
        low, high = money_range(cells[column])
        if low is not None and high is not None:
            lines.append(ActivityLine(kind=kind, low=low, high=high))
    return lines


def _write_moves(activity: Activity, said: Cells, loading: Loading) -> None:
    """``quarter 0>quarter 3: why|quarter 3>quarter 6: why``."""
    for text in said.get("moved", "").split("|"):
        if not text:
            continue
        moves, _, reason = text.partition(": ")
        was, now = (timing_of(loading.calendar, end) for end in moves.split(">"))
        if not activity.moves:
            activity.original_timing, activity.original_expected_on = was.kind, was.first
        activity.moves.append(
            ActivityMove(
                moved_at=loading.now,
                moved_by=RECORDED_BY,
                was_timing=was.kind,
                was_on=was.first,
                now_timing=now.kind,
                now_on=now.first,
                reason=reason,
            )
        )


def _write_judgement(activity: Activity, said: Cells) -> None:
    if "judgement" in said:
        answer, activity.judgement_reason, amount = said["judgement"].split(":")
        activity.judgement = Judgement.NOT_NEEDED if answer == "not" else Judgement.NEEDED
        activity.judged_amount = money(amount)


def _write_ending(activity: Activity, said: Cells, calendar: Calendar) -> None:
    if "decided" in said:
        when, reference, outcome = said["decided"].split(":")
        main = commands.main_decision(activity)
        main.state, main.resolution = DecisionState.TAKEN, outcome
        main.decided_on, main.reference = _not_ahead(calendar, when), calendar.reference(reference)
    commands.settle_activity(activity)
    if "withdrawn" in said:
        commands.withdraw_activity(activity, said["withdrawn"])


def _not_ahead(calendar: Calendar, when: str) -> date:
    """Early in a financial year what was decided in it was decided a year before."""
    decided_on = calendar.day(when)
    return min(decided_on, calendar.as_at)
