"""Extension options as a line of text, written and read back: "24 months, £500,000, 6 months' notice; 12 months"."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.core.dates import MONTHS_IN_A_YEAR, day, parse_day
from app.core.errors import Refusal
from app.core.money import parse_pounds, pounds

#: "6 months' notice", "24 months", "2 years".
_LENGTH = re.compile(r"(\d{1,3})\s*(month|year)s?['’]?(\s+notice)?", re.IGNORECASE)
HOW = "Write each option like 24 months, £500,000, 6 months' notice, with a semicolon between options"


class OptionWritten(NamedTuple):
    """An option to extend, as far as a cell tells it."""

    months: int = 0
    ends_on: date | None = None
    value: Decimal | None = None
    notice_months: int | None = None
    taken: bool = False
    lapsed: bool = False

    @property
    def words(self) -> str:
        parts = (
            f"{self.months} months" if self.months else f"until {day(self.ends_on)}",
            pounds(self.value),
            f"{self.notice_months} months' notice" if self.notice_months else "",
            "taken up" if self.taken else "",
            "lapsed" if self.lapsed else "",
        )
        return ", ".join(part for part in parts if part)


def options_in_words(options: Iterable[OptionWritten]) -> str:
    return "; ".join(option.words for option in options)


def read_options(text: str) -> tuple[OptionWritten, ...]:
    """What a cell says of the options. Refuse what cannot be read."""
    return tuple(_read_option(part) for part in text.split(";") if part.strip())


def _read_option(text: str) -> OptionWritten:
    option = OptionWritten()
    for part in re.split(r",\s+", text.strip()):
        option = _with(option, part.strip())
    if not option.months and option.ends_on is None:
        raise Refusal(f"“{text.strip()}” does not say how long the option is. {HOW}", field="options")
    return option


def _with(option: OptionWritten, part: str) -> OptionWritten:
    if part in {"taken up", "lapsed"}:
        return option._replace(taken=part == "taken up", lapsed=part == "lapsed")
    if part.startswith("until "):
        return option._replace(ends_on=parse_day(part.removeprefix("until ")))
    if length := _LENGTH.fullmatch(part):
        months = int(length[1]) * (MONTHS_IN_A_YEAR if length[2].lower() == "year" else 1)
        return option._replace(notice_months=months) if length[3] else option._replace(months=months)
    if part.startswith("£"):
        return option._replace(value=parse_pounds(part))
    raise Refusal(f"“{part}” is not understood. {HOW}", field="options")
