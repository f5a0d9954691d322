"""When a record is to be confirmed again as still correct. Plain Python."""

from dataclasses import dataclass
from datetime import date

from app.core.dates import MONTHS_IN_A_YEAR, add_months, day, length_of


@dataclass(frozen=True)
class ConfirmRule:
    """How often, each a dated setting: a quarter for what matters or ends soon, else a year."""

    often: int = 3
    usual: int = MONTHS_IN_A_YEAR
    ending: int = 18


@dataclass(frozen=True)
class Confirmed:
    """What the rule is asked of one record."""

    on: date | None
    #: Its own value is over the key decision threshold.
    over: bool = False
    ends_on: date | None = None


def months_between(one: Confirmed, rule: ConfirmRule, today: date) -> int:
    return rule.often if one.over or ends_soon(one, rule, today) else rule.usual


def ends_soon(one: Confirmed, rule: ConfirmRule, today: date) -> bool:
    return one.ends_on is not None and one.ends_on <= add_months(today, rule.ending)


def confirm_by(one: Confirmed, rule: ConfirmRule, today: date) -> date | None:
    """The day it is to be confirmed again; None where it never was, so that it is due at once."""
    return add_months(one.on, months_between(one, rule, today)) if one.on else None


def is_due(one: Confirmed, rule: ConfirmRule, today: date) -> bool:
    by = confirm_by(one, rule, today)
    return by is None or by <= today


def why_due(one: Confirmed, rule: ConfirmRule, today: date) -> str:
    """The working: "Confirmed on 1 May 2026; every 3 months, as it is over the key decision threshold"."""
    months = months_between(one, rule, today)
    because = "it is over the key decision threshold" if one.over else f"it ends within {length_of(rule.ending)}"
    often = f"every {length_of(months)}" + (f", as {because}" if months == rule.often != rule.usual else "")
    return f"Confirmed on {day(one.on)}; {often}." if one.on else f"Never confirmed; {often}."
