"""What people do to the record of a contract: add it, change what it says, correct what was awarded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.base import Base
from app.core.errors import Refusal
from app.council.models import Directorate, Division, Outcome
from app.register.models import (
    Approval,
    Arrangement,
    Category,
    Contract,
    ContractEvent,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
    EventKind,
    ExtensionOption,
    Programme,
    Provider,
    Service,
)
from app.register.settling import settle
from app.register.units import UnitChosen

#: What a plain edit may set. Stored figures are settled, states have verbs of their own.
EDITABLE = frozenset(
    {
        *("title", "reference", "form", "description", "category", "cpv_code", "cpv_label", "programme_id", "note"),
        *(
            "directorate_id",
            "division_id",
            "lead_service_id",
            "outcome_id",
            "arrangement_id",
            "parent_id",
            "replaces_id",
        ),
        *("manager_post", "contact_email", "concern", "remind_months"),
        *("starts_on", "awarded_end_on", "rolling", "notice_months", "end_condition", "review_on"),
        *("awarded_low", "awarded_high", "annual_low", "annual_high", "certainty", "share_of", "value_note"),
        *("irrecoverable_vat", "vat_treatment"),
        *("exempt", "exempt_ground", "exempt_by", "exempt_review_on", "embargoed_until"),
        *("entered_on", "process", "awarded_on", "approval_id", "procurement_status", "stage", "lead_time_months"),
        *("expected_term_months", "tender_url", "document_url"),
        *("lot", "regime", "procurement_began_on", "supply", "concession", "reserved_to", "reserved_area"),
    }
)
#: Who exempted an estimate that is exempt only because it is one: the award opens it, unless a person says otherwise.
UNTIL_AWARD = "By default, until award"
#: What a number points at.
POINTERS: Mapping[str, type[Base]] = {
    "lead_service_id": Service,
    "arrangement_id": Arrangement,
    "parent_id": Contract,
    "replaces_id": Contract,
    "programme_id": Programme,
    "outcome_id": Outcome,
    "approval_id": Approval,
    "directorate_id": Directorate,
    "division_id": Division,
}
#: What was awarded: on a contract that is no longer planned, changing it is a correction.
AWARDED = ("starts_on", "awarded_end_on", "awarded_low", "awarded_high", "annual_low", "annual_high")


@dataclass(frozen=True)
class Editor:
    """Who edits, and when."""

    name: str
    now: datetime
    today: date


@dataclass(frozen=True, kw_only=True)
class NewContract:
    """The least a contract needs, and what people mostly know at the start."""

    title: str
    unit: UnitChosen
    form: ContractForm = ContractForm.CONTRACT
    stage: ContractStage = ContractStage.AWARDED
    reference: str | None = None
    lead_service_id: int | None = None
    starts_on: date | None = None
    awarded_end_on: date | None = None
    awarded_low: Decimal | None = None
    awarded_high: Decimal | None = None
    annual_low: Decimal | None = None
    annual_high: Decimal | None = None
    providers: tuple[Provider, ...] = ()
    category_id: int | None = None
    manager_post: str | None = None
    outcome_id: int | None = None
    arrangement_id: int | None = None
    #: The framework it is called off under, and the lot.
    parent_id: int | None = None
    lot: str | None = None
    #: The contract it follows.
    replaces_id: int | None = None
    #: On which its estimate is exempt until award; None: it is open.
    exempt_ground: str | None = None


def add_contract(session: Session, wanted: NewContract) -> Contract:
    contract = Contract(
        title=wanted.title,
        reference=wanted.reference,
        form=wanted.form,
        stage=wanted.stage,
        directorate_id=wanted.unit.directorate_id,
        division_id=wanted.unit.division_id,
        lead_service=session.get(Service, wanted.lead_service_id) if wanted.lead_service_id else None,
        starts_on=wanted.starts_on,
        awarded_end_on=wanted.awarded_end_on,
        awarded_low=wanted.awarded_low,
        awarded_high=wanted.awarded_high,
        annual_low=wanted.annual_low,
        annual_high=wanted.annual_high,
        category=session.get(Category, wanted.category_id) if wanted.category_id else None,
        manager_post=wanted.manager_post,
        outcome_id=wanted.outcome_id,
        arrangement_id=wanted.arrangement_id,
        parent_id=wanted.parent_id,
        lot=wanted.lot,
        replaces_id=wanted.replaces_id,
    )
    contract.providers = [ContractProvider(provider=one, position=place) for place, one in enumerate(wanted.providers)]
    if wanted.exempt_ground and wanted.stage is ContractStage.PLANNED:
        contract.exempt, contract.exempt_ground, contract.exempt_by = True, wanted.exempt_ground, UNTIL_AWARD
    settle(contract)
    session.add(contract)
    session.flush()
    return contract


def change_contract(session: Session, contract: Contract, answers: Mapping[str, object]) -> None:
    """Set what a form asked. ``finish`` settles when all of it is set."""
    if unknown := answers.keys() - EDITABLE:
        raise TypeError(f"Not for a plain edit: {', '.join(sorted(unknown))}")
    was_planned = contract.stage is ContractStage.PLANNED
    for column, answer in answers.items():
        setattr(contract, column, answer)
        if column in POINTERS:
            setattr(contract, column.removesuffix("_id"), _pointed_at(session, POINTERS[column], answer))
    if contract.stage is not ContractStage.ENDED_EARLY:
        contract.ended_early_on = None
    if was_planned and contract.stage is not ContractStage.PLANNED and contract.exempt_by == UNTIL_AWARD:
        contract.exempt = False
        contract.exempt_ground = contract.exempt_by = contract.exempt_review_on = None


def _pointed_at(session: Session, kind: type[Base], answer: object) -> Base | None:
    """The record itself beside its number: settling reads it before anything is stored."""
    with session.no_autoflush:
        return session.get(kind, answer) if answer is not None else None


def finish(session: Session, contract: Contract, *, touched: bool = False) -> None:
    """Settle the contract after its changes, and count an edit of its parts as an edit of it."""
    with session.no_autoflush:
        settle(contract)
    parts = (*contract.providers, *contract.options, *contract.other_services)
    if touched or session.is_modified(contract) or any(session.is_modified(part) for part in parts):
        flag_modified(contract, "title_key")  # a column the history passes over


# What hangs on a contract


@dataclass(frozen=True)
class Share:
    """A provider of the contract, and the pounds of its value that go to it, where that is recorded."""

    provider: Provider
    amount: Decimal | None = None
    lot: str | None = None


def set_providers(contract: Contract, shares: Sequence[Share]) -> None:
    """The providers as now named, in that order; those that stay keep their place in the history."""
    twice = {one.provider.name for one in shares if [other.provider for other in shares].count(one.provider) > 1}
    if twice:
        raise Refusal(f"{', '.join(sorted(twice))} is named twice: name each provider once", field="providers")
    known = {entry.provider_id: entry for entry in contract.providers}
    kept = []
    for place, share in enumerate(shares):
        entry = known.get(share.provider.id) or ContractProvider(provider=share.provider)
        entry.position, entry.share, entry.lot = place, share.amount, share.lot
        kept.append(entry)
    contract.providers = kept


def set_other_services(contract: Contract, service_ids: Sequence[int]) -> None:
    wanted = [one for one in dict.fromkeys(service_ids) if one != contract.lead_service_id]
    kept = [entry for entry in contract.other_services if entry.service_id in wanted]
    known = {entry.service_id for entry in kept}
    contract.other_services = [*kept, *(ContractService(service_id=one) for one in wanted if one not in known)]


@dataclass(frozen=True)
class OptionWanted:
    """An option as a form asks it; ``id`` where it is one the contract has."""

    id: int | None = None
    months: int | None = None
    ends_on: date | None = None
    value: Decimal | None = None
    notice_months: int | None = None


def set_options(contract: Contract, wanted: Sequence[OptionWanted]) -> None:
    """The options as now described. One taken up stays as it is: what was agreed under it stands in the events."""
    known = {option.id: option for option in contract.options}
    kept = [option for option in contract.options if option.taken]
    position = max((option.position for option in contract.options), default=-1)
    for one in wanted:
        option = known.get(one.id) if one.id is not None else None
        if option is None:
            position += 1
            option = ExtensionOption(position=position, taken=False, lapsed=False)
        option.months, option.ends_on = one.months or 0, one.ends_on
        option.value, option.notice_months = one.value, one.notice_months
        kept.append(option)
    contract.options = kept


# What was awarded


@dataclass(frozen=True)
class Awarded:
    """The award as it stood before an edit."""

    values: Mapping[str, date | Decimal | None]

    @classmethod
    def of(cls, contract: Contract) -> "Awarded":
        return cls({column: getattr(contract, column) for column in AWARDED})

    def corrected(self, contract: Contract) -> frozenset[str]:
        """What an edit changed. Filling in what was not recorded is no correction."""
        return frozenset(
            column for column, was in self.values.items() if was is not None and getattr(contract, column) != was
        )

    def differs_from(self, contract: Contract) -> bool:
        """Whether an edit changed anything, or filled in what was not recorded."""
        return any(getattr(contract, column) != was for column, was in self.values.items())

    def beside(self, contract: Contract, columns: Iterable[str]) -> dict[str, list[str | None]]:
        """Old beside new, as the event keeps it."""
        return {
            column: [_kept(self.values[column]), _kept(getattr(contract, column))]
            for column in AWARDED
            if column in columns
        }


def _kept(value: date | Decimal | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else f"{value:.2f}"


def as_corrected(reason: str) -> str:
    """What the history says of a correction."""
    return f"Correction: {reason}"[:1000]


def is_started(contract: Contract) -> bool:
    """Awarded, and so no longer free to edit."""
    return contract.stage is not ContractStage.PLANNED


def record_correction(contract: Contract, before: Awarded, *, reason: str | None, editor: Editor) -> None:
    """A started contract's award changes only by a correction, which says why and stays on record."""
    changed = before.corrected(contract)
    if not is_started(contract) or not changed:
        return
    if not reason:
        raise Refusal("Say why what was awarded is being corrected", field="reason")
    contract.events.append(
        ContractEvent(
            kind=EventKind.CORRECTION,
            effective_on=editor.today,
            ends_on=contract.awarded_end_on if "awarded_end_on" in changed else None,
            value_change=_difference(before, contract, "awarded_high"),
            annual_change=_difference(before, contract, "annual_high"),
            corrected=before.beside(contract, changed),
            reason=reason,
            recorded_at=editor.now,
            recorded_by=editor.name,
        )
    )


def _difference(before: Awarded, contract: Contract, column: str) -> Decimal | None:
    was, now = before.values[column], getattr(contract, column)
    if not isinstance(was, Decimal) or not isinstance(now, Decimal) or was == now:
        return None
    return now - was
