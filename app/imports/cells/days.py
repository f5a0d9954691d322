"""Dates in cells: two styles in one column, months alone, "Ongoing", weekdays, Excel's day numbers."""

import re
from datetime import date, timedelta

from app.core.dates import MONTHS, add_months, day, parse_day
from app.core.errors import Refusal
from app.imports.answers import Answer, PatternKind
from app.imports.cells.reading import Asks, Blank, Problem, Reading, Understood, blank_or_none, plain
from app.imports.targets import Kind
from app.imports.values import NoEnd

Day = date | NoEnd

#: Excel counts days from here; its numbers for 1954 to 2119 are far from anything else a date column holds.
EXCEL_DAY_NOUGHT = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)
CURE = "Write a date like 31 March 2018 or 31/3/2018"
_MONTH_CURE = "Give the year in four figures, like March 2018, or a whole date"

_NO_END = re.compile(
    r"(?:on-?going|on going|rolling|roll(?:s|ing)? (?:over|on|contract)?|open[- ]?ended|open|perpetual|in perpetuity"
    r"|indefinite(?:ly)?"
    r"|continu(?:ous|ing|al)|no (?:end|end date|expiry|fixed end|fixed term|specified end)(?: date)?|none specified"
    r"|evergreen|permanent"
    r"|annual(?:ly)? roll(?:ing|over)|until (?:terminated|further notice|notice|cancelled|termination)"
    r"|rolling (?:annual|monthly|yearly|annually|contract|programme|12 months?)"
    r"|31/12/(?:9999|2999)|9999-12-31|2999-12-31|12/31/9999)"
)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,? +")
_CLOCK = re.compile(r"(?:t| |, ?)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)? ?(?:[ap]\.?m\.?)?(?:z|[+-]\d{2}:?\d{2})?$")
_MONTH_AND_YEAR = re.compile(r"(?:end of |start of |early |late |mid[- ])?([a-z]{3,9})\.?[-/', ]*((?:19|20)\d{2})")
_MONTH_AND_SHORT_YEAR = re.compile(r"([a-z]{3,9})\.?(?:-|'| '|/)(\d{2})")
_MONTH_AND_TWO_FIGURES = re.compile(r"([a-z]{3,9})\.? (\d{2})")
_NUMBERED_MONTH = re.compile(r"(\d{1,2})/((?:19|20)\d{2})|((?:19|20)\d{2})-(\d{1,2})")
_NO_YEAR = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[-/ ](?:of )?([a-z]{3,9})")
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?:\s.*)?")
_NOUGHT = re.compile(
    r"0+|0{1,2}/0{1,2}/0{2,4}|00?/01/1900|(?:0?1/0?1/|)1900|1900-01-0[01]|0001-01-01|01/01/0001|1899-12-3[01]"
)
_MOST_DAYS_OF_A_MONTH = 31
_MONTHS_IN_A_YEAR = 12
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_day(text: str, kind: Kind = Kind.DAY) -> Reading[Day]:
    """Read a cell of a date column; a month alone is its first day as a start and its last as an end."""
    written = plain(text)
    if kind is Kind.END and _NO_END.fullmatch(written):
        return Asks(PatternKind.NO_END, written, {Answer.NO_END: Understood(NoEnd.NO_END, text.strip())})
    nothing = blank_or_none(text)
    if nothing or _NOUGHT.fullmatch(written):
        return nothing or Blank()
    return _whole_day(text, written) or _month(text, written, kind) or _unreadable(text, written)


def _whole_day(text: str, written: str) -> Understood[Day] | Problem | None:
    if written.isdigit():
        return _excel_day(written)
    weekday = _WEEKDAY.match(written)
    bare = _CLOCK.sub("", _WEEKDAY.sub("", written))
    try:
        found = parse_day(bare)
    except Refusal as refusal:
        return Problem(text.strip(), _cure(refusal)) if _SLASHED.fullmatch(bare) else None
    if weekday and _WEEKDAYS[found.weekday()] != weekday[1]:
        return Problem(text.strip(), f"{day(found)} is a {found:%A}: check the weekday or the date")
    return Understood(found)


def _cure(refusal: Refusal) -> str:
    return f"{refusal.message}. {CURE}" if "write" not in refusal.message else refusal.message


def _excel_day(written: str) -> Understood[Day] | None:
    number = int(written) if len(written) <= len(str(EXCEL_DAYS.stop)) else 0
    if number not in EXCEL_DAYS:
        return None
    return Understood(EXCEL_DAY_NOUGHT + timedelta(days=number), f"Excel day number {written}")


def _month(text: str, written: str, kind: Kind) -> Reading[Day] | None:
    numbered = _NUMBERED_MONTH.fullmatch(written)
    if numbered:
        month, year = int(numbered[1] or numbered[4]), int(numbered[2] or numbered[3])
        return _edge(year, month, kind) if 1 <= month <= _MONTHS_IN_A_YEAR else None
    named = _MONTH_AND_YEAR.fullmatch(written) or _MONTH_AND_SHORT_YEAR.fullmatch(written)
    if named and (found := _month_named(named[1])):
        return _edge(_year(named[2]), found, kind)
    return _day_or_month(text, written, kind)


def _day_or_month(text: str, written: str, kind: Kind) -> Reading[Day] | None:
    """“Mar 18” is a month of 2018, or a day whose year is missing; “Mar 45” can only be a month."""
    unsure = _MONTH_AND_TWO_FIGURES.fullmatch(written)
    if unsure is None or not (month := _month_named(unsure[1])):
        return None
    reading = _edge(_year(unsure[2]), month, kind)
    if not 1 <= int(unsure[2]) <= _MOST_DAYS_OF_A_MONTH:
        return reading
    return Asks(PatternKind.DAY_OR_MONTH, written, {Answer.MONTH: reading, Answer.BLANK: Blank(text.strip())})


def _edge(year: int, month: int, kind: Kind) -> Understood[Day]:
    first = date(year, month, 1)
    return Understood(add_months(first, 1) - timedelta(days=1) if kind is Kind.END else first)


def _year(written: str) -> int:
    """Two figures as ``parse_day`` takes them."""
    return int(written) if len(written) > len("99") else parse_day(f"1 January {written}").year


def _month_named(written: str) -> int | None:
    if written == "sept":
        return 9
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(written)), None)


def _unreadable(text: str, written: str) -> Problem:
    missing_year = _NO_YEAR.fullmatch(written)
    return Problem(text.strip(), _MONTH_CURE if missing_year and _month_named(missing_year[1]) else CURE)


def only_month_first(text: str) -> bool:
    """Whether the date can be read only with its month first: 04/13/2026."""
    first, second = _first_two(text)
    return 1 <= first <= _MONTHS_IN_A_YEAR < second <= _MOST_DAYS_OF_A_MONTH


def only_day_first(text: str) -> bool:
    first, second = _first_two(text)
    return 1 <= second <= _MONTHS_IN_A_YEAR < first <= _MOST_DAYS_OF_A_MONTH


def either_way_round(text: str) -> bool:
    """Whether the date could be read with day or month first, and would differ: 04/05/2026."""
    first, second = _first_two(text)
    return first != second and min(first, second) > 0 and max(first, second) <= _MONTHS_IN_A_YEAR


def _first_two(text: str) -> tuple[int, int]:
    found = _SLASHED.fullmatch(plain(text))
    return (int(found[1]), int(found[3])) if found else (0, 0)


def month_first(text: str) -> str:
    """The same date with its first two parts changed over."""
    return re.sub(r"(\d{1,2})([/.-])(\d{1,2})", r"\3\2\1", text.strip(), count=1)
