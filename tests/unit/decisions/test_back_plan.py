"""The chain of dates back from a contract's end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.rules import FIRST_STAGES_AFTER_DECISION, FIRST_STAGES_BEFORE_DECISION, LeadTimes, ProcurementKind
from app.decisions.rules.back_plan import DECISION, END, Procurement, Step, back_plan, next_step

END_OF_CARE = date(2018, 3, 31)
HOLIDAYS = frozenset({date(2016, 12, 26), date(2016, 12, 27), date(2017, 5, 29), date(2017, 8, 28)})


def a_chain(kind: ProcurementKind, lead_months: int, *, today: date, end: date = END_OF_CARE) -> tuple[Step, ...]:
    procurement = Procurement(kind, lead_months, FIRST_STAGES_BEFORE_DECISION, FIRST_STAGES_AFTER_DECISION)
    return back_plan(end, procurement, HOLIDAYS, today=today)


def test_a_replacement_is_planned_back_from_its_end() -> None:
    chain = a_chain(ProcurementKind.REPLACEMENT, 18, today=date(2016, 9, 1))
    assert [(step.label, step.on, step.is_late) for step in chain] == [
        ("Put it on the committee's agenda", date(2016, 7, 2), True),
        ("Publish the notice", date(2016, 9, 1), False),
        (DECISION, date(2016, 9, 30), False),
        ("Invite tenders", date(2017, 3, 21), False),
        ("Publish the award", date(2017, 9, 20), False),
        ("Sign and begin mobilisation", date(2017, 9, 30), False),
        (END, date(2018, 3, 31), False),
    ]


def test_each_step_says_its_rule_and_its_source() -> None:
    steps = {step.label: step for step in a_chain(ProcurementKind.REPLACEMENT, 18, today=date(2016, 1, 1))}
    assert steps[DECISION].rule == "18 months before 31 March 2018"
    assert steps["Publish the notice"].rule == "18 months and 29 days before 31 March 2018"
    assert steps["Publish the notice"].source == "SI 2012/2089, reg 9: 28 clear days"
    assert steps["Invite tenders"].rule == "12 months and 8 working days before 31 March 2018"


@pytest.mark.parametrize(
    ("kind", "lead", "labels"),
    [
        pytest.param(
            ProcurementKind.CALL_OFF,
            12,
            ["Invite bids from the framework", "Sign and begin mobilisation", END],
            id="call-off",
        ),
        pytest.param(ProcurementKind.EXTENSION, 6, [END], id="extension"),
    ],
)
def test_other_kinds_have_other_stages(kind: ProcurementKind, lead: int, labels: list[str]) -> None:
    chain = a_chain(kind, lead, today=date(2016, 1, 1))
    assert [step.label for step in chain][:3] == ["Put it on the committee's agenda", "Publish the notice", DECISION]
    assert [step.label for step in chain][3:] == labels


def test_a_lead_time_shorter_than_its_stages_leaves_them_no_more() -> None:
    chain = a_chain(ProcurementKind.NEW, 6, today=date(2016, 1, 1))
    tenders = next(step for step in chain if step.label == "Invite tenders")
    assert tenders.on == date(2017, 9, 30)
    assert tenders.rule.endswith("but not before the decision")


def test_the_next_step_is_the_first_not_yet_done_late_or_not() -> None:
    chain = a_chain(ProcurementKind.REPLACEMENT, 18, today=date(2016, 9, 1))
    first = next_step(chain)
    assert first is not None
    assert (first.label, first.is_late) == ("Put it on the committee's agenda", True)
    second = next_step(chain, done={first.label})
    assert second is not None
    assert (second.label, second.is_late) == ("Publish the notice", False)
    assert next_step(chain, done={step.label for step in chain}) is None


@given(st.sampled_from(ProcurementKind), st.dates(date(2010, 1, 1), date(2040, 12, 31)))
def test_the_chain_runs_forwards_for_every_kind_and_end(kind: ProcurementKind, end: date) -> None:
    chain = a_chain(kind, LeadTimes().months_for(kind, None), today=date(2020, 1, 1), end=end)
    days = [step.on for step in chain]
    assert days == sorted(days)
    assert days[-1] == end
