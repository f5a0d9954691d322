"""How the tables of the demonstration are written: months from 1 April of the current year, short money, short terms.

A term of 36 with the options ``12*@1.9m 12@1.9m n6`` runs three years; the first option, worth £1.9 million, is taken,
the second is open and needs six months' notice.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from app.core.dates import add_months
from app.core.money import parse_pounds
from app.council.calendar import FinancialYear

DATA = Path(__file__).resolve().parent / "data"
ONE_DAY = timedelta(days=1)
CENTURY = 100
_OPTION = re.compile(r"(?P<months>[0-9]+)(?P<taken>\*?)(?:@(?P<value>[0-9.]+[mk]?))?(?: n(?P<notice>[0-9]+))?")
_YEAR = re.compile(r"\{y([+-][0-9]+)?\}")

#: A row of a table: every cell is text, blank where nothing is said.
Cells = dict[str, str]


def table(name: str) -> Iterator[Cells]:
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def more(cells: Cells) -> Cells:
    """What a row says beside its columns: ``arr=homes;status=planning``."""
    said = (part.partition("=") for part in cells["more"].split(";") if part)
    return {name: text for name, _, text in said}


@dataclass(frozen=True)
class Calendar:
    """The demonstration's dates, counted from the first day of the financial year it is loaded in."""

    as_at: date

    @property
    def year(self) -> FinancialYear:
        return FinancialYear.of(self.as_at)

    def first(self, month: str | int) -> date:
        """The first day of a month: 0 is April of this year, -12 April of last."""
        return add_months(self.year.first, int(month))

    def last_before(self, month: str | int) -> date:
        return self.first(month) - ONE_DAY

    def first_if(self, month: str) -> date | None:
        return self.first(month) if month else None

    def last_before_if(self, month: str) -> date | None:
        return self.last_before(month) if month else None

    def day(self, text: str) -> date:
        """9.20 is the twentieth of the month 9."""
        month, _, number = text.partition(".")
        return self.first(month).replace(day=int(number))

    def months_from_today(self, months: str | int) -> date:
        return add_months(self.as_at, int(months))

    def reference(self, text: str) -> str | None:
        """``{y-2}/00017`` is 24/00017 in 2026-27."""
        return _YEAR.sub(lambda found: f"{(self.year.start + int(found[1] or 0)) % CENTURY:02}", text) or None


@dataclass(frozen=True)
class OptionNoted:
    """A right to extend as the table notes it."""

    months: int
    value: Decimal | None
    notice_months: int | None
    taken: bool


def options(text: str) -> list[OptionNoted]:
    return [
        OptionNoted(
            months=int(found["months"]),
            value=money(found["value"] or ""),
            notice_months=int(found["notice"]) if found["notice"] else None,
            taken=bool(found["taken"]),
        )
        for found in _OPTION.finditer(text)
    ]


def money(text: str) -> Decimal | None:
    """Pounds; a leading minus or plus where an amount is a change."""
    if not text:
        return None
    amount = parse_pounds(text.removeprefix("-").removeprefix("+"))
    return -amount if text.startswith("-") else amount


def money_range(text: str) -> tuple[Decimal | None, Decimal | None]:
    low, _, high = text.partition("-")
    return money(low), money(high or low)


def yes_no(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)
