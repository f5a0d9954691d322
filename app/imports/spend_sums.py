"""Payments matched with contracts, added up by contract, month and financial year. Pure: every row ends somewhere."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.text import fold
from app.council.calendar import FinancialYear
from app.imports.spend_cells import Payment

ZERO = Decimal("0.00")

ContractYear = tuple[int, int]


class Held(StrEnum):
    """Why a payment is left out."""

    NO_REFERENCE = "no contract reference"
    NOT_FOUND = "reference not found"
    SEVERAL = "reference of several contracts"
    NO_DATE = "no date"
    NOT_AMOUNT = "not an amount"
    ENTERED = "figure entered by a person"


CURES = {
    Held.NO_REFERENCE: "Write the contract's reference beside the payment, if it was made under one",
    Held.NOT_FOUND: "Correct the reference, or record it on the contract in the register",
    Held.SEVERAL: "Give each of the contracts a reference of its own, and use it here",
    Held.NO_DATE: "Write the day of the payment, up to today, like 31 March 2018 or 31/3/2018",
    Held.NOT_AMOUNT: "Write an amount in pounds, like 1200.50 or -85.00",
    Held.ENTERED: "Say that the file replaces figures entered by a person, or leave them",
}


@dataclass(frozen=True)
class Placed:
    """Where one payment goes: to a contract, held, or known already as a copy of a row above."""

    payment: Payment
    contract_id: int | None = None
    held: Held | None = None
    repeats: int | None = None

    @property
    def is_matched(self) -> bool:
        return self.contract_id is not None and self.held is None and self.repeats is None

    @property
    def amount(self) -> Decimal:
        return self.payment.amount or ZERO


def place(
    payments: Iterable[Payment], known: Mapping[str, Sequence[int]], entered: Collection[ContractYear], *, today: date
) -> list[Placed]:
    """``known`` names contracts by folded reference; ``entered`` are years whose figure a person gave."""
    seen: dict[tuple[str, ...], int] = {}
    placed = []
    for one in payments:
        first = seen.setdefault(one.cells, one.number)
        if first != one.number:
            placed.append(Placed(one, repeats=first))
        else:
            placed.append(_placed(one, known, entered, today))
    return placed


def _placed(one: Payment, known: Mapping[str, Sequence[int]], entered: Collection[ContractYear], today: date) -> Placed:
    found = known.get(fold(one.reference), ()) if one.reference else ()
    if one.amount is None:
        return Placed(one, held=Held.NOT_AMOUNT)
    if not one.reference:
        return Placed(one, held=Held.NO_REFERENCE)
    if len(found) != 1:
        return Placed(one, held=Held.SEVERAL if found else Held.NOT_FOUND)
    if one.day is None or one.day > today:
        return Placed(one, found[0], Held.NO_DATE)
    if (found[0], FinancialYear.of(one.day).start) in entered:
        return Placed(one, found[0], Held.ENTERED)
    return Placed(one, found[0])


@dataclass(frozen=True)
class Figure:
    """A sum with the day of its last payment."""

    amount: Decimal
    to_on: date


def months_of(placed: Iterable[Placed]) -> dict[int, dict[date, Figure]]:
    """What the file says of each contract, month by month, the month named by its first day."""
    found: defaultdict[int, dict[date, Figure]] = defaultdict(dict)
    for one in placed:
        if one.is_matched and one.contract_id is not None and one.payment.day is not None:
            months, month = found[one.contract_id], one.payment.day.replace(day=1)
            before = months.get(month, Figure(ZERO, month))
            months[month] = Figure(before.amount + one.amount, max(before.to_on, one.payment.day))
    return dict(found)


def years_of(months: Mapping[date, Figure]) -> dict[int, Figure]:
    """A contract's months added up by financial year."""
    found: dict[int, Figure] = {}
    for month, figure in sorted(months.items()):
        year = FinancialYear.of(month).start
        before = found.get(year, Figure(ZERO, figure.to_on))
        found[year] = Figure(before.amount + figure.amount, max(before.to_on, figure.to_on))
    return found


@dataclass(frozen=True)
class SpendSums:
    """The account of a spend file: rows and pounds, each of which adds up to what was read."""

    rows: Mapping[str, int]
    held: Mapping[Held, int]
    pounds: Mapping[str, Decimal]

    @property
    def lines(self) -> list[tuple[str, str]]:
        rows = [(f"rows {name}" if name == "read" else name, str(number)) for name, number in self.rows.items()]
        held = [(f"held, {why}", str(self.held[why])) for why in Held]
        return [*rows, *held, *((f"pounds {name}", f"{amount:.2f}") for name, amount in self.pounds.items())]


def sums_of(placed: Sequence[Placed]) -> SpendSums:
    matched = [one for one in placed if one.is_matched]
    held = [one for one in placed if one.held is not None]
    repeated = [one for one in placed if one.repeats is not None]
    parts = {"stored": matched, "held": held, "repeated": repeated}
    counted = Counter(one.held for one in held)
    return SpendSums(
        {"read": len(placed), "matched": len(matched), "held": len(held), "repeated": len(repeated)},
        {why: counted[why] for why in Held},
        {"read": _pounds(placed), **{name: _pounds(some) for name, some in parts.items()}},
    )


def _pounds(placed: Iterable[Placed]) -> Decimal:
    return sum((one.amount for one in placed), ZERO)
