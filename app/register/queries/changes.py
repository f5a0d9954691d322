"""The history of a record, in words: who changed what from what to what, and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from app.core.audit import Action, Change, Known, history_of
from app.core.base import Base, Hundredths, Instant
from app.core.dates import day
from app.core.money import pounds
from app.core.pages import moment
from app.council.models import Directorate, Division, Outcome
from app.register.models import Approval, Contract, InHouseUnit, Provider, Service

#: Latest changes shown on a record's page.
SHOWN = 50

#: What a number in a column stands for.
NAMED_BY: Mapping[str, Any] = {
    "directorate_id": Directorate.name,
    "division_id": Division.name,
    "outcome_id": Outcome.name,
    "parent_id": Provider.name,
    "merged_into_id": Provider.name,
    "successor_id": Service.name,
    "first_id": Provider.name,
    "second_id": Provider.name,
    "in_house_unit_id": InHouseUnit.name,
    "provider_id": Provider.name,
    "service_id": Service.name,
    "lead_service_id": Service.name,
    "contract_id": Contract.title,
    "approval_id": Approval.reference,
}

PARTS: Mapping[str, str] = {
    "activity_line": "Money",
    "activity_service": "Service",
    "activity_contract": "Contract",
    "activity_move": "Move",
    "decision": "Decision",
    "decision_move": "Move of a decision",
    "delivery_period": "Way of delivery",
    "service_place": "Part of the council",
    "service_outcome": "Outcome",
    "service_partner": "Partner",
    "control_test": "Control test",
    "provider_distinction": "Not the same as",
    "provider_identifier": "Number",
    "provider_name": "Other name",
    "trading_company": "Trading company",
    "agreement": "Agreement",
    "agreement_standard": "Standard",
    "social_value_delivery": "Delivery",
    "interim_target": "Interim target",
    "social_value_proxy": "Measure of the council's list",
    "indicator_result": "Result",
    "return_part": "Part",
    "return_chase": "Chased",
}

LABELS: Mapping[str, str] = {
    # Of one part only
    "decision.route": "Lawful route",
    "decision.published_on": "Statement published",
    "decision.effective_on": "In effect from",
    "decision.call_in_ends_on": "Last day of call-in, as entered",
    "decision.effective_entered_on": "In effect from, as entered",
    # Wherever they stand
    "route": "How delivered",
    "from_on": "From",
    "until_on": "Until",
    "due_on": "To be kept by",
    "review_on": "Review",
    "gross_budget": "Gross budget",
    "net_budget": "Net budget",
    "fte": "Staff (full-time equivalents)",
    "head_post": "Head of service",
    "is_chair": "Chairs the committee",
    "planned_route": "Planned way of delivery",
    "planned_from_on": "Planned from",
    "planned_reason": "Why it is planned",
    "closed_reason": "Reason for closing",
    "successor_id": "Service that took over",
    "parent_id": "Owned or headed by",
    "merged_into_id": "Merged into",
    "is_primary": "Main number",
    "first_id": "Provider",
    "second_id": "Other provider",
    "tested_on": "Looked at",
    "parent_undertaking": "Parent undertaking",
    "other_influence": "Decisive influence of others",
    "activity_share": "Share of activities (per cent)",
    "activity_method": "How it was worked out",
    "activity_period": "Years it is for",
    "private_shares": "Private shares",
    "joint_owners": "Owned with",
    "owners_on_board": "Owners on the board",
    "next_due_on": "Next due",
    "corrects_id": "Corrects test",
    "correction_reason": "What was wrong",
    "told_by": "Told apart by",
    "sme": "Small or medium-sized",
    "vcse": "Voluntary, community or social enterprise",
    "vcse_type": "Kind of voluntary organisation",
    "council_share": "Share held by the council (per cent)",
    "name_masked": "Name masked in public editions",
    "withdrawn_at": "Withdrawn",
    "withdrawn_reason": "Reason for withdrawing",
    "value_low": "Value, low end",
    "value_high": "Value, high end",
    "plan_on": "Business plan's date",
    "plan_title": "Business plan",
    "plan_url": "Business plan's address",
    "in_house_unit_id": "In-house unit",
    "lead_service_id": "Service",
    "sum_allowed": "Sum allowed",
    "claimed_by": "Claimed by",
    "evidence_url": "Where the evidence can be read",
    "local_definition": "Local, and how much is its doing",
    "contractual": "Binding by contract",
    "frozen_on": "Proxy value frozen on",
    "signed_off_on": "Signed off on",
    "signed_off_by": "Signed off by",
}

#: Amounts that may be exempt with the contracts they stand for.
AMOUNTS = frozenset(
    {
        *("value_low", "value_high", "annual_value", "value_note", "sum_allowed", "note"),
        # The words of a decision, which may say the amount
        *("resolution", "outcome", "reasons", "alternatives", "interests", "dispensations"),
        *("called_in_reason", "implementation_note"),
        # Those of a draft that was begun before the amount became exempt
        *("matter", "documents", "representations", "answer", "words"),
        *("other_documents", "how_to_ask", "urgent_because"),
    }
)
#: Quantities of two decimals that are no pounds.
NO_MONEY = frozenset({"fte", "council_share", "activity_share", "target", "quantity", "figure", "latest_figure"})
NOT_TOLD = frozenset(
    {
        *("position", "contract_id", "service_id", "provider_id", "agreement_id", "commitment_id", "measure_id"),
        *("indicator_id", "document_id", "file_id", "stands", "return_id"),
        *("is_primary", "corrects_id", "parent_undertaking", "other_influence", "private_shares", "owners_on_board"),
    }
)
#: The line itself says who and when; how many there were at a sign-off stands on the page.
SAID_ALREADY = frozenset({"answered_at", "answered_by", "sent_at", "sent_by", "rows_signed", "missing_signed"})


@dataclass(frozen=True)
class Entry:
    """One line of a record's history."""

    at: str
    who: str
    what: str
    old: str
    new: str
    why: str


def history(session: Session, kind: str, record_id: int, *, hide_amounts: bool = False) -> list[Entry]:
    """The latest changes of a record, latest first."""
    changes = list(session.scalars(history_of(kind, record_id).limit(SHOWN)))
    names = _names(session, changes)
    return [entry for change in changes for entry in _entries(change, names, hide_amounts=hide_amounts)]


Names = Mapping[tuple[str, int], str]


def _names(session: Session, changes: Iterable[Change]) -> Names:
    """What the numbers in these changes stand for, one query for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        for column, values in change.fields.items():
            if column in NAMED_BY:
                wanted[column].update(value for value in values if isinstance(value, int))
    names: dict[tuple[str, int], str] = {}
    for column, ids in wanted.items():
        name = NAMED_BY[column]
        rows = session.execute(select(name.class_.id, name).where(name.class_.id.in_(ids)))
        names.update({(column, number): called for number, called in rows})
    return names


def _entries(change: Change, names: Names, *, hide_amounts: bool) -> list[Entry]:
    told = {column: values for column, values in change.fields.items() if not (hide_amounts and column in AMOUNTS)}
    if change.action is Action.CHANGED:
        return [
            _entry(change, _label(change.part, column), *(_said(change, column, one, names) for one in values))
            for column, values in told.items()
            if column not in SAID_ALREADY
        ]
    what = PARTS.get(change.part, "Record")
    if change.part == change.record_kind:
        return [_entry(change, "Added to the register", "", "")]
    words = _summary(change, told, names)
    added = change.action is Action.ADDED
    return [_entry(change, f"{what} {change.action}", "" if added else words, words if added else "")]


def _summary(change: Change, fields: Mapping[str, list[Known]], names: Names) -> str:
    place = 1 if change.action is Action.ADDED else 0
    untold = NOT_TOLD | {f"{change.record_kind}_id"}
    told = ((column, values[place]) for column, values in fields.items() if column not in untold)
    said = (_said(change, column, value, names) for column, value in told if not column.endswith(("_at", "_by")))
    return ", ".join(words for words in said if words)


def _entry(change: Change, what: str, old: str, new: str) -> Entry:
    return Entry(moment(change.at), change.actor_name, what, old, new, change.reason or "")


def _label(part: str, column: str) -> str:
    plain = column.removesuffix("_id").removesuffix("_on").replace("_", " ")
    return LABELS.get(f"{part}.{column}") or LABELS.get(column, plain[:1].upper() + plain[1:])


def _said(change: Change, column: str, value: Known, names: Names) -> str:
    if value is None or value == "":
        return ""
    if column in NAMED_BY and isinstance(value, int):
        return names.get((column, value), f"number {value}")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return _typed(change.part, column, str(value))


def _typed(part: str, column: str, text: str) -> str:
    """A date or an amount as a page says it; the history keeps plain text."""
    table = Base.metadata.tables.get(part)
    kind = table.columns[column].type if table is not None and column in table.columns else None
    if isinstance(kind, Date):
        return day(date.fromisoformat(text))
    if isinstance(kind, Instant):
        return moment(datetime.fromisoformat(text))
    if isinstance(kind, Hundredths) and column not in NO_MONEY:
        return pounds(Decimal(text))
    return text
