"""The chain of dates back from a contract's end, with the committee's real calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.calendar import DayBasis, Span, Unit
from app.council.rules import (
    FIRST_STAGES_AFTER_DECISION,
    FIRST_STAGES_BEFORE_DECISION,
    CallInRule,
    LeadTimes,
    NoticePeriods,
    ProcurementKind,
    Stage,
)
from app.decisions.rules.back_plan import (
    CALL_IN,
    DECISION,
    END,
    MEETING,
    NOTICE,
    REPORT,
    START,
    BackPlan,
    Chamber,
    Customs,
    Procurement,
    Sitting,
    back_plan,
)
from app.decisions.rules.lateness import earliest_start, lateness

END_OF_CARE = date(2018, 3, 31)
HOLIDAYS = frozenset({date(2016, 12, 26), date(2016, 12, 27), date(2017, 5, 29), date(2017, 8, 28)})
COMMITTEE = "Adults Cabinet Committee"
#: It meets every two months; papers are due three weeks before.
MEETINGS = tuple(
    Sitting(on, on - timedelta(days=21))
    for on in (date(2016, 5, 12), date(2016, 7, 14), date(2016, 9, 22), date(2016, 11, 17))
)
NO_CALENDAR = Customs(HOLIDAYS, chamber=Chamber(COMMITTEE))
WITH_CALENDAR = Customs(HOLIDAYS, chamber=Chamber(COMMITTEE, MEETINGS))


def a_procurement(kind: ProcurementKind = ProcurementKind.REPLACEMENT, lead_months: int = 18) -> Procurement:
    return Procurement(kind, lead_months, FIRST_STAGES_BEFORE_DECISION, FIRST_STAGES_AFTER_DECISION)


def a_plan(
    kind: ProcurementKind = ProcurementKind.REPLACEMENT,
    lead_months: int = 18,
    *,
    today: date = date(2016, 1, 1),
    end: date = END_OF_CARE,
    customs: Customs = NO_CALENDAR,
) -> BackPlan:
    return back_plan(end, a_procurement(kind, lead_months), customs, today=today)


def test_a_replacement_is_planned_back_from_its_end_through_a_real_meeting() -> None:
    plan = a_plan(customs=WITH_CALENDAR, today=date(2016, 7, 1))
    assert [(step.label, step.on, step.is_late) for step in plan.steps] == [
        (START, date(2016, 7, 1), False),  # two months before the report of 1 September
        (NOTICE, date(2016, 9, 1), False),  # 28 clear days before 30 September
        (REPORT, date(2016, 9, 1), False),
        (MEETING, date(2016, 9, 22), False),
        (DECISION, date(2016, 9, 30), False),
        (CALL_IN, date(2016, 10, 8), False),  # five working days; a Saturday
        ("Invite tenders", date(2017, 3, 21), False),
        ("Publish the award", date(2017, 9, 20), False),
        ("Sign and begin mobilisation", date(2017, 9, 30), False),
        (END, date(2018, 3, 31), False),
    ]
    assert plan.notes == ()


@pytest.mark.parametrize(
    ("sittings", "today", "note"),
    [
        pytest.param((), date(2016, 1, 1), "holds no meeting in time for 30 September 2016", id="no calendar"),
        pytest.param(
            MEETINGS[:1], date(2016, 1, 1), "holds no meeting in time for 30 September 2016", id="it ends long before"
        ),
        pytest.param(
            MEETINGS[3:], date(2016, 1, 1), "holds no meeting in time for 30 September 2016", id="it begins after"
        ),
        pytest.param(
            (MEETINGS[2], Sitting(date(2016, 12, 1))),
            date(2016, 9, 24),
            "lies between today and 30 September 2016",
            id="the last one in time is over",
        ),
    ],
)
def test_without_a_meeting_in_time_the_usual_span_counts_and_it_is_said(
    sittings: tuple[Sitting, ...], today: date, note: str
) -> None:
    plan = a_plan(customs=Customs(HOLIDAYS, chamber=Chamber(COMMITTEE, sittings)), today=today)
    assert note in plan.notes[0]
    assert "the council's usual time is counted instead" in plan.notes[0]
    assert plan.on(MEETING) is None
    assert plan.on(START) == date(2016, 7, 1)
    assert plan.on(NOTICE) == date(2016, 9, 1)


def test_a_calendar_that_ends_shortly_before_still_counts() -> None:
    assert a_plan(customs=Customs(HOLIDAYS, chamber=Chamber(COMMITTEE, MEETINGS[:3]))).on(MEETING) == date(2016, 9, 22)


def test_no_committee_is_said_too() -> None:
    assert a_plan(customs=Customs(HOLIDAYS)).notes == ("No committee is named, so its meetings cannot be looked up.",)


def test_the_cabinets_own_meeting_is_the_decision() -> None:
    cabinet = Chamber("Cabinet", (Sitting(date(2016, 9, 12)), Sitting(date(2016, 10, 10))), decides=True)
    plan = a_plan(customs=Customs(HOLIDAYS, chamber=cabinet))
    assert plan.on(DECISION) == plan.on(MEETING) == date(2016, 9, 12)
    assert plan.on(NOTICE) == date(2016, 8, 14)
    report = next(step for step in plan.steps if step.label == REPORT)
    assert (report.on, report.rule) == (date(2016, 9, 2), "5 clear working days before 12 September 2016")
    by_calendar = NoticePeriods(papers_days=7, papers_basis=DayBasis.CALENDAR)
    plan = a_plan(customs=Customs(HOLIDAYS, by_calendar, chamber=cabinet))
    report = next(step for step in plan.steps if step.label == REPORT)
    assert (report.on, report.rule) == (date(2016, 9, 4), "7 clear days before 12 September 2016")


def test_each_step_says_its_rule_and_its_source() -> None:
    steps = {step.label: step for step in a_plan(customs=WITH_CALENDAR).steps}
    assert steps[DECISION].rule == "18 months before 31 March 2018"
    assert steps[NOTICE].rule == "28 clear days before 30 September 2016"
    assert steps[NOTICE].source == "SI 2012/2089, reg 9"
    assert steps[REPORT].rule == "papers' day for the meeting of 22 September 2016"
    assert steps[MEETING].rule == "the last meeting of Adults Cabinet Committee in time for 30 September 2016"
    assert steps[CALL_IN].rule == "the day after the last of 5 working days after 30 September 2016"
    assert steps["Invite tenders"].rule == "12 months and 8 working days before 31 March 2018"
    assert steps["Publish the award"].source == "Procurement Act 2023, s.51: standstill"


def test_a_council_may_give_itself_longer_than_the_law_asks() -> None:
    agenda, _ = FIRST_STAGES_BEFORE_DECISION
    longer = Stage("Publish the notice", Span(6, Unit.MONTHS), "Council setting")
    procurement = Procurement(ProcurementKind.REPLACEMENT, 18, (agenda, longer), FIRST_STAGES_AFTER_DECISION)
    plan = back_plan(END_OF_CARE, procurement, WITH_CALENDAR, today=date(2016, 1, 1))
    assert plan.on(NOTICE) == plan.on(START) == date(2016, 3, 30)


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
    steps = a_plan(kind, lead).steps
    assert [step.label for step in steps][:4] == [START, NOTICE, DECISION, CALL_IN]
    assert [step.label for step in steps][4:] == labels


def test_a_lead_time_shorter_than_its_stages_leaves_them_no_more() -> None:
    plan = a_plan(ProcurementKind.NEW, 6)
    tenders = next(step for step in plan.steps if step.label == "Invite tenders")
    assert tenders.on == plan.on(CALL_IN) == date(2017, 10, 7)
    assert tenders.rule.endswith("but not before call-in is over")


def test_a_call_in_longer_than_the_lead_time_brings_the_decision_forward() -> None:
    customs = Customs(HOLIDAYS, call_in=CallInRule(days=60, basis=DayBasis.CALENDAR))
    plan = a_plan(ProcurementKind.EXTENSION, 1, customs=customs)
    assert plan.on(DECISION) == date(2018, 1, 29)
    assert plan.on(CALL_IN) == END_OF_CARE


# What is too late


@pytest.mark.parametrize(
    ("today", "gone", "remains"),
    [
        pytest.param(date(2016, 6, 1), [], [], id="in good time"),
        pytest.param(
            date(2016, 8, 1),
            ["preparing in good time should have begun"],
            ["Full notice is still possible until 1 September 2016", "can begin on", "may be extended"],
            id="begin at once",
        ),
        pytest.param(
            date(2016, 9, 5),
            ["should have begun", "full notice should have been published", "the report was due"],
            ["General exception", "Special urgency: by 30 September 2016", "can begin on", "may be extended"],
            id="too late for full notice",
        ),
        pytest.param(
            date(2016, 9, 26),
            ["should have begun", "full notice should have been published"],
            ["Special urgency", "can begin on", "may be extended"],
            id="too late for the general exception",
        ),
        pytest.param(
            date(2017, 6, 1),
            ["begun", "published", "due", "last met in time", "decision should have been taken", "in effect"],
            ["days after the present contract ends", "may be extended"],
            id="the decision is late",
        ),
        pytest.param(
            date(2018, 6, 1),
            ["begun", "published", "due", "met", "taken", "in effect"],
            ["after the present contract ends"],
            id="the contract is over",
        ),
    ],
)
def test_what_is_too_late_says_so_and_what_remains(today: date, gone: list[str], remains: list[str]) -> None:
    plan = a_plan(customs=WITH_CALENDAR, today=today)
    late = lateness(plan, END_OF_CARE, a_procurement(), WITH_CALENDAR, today=today)
    assert len(late.gone) == len(gone)
    assert all(words in said for words, said in zip(gone, late.gone, strict=True))
    assert len(late.remains) == len(remains)
    assert all(words in said for words, said in zip(remains, late.remains, strict=True))


def test_a_new_agreement_begins_at_the_earliest_after_notice_call_in_and_every_stage() -> None:
    begins = earliest_start(a_procurement(), WITH_CALENDAR, today=date(2017, 1, 9))
    # Notice 9 January, decision 7 February, in effect 15 February, a year on, eight working days
    assert begins == date(2018, 2, 27)


@given(
    st.sampled_from(ProcurementKind),
    st.dates(date(2010, 1, 1), date(2040, 12, 31)),
    st.integers(1, 60),
    st.lists(st.tuples(st.integers(-900, 60), st.integers(0, 40) | st.none()), max_size=12),
    st.booleans(),
    st.builds(CallInRule, days=st.integers(1, 90), basis=st.sampled_from(DayBasis)),
    st.integers(-1500, 400),
)
def test_no_date_of_the_chain_is_ever_out_of_order(
    kind: ProcurementKind,
    end: date,
    lead: int,
    meetings: list[tuple[int, int | None]],
    decides: bool,  # noqa: FBT001 - hypothesis draws it
    rule: CallInRule,
    offset: int,
) -> None:
    sittings = tuple(
        Sitting(end + timedelta(days=days), None if papers is None else end + timedelta(days=days - papers))
        for days, papers in sorted(meetings, key=lambda one: one[0])
    )
    customs = Customs(HOLIDAYS, call_in=rule, chamber=Chamber(COMMITTEE, sittings, decides=decides))
    today = end + timedelta(days=offset)
    plan = a_plan(kind, lead, today=today, end=end, customs=customs)
    days = [step.on for step in plan.steps]
    assert days == sorted(days)
    assert days[-1] == end
    by_label = {step.label: step.on for step in plan.steps}
    assert by_label[START] <= by_label[NOTICE] < by_label[DECISION] < by_label[CALL_IN] <= end
    if MEETING in by_label:
        assert by_label[START] <= by_label[REPORT] <= by_label[MEETING] <= by_label[DECISION]
    assert all(step.is_late == (step.on < today) for step in plan.steps)
    late = lateness(plan, end, a_procurement(kind, lead), customs, today=today)
    assert bool(late.remains) == bool(plan.late)


@given(st.sampled_from(ProcurementKind), st.dates(date(2010, 1, 1), date(2040, 12, 31)))
def test_the_shipped_lead_times_leave_time_for_every_stage(kind: ProcurementKind, end: date) -> None:
    plan = a_plan(kind, LeadTimes().months_for(kind, None), end=end)
    assert not any("but not before" in step.rule for step in plan.steps)
