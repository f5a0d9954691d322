"""A picture says what its table says, and nothing falls off its edge."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.core import pictures
from app.core.pictures import Bar, Part, Step

amounts = st.decimals(min_value=0, max_value=10**12, places=2)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


def of_parts(*values: Decimal) -> Bar:
    return Bar("Q1 2015-16", tuple(Part(f"Part {number}", value) for number, value in enumerate(values)))


@given(st.lists(st.lists(amounts, min_size=1, max_size=3), min_size=1, max_size=12))
def test_no_bar_runs_past_the_edge_by_more_than_its_thinnest_parts(rows: list[list[Decimal]]) -> None:
    picture = pictures.bars("Values", [of_parts(*row) for row in rows], heading="Quarter")
    for bar in picture.bars:
        last = bar.stretches[-1]
        assert last.x + last.width <= 100 + pictures.THINNEST * 3


@given(amounts, amounts)
def test_a_longer_bar_never_stands_for_less(one: Decimal, other: Decimal) -> None:
    picture = pictures.bars("Values", [of_parts(one), of_parts(other)], heading="Quarter")
    first, second = (bar.stretches[0].width for bar in picture.bars)
    if one > other:
        assert first >= second


def test_a_value_that_is_there_can_be_seen_and_nothing_is_not_drawn() -> None:
    picture = pictures.bars(
        "Values", [of_parts(Decimal(10**9)), of_parts(Decimal(1)), of_parts(Decimal(0))], heading="Quarter"
    )
    assert [bar.stretches[0].width for bar in picture.bars] == [100, pictures.THINNEST, 0]


def test_the_description_reads_out_every_bar() -> None:
    bars = [Bar("Q1", (Part("Confirmed", Decimal(14_600_000)),), note="3 decisions"), Bar("Q2", ())]
    assert pictures.bars("Decisions", bars, heading="Quarter").description == "Q1: £14.6m, 3 decisions; Q2: £0."


def test_parts_of_one_name_share_a_tone_in_every_bar() -> None:
    rows = [
        Bar("Q1", (Part("Proposals", Decimal(1)),)),
        Bar("Q2", (Part("Confirmed", Decimal(1)), Part("Proposals", Decimal(1)))),
    ]
    picture = pictures.bars("Decisions", rows, heading="Quarter")
    assert picture.series == ("Proposals", "Confirmed")
    assert [[one.tone for one in bar.stretches] for bar in picture.bars] == [[1], [2, 1]]


def test_bars_may_count_instead_of_add_money() -> None:
    picture = pictures.bars("Ends", [Bar("Q1", (Part("Contracts", Decimal(12)),))], heading="Quarter", figure=str)
    assert picture.bars[0].figure == "12"


@given(st.lists(days, min_size=1, max_size=12), days)
def test_a_chain_keeps_order_and_scale_and_lets_no_marker_cover_another(ons: list[date], today: date) -> None:
    picture = pictures.chain("Next", [Step(on, "Step") for on in ons], today=today)
    assert [step.on for step in picture.steps] == sorted(ons)
    assert [step.x for step in picture.steps] == sorted(step.x for step in picture.steps)
    for step in picture.steps:
        assert 4 <= step.x <= 96
        assert picture.marker_y(step) >= 0
    for level in {step.level for step in picture.steps}:
        places = [step.x for step in picture.steps if step.level == level]
        assert all(after - before >= pictures.MARKER_WIDTH for before, after in pairwise(places))


def test_a_day_gone_by_is_past_today_is_not_and_a_done_step_is_done() -> None:
    today = date(2026, 11, 22)
    before, same = Step(today - timedelta(days=1), "Notice"), Step(today, "Decision")
    picture = pictures.chain("Next", [same, before, Step(date(2026, 1, 1), "Consulted", done=True)], today=today)
    assert [step.state for step in picture.steps] == [pictures.DONE, pictures.PAST, ""]
    assert picture.description.startswith("1, Consulted, 1 January 2026; 2, Notice, 21 November 2026;")
