"""Annex 2: the commissioned services over the threshold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reports import format as fmt
from reports.context import Context
from reports.table import By, Column, Kind, Names, Table
from reports.units import unit_columns, unit_heading
from reports.values import Money, Party, Unit

TOTAL_VALUE_NOTE = (
    "Values are current: as awarded, with extensions and variations taken up, net of recoverable VAT. "
    "They are what contracts are worth, and will not match what was spent in a year"
)
LATEST_END_NOTE = "The end if every extension option is used"


@dataclass(frozen=True, kw_only=True)
class Annex2Row:
    """A contract, or an arrangement counted as one, that passes the threshold."""

    unit: Unit
    #: The council's reference as text ("25/00053"), else one that the register gives; other annexes point to it.
    ref: str
    #: Blank where no service is assigned yet.
    service: str = ""
    service_order: int = 0
    title: str
    #: Every provider; more than three print as "Multiple (27 providers)" with a footnote that lists them.
    providers: tuple[Party, ...] = ()
    starts_on: date | None = None
    current_end_on: date | None = None
    latest_end_on: date | None = None
    #: In words: "5 years (3 + 2)", "Rolling, 6 months' notice", "No end date recorded".
    length: str
    #: None where the contract says no annual value.
    annual: Money | None = None
    #: Whole-life current value, with extensions and variations taken up; None where only an annual one is said.
    total: Money | None = None
    #: All options taken: what the threshold is tested on.
    maximum: Money | None = None
    #: In words: "Whole life, estimate", "Annual", "Maximum", "Partner's share", "Nominal, no guaranteed volume".
    basis: str
    outcome: str = ""
    #: The Annex 3 reference or the decision's number.
    next_decision: str = ""
    #: Plain remarks on this row only.
    note: str = ""
    #: Remarks that several rows may share, numbered under the table: "Framework: no volume is guaranteed".
    footnotes: tuple[str, ...] = ()
    #: The Annex 4 reference when this contract is also a service level agreement printed there.
    agreement_ref: str = ""
    #: The contract has at least one social value commitment in Annex 5.
    has_social_value: bool = False
    record: str | None = None
    embargoed_until: date | None = None


def table(context: Context) -> Table[Annex2Row]:
    """Declare Annex 2."""
    return Table(
        number=2,
        caption=f"Annex 2: Commissioned services {fmt.over(context.threshold)}",
        columns=(*_what(context), *_term(), *_worth(), *_next()),
        arrange=_arranged,
        group=lambda row: unit_heading(context, row.unit),
        noun="contract",
        nouns="contracts",
        totals=(_by_unit(context),),
        foot=lambda printed: _foot(printed, context),
    )


def _by_unit(context: Context) -> By[Annex2Row]:
    if context.directorate:
        return By(key=lambda row: row.unit.division, heading="Division")
    return By(key=lambda row: row.unit.directorate, heading="Directorate")


def _what(context: Context) -> tuple[Column[Annex2Row], ...]:
    return (
        Column(heading="Ref", value=lambda row: row.ref, width=10, page=15),
        *unit_columns(context),
        Column(heading="Service", value=lambda row: row.service or "Not assigned", width=15, page=20),
        Column(
            heading="Contract title", value=lambda row: row.title, width=24, page=30, notes=lambda row: row.footnotes
        ),
        Column(
            heading="Contract and service",
            value=lambda row: row.title,
            also=lambda row: row.service if row.service != row.title else "",
            width=34,
            screen=False,
            sheet=False,
            word=True,
            notes=lambda row: row.footnotes,
        ),
        Column(
            heading="Provider (type)", value=lambda row: Names(row.providers, kinds=True), width=18, page=26, word=True
        ),
    )


def _term() -> tuple[Column[Annex2Row], ...]:
    return (
        Column(heading="Start", value=lambda row: row.starts_on, kind=Kind.DAY, width=11, page=17),
        Column(
            heading="Current end", value=lambda row: row.current_end_on, kind=Kind.DAY, width=11, page=17, word=True
        ),
        Column(
            heading="Latest end if extended",
            value=lambda row: row.latest_end_on,
            kind=Kind.DAY,
            width=11,
            page=17,
            note=LATEST_END_NOTE,
        ),
        Column(heading="Contract length", value=lambda row: row.length, width=13, page=22, word=True),
    )


def _worth() -> tuple[Column[Annex2Row], ...]:
    return (
        Column(
            heading="Annual value",
            value=lambda row: row.annual,
            kind=Kind.POUNDS,
            width=13,
            page=13,
            total=True,
            word=True,
        ),
        Column(
            heading="Total value",
            value=lambda row: row.total,
            kind=Kind.POUNDS,
            width=14,
            page=17,
            total=True,
            word=True,
            note=TOTAL_VALUE_NOTE,
        ),
        Column(
            heading="Maximum value, all options",
            value=_highest,
            kind=Kind.POUNDS,
            width=14,
            screen=False,
        ),
        Column(heading="Value basis", value=lambda row: row.basis, width=11, page=16, word=True),
    )


def _highest(row: Annex2Row) -> Money | None:
    """A range is tested at its high end."""
    return replace(row.maximum, low=row.maximum.high) if row.maximum else None


def _next() -> tuple[Column[Annex2Row], ...]:
    return (
        Column(heading="Outcome supported", value=lambda row: row.outcome, width=16, page=24),
        Column(heading="Next decision", value=lambda row: row.next_decision, width=10, page=13),
        Column(
            heading="Next decision and notes",
            value=lambda row: row.next_decision,
            also=_note,
            width=22,
            screen=False,
            sheet=False,
            word=True,
        ),
        Column(heading="Notes", value=_note, kind=Kind.NOTES, width=22, page=24),
    )


def _note(row: Annex2Row) -> str:
    agreement = f"Also an agreement, {row.agreement_ref} in Annex 4; counted here" if row.agreement_ref else ""
    return " ".join(fmt.sentence(part) for part in (row.note, agreement) if part)


def _arranged(printed: Sequence[Annex2Row]) -> Sequence[Annex2Row]:
    return sorted(printed, key=_place)


def _place(row: Annex2Row) -> tuple[object, ...]:
    service = (not row.service, row.service_order, fmt.folded(row.service))
    return (row.unit.sort_key, service, row.current_end_on or date.max, fmt.folded(row.title), row.ref)


def _foot(printed: Sequence[Annex2Row], context: Context) -> Iterable[str]:
    ends = [row.current_end_on for row in printed if row.current_end_on]
    soon = sum(end <= context.year_ends_on for end in ends)
    later = sum(end <= context.horizon_ends_on for end in ends)
    if printed:
        yield (
            f"{fmt.counted(soon, 'contract')} {'ends' if soon == 1 else 'end'} by {fmt.day(context.year_ends_on)}, "
            f"{later:,} by {fmt.day(context.horizon_ends_on)}, unless extended."
        )
    yield from _largest_provider(printed)


def _largest_provider(printed: Sequence[Annex2Row]) -> Iterable[str]:
    """Of the printed whole-life values let to one provider alone; a range counts at its high end."""
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for row in printed:
        if len(row.providers) == 1 and row.total and row.total.high:
            shares[row.providers[0].name] += row.total.high
    whole = sum((row.total.high for row in printed if row.total and row.total.high), Decimal(0))
    if len(shares) > 1 and not any(party.masked for row in printed for party in row.providers):
        name, most = max(shares.items(), key=lambda share: (share[1], share[0]))
        yield f"Largest provider: {name}, {fmt.pounds_short(most)} of total value ({fmt.percent(most, whole)})."
