"""What each paper before a decision must say, against the regulations; its words; the amounts that may not be in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.rules import NoticePeriods
from app.decisions.rules.notice import Route, earliest_decision
from app.decisions.rules.notice_words import read_back, when_in_full, words_of
from app.decisions.rules.particulars import (
    REQUIRED,
    NoticeKind,
    amounts_in,
    earliest_for,
    missing,
    too_soon,
)
from app.decisions.rules.timing import Timing
from tests.unit.decisions.saying import WHOLE

PERIODS, HOLIDAYS = NoticePeriods(), frozenset({date(2025, 12, 25), date(2025, 12, 26)})
#: What leaves the particular unsaid.
BLANKS: Mapping[str, Mapping[str, Any]] = {
    "grounds": {"grounds": ()},
    "members": {"members": ()},
    "when": {"when": Timing.not_known()},
    "restriction_ground": {"restriction_ground": None},
}
KEY, EXCEPTION, URGENT, PRIVATE, STATEMENT = NoticeKind
EVERY = {KEY, EXCEPTION, URGENT, PRIVATE, STATEMENT}
OF_A_DECISION = {KEY, EXCEPTION, URGENT}
#: Each particular, the kinds that require it, and where the law asks for it of the first of them.
TABLE = [
    ("grounds", OF_A_DECISION, "reg 9(1)(a)"),
    ("matter", EVERY, "reg 9(1)(b)"),
    ("taker", EVERY, "reg 9(1)(c)"),
    ("members", OF_A_DECISION, "reg 9(1)(c)"),
    ("when", OF_A_DECISION, "reg 9(1)(d)"),
    ("documents", {KEY}, "reg 9(1)(e)"),
    ("address", {KEY}, "reg 9(1)(f)"),
    ("other_documents", {KEY}, "reg 9(1)(g)"),
    ("how_to_ask", {KEY}, "reg 9(1)(h)"),
    ("restriction_ground", EVERY, "reg 9(3)"),
    ("reasons", EVERY - {KEY}, "reg 10(3)"),
    ("chair_informed", {EXCEPTION}, "reg 10(1)(a)"),
    ("chair_informed_on", {EXCEPTION}, "reg 10(1)(a)"),
    ("agreed_by", {URGENT}, "reg 11(1)"),
    ("agreed_as", {URGENT, PRIVATE, STATEMENT}, "reg 11(1)"),
    ("agreed_on", {URGENT, PRIVATE, STATEMENT}, "reg 11(1)"),
    ("meeting_on", {PRIVATE, STATEMENT}, "reg 5(2)"),
    ("representations", {STATEMENT}, "reg 5(5)"),
    ("answer", {STATEMENT}, "reg 5(5)"),
    ("urgent_because", {PRIVATE, STATEMENT}, "reg 5(7)"),
]


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize(("name", "required_of", "source"), TABLE)
def test_a_notice_is_refused_for_exactly_what_the_law_asks_for(
    name: str, required_of: set[NoticeKind], source: str, kind: NoticeKind
) -> None:
    without = replace(WHOLE, **BLANKS.get(name, {name: None}))
    assert not missing(kind, WHOLE)
    found = missing(kind, without)
    assert [one.name for one in found] == ([name] if kind in required_of else [])
    if kind in required_of and kind is next(one for one in NoticeKind if one in required_of):
        assert found[0].source == source


def test_the_table_above_is_every_particular_there_is() -> None:
    assert {one.name for every in REQUIRED.values() for one in every} == {name for name, _, _ in TABLE}


def test_of_an_individual_no_members_are_asked() -> None:
    individual = replace(WHOLE, taker="Councillor D. Vale, Cabinet Member for Care", taker_is_body=False, members=())
    assert not missing(KEY, individual)
    assert [one.name for one in missing(PRIVATE, individual)] == ["taker"], "an individual holds no meeting"
    assert [one.name for one in missing(KEY, replace(individual, taker_is_body=None))] == ["taker"]


def test_of_a_private_meeting_that_can_wait_nobodys_agreement_is_asked() -> None:
    said = replace(WHOLE, agreed_by=None, agreed_as=None, agreed_on=None, urgent_because=None)
    assert not missing(PRIVATE, said)
    assert not missing(STATEMENT, said)


def test_an_open_matter_needs_no_ground_for_exemption() -> None:
    assert not missing(KEY, replace(WHOLE, restriction="open", is_restricted=False, restriction_ground=None))


# Dates


@pytest.mark.parametrize(
    ("kind", "published", "planned", "what_would_work"),
    [
        pytest.param(KEY, date(2025, 10, 7), date(2025, 11, 5), "", id="Kent, 7 October 2025"),
        pytest.param(
            KEY, date(2025, 9, 2), date(2025, 9, 30),
            "Published on 2 September 2025, it comes too late for a decision not before 30 September 2025: 28 clear "
            "days after 2 September 2025 is 1 October 2025. Move it to 1 October 2025 or later, or use the general "
            "exception or special urgency",
            id="Kent, 2 September 2025, one day early",
        ),
        pytest.param(EXCEPTION, date(2025, 10, 7), date(2025, 10, 15), "", id="exception, Kent, 7 October 2025"),
        pytest.param(
            EXCEPTION, date(2025, 10, 7), date(2025, 10, 14),
            "Published on 7 October 2025, it comes too late for a decision not before 14 October 2025: 5 clear working "
            "days after 7 October 2025 is 15 October 2025. Move it to 15 October 2025 or later, or use special urgency",
            id="exception, one day early",
        ),
        pytest.param(URGENT, date(2025, 10, 7), date(2025, 10, 7), "", id="special urgency waits for nothing"),
    ],
)  # fmt: skip
def test_a_notice_that_comes_too_late_says_what_would_work(
    kind: NoticeKind, published: date, planned: date, what_would_work: str
) -> None:
    said = replace(WHOLE, when=Timing.not_before(planned))
    assert (too_soon(kind, said, published, PERIODS, HOLIDAYS) or "") == what_would_work


def test_a_private_meeting_waits_28_clear_days_unless_a_chair_agreed_that_it_cannot() -> None:
    said = replace(WHOLE, meeting_on=date(2025, 11, 4), agreed_by=None, agreed_on=None)
    problem = too_soon(PRIVATE, said, date(2025, 10, 7), PERIODS, HOLIDAYS)
    assert problem is not None
    assert "28 clear days after 7 October 2025 is 5 November 2025" in problem
    assert "which chair agreed" in problem
    assert too_soon(PRIVATE, replace(said, meeting_on=date(2025, 11, 5)), date(2025, 10, 7), PERIODS, HOLIDAYS) is None
    urgent = replace(said, agreed_by="Councillor C. Fenn", agreed_on=date(2025, 10, 6))
    assert too_soon(PRIVATE, urgent, date(2025, 10, 7), PERIODS, HOLIDAYS) is None


def test_the_further_notice_of_a_private_meeting_waits_5_clear_days() -> None:
    found = earliest_for(STATEMENT, date(2025, 10, 7), PERIODS, HOLIDAYS)
    assert found is not None
    assert found.lawful_on == date(2025, 10, 15)


@given(published=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(0, 60))
def test_no_key_decision_is_announced_before_its_lawful_day(published: date, days: int) -> None:
    planned = published + timedelta(days=days)
    said = replace(WHOLE, when=Timing.on(planned))
    for kind, route in ((KEY, Route.NOTICE), (EXCEPTION, Route.GENERAL_EXCEPTION)):
        lawful = earliest_decision(published, PERIODS, HOLIDAYS, route=route).lawful_on
        assert (too_soon(kind, said, published, PERIODS, HOLIDAYS) is None) == (planned >= lawful)


# Amounts


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("A contract of £1.2m a year", ("£1.2m",)),
        ("worth £ 7,654,321.09 in all", ("£ 7,654,321.09",)),
        ("some 2 million, or 300k", ("2 million", "300k")),
        ("7,654,321.09 over its life", ("7,654,321.09",)),
        ("GBP 500000", ("GBP 500000",)),
        ("12 pounds", ("12 pounds",)),
        ("27 homes for 2,900 people until 31 March 2028, lot 3", ("2,900",)),
        ("27 homes until 31 March 2028, lot 3; reference 25/00083", ()),
        ("12 months of paths 5 m wide", ()),
        (None, ()),
    ],
)
def test_whatever_could_be_an_amount_is_found(words: str | None, amounts: tuple[str, ...]) -> None:
    assert amounts_in(words) == amounts


# Words


@pytest.mark.parametrize("kind", NoticeKind)
def test_what_is_kept_as_text_is_read_back_as_it_was(kind: NoticeKind) -> None:
    words = words_of(
        kind,
        WHOLE,
        published_on=date(2025, 10, 7),
        earliest=earliest_for(kind, date(2025, 10, 7), PERIODS, HOLIDAYS),
        replaces_on=date(2025, 9, 1),
    )
    assert read_back(words.text) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("Q1 2027-28", "Between 1 April 2027 and 30 June 2027"),
        ("2027-28", "Between 1 April 2027 and 31 March 2028"),
        ("not before 5 November 2025", "Not before 5 November 2025"),
        ("5 November 2025", "5 November 2025"),
    ],
)
def test_a_period_is_said_by_its_days(when: str, words: str) -> None:
    assert when_in_full(Timing.parse(when)) == words


@given(matter=st.text(max_size=200))
def test_whatever_somebody_types_divides_no_notice(matter: str) -> None:
    words = words_of(KEY, replace(WHOLE, matter=matter))
    assert read_back(words.text) == words
