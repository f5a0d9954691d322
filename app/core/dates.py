"""Days, months and lengths as British councils write them. Every period includes its first and its last day."""

import calendar
import re
import unicodedata
from datetime import date, timedelta

from app.core.errors import Refusal

MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
#: Two-digit years below this are 20xx: registers hold contracts, not births.
CENTURY_TURNS_AT = 70
#: The oldest lease still running began after the first; the last keeps out "31/12/9999", which means "no end".
YEARS = range(1800, 3000)
MONTHS_IN_A_YEAR = 12

_MIDNIGHT = re.compile(r"[t ]00:00(?::00(?:\.0+)?)?z?$")
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})")
_BRITISH = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ]+(?:of )?(?P<month>[0-9]{1,2}|[a-z]{3,9})[-/., ]+"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)


def parse_day(text: str) -> date:
    """Read a date as people type it in Britain: 31/3/2018, 31 March 2018, 31-Mar-18, 2018-03-31."""
    written = _MIDNIGHT.sub("", " ".join(unicodedata.normalize("NFKC", text).lower().split()))
    found = _ISO.fullmatch(written) or _BRITISH.fullmatch(written)
    month = _month(found["month"]) if found else None
    if found is None or month is None:
        raise Refusal(f"“{text.strip()}” is not a date: write it like 31 March 2018 or 31/3/2018")
    return _real_day(_year(found["year"]), month, int(found["day"]))


def _month(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    starts = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(written)]
    return 9 if written == "sept" else next(iter(starts), None)


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 4:  # noqa: PLR2004 - the four digits of a year
        return year
    return year + (2000 if year < CENTURY_TURNS_AT else 1900)


def _real_day(year: int, month: int, number: int) -> date:
    if year not in YEARS:
        raise Refusal(f"The year {year:04} is out of range: enter one between {YEARS[0]} and {YEARS[-1]}")
    if not 1 <= month <= MONTHS_IN_A_YEAR:
        raise Refusal(f"There is no month {month}: write the day first, then the month, like 31/3/2018")
    longest = calendar.monthrange(year, month)[1]
    if not 1 <= number <= longest:
        raise Refusal(f"{MONTHS[month - 1]} {year} has {longest} days: check the day {number}")
    return date(year, month, number)


def day(d: date | None) -> str:
    """In full: "31 March 2018"; nothing when not known."""
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}" if d else ""


#: Every month has this day.
IN_EVERY_MONTH = 28


def add_months(d: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter. Count every date from one start."""
    year, month = divmod(d.year * MONTHS_IN_A_YEAR + d.month - 1 + months, MONTHS_IN_A_YEAR)
    if not date.min.year <= year <= date.max.year:
        raise Refusal(f"{abs(months)} months from {day(d)} is past the end of the calendar: check the number of months")
    if d.day <= IN_EVERY_MONTH:
        return date(year, month + 1, d.day)
    return date(year, month + 1, min(d.day, calendar.monthrange(year, month + 1)[1]))


def latest_reached(today: date, months: int) -> date:
    """The last day that is no more than so many months ahead: from a month's last day, all of the month meant."""
    latest = add_months(today, months)
    while add_months(latest + timedelta(days=1), -months) <= today:
        latest += timedelta(days=1)
    return latest


def last_day_of_term(start: date, months: int) -> date:
    """The last day of so many months that begin on ``start``: a year from 29 February ends on 28 February."""
    clipped = add_months(start, months)
    return clipped if clipped.day < start.day else clipped - timedelta(days=1)


def months_and_days(start: date, end: date) -> tuple[int, int]:
    """Whole months and odd days from ``start`` to ``end``, both included: 1 April 2015 to 31 March 2020 is (60, 0)."""
    if end < start:
        raise Refusal(f"The end, {day(end)}, is before the start, {day(start)}: enter a later end")
    months = (end.year - start.year) * MONTHS_IN_A_YEAR + end.month - start.month + 1
    while last_day_of_term(start, months) > end:
        months -= 1
    return months, (end - last_day_of_term(start, months)).days


def length_of(months: int, days: int = 0) -> str:
    """A length in words: "5 years", "18 months", "3 months and 4 days"."""
    if days:
        return f"{_counted(months, 'month')} and {_counted(days, 'day')}" if months else _counted(days, "day")
    years, rest = divmod(months, MONTHS_IN_A_YEAR)
    return _counted(years, "year") if years and not rest else _counted(months, "month")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number:,} {word}s"
