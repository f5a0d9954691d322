"""Three separate signals, each with its reason."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import Refusal
from app.register.signals import (
    Clock,
    Level,
    Override,
    ProcurementStatus,
    SignalKind,
    Successor,
    check_override,
    concern_flag,
    expiry_clock,
    overridden,
    procurement_signal,
)

TODAY = date(2017, 4, 1)
ENDS = date(2018, 9, 30)
NEXT = Successor("Waste sites 2018", starts_on=date(2018, 10, 1), awarded=True)


@pytest.mark.parametrize(
    ("clock", "level", "word"),
    [
        pytest.param(Clock(date(2019, 9, 30), 18), Level.FINE, "In time", id="a year before the decision is due"),
        pytest.param(Clock(date(2019, 4, 2), 18), Level.FINE, "In time", id="six months and a day before"),
        pytest.param(Clock(date(2019, 4, 1), 18), Level.WATCH, "Decision due", id="six months before"),
        pytest.param(Clock(date(2018, 10, 1), 18), Level.WATCH, "Decision due", id="on the day itself"),
        pytest.param(Clock(ENDS, 18), Level.ACT, "Decision late", id="a day after"),
        pytest.param(Clock(TODAY, 18), Level.ACT, "Decision late", id="its last day"),
        pytest.param(Clock(date(2017, 3, 31), 18), Level.ACT, "Past its end", id="ended yesterday"),
        pytest.param(Clock(ENDS, 18, successor=NEXT), Level.FINE, "Replaced", id="a successor follows at once"),
        pytest.param(
            Clock(date(2017, 3, 31), 18, successor=NEXT), Level.ACT, "Past its end", id="a gap is no replacement"
        ),
        pytest.param(
            Clock(date(2017, 3, 1), 18, successor=replace(NEXT, starts_on=TODAY)),
            Level.FINE,
            "Replaced",
            id="successor live",
        ),
        pytest.param(
            Clock(ENDS, 18, successor=replace(NEXT, awarded=False)),
            Level.ACT,
            "Decision late",
            id="successor only planned",
        ),
        pytest.param(
            Clock(ENDS, 18, successor=replace(NEXT, starts_on=date(2018, 10, 2))),
            Level.ACT,
            "Decision late",
            id="a day's gap",
        ),
        pytest.param(Clock(None, 18), Level.WATCH, "No end date", id="no end, no review"),
        pytest.param(Clock(None, 18, rolling=True), Level.WATCH, "Rolling", id="rolling, no review"),
        pytest.param(Clock(None, 18, review_on=date(2017, 3, 31)), Level.ACT, "Review overdue", id="review overdue"),
        pytest.param(Clock(None, 18, rolling=True, review_on=TODAY), Level.FINE, "To be reviewed", id="review today"),
        pytest.param(
            Clock(None, 18, successor=replace(NEXT, starts_on=TODAY)), Level.FINE, "Replaced", id="no end, replaced"
        ),
    ],
)
def test_the_clock_says_how_near_the_decision_is(clock: Clock, level: Level, word: str) -> None:
    signal = expiry_clock(clock, today=TODAY)
    assert (signal.kind, signal.level, signal.word) == (SignalKind.CLOCK, level, word)


def test_the_clock_shows_its_working() -> None:
    signal = expiry_clock(Clock(ENDS, 18), today=TODAY)
    assert signal.reason == "A decision was due by 30 March 2017, 18 months before it ends on 30 September 2018"


@pytest.mark.parametrize(
    ("status", "decision_by", "level", "word"),
    [
        pytest.param(None, None, Level.FINE, "Not recorded", id="nothing recorded, nothing due"),
        pytest.param(None, date(2017, 3, 31), Level.ACT, "Not recorded", id="nothing recorded, decision late"),
        pytest.param(ProcurementStatus.NOT_STARTED, TODAY, Level.FINE, "Not started", id="due today"),
        pytest.param(ProcurementStatus.NOT_STARTED, date(2017, 3, 31), Level.ACT, "Not started", id="late"),
        pytest.param(ProcurementStatus.PLANNING, date(2017, 3, 31), Level.WATCH, "Planning", id="planning late"),
        pytest.param(ProcurementStatus.TENDER, date(2017, 3, 31), Level.FINE, "Out to tender", id="out to tender"),
        pytest.param(ProcurementStatus.COMPLETE, None, Level.FINE, "Complete", id="complete"),
    ],
)
def test_procurement_has_a_signal_of_its_own(
    status: ProcurementStatus | None, decision_by: date | None, level: Level, word: str
) -> None:
    signal = procurement_signal(status, decision_by=decision_by, today=TODAY)
    assert (signal.kind, signal.level, signal.word) == (SignalKind.PROCUREMENT, level, word)


def test_nothing_is_left_to_procure_once_a_successor_is_in_place() -> None:
    signal = procurement_signal(None, decision_by=date(2017, 3, 31), today=TODAY, replaced=True)
    assert (signal.level, signal.word) == (Level.FINE, "Complete")


def test_a_concern_is_flagged_with_its_reason() -> None:
    assert concern_flag("Missed collections since May").reason == "Missed collections since May"
    assert concern_flag("Missed collections since May").level is Level.ACT
    assert concern_flag(None).level is Level.FINE


OVERRIDE = Override(SignalKind.CLOCK, Level.FINE, "Service moves to the NHS", "Head of Commissioning", date(2017, 4, 1))


def test_an_override_keeps_the_reason_the_name_and_what_the_signal_said() -> None:
    late = expiry_clock(Clock(ENDS, 18), today=TODAY)
    shown = overridden(late, check_override(OVERRIDE, today=TODAY), today=TODAY)
    assert shown.level is Level.FINE
    assert "Service moves to the NHS (Head of Commissioning, until 1 April 2017)" in shown.reason
    assert late.reason in shown.reason


@pytest.mark.parametrize(
    ("override", "today"),
    [
        pytest.param(None, TODAY, id="none"),
        pytest.param(OVERRIDE, date(2017, 4, 2), id="past its end"),
        pytest.param(replace(OVERRIDE, kind=SignalKind.CONCERN), TODAY, id="of another signal"),
    ],
)
def test_otherwise_the_signal_reads_as_computed(override: Override | None, today: date) -> None:
    late = expiry_clock(Clock(ENDS, 18), today=TODAY)
    assert overridden(late, override, today=today) == late


@pytest.mark.parametrize(
    ("override", "field"),
    [
        pytest.param(replace(OVERRIDE, reason=" "), "reason", id="without a reason"),
        pytest.param(replace(OVERRIDE, by=""), "by", id="without a name"),
        pytest.param(replace(OVERRIDE, until_on=date(2017, 3, 31)), "until_on", id="already ended"),
    ],
)
def test_an_override_needs_a_reason_a_name_and_an_end(override: Override, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_override(override, today=TODAY)
    assert refused.value.field == field
