"""Annex 4: the service level agreements between the directorate and the council's trading companies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports import format as fmt
from reports.context import Context
from reports.table import By, Column, Kind, Table
from reports.units import directorate_column, unit_heading
from reports.values import Money, Unit

OWN_PLANNING = "Trading companies plan their own business; their business plans are not part of this one."
COUNTED_IN_ANNEX_2 = "Also a contract in Annex 2, where its money is counted"


class AgreementStatus(StrEnum):
    """How far an agreement has come, as printed and in the order printed."""

    BEING_PUT_IN_PLACE = "Being put in place"
    PROPOSED = "Proposed"
    IN_PLACE = "In place"
    UNDER_REVIEW = "Under review"
    ENDED = "Ended"


@dataclass(frozen=True, kw_only=True)
class Annex4Row:
    """A service level agreement with a trading company."""

    #: The client: which directorate and division buys.
    unit: Unit
    company: str
    #: The council's share in per cent; None where not recorded.
    ownership: Decimal | None = None
    services: tuple[str, ...]
    ref: str
    status: AgreementStatus
    starts_on: date | None = None
    #: The end, or else the next review.
    ends_on: date | None = None
    review_on: date | None = None
    annual_charge: Money
    #: Each "measure: target".
    standards: tuple[str, ...] = ()
    latest_result: str = ""
    #: The company's own business plan and its date: "Business Plan 2015-18 (March 2015)".
    business_plan: str = ""
    #: A post, never a person.
    client_lead: str = ""
    #: The Annex 2 reference when this agreement is also a contract printed there: its money is counted there, once.
    contract_ref: str = ""
    note: str = ""
    record: str | None = None
    embargoed_until: date | None = None


def table(context: Context) -> Table[Annex4Row]:
    """Declare Annex 4."""
    return Table(
        number=4,
        caption="Annex 4: Service level agreements with trading companies",
        columns=(*_what(context), *_term(), *_performance()),
        arrange=_arranged,
        group=_company,
        noun="agreement",
        nouns="agreements",
        totals=(By(key=lambda row: row.company, heading="Trading company"),),
        adds=lambda row: not row.contract_ref,
        adds_not="counted in Annex 2",
        foot=_foot,
    )


def _company(row: Annex4Row) -> str:
    owned = "" if row.ownership is None else f" ({fmt.number(row.ownership)}% owned by the council)"
    return f"{row.company}{owned}"


def _what(context: Context) -> tuple[Column[Annex4Row], ...]:
    return (
        Column(heading="Trading company", value=lambda row: row.company, width=20, screen=False),
        Column(heading="Ownership %", value=lambda row: row.ownership, kind=Kind.NUMBER, width=11, screen=False),
        Column(
            heading="Services provided",
            value=lambda row: "; ".join(row.services),
            width=20,
            page=28,
            notes=_notes,
        ),
        Column(
            heading="Services and client division",
            value=lambda row: "; ".join(row.services),
            also=lambda row: unit_heading(context, row.unit),
            width=30,
            screen=False,
            sheet=False,
            word=True,
            notes=_notes,
        ),
        *(() if context.directorate else (directorate_column(),)),
        Column(heading="Client division", value=lambda row: row.unit.division, width=16, page=20),
        Column(heading="SLA ref", value=lambda row: row.ref, also=_cross_reference, width=9, page=12),
        Column(heading="Status", value=lambda row: row.status.value, width=13, page=15, word=True),
    )


def _notes(row: Annex4Row) -> tuple[str, ...]:
    return (row.note, COUNTED_IN_ANNEX_2) if row.contract_ref else (row.note,)


def _cross_reference(row: Annex4Row) -> str:
    return f"Annex 2: {row.contract_ref}" if row.contract_ref else ""


def _term() -> tuple[Column[Annex4Row], ...]:
    return (
        Column(heading="Start", value=lambda row: row.starts_on, kind=Kind.DAY, width=11, page=15, word=True),
        Column(heading="End or review", value=_end_or_review, width=16, page=17, sheet=False, word=True),
        Column(heading="End", value=lambda row: row.ends_on, kind=Kind.DAY, width=11, screen=False),
        Column(heading="Review", value=lambda row: row.review_on, kind=Kind.DAY, width=11, screen=False),
        Column(
            heading="Annual charge",
            value=lambda row: row.annual_charge,
            kind=Kind.POUNDS,
            width=13,
            page=15,
            total=True,
            word=True,
        ),
        Column(heading="Annex 2 ref", value=lambda row: row.contract_ref, width=11, screen=False),
    )


def _end_or_review(row: Annex4Row) -> str:
    return fmt.day(row.ends_on) if row.ends_on else f"review {fmt.day(row.review_on)}" if row.review_on else ""


def _performance() -> tuple[Column[Annex4Row], ...]:
    return (
        Column(heading="Key standards", value=lambda row: "; ".join(row.standards), width=26, page=34, word=True),
        Column(heading="Latest result", value=lambda row: row.latest_result, width=14, page=16, word=True),
        Column(heading="Company business plan", value=lambda row: row.business_plan, width=16, page=22),
        Column(heading="Client lead", value=lambda row: row.client_lead, width=15, page=17, word=True),
        Column(heading="Notes", value=lambda row: row.note, kind=Kind.NOTES, width=20, screen=False),
    )


def _arranged(printed: Sequence[Annex4Row]) -> Sequence[Annex4Row]:
    """What is being put in place comes first: companies that have some, and those agreements within a company."""
    arriving = {row.company for row in printed if row.status is AgreementStatus.BEING_PUT_IN_PLACE}
    return sorted(printed, key=lambda row: (row.company not in arriving, fmt.folded(row.company), _within_company(row)))


def _within_company(row: Annex4Row) -> tuple[object, ...]:
    is_arriving = row.status is AgreementStatus.BEING_PUT_IN_PLACE
    status = [*AgreementStatus].index(row.status)
    return (not is_arriving, row.unit.sort_key, status, fmt.folded("; ".join(row.services)), row.ref)


def _foot(printed: Sequence[Annex4Row]) -> Iterable[str]:
    return (OWN_PLANNING,) if printed else ()
