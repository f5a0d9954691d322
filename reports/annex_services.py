"""Annex 1: every service of the directorate, and how each is delivered."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports import format as fmt
from reports.context import Context
from reports.table import Column, Kind, Names, Table
from reports.units import unit_columns, unit_heading
from reports.values import Money, Party, Unit


class Delivered(StrEnum):
    """How a service reaches people, as printed."""

    IN_HOUSE = "In-house"
    EXTERNAL = "External"
    MIXED = "Mixed"
    COMPANY = "Council-owned company"
    SHARED = "Shared or partnership"
    NOT_KNOWN = "Not known"


@dataclass(frozen=True, kw_only=True)
class ServiceContract:
    """One contract, or arrangement counted as one, by which a service is delivered: a row of Annex 2."""

    #: The same reference as its Annex 2 row.
    ref: str
    providers: tuple[Party, ...]
    length: str
    #: The same figure as the Annex 2 row's total value; None where that row prints only an annual value.
    value: Money | None
    #: Its value is counted under its lead service, which is another row.
    counted_elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Annex1Row:
    """A service of the council, in-house or external."""

    unit: Unit
    service: str
    service_order: int = 0
    delivered: Delivered
    contracts: tuple[ServiceContract, ...] = ()
    #: Live contracts of this service that are not over the threshold.
    smaller_contracts: int = 0
    #: References of the Annex 3 rows that would change this service; empty means no change expected.
    changes: tuple[str, ...] = ()
    #: Plain remarks on this row only.
    note: str = ""
    #: "Transferred from Public Health on 1 June 2015": a footnote.
    transferred: str = ""
    #: A post, never a person.
    head_of_service: str = ""
    gross_budget: Decimal | None = None
    net_budget: Decimal | None = None
    fte: Decimal | None = None
    record: str | None = None
    embargoed_until: date | None = None


@dataclass(frozen=True)
class ServiceLine:
    """A service as printed: its contracts drawn together."""

    of: Annex1Row
    parties: tuple[Party, ...]
    length: str
    #: A text is for reading only: "n/a" for an in-house service.
    value: Money | str
    note: str

    @property
    def unit(self) -> Unit:
        """Whose service it is."""
        return self.of.unit

    @property
    def record(self) -> str | None:
        """The service's own page."""
        return self.of.record


def lines(rows: Sequence[Annex1Row], context: Context) -> tuple[ServiceLine, ...]:
    """Draw the contracts of each service together."""
    return tuple(_line(row, context) for row in rows)


def _line(row: Annex1Row, context: Context) -> ServiceLine:
    parties = tuple(dict.fromkeys(party for contract in row.contracts for party in contract.providers))
    note = " ".join(fmt.sentence(part) for part in _note(row, context) if part)
    return ServiceLine(row, parties, _length(row), _value(row), note)


def _length(row: Annex1Row) -> str:
    if len(row.contracts) > 1:
        return f"see Annex 2 ({len(row.contracts)})"
    if row.contracts:
        return row.contracts[0].length
    return "n/a" if row.delivered is Delivered.IN_HOUSE else ""


def _value(row: Annex1Row) -> Money | str:
    amounts = [contract.value for contract in row.contracts if contract.value and not contract.counted_elsewhere]
    if not amounts:
        return "n/a" if row.delivered is Delivered.IN_HOUSE else ""
    return _together(amounts)


def _together(amounts: Sequence[Money]) -> Money:
    """Add what is known; what is missing is told in the note. An exempt part marks the whole."""
    known = [amount for amount in amounts if amount.is_known]
    ground = next((amount.withheld for amount in known or amounts if amount.withheld), None)
    if not known:
        return Money(withheld=ground, why_blank=amounts[0].why_blank)
    low = sum((amount.low for amount in known if amount.low is not None), Decimal(0))
    high = sum((amount.high for amount in known if amount.high is not None), Decimal(0))
    return Money(low, high, any(amount.at_least for amount in known), ground)


def _note(row: Annex1Row, context: Context) -> Iterator[str]:
    yield row.note
    if row.smaller_contracts:
        yield f"{fmt.counted(row.smaller_contracts, 'contract')} {fmt.below(context.threshold)}"
    yield from _not_in_value(row.contracts)


def _not_in_value(contracts: Sequence[ServiceContract]) -> Iterator[str]:
    """Say which contracts the value leaves out, and why."""
    elsewhere = [contract.ref for contract in contracts if contract.counted_elsewhere]
    here = [contract for contract in contracts if not contract.counted_elsewhere]
    if elsewhere:
        yield f"Value of {fmt.listed(elsewhere)} counted under its lead service"
    if yearly := [contract.ref for contract in here if contract.value is None]:
        yield f"Annual value only: see {fmt.listed(yearly)} in Annex 2"
    yield from _missing([contract.value for contract in here if contract.value])


def _missing(amounts: Sequence[Money]) -> Iterator[str]:
    blank = [amount for amount in amounts if not amount.is_known]
    if not blank or len(blank) == len(amounts):
        return
    exempt = sum(amount.withheld is not None for amount in blank)
    if exempt:
        yield f"Value leaves out {fmt.counted(exempt, 'exempt contract')}"
    if len(blank) > exempt:
        yield f"Value leaves out {fmt.counted(len(blank) - exempt, 'contract')} with no confirmed value"


def table(context: Context, *, unassigned: int = 0, resources: frozenset[str] = frozenset()) -> Table[ServiceLine]:
    """Declare Annex 1. ``unassigned`` counts the contracts of Annex 2 that belong to no service here;
    ``resources`` names the columns of resources that the sheet shows.
    """
    return Table(
        number=1,
        caption="Annex 1: Services delivered internally and externally",
        columns=_columns(context, resources=resources),
        arrange=_arranged,
        group=lambda line: unit_heading(context, line.unit),
        noun="service",
        nouns="services",
        foot=lambda printed: _foot(printed, context, unassigned),
    )


def _columns(context: Context, *, resources: frozenset[str]) -> tuple[Column[ServiceLine], ...]:
    return (
        *unit_columns(context, width=24),
        Column(
            heading="Service",
            value=lambda line: line.of.service,
            width=26,
            page=34,
            word=True,
            notes=lambda line: (line.of.transferred,),
        ),
        Column(heading="How delivered", value=lambda line: line.of.delivered.value, width=13, page=16, word=True),
        Column(heading="External provider(s)", value=_providers, width=24, page=30, word=True),
        Column(heading="Contract length", value=lambda line: line.length, width=15, page=22, word=True),
        Column(
            heading="Contract value",
            value=lambda line: line.value,
            kind=Kind.POUNDS,
            width=14,
            page=17,
            total=True,
            word=True,
            note=f"Contracts {fmt.over(context.threshold)}, as valued in Annex 2",
        ),
        Column(heading="Change expected in plan period", value=_change, width=14, page=17, word=True),
        *(column for column in _resources() if column.heading in resources),
        Column(heading="Note", value=lambda line: line.note, kind=Kind.NOTES, width=28, page=32, word=True),
    )


def _providers(line: ServiceLine) -> Names:
    """They are providers of contracts in Annex 2, which names them all."""
    return Names(line.parties, named_in="Annex 2")


def _resources() -> tuple[Column[ServiceLine], ...]:
    return (
        Column(heading="Head of service", value=lambda line: line.of.head_of_service, width=20, screen=False),
        Column(
            heading="Gross budget", value=lambda line: line.of.gross_budget, kind=Kind.POUNDS, width=13, screen=False
        ),
        Column(heading="Net budget", value=lambda line: line.of.net_budget, kind=Kind.POUNDS, width=13, screen=False),
        Column(heading="FTE", value=lambda line: line.of.fte, kind=Kind.NUMBER, width=8, screen=False),
    )


def resources(printed: Sequence[ServiceLine]) -> frozenset[str]:
    """The headings of the resources that at least one service records."""
    return frozenset(
        column.heading for column in _resources() if any(column.value(line) not in {None, ""} for line in printed)
    )


def _change(line: ServiceLine) -> str:
    return f"Yes: {fmt.listed(line.of.changes)}, Annex 3" if line.of.changes else "No"


def _arranged(printed: Sequence[ServiceLine]) -> Sequence[ServiceLine]:
    return sorted(printed, key=lambda line: (line.unit.sort_key, line.of.service_order, fmt.folded(line.of.service)))


def _foot(printed: Sequence[ServiceLine], context: Context, unassigned: int) -> Iterable[str]:
    if printed:
        yield f"{fmt.counted(len(printed), 'service')}: {_routes(printed)}."
    if unassigned:
        belong = "belongs" if unassigned == 1 else "belong"
        contracts = fmt.counted(unassigned, "contract")
        yield f"{contracts} {fmt.over(context.threshold)} in Annex 2 {belong} to no service in this table."


def _routes(printed: Sequence[ServiceLine]) -> str:
    counts = Counter(line.of.delivered for line in printed)
    return fmt.listed(
        f"{counts[route]:,} {fmt.inside(route.value)} ({fmt.percent(Decimal(counts[route]), Decimal(len(printed)))})"
        for route in Delivered
        if counts[route]
    )
