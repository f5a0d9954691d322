"""Days and pounds as people type them on the command line, and a contract in lines that can be compared."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import click
from typing_extensions import override

from app.core.dates import day, parse_day
from app.core.errors import Refusal
from app.core.money import parse_pounds, pounds
from app.register.models import Contract


class DayType(click.ParamType[date]):
    name = "day"

    @override
    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except Refusal as refusal:
            self.fail(refusal.message, param, ctx)


class PoundsType(click.ParamType[Decimal]):
    name = "pounds"

    def __init__(self, *, signed: bool = False) -> None:
        self.signed = signed

    @override
    def convert(self, value: str | Decimal, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        if isinstance(value, Decimal):
            return value
        try:
            amount = parse_pounds(value.removeprefix("-") if self.signed else value)
        except Refusal as refusal:
            self.fail(refusal.message, param, ctx)
        return -amount if self.signed and value.startswith("-") else amount


DAY, POUNDS, CHANGE = DayType(), PoundsType(), PoundsType(signed=True)
_NONE = "not recorded"


def told(contract: Contract) -> Mapping[str, str]:
    """What an act on a contract may change, by its label."""
    return {
        "State": contract.stage.value,
        "Starts": day(contract.starts_on) or _NONE,
        "Ends as awarded": day(contract.awarded_end_on) or _NONE,
        "Ends": day(contract.ended_early_on or contract.current_end_on) or _NONE,
        "Latest end": day(contract.latest_end_on) or _NONE,
        "Value as awarded": _between(contract.awarded_low, contract.awarded_high),
        "Value now": _between(contract.current_low, contract.current_high),
        "Maximum value": _between(contract.maximum_low, contract.maximum_high),
        "Value a year": _between(contract.annual_low, contract.annual_high),
        "Providers": ", ".join(one.provider.name for one in contract.providers) or _NONE,
        "Options open": f"{sum(not one.taken and not one.lapsed for one in contract.options)}",
        "Confirmed": " by ".join(filter(None, (day(contract.confirmed_on), contract.confirmed_by))) or _NONE,
    }


def _between(low: Decimal | None, high: Decimal | None) -> str:
    return " to ".join(dict.fromkeys(pounds(one) for one in (low, high) if one is not None)) or _NONE
