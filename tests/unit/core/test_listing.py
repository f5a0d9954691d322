"""The address bar is the view: what it says is read once, typed, and never trusted."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.core import listing
from app.core.forms import Choice


class Form(StrEnum):
    CONTRACT = "contract"
    CALL_OFF = "call-off"


FILTERS = (
    listing.words("q", "Title, reference or provider"),
    listing.choice("directorate", "Directorate", [Choice(1, "Growth"), Choice(2, "Care")]),
    listing.choice("provider", "Provider", [Choice(5, "Fennside Ltd")], in_panel=False),
    listing.one_of("form", "Form", Form),
    listing.on_day("ends_from", "Ends on or after"),
    listing.amount("value_from", "Value from"),
)


def asked(*pairs: tuple[str, str]) -> listing.Listing:
    sorts = ("title", "ends_on")
    return listing.listing("/contracts", MultiDict(pairs), filters=FILTERS, sorts=sorts, default="-ends_on")


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_filters_come_out_typed() -> None:
    wanted = asked(
        ("q", " home  care "), ("directorate", "2"), ("form", "call-off"), ("ends_from", "1/4/26"), ("value_from", "1m")
    )
    assert wanted.text("q") == "home  care"
    assert wanted.number("directorate") == 2
    assert wanted.member("form", Form) is Form.CALL_OFF
    assert wanted.day("ends_from") == date(2026, 4, 1)
    assert wanted.pounds("value_from") == Decimal(1_000_000)
    assert not wanted.problems


def test_absent_filters_are_none() -> None:
    nothing = asked()
    assert nothing.text("q") is None
    assert nothing.number("directorate") is None
    assert nothing.member("form", Form) is None
    assert nothing.day("ends_from") is None
    assert nothing.pounds("value_from") is None
    assert not nothing.ticked("over")


def test_a_filter_not_understood_is_said_and_left_out() -> None:
    wanted = asked(("ends_from", "soon"), ("directorate", "99"))
    assert wanted.day("ends_from") is None
    assert [problem.href for problem in wanted.problems] == ["#filter-directorate", "#filter-ends_from"]
    assert wanted.written("ends_from") == "soon"
    assert wanted.applied == ()


@pytest.mark.parametrize(
    ("typed", "sort", "descending"),
    [
        pytest.param("title", "title", False, id="upwards"),
        pytest.param("-title", "title", True, id="downwards"),
        pytest.param("", "ends_on", True, id="not asked"),
        pytest.param("password", "ends_on", True, id="no such column"),
        pytest.param("--title", "ends_on", True, id="two minuses"),
    ],
)
def test_only_named_columns_sort(typed: str, sort: str, descending: bool) -> None:  # noqa: FBT001 - a truth table
    assert asked(("sort", typed)).sort == listing.Sort(sort, descending)


def test_sorting_again_by_a_column_turns_it_round() -> None:
    wanted = asked(("sort", "title"), ("q", "care"), ("page", "3"))
    assert query(wanted.sort_url("title")) == {"q": ["care"], "sort": ["-title"]}
    assert query(wanted.sort_url("ends_on"))["sort"] == ["ends_on"]
    assert (wanted.aria_sort("title"), wanted.aria_sort("ends_on")) == ("ascending", "none")
    assert asked().aria_sort("ends_on") == "descending"


@pytest.mark.parametrize(
    ("typed", "page"),
    [("3", 3), ("", 1), ("0", 1), ("-2", 1), ("two", 1), ("9" * 30, 1), ("1" + "0" * 12, listing.LAST_PAGE), ("²", 1)],
)
def test_an_impossible_page_is_the_first_or_the_last_imaginable(typed: str, page: int) -> None:
    assert asked(("page", typed)).page == page


def test_a_tag_says_its_filter_in_words_and_its_link_removes_only_it() -> None:
    wanted = asked(
        ("q", "care"), ("directorate", "2"), ("value_from", "1m"), ("ends_from", "1/4/26"), ("sort", "title")
    )
    assert [(tag.label, tag.value) for tag in wanted.applied] == [
        ("Title, reference or provider", "care"),
        ("Directorate", "Care"),
        ("Ends on or after", "1 April 2026"),
        ("Value from", "£1,000,000"),
    ]
    without = query(wanted.applied[1].remove_url)
    assert "directorate" not in without
    assert (without["q"], without["sort"]) == (["care"], ["title"])
    assert wanted.clear_url == "/contracts?sort=title"


def test_a_filter_that_links_bring_is_carried_by_the_panel_unseen() -> None:
    wanted = asked(("provider", "5"), ("sort", "title"), ("q", "care"))
    assert wanted.carried == (("provider", "5"), ("sort", "title"))
    assert "provider" not in {one.name for one in wanted.panel}
    assert [tag.value for tag in wanted.applied] == ["care", "Fennside Ltd"]


def test_a_download_is_of_the_whole_list() -> None:
    assert asked(("q", "care"), ("page", "3")).download_url("csv") == "/contracts.csv?q=care"
    assert asked().download_url("xlsx") == "/contracts.xlsx"


def test_blank_filters_leave_the_address_short() -> None:
    assert asked(("q", ""), ("ends_from", "")).url() == "/contracts"


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_nothing_in_the_address_bar_breaks_a_list(words: str, sort: str, page: str, on: str, amount: str) -> None:
    wanted = asked(
        ("q", words), ("sort", sort), ("page", page), ("ends_from", on), ("value_from", amount), ("directorate", amount)
    )
    assert "\x00" not in (wanted.text("q") or "")
    assert wanted.number("directorate") is None or wanted.page >= 1
    assert all(tag.remove_url.startswith("/contracts") for tag in wanted.applied)


@given(st.integers(0, 3000), st.integers(1, 200))
def test_page_links_name_the_ends_and_the_neighbours(total: int, number: int) -> None:
    page = listing.Page(range(5), total, number)
    links = page.links(asked())
    named = [link.number for link in links if link.number]
    assert named == sorted(set(named))
    assert {1, page.pages} <= set(named)
    assert len(links) <= 7
    for before, after in pairwise(links):
        assert before.number or after.number


def test_a_page_says_which_rows_it_shows() -> None:
    page = listing.Page(range(25), 1204, 3)
    assert (page.first, page.last, page.pages, page.offset) == (51, 75, 49, 50)
    assert page.previous_url(asked(("q", "care"))) == "/contracts?q=care&page=2"
    assert page.next_url(asked(("q", "care"))) == "/contracts?q=care&page=4"


def test_a_page_past_the_end_leads_back_to_the_last() -> None:
    page = listing.Page[int]([], 30, 9)
    assert (page.first, page.last) == (0, 0)
    assert page.previous_url(asked()) == "/contracts?page=2"
    assert page.next_url(asked()) == ""
