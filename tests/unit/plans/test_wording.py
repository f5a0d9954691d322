"""What a chaser's letter says, and how much of it a link can carry."""

from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from app.plans import wording
from app.plans.rules import ReturnState
from app.plans.wording import ChaseWanted, Line


def a_letter(*lines: Line, late: bool = False, back: str | None = None) -> ChaseWanted:
    return ChaseWanted(
        name="Roads & Waste",
        year="2027-28",
        due_on=date(2027, 1, 15),
        state=ReturnState.SENT_BACK if back else ReturnState.TO_BE_MADE,
        late=late,
        sent_back_reason=back,
        lines=lines,
        address="https://register.example/plans/2027-28/returns/3",
        chaser="Robin Holt",
    )


def some(number: int) -> Line:
    return Line("services support no outcome", number, tuple(f"Service {one}: No outcome" for one in range(number)))


def test_the_letter_says_what_is_wanted_by_when_and_what_is_missing() -> None:
    text = wording.letter(a_letter(some(2)))
    assert "The return of Roads & Waste for the business plan 2027-28 is due on 15 January 2027" in text
    assert "- 2 services support no outcome\n    Service 0: No outcome\n    Service 1: No outcome" in text
    assert "https://register.example/plans/2027-28/returns/3/missing.csv" in text
    assert text.endswith("Robin Holt")


def test_a_late_return_that_was_sent_back_says_both() -> None:
    wanted = a_letter(late=True, back="Put the waste sites in")
    assert wording.subject(wanted).startswith("Late: return of Roads & Waste")
    assert "was due on 15 January 2027" in wording.letter(wanted)
    assert "It was sent back: Put the waste sites in" in wording.letter(wanted)
    assert "Nothing is missing from the records." in wording.letter(wanted)


def test_a_long_list_is_cut_and_says_how_much_is_left() -> None:
    text = wording.letter(a_letter(some(39), some(5)))
    assert text.count("Service ") == wording.NAMED
    assert "and 4 more" in text


@pytest.mark.parametrize("number", [1, 40])
def test_the_link_opens_the_readers_own_mail_program(number: int) -> None:
    link = wording.mail_link(a_letter(some(number)), ["robin@example.org", "kit+1@example.org"])
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == "robin@example.org,kit+1@example.org"
    asked = parse_qs(parts.query)
    assert asked["subject"] == ["Return of Roads & Waste for the business plan 2027-28, due 15 January 2027"]
    assert f"{number} services" in asked["body"][0]
    assert "+" not in parts.query  # a plus stands for itself in a mail program
    assert len(link) <= wording.LONGEST_LINK
