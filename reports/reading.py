"""One value of a row, read twice: the words for a page and the figures for a sheet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports import format as fmt
from reports.layout import Datum
from reports.table import Kind, Names, Value
from reports.values import Money, Withheld


@dataclass(frozen=True)
class Reading:
    """What a value says."""

    text: str = ""
    low: Datum = None
    #: Differs from the low end for a range of money only.
    high: Datum = None
    #: Footnotes that the value itself calls for.
    notes: tuple[str, ...] = ()
    #: The reason that a sheet's Notes column gives beside the column's name.
    remark: str = ""
    at_least: bool = False
    exempt: bool = False

    @property
    def is_range(self) -> bool:
        """A sheet needs two columns for it."""
        return isinstance(self.low, Decimal) and self.low != self.high


def read(value: Value, kind: Kind) -> Reading:
    """Read a value of a column of this kind."""
    match value:
        case None:
            return Reading()
        case Money():
            return _money(value)
        case Names():
            return _names(value)
        case Decimal():
            return _one(fmt.pounds_short(value) if kind is Kind.POUNDS else fmt.number(value), value)
        case date():
            return _one(fmt.day(value), value)
        case str():
            text = fmt.clean(value)
            return Reading(text) if kind is Kind.POUNDS else _one(text, text or None)


def _one(text: str, value: Datum) -> Reading:
    return Reading(text, value, value)


def _names(names: Names) -> Reading:
    printed = tuple(fmt.clean(name) for name in fmt.provider_names(names.parties, kinds=names.kinds))
    text = fmt.providers(printed)
    elsewhere = f"Providers are named in {names.named_in}" if names.named_in else ""
    many = elsewhere or fmt.all_providers(printed)
    notes = (many,) if len(printed) > fmt.NAMED_PROVIDERS else ()
    return Reading(text, text or None, text or None, notes)


def _money(amount: Money) -> Reading:
    if amount.low is None:
        return _blank(amount)
    text = fmt.money(amount)
    if amount.withheld:
        text = f"{text} (exempt: {amount.withheld.ground})"
    return Reading(
        text,
        amount.low,
        amount.high,
        remark=" ".join(_remarks(amount)),
        at_least=amount.at_least,
        exempt=amount.withheld is not None,
    )


def _remarks(amount: Money) -> list[str]:
    remarks = ["at least the figure shown."] if amount.at_least else []
    return [*remarks, f"{exempt(amount.withheld)}, not for publication."] if amount.withheld else remarks


def _blank(amount: Money) -> Reading:
    ground = amount.withheld
    if ground is None:
        return Reading("Not known", notes=(amount.why_blank,), remark=fmt.sentence(amount.why_blank))
    text = f"{ground.band} (exempt, {ground.ground})" if ground.band else exempt(ground)
    remark = f"{exempt(ground)}, in the band {ground.band}." if ground.band else f"{exempt(ground)}."
    return Reading(text, remark=remark, exempt=True)


def exempt(ground: Withheld) -> str:
    """The words that stand in the place of an exempt figure."""
    return f"Exempt ({ground.ground})"
