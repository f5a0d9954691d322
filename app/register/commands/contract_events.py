"""What happens to a contract after award: extend, vary, end early, withdraw. The award itself is never overwritten."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.dates import day
from app.core.errors import Refusal
from app.core.money import pounds
from app.register.commands.contracts import Editor, finish
from app.register.models import Contract, ContractEvent, ContractStage, EventKind, ExtensionOption
from app.register.settling import open_options, option_of, term_of
from app.register.terms import option_ends


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
    event = _event(EventKind.EXTENSION, wanted.effective_on, wanted.reason, wanted.decision_reference, editor)
    event.ends_on, event.value_change = ends_on, _change(contract, value)
    if option is not None:
        option.taken, event.option_id = True, option.id
    _record(session, contract, event)
    return event


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
    """A change agreed during the term: of the end, of the value, or of both."""

    effective_on: date
    reason: str
    ends_on: date | None = None
    #: Signed pounds, whole life.
    value_change: Decimal | None = None
    #: What it is worth a year from now on.
    annual_value: Decimal | None = None
    decision_reference: str | None = None


def vary(session: Session, contract: Contract, wanted: Variation, *, editor: Editor) -> ContractEvent:
    give_reason(session, wanted.reason)
    if wanted.ends_on is None and not wanted.value_change and wanted.annual_value is None:
        raise Refusal("Say what changes: the end, the value, or both", field="ends_on")
    event = _event(EventKind.VARIATION, wanted.effective_on, wanted.reason, wanted.decision_reference, editor)
    event.ends_on, event.value_change = wanted.ends_on, _change(contract, wanted.value_change)
    if wanted.annual_value is not None:
        event.annual_change = wanted.annual_value - (contract.annual_high or Decimal(0))
        contract.annual_low = contract.annual_high = wanted.annual_value
    _record(session, contract, event)
    return event


def _event(kind: EventKind, effective_on: date, reason: str, reference: str | None, editor: Editor) -> ContractEvent:
    return ContractEvent(
        kind=kind,
        effective_on=effective_on,
        reason=reason,
        decision_reference=reference,
        recorded_at=editor.now,
        recorded_by=editor.name,
    )


def _record(session: Session, contract: Contract, event: ContractEvent) -> None:
    if contract.stage is ContractStage.PLANNED:
        raise Refusal("It is only planned: change its dates and value instead, nothing has been agreed yet")
    with session.no_autoflush:
        contract.events.append(event)
    finish(session, contract)


def end_early(session: Session, contract: Contract, ends_on: date, reason: str) -> None:
    """End a contract before its term. Its options fall away with it; the award stays as it was."""
    current = term_of(contract).current_end_on
    if contract.starts_on and ends_on < contract.starts_on:
        raise Refusal(f"Enter a day on or after its start, {day(contract.starts_on)}", field="ends_on")
    if current and ends_on >= current:
        raise Refusal(f"Enter a day before {day(current)}, when it ends anyway", field="ends_on")
    give_reason(session, reason)
    contract.stage, contract.ended_early_on = ContractStage.ENDED_EARLY, ends_on
    finish(session, contract)


def resume(session: Session, contract: Contract, reason: str) -> None:
    """Take back an early end."""
    give_reason(session, reason)
    contract.stage, contract.ended_early_on = ContractStage.AWARDED, None
    finish(session, contract)


def withdraw(session: Session, contract: Contract, reason: str, *, editor: Editor) -> None:
    """Take a contract out of every list. Nothing recorded about it is lost."""
    give_reason(session, reason)
    contract.withdrawn_at, contract.withdrawn_reason = editor.now, reason


def restore(contract: Contract) -> None:
    contract.withdrawn_at = contract.withdrawn_reason = None


def confirm(contract: Contract, *, today: date) -> None:
    """Its manager has looked at the record, and it is still correct."""
    contract.confirmed_on = today
