"""A published list: read from whatever file it comes in, hostile ones refused; held against the register both ways."""

import contextlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.council.rules import NoticePeriods
from app.decisions.rules.forward_plan import (
    Comparison,
    Expected,
    Item,
    Settled,
    alike,
    compare,
    differences,
    item_key,
    read_due,
    short_notice,
    split_title,
)
from app.decisions.rules.forward_plan_files import read_list
from app.decisions.rules.timing import Timing

PERIODS, HOLIDAYS = NoticePeriods(), frozenset[date]()
CARE = Expected(
    id=1, title="Home care from 2028", reference="25/00083", taker="Cabinet",
    when=Timing.on(date(2025, 11, 10)), restriction="open", low=Decimal(2_000_000), high=Decimal(3_000_000),
)  # fmt: skip
ITEM = Item(
    title="Home care from 2028", reference="25/00083", taker="The Cabinet", due_words="Not before 5th Nov 2025",
    due=Timing.not_before(date(2025, 11, 5)), restriction="Open", value=Decimal(2_500_000), is_key=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Not before 5th Nov 2025", "not before 5 November 2025"),
        ("Not before 30 Sep 2025; to allow consultation", "not before 30 September 2025"),
        ("5 November 2025", "5 November 2025"),
        ("Wednesday, 5 November 2025", "5 November 2025"),
        ("05/11/2025", "5 November 2025"),
        ("2025-11-05T00:00:00", "5 November 2025"),
        ("Between 1 Nov 2025 and 30 Nov 2025", "not before 1 November 2025"),
        ("November 2025", "not before 1 November 2025"),
        ("1 November 2025 - 30 November 2025", "not before 1 November 2025"),
        ("November 5th, 2025", "5 November 2025"),
        ("2025/11/05", "5 November 2025"),
        ("05.11.25", "5 November 2025"),
        ("January - March 2026", "not before 1 January 2026"),
        ("December - January 2026", "not before 1 December 2025"),
        ("Between December 2025 and January 2026", "not before 1 December 2025"),
        ("11/15/2025", "not known"),
        ("Q3 2025-26", "Q3 2025-26"),
        ("2025-26", "2025-26"),
        ("31 February 2025", "not known"),
        ("To be confirmed", "not known"),
        (None, "not known"),
    ],
)
def test_a_due_date_is_read_as_lists_write_it(said: str | None, means: str) -> None:
    assert read_due(said) == Timing.parse(means)


@given(st.text(max_size=80))
def test_whatever_a_list_says_of_its_date_is_read_without_falling_over(said: str) -> None:
    assert isinstance(read_due(said), Timing)


@pytest.mark.parametrize(
    ("written", "reference", "title"),
    [
        ("25/00083 - Home care", "25/00083", "Home care"),
        ("25/00083: Home care - phase 2", "25/00083", "Home care - phase 2"),
        ("CAB/25/0083 Home care", None, "CAB/25/0083 Home care"),
        ("Home care 2025-26", None, "Home care 2025-26"),
    ],
)
def test_a_reference_in_front_of_a_title_is_taken_apart(written: str, reference: str | None, title: str) -> None:
    assert split_title(written) == (reference, title)


# Files

CSV = (
    "Wessmoor forward plan\n"
    "Ref,Title,Decision maker,Decision due,Notice of proposed decision first published,Key decision,"
    "Anticipated restriction,Value\n"
    "25/00083,Home care from 2028,Cabinet,Not before 5th Nov 2025,07/10/2025,Yes,Open,£2.5m\n"
    ",Car park charges,Leader,10/11/2025,,No,Part exempt,\n"
)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Forthcoming decisions</title>
<item><title>25/00083 - Home care from 2028</title><link>https://democracy.example/mgIssue?IId=1</link>
<description>&lt;p&gt;Decision maker: Cabinet&lt;br/&gt;Decision due: Not before 5th Nov 2025&lt;br/&gt;
Notice of proposed decision first published: 07/10/2025&lt;br/&gt;Anticipated restriction: Open&lt;/p&gt;</description>
</item><item><title>Car park charges</title></item></channel></rss>"""
XML = """<?xml version="1.0" encoding="utf-8"?><ForwardPlan><Title>November</Title><Items>
<Item Reference="25/00083"><IssueTitle>Home care from 2028</IssueTitle><DecisionMaker>Cabinet</DecisionMaker>
<DecisionDue>Not before 5th Nov 2025</DecisionDue><NoticeFirstPublished>2025-10-07</NoticeFirstPublished>
<IsKey>true</IsKey><Documents><Document><Title>Report</Title></Document></Documents></Item>
<Item><IssueTitle>Car park charges</IssueTitle></Item></Items></ForwardPlan>"""


#: As a committee system's own interface names its elements.
LOWER = """<?xml version="1.0"?><plan xmlns="http://tempuri.org/"><plantitle>November</plantitle><items>
<item><issueid>1</issueid><issuetitle>25/00083 - Home care
from 2028</issuetitle><decisionmaker>Cabinet</decisionmaker><decisiondue>Not before 5th Nov 2025</decisiondue>
<iskeydecision>True</iskeydecision><noticefirstpublished>07/10/2025</noticefirstpublished></item>
<item><issueid>2</issueid><issuetitle>Car park charges</issuetitle></item></items></plan>"""


@pytest.mark.parametrize("file", [CSV, RSS, XML, LOWER], ids=["CSV", "RSS", "XML", "XML in lower case"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_same_list_is_read_from_whatever_it_comes_in(file: str, encoding: str) -> None:
    read = read_list(file.encode(encoding))
    assert [item.title for item in read.items] == ["Home care from 2028", "Car park charges"]
    first = read.items[0]
    assert (first.reference, first.taker) == ("25/00083", "Cabinet")
    assert first.due == Timing.not_before(date(2025, 11, 5))
    assert first.first_published_on == date(2025, 10, 7)


def test_a_csv_says_what_is_key_what_it_is_worth_and_what_is_exempt() -> None:
    first, second = read_list(CSV.replace("£", "\u00a3").encode("cp1252")).items
    assert (first.is_key, first.value, first.restriction) == (True, Decimal(2_500_000), "Open")
    assert (second.is_key, second.value, second.restriction) == (False, None, "Part exempt")


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "&lol;" * 10}">' for n in range(9))
    + "]><rss><channel><item><title>&l8;</title></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>&file;</title></item></channel></rss>"
)
WEB_PAGE = "<!DOCTYPE html><html><body><ul><li>Home care</li></ul></body></html>"


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        pytest.param(BOMB.encode(), "declares a document type or entities", id="entities that multiply"),
        pytest.param(OUTSIDE.encode(), "declares a document type or entities", id="a file of the server's"),
        pytest.param(WEB_PAGE.encode(), "not as a web page", id="a web page"),
        pytest.param(b"<html><table><tr><td>Title</td></tr></table>", "not as a web page", id="a saved table"),
        pytest.param(b"PK\x03\x04workbook", "save the list as CSV first", id="a workbook"),
        pytest.param(b"%PDF-1.4", "save the list as CSV first", id="a PDF"),
        pytest.param(b"<a>" * 60 + b"</a>" * 60, "too large or too deep", id="too deep"),
        pytest.param(b"<r>" + b"<i/>" * 100_001 + b"</r>", "too large or too deep", id="too many elements"),
        pytest.param(b"<rss><channel>", "cannot be read as XML", id="cut off"),
        pytest.param(b"<rss>&nothing;</rss>", "cannot be read as XML", id="an entity nobody declared"),
        pytest.param(b'<?xml version="1.0" encoding="nonsense"?><rss/>', "cannot be read as XML", id="an encoding"),
        pytest.param(b"<rss><channel/></rss>", "No decision was found", id="nothing in it"),
        pytest.param(b"Who,What\nA,B\n", "No heading says", id="other columns"),
        pytest.param(b"  \n", "The file is empty", id="empty"),
        pytest.param(b"Title\n" + b"x\n" * 3_000_000, "larger than 5 MB", id="too large"),
        pytest.param(b"Title\n" + b"x\n" * 5_001, "more than 5,000 decisions", id="too many"),
        pytest.param(b'Title\n"' + b"x" * 200_000 + b'"\n', "cannot be read as CSV", id="one endless cell"),
    ],
)
def test_a_hostile_or_useless_file_is_refused_and_says_what_would_work(hostile: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_list(hostile)
    assert why in refused.value.message
    assert refused.value.field == "file"


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(Refusal):
        assert read_list(content).items


# Both ways


def compared(items: list[Item], settled: dict[str, Settled] | None = None) -> Comparison:
    return compare(items, (CARE,), {CARE.id}, settled or {}, PERIODS, HOLIDAYS)


def test_what_is_on_both_is_matched_by_reference_and_says_nothing_where_they_agree() -> None:
    found = compared([ITEM])
    assert [(one.expected.id, one.differences) for one in found.both] == [(1, ())]
    assert [*found.missing, *found.unexplained, *found.differing] == []


def test_what_is_expected_and_not_listed_is_missing_and_what_is_listed_unexplained() -> None:
    found = compared([replace(ITEM, reference="25/00099", title="Library roof")])
    assert [one.id for one in found.missing] == [1]
    assert [(one.item.title, one.near) for one in found.unexplained] == [("Library roof", None)]


def test_a_near_title_is_only_suggested_until_a_person_confirms() -> None:
    near = replace(ITEM, reference=None, title="Home care from 2028 onwards")
    found = compared([near])
    assert found.unexplained[0].near == CARE
    assert found.missing, "nobody has confirmed it"
    confirmed = compared([near], {near.key: Settled(1)})
    assert confirmed.both
    assert not confirmed.missing
    assert [one.what for one in confirmed.differing[0].differences] == ["Title"]


@pytest.mark.parametrize(
    ("item", "is_it"),
    [
        pytest.param(replace(ITEM, reference=None), True, id="the list gives no reference"),
        pytest.param(replace(ITEM, reference=None, title="HOME CARE  from 2028"), True, id="written otherwise"),
        pytest.param(replace(ITEM, reference="25/00099"), False, id="another reference"),
    ],
)
def test_the_same_title_is_the_same_decision_unless_the_references_differ(item: Item, *, is_it: bool) -> None:
    assert bool(compared([item]).both) is is_it
    twice = compare([item], (CARE, replace(CARE, id=2)), {1, 2}, {}, PERIODS, HOLIDAYS)
    assert not twice.both, "to procure and to award: a person says which"


def test_what_a_person_called_none_of_ours_is_remembered_with_the_reason() -> None:
    other = replace(ITEM, reference="25/00099", title="Election of the Leader")
    found = compared([other], {other.key: Settled(None, "No commissioning")})
    assert found.not_ours == ((other, "No commissioning"),)
    assert not found.unexplained


def test_what_is_not_key_is_not_asked_about() -> None:
    found = compared([replace(ITEM, reference="25/00099", is_key=False)])
    assert len(found.not_key) == 1
    assert not found.unexplained


@pytest.mark.parametrize(
    ("changes", "what", "ours", "theirs"),
    [
        ({"due_words": "12 Jan 2026", "due": Timing.on(date(2026, 1, 12))}, "Date", "10 November 2025", "12 Jan 2026"),
        ({"title": "Domiciliary care"}, "Title", "Home care from 2028", "Domiciliary care"),
        ({"taker": "Leader of the Council"}, "Decision taker", "Cabinet", "Leader of the Council"),
        ({"restriction": "Part exempt - see why"}, "Restriction", "open", "Part exempt - see why"),
        ({"value": Decimal(5_000_000)}, "Value", "£2,000,000 to £3,000,000", "£5,000,000"),
    ],
)
def test_both_sides_of_a_difference_are_shown(changes: dict[str, object], what: str, ours: str, theirs: str) -> None:
    found = differences(CARE, replace(ITEM, **changes))  # type: ignore[arg-type]
    assert [(one.what, one.ours, one.theirs) for one in found] == [(what, ours, theirs)]


def test_a_restriction_with_its_explanation_is_the_same_restriction() -> None:
    part = replace(CARE, restriction="part exempt")
    assert differences(part, replace(ITEM, restriction="Part exempt - view reasons")) == ()


def test_a_title_alone_is_the_person_who_holds_it() -> None:
    person = replace(CARE, taker="Councillor D. Vale, Cabinet Member for Care")
    assert differences(person, replace(ITEM, taker="Cabinet Member for Care")) == ()
    assert differences(person, replace(ITEM, taker="Cabinet Member for Roads")) != ()


def test_an_amount_that_is_withheld_from_the_reader_is_not_compared() -> None:
    assert differences(replace(CARE, low=None, high=None), replace(ITEM, value=Decimal(5))) == ()


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (date(2025, 10, 7), date(2025, 11, 5)),
        (date(2025, 7, 7), date(2025, 8, 5)),
        (date(2023, 12, 19), date(2024, 1, 17)),
    ],
)
def test_what_a_list_gave_in_time_is_left_alone(published: date, due: date) -> None:
    item = replace(ITEM, first_published_on=published, due=Timing.not_before(due))
    assert short_notice(item, PERIODS, HOLIDAYS) is None


@pytest.mark.parametrize(
    ("published", "due", "said"),
    [
        pytest.param(
            date(2025, 9, 2), date(2025, 9, 30),
            "First published on 2 September 2025, it says Not before 30 Sep 2025: that is 1 clear day short. "
            "28 clear days after 2 September 2025 is 1 October 2025",
            id="Kent, 2 September 2025",
        ),
        pytest.param(
            date(2018, 1, 9), date(2018, 2, 6),
            "First published on 9 January 2018, it says Not before 6 Feb 2018: that is 1 clear day short. "
            "28 clear days after 9 January 2018 is 7 February 2018",
            id="Kent, 9 January 2018",
        ),
    ],
)  # fmt: skip
def test_the_date_of_a_published_list_that_is_a_day_early_is_caught(published: date, due: date, said: str) -> None:
    words = f"Not before {due.day} {due:%b %Y}"
    item = replace(ITEM, first_published_on=published, due=Timing.not_before(due), due_words=words)
    found = short_notice(item, PERIODS, HOLIDAYS)
    assert found is not None
    assert found.says == said
    assert short_notice(replace(item, urgency="The roof is unsafe"), PERIODS, HOLIDAYS) is None
    assert short_notice(replace(item, is_key=False), PERIODS, HOLIDAYS) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways_and_never_beyond_its_ends(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
    assert item_key(None, one) == item_key("", one)
