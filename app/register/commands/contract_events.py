"""What happens to a contract after award: extend, vary, correct, suspend, end early, withdraw.

The award itself is never overwritten: each act is an event, and a mistake is met by a correction.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.dates import day
from app.core.errors import Refusal
from app.core.money import pounds
from app.register.commands.contracts import (
    AWARDED,
    Awarded,
    Editor,
    as_corrected,
    change_contract,
    finish,
    record_correction,
)
from app.register.grounds import Ground
from app.register.models import (
    Approval,
    Contract,
    ContractEvent,
    ContractProvider,
    ContractStage,
    EventKind,
    ExtensionOption,
    Provider,
)
from app.register.settling import moves_of, open_options, option_of, struck_out, term_of
from app.register.terms import option_ends


@dataclass(frozen=True, kw_only=True)
class LegalAnswer:
    """What in law allows a change: a person's answers, never computed ones."""

    ground: Ground | None = None
    uk10_needed: bool | None = None
    uk10_reason: str | None = None

    def __post_init__(self) -> None:
        if self.uk10_needed is not None and not self.uk10_reason:
            raise Refusal("Say why a contract change notice is or is not needed", field="uk10_reason")


NOT_ASKED = LegalAnswer()


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A contract's term made longer: by its next option, or by agreement outside its options."""

    effective_on: date
    reason: str
    uses_option: bool
    #: None: where the option leads.
    ends_on: date | None = None
    #: Pounds added; None: as the option says.
    value_added: Decimal | None = None
    decision_reference: str | None = None
    #: When the provider was given notice of it.
    notice_given_on: date | None = None
    #: An approval other than the one it was let under, which allows it.
    approval_id: int | None = None
    legal: LegalAnswer = NOT_ASKED


def next_option(contract: Contract) -> ExtensionOption | None:
    return next(iter(open_options(contract)), None)


def end_of_option(contract: Contract) -> date | None:
    """Where the next option leads."""
    end, option = term_of(contract).current_end_on, next_option(contract)
    return option_ends(end, (option_of(option),))[0] if end and option else None


def extend(session: Session, contract: Contract, wanted: Extension, *, editor: Editor) -> ContractEvent:
    give_reason(session, wanted.reason)
    option = _option_for(contract, wanted)
    ends_on = wanted.ends_on or (end_of_option(contract) if option else None)
    _check_longer(contract, ends_on)
    value = option.value if option is not None and wanted.value_added is None else wanted.value_added
    event = _event(EventKind.EXTENSION, wanted.effective_on, wanted.reason, editor)
    event.decision_reference, event.notice_given_on = wanted.decision_reference, wanted.notice_given_on
    event.ends_on, event.value_change = ends_on, _change(contract, value)
    _write_legal(event, wanted.legal)
    if wanted.approval_id is not None:
        event.approval_id, event.approval = wanted.approval_id, _approval(session, wanted.approval_id)
    if option is not None:
        option.taken, event.option_id = True, option.id
    _record(session, contract, event)
    return event


def _approval(session: Session, approval_id: int) -> Approval:
    with session.no_autoflush:
        return session.get_one(Approval, approval_id)


def _option_for(contract: Contract, wanted: Extension) -> ExtensionOption | None:
    if not wanted.uses_option:
        return None
    option = next_option(contract)
    if option is None:
        raise Refusal("The contract has no option left: choose to extend it outside its options", field="uses_option")
    return option


def _check_longer(contract: Contract, ends_on: date | None) -> None:
    current = term_of(contract).current_end_on
    if ends_on is None:
        raise Refusal("Enter the day it will end", field="ends_on")
    if current is not None and ends_on <= current:
        raise Refusal(f"Enter a day after {day(current)}, when it ends now", field="ends_on")


def _change(contract: Contract, value: Decimal | None) -> Decimal | None:
    """A change of nothing is none; where no whole-life value was awarded there is nothing to add it to."""
    if not value:
        return None
    if contract.awarded_high is None:
        raise Refusal(
            f"No whole-life value is recorded to add {pounds(abs(value))} to: record it first, or leave this blank",
            field="value_added",
        )
    return value


@dataclass(frozen=True, kw_only=True)
class Variation:
    """A change agreed during the term: of the end, the value, what is supplied, or who supplies it."""

    effective_on: date
    reason: str
    ends_on: date | None = None
    #: Signed pounds, whole life.
    value_change: Decimal | None = None
    #: What it is worth a year from now on.
    annual_value: Decimal | None = None
    #: In words.
    scope_change: str | None = None
    provider_joins: Provider | None = None
    #: The provider that the one who joins takes over from.
    provider_leaves_id: int | None = None
    decision_reference: str | None = None
    legal: LegalAnswer = NOT_ASKED

    @property
    def changes_nothing(self) -> bool:
        told = (self.ends_on, self.value_change, self.scope_change, self.provider_joins)
        return not any(told) and self.annual_value is None


def vary(session: Session, contract: Contract, wanted: Variation, *, editor: Editor) -> ContractEvent:
    give_reason(session, wanted.reason)
    if wanted.changes_nothing:
        raise Refusal("Say what changes: the end, the value, what is supplied, or who supplies it", field="ends_on")
    event = _event(EventKind.VARIATION, wanted.effective_on, wanted.reason, editor)
    event.decision_reference, event.scope_change = wanted.decision_reference, wanted.scope_change
    event.ends_on, event.value_change = wanted.ends_on, _change(contract, wanted.value_change)
    _write_legal(event, wanted.legal)
    if wanted.annual_value is not None:
        event.annual_change = wanted.annual_value - (contract.annual_high or Decimal(0))
        contract.annual_low = contract.annual_high = wanted.annual_value
    if wanted.provider_joins is not None:
        _change_provider(contract, event, wanted, editor.today)
    _record(session, contract, event)
    return event


def _change_provider(contract: Contract, event: ContractEvent, wanted: Variation, today: date) -> None:
    """The register says who delivers today, so a change is recorded once it has happened."""
    joins = wanted.provider_joins
    if joins is None:
        return
    if wanted.effective_on > today:
        raise Refusal(
            "Enter a day that has come: a change of provider is recorded when it happens", field="effective_on"
        )
    if any(entry.provider is joins for entry in contract.providers):
        raise Refusal(f"{joins.name} is a provider of it already: enter another one", field="provider_joins")
    position = len(contract.providers)
    leaves = next((one for one in contract.providers if one.provider_id == wanted.provider_leaves_id), None)
    if wanted.provider_leaves_id is not None and leaves is None:
        raise Refusal("Choose one of its present providers", field="provider_leaves")
    share, lot = None, None
    if leaves is not None:
        position, share, lot = leaves.position, leaves.share, leaves.lot
        event.provider_left = leaves.provider.name
        contract.providers.remove(leaves)
    event.provider_joined = joins.name
    contract.providers.append(ContractProvider(provider=joins, position=position, share=share, lot=lot))


def _event(kind: EventKind, effective_on: date, reason: str, editor: Editor) -> ContractEvent:
    return ContractEvent(
        kind=kind, effective_on=effective_on, reason=reason, recorded_at=editor.now, recorded_by=editor.name
    )


def _write_legal(event: ContractEvent, legal: LegalAnswer) -> None:
    event.ground, event.uk10_needed, event.uk10_reason = legal.ground, legal.uk10_needed, legal.uk10_reason


def _record(session: Session, contract: Contract, event: ContractEvent) -> None:
    if contract.stage is ContractStage.PLANNED:
        raise Refusal("It is only planned: change its dates and value instead, nothing has been agreed yet")
    with session.no_autoflush:
        contract.events.append(event)
    finish(session, contract)


# A mistake


def correct(
    session: Session, contract: Contract, awarded: dict[str, date | Decimal | None], reason: str, *, editor: Editor
) -> None:
    """Put right what was written down of the award. What it said before stays in the event."""
    if unknown := awarded.keys() - set(AWARDED):
        raise TypeError(f"Not part of the award: {', '.join(sorted(unknown))}")
    give_reason(session, as_corrected(reason))
    before = Awarded.of(contract)
    change_contract(session, contract, awarded)
    if not before.differs_from(contract):
        raise Refusal("Nothing is different from what is on record: change what was wrong", field="starts_on")
    with session.no_autoflush:
        record_correction(contract, before, reason=reason, editor=editor)
    finish(session, contract)


def strike_out(session: Session, contract: Contract, event: ContractEvent, reason: str, *, editor: Editor) -> None:
    """An extension or variation that was recorded by mistake: it stays on record, and counts no more."""
    if not event.kind.moves or event.id in struck_out(contract):
        raise Refusal("Only an extension or a variation that counts can be struck out")
    later = [
        one
        for one in moves_of(contract)
        if one.option_id and (one.effective_on, one.id) > (event.effective_on, event.id)
    ]
    if event.option_id and later:
        raise Refusal("A later option was taken up after it: strike that out first")
    give_reason(session, as_corrected(reason))
    for option in contract.options:
        if option.id == event.option_id:
            option.taken = False
    if event.annual_change is not None and contract.annual_high is not None:
        contract.annual_low = contract.annual_high = contract.annual_high - event.annual_change
    correction = _event(EventKind.CORRECTION, editor.today, reason, editor)
    correction.corrects_id = event.id
    _record(session, contract, correction)


# Options


def lapse(session: Session, contract: Contract, option: ExtensionOption, reason: str, *, editor: Editor) -> None:
    """The council will not, or can no longer, take the option up."""
    if option.taken or option.lapsed:
        raise Refusal(f"The option is {'taken up' if option.taken else 'lapsed'} already")
    _set_lapsed(session, contract, option, EventKind.LAPSE, reason, editor)


def reopen(session: Session, contract: Contract, option: ExtensionOption, reason: str, *, editor: Editor) -> None:
    """A lapse taken back."""
    if not option.lapsed:
        raise Refusal("The option has not lapsed")
    _set_lapsed(session, contract, option, EventKind.REOPENING, reason, editor)


def _set_lapsed(
    session: Session, contract: Contract, option: ExtensionOption, kind: EventKind, reason: str, editor: Editor
) -> None:
    give_reason(session, reason)
    option.lapsed = kind is EventKind.LAPSE
    event = _event(kind, editor.today, reason, editor)
    event.option_id = option.id
    _record(session, contract, event)


# Its state


def end_early(session: Session, contract: Contract, ends_on: date, reason: str, *, editor: Editor) -> None:
    """End a contract before its term. Its options fall away with it; the award stays as it was."""
    current = term_of(contract).current_end_on
    if contract.starts_on and ends_on < contract.starts_on:
        raise Refusal(f"Enter a day on or after its start, {day(contract.starts_on)}", field="ends_on")
    if current and ends_on >= current:
        raise Refusal(f"Enter a day before {day(current)}, when it ends anyway", field="ends_on")
    give_reason(session, reason)
    contract.stage, contract.ended_early_on = ContractStage.ENDED_EARLY, ends_on
    _record(session, contract, _event(EventKind.EARLY_END, ends_on, reason, editor))


def suspend(session: Session, contract: Contract, from_on: date, reason: str, *, editor: Editor) -> None:
    """Work under it stops for a while; its dates run on."""
    if contract.stage is not ContractStage.AWARDED:
        raise Refusal(f"Only an awarded contract can be suspended: this one is {contract.stage}")
    give_reason(session, reason)
    contract.stage = ContractStage.SUSPENDED
    _record(session, contract, _event(EventKind.SUSPENSION, from_on, reason, editor))


def resume(session: Session, contract: Contract, from_on: date, reason: str, *, editor: Editor) -> None:
    """Take back an early end, or take up work again after a suspension."""
    kinds = {
        ContractStage.SUSPENDED: EventKind.RESUMPTION,
        ContractStage.ENDED_EARLY: EventKind.EARLY_END_TAKEN_BACK,
    }
    if contract.stage not in kinds:
        raise Refusal("It is neither suspended nor ended early")
    give_reason(session, reason)
    kind = kinds[contract.stage]
    contract.stage, contract.ended_early_on = ContractStage.AWARDED, None
    _record(session, contract, _event(kind, from_on, reason, editor))


def withdraw(session: Session, contract: Contract, reason: str, *, editor: Editor) -> None:
    """Take a contract out of every list. Nothing recorded about it is lost."""
    give_reason(session, reason)
    contract.withdrawn_at, contract.withdrawn_reason = editor.now, reason


def restore(contract: Contract) -> None:
    contract.withdrawn_at = contract.withdrawn_reason = None


def confirm(contract: Contract, *, today: date, by: str) -> None:
    """Its manager has looked at the record, and it is still correct."""
    contract.confirmed_on, contract.confirmed_by = today, by
