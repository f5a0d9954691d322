"""What follows from what is recorded of decisions: written here, and nowhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.council import queries as council
from app.decisions.models import Activity, ActivityState, Decision, DecisionState, Restriction
from app.decisions.models.taking import Implementation
from app.decisions.queries.decisions import taken_of
from app.decisions.rules.taking import effective_on

#: What ``settle_activity`` writes on the activity, and on its main decision.
SETTLED = ("state", "decided_on", "decision_reference", "outcome", "decision_taker")
SETTLED_ON_MAIN = ("timing", "expected_on")


def main_decision(activity: Activity) -> Decision:
    """The decision the activity waits for, of the kind it names; made where it is not there yet."""
    found = next((one for one in activity.decisions if one.kind is activity.decision), None)
    if found is not None:
        return found
    made = Decision(
        kind=activity.decision,
        state=DecisionState.EXPECTED,
        restriction=Restriction.OPEN,
        implementation=Implementation.NOT_BEGUN,
        taker=activity.decision_taker,
        reference=activity.decision_reference,
    )
    activity.decisions.append(made)
    _expect_it_then(activity, made)
    return made


def settle_activity(activity: Activity) -> None:
    """The only writer of what an activity says of its decision; the activity's timing is its main decision's."""
    main = main_decision(activity)
    _expect_it_then(activity, main)
    for column, value in said_of(activity, main).items():
        setattr(activity, column, value)


def _expect_it_then(activity: Activity, main: Decision) -> None:
    main.timing, main.expected_on = activity.timing, activity.expected_on


def said_of(activity: Activity, main: Decision) -> Mapping[str, object]:
    """What the activity says of its main decision."""
    taken = main.state is DecisionState.TAKEN
    standing = ActivityState.TAKEN if taken else ActivityState.EXPECTED
    return {
        "state": ActivityState.WITHDRAWN if activity.withdrawn_reason else standing,
        "decided_on": main.decided_on,
        "decision_reference": main.reference,
        "outcome": main.resolution,
        "decision_taker": main.taker,
    }


def settle_decision(session: Session, decision: Decision) -> None:
    """The only writer of the day a decision may be acted on, by the call-in rule in force when it was taken."""
    decision.effective_on = None
    taken = taken_of(decision)
    if taken is not None:
        rule = council.call_in_rule(session, taken.decided_on)
        decision.effective_on = effective_on(taken, rule, council.bank_holidays(session))


# Proving it


@dataclass(frozen=True)
class Difference:
    """A stored fact that settling anew does not bear out."""

    activity_id: int
    title: str
    column: str
    stored: str
    settled: str

    @property
    def words(self) -> str:
        return f"activity {self.activity_id} ({self.title}): {self.column} is {self.stored}, should be {self.settled}"


def differences(session: Session) -> Iterator[Difference]:
    """Look at every activity and every decision, withdrawn ones too. Nothing is stored."""
    for activity in session.scalars(select(Activity).order_by(Activity.id)):
        with session.no_autoflush:
            yield from _of_activity(session, activity)
    session.rollback()


def _of_activity(session: Session, activity: Activity) -> Iterator[Difference]:
    if not any(one.kind is activity.decision for one in activity.decisions):
        yield Difference(activity.id, activity.title, "its main decision", "missing", str(activity.decision))
        return
    main = main_decision(activity)
    was = {column: getattr(activity, column) for column in SETTLED}
    was |= {f"main decision's {column}": getattr(main, column) for column in SETTLED_ON_MAIN}
    now = dict(said_of(activity, main))
    now |= {f"main decision's {column}": getattr(activity, column) for column in SETTLED_ON_MAIN}
    for decision in activity.decisions:
        name = f"{decision.kind}: effective_on"
        was[name] = decision.effective_on
        settle_decision(session, decision)
        now[name] = decision.effective_on
    for column, stored in was.items():
        if stored != now[column]:
            yield Difference(activity.id, activity.title, column, _said(stored), _said(now[column]))


def _said(value: object) -> str:
    return "blank" if value is None else str(value)
