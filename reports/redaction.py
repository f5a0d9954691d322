"""What an open edition may not hold. Hidden figures and names leave the rows here, before anything is added."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from reports.annex_agreements import Annex4Row
from reports.annex_commissioned import Annex2Row
from reports.annex_forthcoming import Annex3Row
from reports.annex_services import Annex1Row, ServiceContract
from reports.annex_set import AnnexSet
from reports.values import Money, Party, Withheld

NAME_WITHHELD = "Name withheld (sole trader)"


class Embargoable(Protocol):
    """A row that may have to wait for a date."""

    @property
    def embargoed_until(self) -> date | None:
        """The first day on which everybody may see it."""

    @property
    def record(self) -> str | None:
        """Where the row's own page is."""


Row = TypeVar("Row", bound=Embargoable)


@dataclass(frozen=True)
class Printable:
    """A set as its readers may see it, and how many rows of each annex wait for a date."""

    annexes: AnnexSet
    embargoed: dict[int, int]


def printable(annexes: AnnexSet) -> Printable:
    """Take out of an open edition what it may not show; leave the exempt edition whole."""
    if not annexes.context.is_open:
        return Printable(annexes, {})
    hidden = _Hidden(annexes)
    return Printable(
        replace(
            annexes,
            services=tuple(_service(row, hidden) for row in hidden.seen(annexes.services)),
            commissioned=tuple(_contract(row, hidden) for row in hidden.seen(annexes.commissioned)),
            forthcoming=tuple(_activity(row) for row in hidden.seen(annexes.forthcoming)),
            agreements=tuple(_agreement(row, hidden) for row in hidden.seen(annexes.agreements)),
            commitments=tuple(hidden.seen(annexes.commitments)),
            gaps=tuple(gap for gap in annexes.gaps if gap.record is None or gap.record not in hidden.records),
        ),
        hidden.counts,
    )


class _Hidden:
    """The embargoed rows and exempt contracts of a set, and the references by which other rows would give them away."""

    def __init__(self, annexes: AnnexSet) -> None:
        self.as_at = annexes.context.as_at
        self.contracts = self._refs(annexes.commissioned)
        self.activities = self._refs(annexes.forthcoming)
        self.agreements = self._refs(annexes.agreements)
        self.exempt = {row.ref: ground for row in annexes.commissioned if row.ref and (ground := _ground(row))}
        tables: tuple[Sequence[Embargoable], ...] = (
            annexes.services,
            annexes.commissioned,
            annexes.forthcoming,
            annexes.agreements,
            annexes.commitments,
        )
        self.counts = {number: sum(map(self.waits, rows)) for number, rows in enumerate(tables, 1)}
        self.records = {row.record for rows in tables for row in rows if row.record and self.waits(row)}

    def waits(self, row: Embargoable) -> bool:
        return row.embargoed_until is not None and self.as_at < row.embargoed_until

    def seen(self, rows: Sequence[Row]) -> Iterator[Row]:
        return (row for row in rows if not self.waits(row))

    def _refs(self, rows: Sequence[Annex2Row] | Sequence[Annex3Row] | Sequence[Annex4Row]) -> frozenset[str]:
        return frozenset(row.ref for row in rows if self.waits(row)) - {row.ref for row in rows if not self.waits(row)}


def _service(row: Annex1Row, hidden: _Hidden) -> Annex1Row:
    return replace(
        row,
        contracts=tuple(_part(contract, hidden) for contract in row.contracts if contract.ref not in hidden.contracts),
        changes=tuple(ref for ref in row.changes if ref not in hidden.activities),
    )


def _part(contract: ServiceContract, hidden: _Hidden) -> ServiceContract:
    value = contract.value and _open(contract.value, hidden.exempt.get(contract.ref))
    return replace(contract, value=value, providers=_masked(contract.providers))


def _contract(row: Annex2Row, hidden: _Hidden) -> Annex2Row:
    shown = replace(
        row,
        next_decision="" if row.next_decision in hidden.activities else row.next_decision,
        agreement_ref="" if row.agreement_ref in hidden.agreements else row.agreement_ref,
        providers=_masked(row.providers),
    )
    return _without_amounts(shown)


def _without_amounts(row: Annex2Row) -> Annex2Row:
    """One exempt amount hides all of them: they explain each other."""
    ground = _ground(row)
    if ground is None:
        return row
    annual, total, maximum = (amount and Money(withheld=ground) for amount in (row.annual, row.total, row.maximum))
    return replace(row, annual=annual, total=total, maximum=maximum)


def _ground(row: Annex2Row) -> Withheld | None:
    amounts = (row.annual, row.total, row.maximum)
    return next((amount.withheld for amount in amounts if amount and amount.withheld), None)


def _agreement(row: Annex4Row, hidden: _Hidden) -> Annex4Row:
    charge = _open(row.annual_charge, hidden.exempt.get(row.contract_ref))
    contract_ref = "" if row.contract_ref in hidden.contracts else row.contract_ref
    return replace(row, contract_ref=contract_ref, annual_charge=charge)


def _activity(row: Annex3Row) -> Annex3Row:
    estimate = row.estimate and _open(row.estimate)
    return replace(row, estimate=estimate, current_providers=_masked(row.current_providers))


def _open(amount: Money, ground: Withheld | None = None) -> Money:
    """The amount, unless it or the contract behind it is exempt."""
    ground = amount.withheld or ground
    return Money(withheld=ground) if ground else amount


def _masked(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(Party(NAME_WITHHELD, masked=True) if party.masked else party for party in parties)
