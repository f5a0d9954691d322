"""Annex 5: the directorate's social value statement, and what was promised and delivered under it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports import format as fmt
from reports.annex_commissioned import Annex2Row
from reports.context import Context
from reports.table import By, Column, Kind, Table
from reports.units import unit_columns, unit_heading
from reports.values import Unit


class CommitmentStatus(StrEnum):
    """Where a commitment stands, as printed; no data is never good news."""

    ON_TARGET = "On target"
    AT_RISK = "At risk"
    OFF_TARGET = "Off target"
    NOT_DUE = "Not due"
    NO_DATA = "No data"


@dataclass(frozen=True, kw_only=True)
class Annex5Statement:
    """What a directorate commits to on social value for a year: one paragraph above the table."""

    directorate: str
    text: str
    #: The post that signed it off; blank until then.
    signed_off_by: str = ""
    signed_off_on: date | None = None
    #: The policy it rests on: "Commissioning Framework (2014)".
    policy: str = ""
    record: str | None = None


@dataclass(frozen=True, kw_only=True)
class Annex5Row:
    """A social value commitment of the directorate or of one contract."""

    unit: Unit
    theme: str
    theme_order: int = 0
    commitment: str
    #: The contract or service that carries it; blank where the whole directorate does.
    carried_by: str = ""
    measure: str
    #: "people", "hours", "£": amounts add up only within one measure and unit.
    unit_of_measure: str
    target: Decimal | None = None
    target_by: date | None = None
    delivered: Decimal | None = None
    delivered_as_at: date | None = None
    status: CommitmentStatus
    evidence: str = ""
    note: str = ""
    record: str | None = None
    embargoed_until: date | None = None


def table(context: Context, statements: Sequence[Annex5Statement], contracts: Sequence[Annex2Row]) -> Table[Annex5Row]:
    """Declare Annex 5. ``contracts`` are the printed rows of Annex 2: the foot says which of them promise nothing."""
    return Table(
        number=5,
        caption="Annex 5: Social value commitment",
        columns=(*_what(context), *_promised(), *_delivered()),
        arrange=_arranged,
        group=lambda row: row.theme,
        ungrouped="No theme",
        noun="commitment",
        nouns="commitments",
        totals=(By(key=_measure, heading="Measure and unit", at_least=2),),
        grand_total=False,
        foot=lambda _printed: _foot(contracts, context),
        before=tuple(_statement(context, statements)),
    )


def _measure(row: Annex5Row) -> str:
    return f"{row.measure} ({row.unit_of_measure})" if row.unit_of_measure else row.measure


def _what(context: Context) -> tuple[Column[Annex5Row], ...]:
    return (
        Column(heading="Theme", value=lambda row: row.theme, width=20, screen=False),
        *unit_columns(context, width=22),
        Column(
            heading="Commitment",
            value=lambda row: row.commitment,
            width=34,
            page=38,
            word=True,
            notes=lambda row: (row.note,),
        ),
        Column(
            heading="Contract or service", value=lambda row: _carried_by(context, row), width=24, page=27, word=True
        ),
        Column(heading="Measure and unit", value=_measure, width=20, page=22, word=True),
    )


def _carried_by(context: Context, row: Annex5Row) -> str:
    return row.carried_by or unit_heading(context, row.unit) or "Whole directorate"


def _promised() -> tuple[Column[Annex5Row], ...]:
    return (
        Column(heading="Target (by when)", value=_target, width=19, sheet=False, word=True, total_of="Target"),
        Column(heading="Target", value=lambda row: row.target, kind=Kind.NUMBER, width=12, total=True, screen=False),
        Column(heading="By when", value=lambda row: row.target_by, kind=Kind.DAY, width=11, screen=False),
    )


def _target(row: Annex5Row) -> str:
    by = f"by {fmt.day(row.target_by)}" if row.target_by else ""
    return " ".join(part for part in (_amount(row, row.target) or "Not set", by) if part)


def _delivered() -> tuple[Column[Annex5Row], ...]:
    return (
        Column(
            heading="Delivered to date (as at)",
            value=_delivered_as_at,
            width=19,
            sheet=False,
            word=True,
            total_of="Delivered to date",
        ),
        Column(
            heading="Delivered to date",
            value=lambda row: row.delivered,
            kind=Kind.NUMBER,
            width=12,
            total=True,
            screen=False,
        ),
        Column(heading="As at", value=lambda row: row.delivered_as_at, kind=Kind.DAY, width=11, screen=False),
        Column(heading="Status", value=lambda row: row.status.value, width=10, page=11, word=True),
        Column(heading="Evidence", value=lambda row: row.evidence, width=24, page=28, word=True),
        Column(heading="Notes", value=lambda row: row.note, kind=Kind.NOTES, width=22, screen=False),
    )


def _delivered_as_at(row: Annex5Row) -> str:
    if row.delivered is None:
        return "No data"
    as_at = f" at {fmt.day(row.delivered_as_at)}" if row.delivered_as_at else ""
    return f"{_amount(row, row.delivered)}{as_at}"


def _amount(row: Annex5Row, amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return fmt.pounds(amount) if row.unit_of_measure == "£" else fmt.number(amount)


def _arranged(printed: Sequence[Annex5Row]) -> Sequence[Annex5Row]:
    return sorted(printed, key=_place)


def _place(row: Annex5Row) -> tuple[object, ...]:
    theme = (row.theme_order, fmt.folded(row.theme))
    return (*theme, bool(row.carried_by), row.unit.sort_key, fmt.folded(row.commitment), fmt.folded(row.carried_by))


def _foot(contracts: Sequence[Annex2Row], context: Context) -> Iterable[str]:
    if not contracts:
        return
    without = [contract for contract in contracts if not contract.has_social_value]
    promising = len(contracts) - len(without)
    share = fmt.percent(Decimal(promising), Decimal(len(contracts)))
    of_all = fmt.counted(len(contracts), "contract")
    yield f"{promising:,} of {of_all} {fmt.over(context.threshold)} ({share}) have at least one commitment."
    if without:
        yield f"Without one: {'; '.join(sorted(f'{contract.title} ({contract.ref})' for contract in without))}."


def _statement(context: Context, statements: Sequence[Annex5Statement]) -> Iterable[str]:
    for statement in statements:
        whose = "" if context.directorate else f"{statement.directorate}: "
        yield f"{whose}{fmt.sentence(fmt.clean(statement.text))}"
        yield _signed_off(statement)
    if not statements:
        yield f"No social value statement is recorded for {context.whose} as at {fmt.day(context.as_at)}."


def _signed_off(statement: Annex5Statement) -> str:
    on = f" on {fmt.day(statement.signed_off_on)}" if statement.signed_off_on else ""
    signed = f"Signed off by the {statement.signed_off_by}{on}." if statement.signed_off_by else "Not yet signed off."
    return f"{signed} Policy: {fmt.sentence(statement.policy)}" if statement.policy else signed
