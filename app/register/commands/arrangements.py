"""What people do with arrangements: contracts let or counted as one."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.errors import Refusal
from app.register.arranging import Suggestion
from app.register.models import Arrangement, ArrangementDismissal, ArrangementKind, Contract, Service
from app.register.values import ArrangementValuation


@dataclass(frozen=True, kw_only=True)
class ArrangementWanted:
    """An arrangement as a form, or a confirmed suggestion, describes it."""

    title: str
    kind: ArrangementKind
    directorate_id: int
    division_id: int | None = None
    lead_service_id: int | None = None
    reference: str | None = None
    valuation: ArrangementValuation = ArrangementValuation.ADDED
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    annual_value: Decimal | None = None
    value_note: str | None = None
    note: str | None = None


def add_arrangement(session: Session, wanted: ArrangementWanted, contract_ids: Collection[int] = ()) -> Arrangement:
    """Add an arrangement and put these contracts into it."""
    arrangement = Arrangement()
    _describe(session, arrangement, wanted)
    session.add(arrangement)
    session.flush()
    if contract_ids:
        add_contracts(session, arrangement, contract_ids)
    return arrangement


def change_arrangement(session: Session, arrangement: Arrangement, wanted: ArrangementWanted) -> None:
    _describe(session, arrangement, wanted)
    session.flush()


def _describe(session: Session, arrangement: Arrangement, wanted: ArrangementWanted) -> None:
    for column, value in asdict(_checked(wanted)).items():
        setattr(arrangement, column, value)
    if wanted.lead_service_id is not None:
        service = session.get_one(Service, wanted.lead_service_id)
        arrangement.directorate_id, arrangement.division_id = service.directorate_id, service.division_id


def _checked(wanted: ArrangementWanted) -> ArrangementWanted:
    """A value is stated only where the whole has one of its own; a single amount is both ends of its range."""
    if wanted.valuation is not ArrangementValuation.STATED:
        return _valued(wanted, None, None)
    low, high = wanted.value_low, wanted.value_high
    if low is None and high is None and wanted.annual_value is None and not wanted.value_note:
        raise Refusal("Enter the value of the whole, or say in the note why it is not known", field="value_low")
    low, high = (high if low is None else low), (low if high is None else high)
    if low is not None and high is not None and high < low:
        raise Refusal("Enter a high end that is not below the low end", field="value_high")
    return _valued(wanted, low, high)


def _valued(wanted: ArrangementWanted, low: Decimal | None, high: Decimal | None) -> ArrangementWanted:
    stated = wanted.valuation is ArrangementValuation.STATED
    ends = {"value_low": low, "value_high": high, "annual_value": wanted.annual_value if stated else None}
    return ArrangementWanted(**{**asdict(wanted), **ends})


def add_contracts(session: Session, arrangement: Arrangement, contract_ids: Collection[int]) -> int:
    """Put contracts into the arrangement. Refuse those of another one, or withdrawn. Return how many came."""
    found = list(
        session.scalars(
            select(Contract)
            .where(Contract.id.in_(contract_ids), Contract.withdrawn_at.is_(None))
            .order_by(Contract.title_key, Contract.id)
        )
    )
    elsewhere = [one for one in found if one.arrangement_id not in {None, arrangement.id}]
    if elsewhere:
        raise Refusal(f"{elsewhere[0].title} belongs to another arrangement: take it out there first")
    joining = [one for one in found if one.arrangement_id is None]
    if not joining:
        raise Refusal("Choose at least one contract that belongs to no arrangement")
    for one in joining:
        one.arrangement = arrangement
    _touch(arrangement)
    return len(joining)


def remove_contracts(session: Session, arrangement: Arrangement, contract_ids: Collection[int]) -> int:
    """Take contracts out; they count for themselves again."""
    leaving = list(
        session.scalars(
            select(Contract)
            .where(Contract.id.in_(contract_ids), Contract.arrangement_id == arrangement.id)
            .order_by(Contract.id)
        )
    )
    if not leaving:
        raise Refusal("Choose at least one contract to take out")
    for one in leaving:
        one.arrangement = None
    _touch(arrangement)
    return len(leaving)


def _touch(arrangement: Arrangement) -> None:
    flag_modified(arrangement, "title_key")


def withdraw_arrangement(session: Session, arrangement: Arrangement, reason: str, *, now: datetime) -> int:
    """Take it out of the lists and let its contracts count for themselves. Return how many they are."""
    contracts = list(arrangement.contracts)
    for one in contracts:
        one.arrangement = None
    arrangement.withdrawn_at, arrangement.withdrawn_reason = now, reason
    session.flush()
    return len(contracts)


def restore_arrangement(arrangement: Arrangement) -> None:
    """Bring it back, empty: its contracts may belong elsewhere by now."""
    arrangement.withdrawn_at = arrangement.withdrawn_reason = None


def dismiss_suggestion(session: Session, suggestion: Suggestion, reason: str, *, by: str, now: datetime) -> None:
    """Remember that these are no arrangement, until more of the kind come."""
    found = session.scalars(select(ArrangementDismissal).where(ArrangementDismissal.key == suggestion.key)).first()
    dismissal = found or ArrangementDismissal(key=suggestion.key)
    dismissal.contracts, dismissal.reason = len(suggestion.contract_ids), reason
    dismissal.dismissed_by, dismissal.dismissed_at = by, now
    session.add(dismissal)
