"""What follows a contract: plan it, link one that is there, unlink it; and call-offs under a framework."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.errors import Refusal
from app.register.commands.contracts import NewContract, add_contract, finish
from app.register.models import Contract, ContractForm, ContractStage, Provider
from app.register.units import UnitChosen


@dataclass(frozen=True, kw_only=True)
class SuccessorWanted:
    """What a planned successor is called, and when it starts: the rest comes from the contract it follows."""

    title: str
    starts_on: date | None = None
    reference: str | None = None
    #: On which its estimate is exempt until award; None: it is open.
    exempt_ground: str | None = None


def plan_successor(session: Session, contract: Contract, wanted: SuccessorWanted) -> Contract:
    """Add a planned contract in its place: same unit, service, category, outcome and manager; nothing agreed yet."""
    form = ContractForm.CONTRACT if contract.form is ContractForm.CALL_OFF else contract.form
    return add_contract(
        session,
        NewContract(
            title=wanted.title,
            reference=wanted.reference,
            form=form,
            stage=ContractStage.PLANNED,
            unit=UnitChosen(contract.directorate_id, contract.division_id),
            lead_service_id=contract.lead_service_id,
            category_id=contract.category_id,
            outcome_id=contract.outcome_id,
            manager_post=contract.manager_post,
            starts_on=wanted.starts_on,
            replaces_id=contract.id,
            exempt_ground=wanted.exempt_ground,
        ),
    )


def link_successor(session: Session, contract: Contract, successor: Contract) -> None:
    """Say that a contract already in the register follows this one."""
    if successor is contract:
        raise Refusal("That is this contract itself: enter the one that follows it", field="successor")
    if contract.replaces_id == successor.id:
        raise Refusal("It is the contract this one follows: enter the one that comes after", field="successor")
    if successor.replaces_id is not None and successor.replaces_id != contract.id:
        raise Refusal("It follows another contract already: unlink it there first", field="successor")
    successor.replaces_id, successor.replaces = contract.id, contract
    finish(session, successor)


def unlink(session: Session, successor: Contract, reason: str) -> None:
    """It does not follow the other contract after all: the other's clock runs again."""
    if successor.replaces_id is None:
        raise Refusal("It follows no contract")
    give_reason(session, reason)
    successor.replaces_id, successor.replaces = None, None
    finish(session, successor)


@dataclass(frozen=True, kw_only=True)
class CallOffWanted:
    """Work given out under a framework."""

    title: str
    provider: Provider
    reference: str | None = None
    lot: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    value: Decimal | None = None


def add_call_off(session: Session, framework: Contract, wanted: CallOffWanted) -> Contract:
    """A call-off, with what it shares with its framework."""
    if framework.form is not ContractForm.FRAMEWORK:
        raise Refusal("Only a framework has call-offs")
    return add_contract(
        session,
        NewContract(
            title=wanted.title,
            reference=wanted.reference,
            form=ContractForm.CALL_OFF,
            unit=UnitChosen(framework.directorate_id, framework.division_id),
            lead_service_id=framework.lead_service_id,
            category_id=framework.category_id,
            outcome_id=framework.outcome_id,
            arrangement_id=framework.arrangement_id,
            manager_post=framework.manager_post,
            parent_id=framework.id,
            lot=wanted.lot,
            starts_on=wanted.starts_on,
            awarded_end_on=wanted.ends_on,
            awarded_low=wanted.value,
            awarded_high=wanted.value,
            providers=(wanted.provider,),
        ),
    )
