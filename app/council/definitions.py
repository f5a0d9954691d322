"""What a dated setting is: its words, and how the text a council writes for it is read. Plain Python."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Generic, TypeVar

from typing_extensions import override

from app.core.errors import Refusal
from app.core.money import parse_pounds
from app.council.calendar import DayBasis, Span, Unit
from app.council.rules import CallInTrigger, Operator, Threshold, ThresholdBasis

T_co = TypeVar("T_co", covariant=True)

_THRESHOLD = re.compile(r"(more than|at least)\s+(.+?)(\s+(?:whole life|whole life with options|a year|annual))?")
_NUMBER = re.compile(r"[0-9]{1,4}")
_SPAN = re.compile(r"([0-9]{1,4})\s+(working day|calendar day|day|month)s?")
#: Lengths of time are put in order by counting back from it.
A_DAY = date(2100, 1, 1)
_LEAD = re.compile(r"([0-9]{1,3})\s+(month|week|day)s?")
_LEAD_UNITS = {"month": (1, Unit.MONTHS), "week": (7, Unit.DAYS), "day": (1, Unit.DAYS)}
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_TIMES = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?")
_YEARLY = frozenset({"a year", "annual"})
NONE = "none"
MOST_PER_CENT = 100
MOST_TIMES = 10


@dataclass(frozen=True)
class Definition(Generic[T_co]):
    """One setting of the council: its words, how its text is read, and what it says until somebody decides."""

    name: str
    label: str
    #: What would work, as the form says it.
    hint: str
    read: Callable[[str], T_co]
    first: str
    source: str
    group: str
    #: What the number counts, where the value is a bare number.
    unit: str = ""
    #: What it is known to say from a later day on.
    later: tuple[tuple[date, str], ...] = ()
    #: Fewer days may not be entered, because the law asks for so many.
    least_days: int = 0

    @property
    def first_value(self) -> T_co:
        return self.read(self.first)

    @property
    def shipped(self) -> tuple[tuple[date | None, str], ...]:
        """What it says until the council decides, and from which day."""
        return ((None, self.first), *self.later)

    def said(self, value: str) -> str:
        """The value with what it counts: "24 months"."""
        return f"{value} {self.unit}" if self.unit else value


# Reading what people write


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def read_threshold(text: str) -> Threshold:
    found = _THRESHOLD.fullmatch(_plain(text))
    if found is None:
        raise Refusal("Write a threshold like “more than £1,000,000” or “at least £500,000 a year”", field="value")
    basis = ThresholdBasis.ANNUAL if (found[3] or "").strip() in _YEARLY else ThresholdBasis.WHOLE_LIFE
    return Threshold(read_pounds(found[2]), Operator(found[1]), basis)


def read_threshold_or_none(text: str) -> Threshold | None:
    return None if _plain(text) == NONE else read_threshold(text)


def read_pounds(text: str) -> Decimal:
    try:
        return parse_pounds(text)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="value") from refusal


def read_pounds_or_none(text: str) -> Decimal | None:
    return None if _plain(text) == NONE else read_pounds(text)


def read_number(text: str) -> int:
    if not _NUMBER.fullmatch(text.strip()) or int(text) == 0:
        raise Refusal("Write a whole number, such as 3", field="value")
    return int(text)


def years_at_least(least: int) -> Callable[[str], int]:
    """What the law asks for at the least."""

    def read(text: str) -> int:
        if read_number(text) < least:
            raise Refusal(f"The law asks for {least} years at least", field="value")
        return read_number(text)

    return read


def read_per_cent(text: str) -> Decimal:
    written = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(written) or int(written) > MOST_PER_CENT:
        raise Refusal("Write a percentage from 0 to 100, such as 10", field="value")
    return Decimal(written)


def read_times(text: str) -> Decimal:
    written = text.strip().removesuffix("times").strip()
    if not _TIMES.fullmatch(written) or not 1 <= Decimal(written) <= MOST_TIMES:
        raise Refusal(f"Write how many times, from 1 to {MOST_TIMES}, such as 1.25", field="value")
    return Decimal(written)


def read_span(text: str) -> Span:
    found = _SPAN.fullmatch(_plain(text))
    if found is None:
        raise Refusal("Write a length of time like “6 months”, “29 days” or “8 working days”", field="value")
    unit = {"month": Unit.MONTHS, "working day": Unit.WORKING_DAYS}.get(found[2], Unit.DAYS)
    return Span(int(found[1]), unit)


@dataclass(frozen=True)
class Days:
    """A period of days with the basis it is counted on: 28 calendar days, 5 working days."""

    number: int
    basis: DayBasis

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.basis} days"


def read_lead_times(text: str) -> tuple[Span, ...]:
    """How long ahead, several times over, the longest first: "12 months, 1 month, 1 week"."""
    found = [_LEAD.fullmatch(part.strip()) for part in _plain(text).split(",")]
    spans = {Span(int(one[1]) * _LEAD_UNITS[one[2]][0], _LEAD_UNITS[one[2]][1]) for one in found if one}
    if not all(found) or any(span.number == 0 for span in spans):
        raise Refusal("Write lead times with a comma between, like “12 months, 1 month, 1 week”", field="value")
    return tuple(sorted(spans, key=lambda span: span.before(A_DAY)))


def read_days(text: str) -> Days:
    span = _SPAN.fullmatch(_plain(text))
    if span is None or span[2] not in {"working day", "calendar day"}:
        raise Refusal("Write a period like “28 calendar days” or “5 working days”", field="value")
    return Days(int(span[1]), DayBasis.WORKING if span[2] == "working day" else DayBasis.CALENDAR)


def read_time_or_none(text: str) -> time | None:
    if _plain(text) == NONE:
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise Refusal("Write a time of day like 17:00, or “none” for midnight", field="value")
    return time(int(found[1]), int(found[2]))


def one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if _plain(text) not in choices:
            raise Refusal(f"Write {' or '.join(f'“{choice}”' for choice in choices)}", field="value")
        return _plain(text)

    return read


def read_ground_or_none(text: str) -> str | None:
    if _plain(text) == NONE:
        return None
    if not any(letter.isdigit() for letter in text):
        raise Refusal("Name the provision, such as “schedule 12A, paragraph 3”, or write “none”", field="value")
    return text.strip()


def read_names(known: tuple[str, ...], *, or_else: str) -> Callable[[str], tuple[str, ...]]:
    """Names of columns with commas between, as the LGA's schema writes them; or words of their own."""

    def read(text: str) -> tuple[str, ...]:
        if _plain(text) in {NONE, or_else}:
            return () if _plain(text) == NONE else (or_else,)
        names = {name.casefold(): name for name in known}
        asked = [part.strip() for part in text.split(",") if part.strip()]
        wrong = next((part for part in asked if part.casefold() not in names), None)
        if wrong is not None or not asked:
            raise Refusal(f"Write column names with commas between, from: {', '.join(known)}", field="value")
        return tuple(names[part.casefold()] for part in asked)

    return read


def read_words_or(blank: str, *, naming: str, otherwise: str) -> Callable[[str], str | None]:
    """Words that everybody reads, with what they are of no use without; ``otherwise`` says what that is."""

    def read(text: str) -> str | None:
        if _plain(text) == blank:
            return None
        if not re.search(naming, text, re.IGNORECASE):
            raise Refusal(f"{otherwise}, or “{blank}”", field="value")
        return text.strip()

    return read


def read_address_or_none(text: str) -> str | None:
    if _plain(text) == NONE:
        return None
    if not re.fullmatch(r"https?://\S+", text.strip()):
        raise Refusal("Write a web address that begins with https://, or “none”", field="value")
    return text.strip()


def read_where_or_none(text: str) -> str | None:
    """An address, or how to write to somebody: a postcode, a number or an e-mail address is in it."""
    if _plain(text) == NONE:
        return None
    if not any(letter.isdigit() or letter == "@" for letter in text):
        raise Refusal("Give an address with its postcode, an e-mail address or a number, or “none”", field="value")
    return text.strip()


def read_trigger(text: str) -> CallInTrigger:
    return CallInTrigger(one_of(*CallInTrigger)(text))
