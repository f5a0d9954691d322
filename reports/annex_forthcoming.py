"""Annex 3: the key decisions over the threshold that the directorate expects within the horizon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reports import format as fmt
from reports.context import Context
from reports.table import By, Column, Kind, Names, Table
from reports.units import unit_columns, unit_heading
from reports.values import Money, Party, Timing, Unit

ESTIMATE_NOTE = "Estimates are net of recoverable VAT; a range is tested against the threshold at its high end"


class ActivityType(StrEnum):
    """What is to be decided, as printed; totals are given for each."""

    NEW = "Commissioning: new"
    RE_PROCURE = "Commissioning: re-procure"
    EXTEND = "Commissioning: extend"
    VARY = "Commissioning: vary"
    BRING_IN_HOUSE = "Commissioning: bring in-house"
    TRANSFER = "Commissioning: transfer to company"
    REDESIGN = "Service redesign"


@dataclass(frozen=True, kw_only=True)
class Annex3Row:
    """An activity that needs a key decision over the threshold, confirmed by a person."""

    unit: Unit
    ref: str
    service: str = ""
    activity: str
    #: What it is for, in plain English, 40 words at most.
    purpose: str = ""
    type: ActivityType
    current_providers: tuple[Party, ...] = ()
    current_end_on: date | None = None
    #: Spending; None where the activity only saves, which its basis says.
    estimate: Money | None
    #: The estimate is for one year: it prints, but is never added to whole-life estimates.
    per_year: bool = False
    #: In words: "Whole life, estimate", "Annual saving".
    basis: str = ""
    #: Expected length of what follows, in words.
    length: str = ""
    timing: Timing
    decision_taker: str = ""
    committee: str = ""
    meeting_on: date | None = None
    #: "Firm", "Likely" or "Possible".
    certainty: str = ""
    #: A post, never a person.
    lead_officer: str = ""
    pre_scrutiny: str = ""
    note: str = ""
    record: str | None = None
    embargoed_until: date | None = None


def table(context: Context) -> Table[Annex3Row]:
    """Declare Annex 3."""
    years = fmt.counted_in_words(context.horizon_years, "year")
    return Table(
        number=3,
        caption=f"Annex 3: Major forthcoming activity (key decisions {fmt.over(context.threshold)}, next {years})",
        columns=(*_when(), *_what(context), *_worth(), *_who()),
        arrange=_arranged,
        group=lambda row: fmt.timing_heading(row.timing),
        noun="activity",
        nouns="activities",
        totals=(By(key=_year, heading="Financial year"), _by_type()),
        adds=lambda row: not row.per_year,
        adds_not="valued by the year",
    )


def _by_type() -> By[Annex3Row]:
    return By(key=lambda row: row.type.value, heading="Type", order=tuple(type_.value for type_ in ActivityType))


def _year(row: Annex3Row) -> str:
    return fmt.timing_heading(row.timing) if row.timing.year is None else fmt.financial_year(row.timing.year)


def _when() -> tuple[Column[Annex3Row], ...]:
    return (
        Column(heading="Financial year", value=_year, width=10, screen=False),
        Column(heading="Quarter", value=_quarter, width=10, screen=False),
    )


def _quarter(row: Annex3Row) -> str:
    if row.timing.year is None or not row.timing.quarter:
        return ""
    return f"Q{row.timing.quarter} {fmt.financial_year(row.timing.year)}"


def _what(context: Context) -> tuple[Column[Annex3Row], ...]:
    return (
        Column(heading="Ref", value=lambda row: row.ref, width=9, page=13),
        *unit_columns(context),
        Column(heading="Service", value=lambda row: row.service, width=16, screen=False),
        Column(heading="Activity", value=lambda row: row.activity, width=24, screen=False),
        Column(heading="What it is for", value=lambda row: row.purpose, width=32, screen=False),
        Column(
            heading="Activity and what it is for",
            value=lambda row: row.activity,
            also=lambda row: row.purpose,
            width=42,
            sheet=False,
            notes=lambda row: (row.note,),
        ),
        Column(
            heading="Activity, type and what it is for",
            value=lambda row: row.activity,
            also=lambda row: ". ".join(part for part in (row.type.value, row.purpose) if part),
            width=52,
            screen=False,
            sheet=False,
            word=True,
            notes=lambda row: (row.note,),
        ),
        Column(
            heading="Division and service",
            value=lambda row: unit_heading(context, row.unit) or row.service,
            also=lambda row: row.service if unit_heading(context, row.unit) else "",
            width=25,
            page=24,
            sheet=False,
            word=True,
        ),
        Column(heading="Type", value=lambda row: row.type.value, width=15, page=23),
        *_current(),
    )


def _current() -> tuple[Column[Annex3Row], ...]:
    return (
        Column(
            heading="Current provider and end date",
            value=lambda row: Names(row.current_providers),
            also=lambda row: f"ends {fmt.day(row.current_end_on)}" if row.current_end_on else "",
            width=23,
            page=24,
            sheet=False,
            word=True,
        ),
        Column(heading="Current provider", value=lambda row: Names(row.current_providers), width=18, screen=False),
        Column(heading="Current end", value=lambda row: row.current_end_on, kind=Kind.DAY, width=11, screen=False),
    )


def _worth() -> tuple[Column[Annex3Row], ...]:
    return (
        Column(
            heading="Estimated value",
            value=lambda row: row.estimate,
            also=_basis,
            kind=Kind.POUNDS,
            width=14,
            page=18,
            total=True,
            word=True,
            note=ESTIMATE_NOTE,
        ),
        Column(heading="Value basis", value=_basis, width=12, screen=False),
        Column(heading="Expected length", value=lambda row: row.length, width=13, page=16),
    )


def _basis(row: Annex3Row) -> str:
    return row.basis or ("Annual" if row.per_year else "")


def _who() -> tuple[Column[Annex3Row], ...]:
    return (
        Column(heading="Expected key decision", value=lambda row: fmt.timing(row.timing), width=14, page=18),
        Column(
            heading="Expected decision",
            value=lambda row: fmt.timing(row.timing),
            also=lambda row: row.certainty,
            width=19,
            screen=False,
            sheet=False,
            word=True,
        ),
        Column(heading="Decision taker", value=lambda row: row.decision_taker, width=17, page=20),
        Column(
            heading="Decision taker and committee",
            value=lambda row: row.decision_taker,
            also=_committee,
            width=46,
            page=32,
            screen=False,
            sheet=False,
            word=True,
        ),
        Column(
            heading="Committee and target meeting",
            value=lambda row: row.committee,
            also=lambda row: fmt.day(row.meeting_on),
            width=20,
            page=24,
            sheet=False,
        ),
        Column(heading="Committee", value=lambda row: row.committee, width=18, screen=False),
        Column(heading="Target meeting", value=lambda row: row.meeting_on, kind=Kind.DAY, width=11, screen=False),
        Column(heading="Certainty", value=lambda row: row.certainty, width=10, page=13),
        Column(heading="Lead officer", value=lambda row: row.lead_officer, width=15, page=18),
        Column(heading="Pre-scrutiny", value=lambda row: row.pre_scrutiny, width=12, page=14),
        Column(heading="Notes", value=lambda row: row.note, kind=Kind.NOTES, width=20, screen=False),
    )


def _committee(row: Annex3Row) -> str:
    return ", ".join(part for part in (row.committee, fmt.day(row.meeting_on)) if part)


def _arranged(printed: Sequence[Annex3Row]) -> Sequence[Annex3Row]:
    return sorted(printed, key=lambda row: (row.timing.sort_key, row.unit.sort_key, fmt.folded(row.activity), row.ref))
