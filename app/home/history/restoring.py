"""A value put back from the history: a new change, made by the command that changes the record, under its rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, Enum, Integer, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import audit
from app.core.audit import Action, Change, Known
from app.core.base import Base, Hundredths
from app.core.errors import Refusal
from app.core.rights import Permission
from app.decisions import commands as decisions
from app.decisions.models import Activity
from app.register.commands import approvals, arrangements, contracts, providers, services, social_value
from app.register.commands.contracts import Awarded, Editor
from app.register.models import (
    Approval,
    Arrangement,
    Contract,
    InHouseUnit,
    Provider,
    Service,
    SocialValueCommitment,
    SocialValueStatement,
)

#: A single figure is both ends of its range, so the ends that changed together go back together.
TOGETHER: Mapping[str, str] = {
    "awarded_low": "awarded_high",
    "awarded_high": "awarded_low",
    "annual_low": "annual_high",
    "annual_high": "annual_low",
}
#: Said on the contract's own page, where what follows from them is shown before it is saved.
BY_HAND: Mapping[str, str] = {
    "directorate_id": "Say on the contract's page where it belongs: its service and unit go together",
    "division_id": "Say on the contract's page where it belongs: its service and unit go together",
    "lead_service_id": "Say on the contract's page where it belongs: its service and unit go together",
    "stage": "Say on the contract's page how far it has come: ending, suspending and awarding have their own questions",
}


@dataclass(frozen=True)
class Restorable:
    """One kind of record whose values can be put back."""

    model: type[Base]
    permission: Permission
    #: Columns that a plain edit sets.
    columns: frozenset[str]
    #: Sets the columns on the record, by its command.
    put: Callable[[Session, Any, Mapping[str, Any], Editor, str], None]  # Any: one of several models, any value


def _by_form(
    wanted: type[Any], change: Callable[[Session, Any, Any], object], **more: Callable[[Any], Any]
) -> Callable[..., None]:  # Any: a record and what its command takes
    """A command that takes the whole description: the record as it stands, with the values put back."""

    def put(session: Session, record: Any, values: Mapping[str, Any], _editor: Editor, _reason: str) -> None:
        names = [one.name for one in fields(wanted)]
        stands = {name: more[name](record) if name in more else getattr(record, name) for name in names}
        change(session, record, wanted(**{**stands, **values}))

    return put


def _columns(*wanted: type[Any], but: tuple[str, ...] = ()) -> frozenset[str]:
    return frozenset(one.name for kind in wanted for one in fields(kind)) - set(but)


def _put_contract(session: Session, contract: Contract, values: Mapping[str, Any], editor: Editor, reason: str) -> None:
    before = Awarded.of(contract)
    contracts.change_contract(session, contract, values)
    contracts.record_correction(contract, before, reason=reason, editor=editor)
    contracts.finish(session, contract)


def _put_commitment(
    session: Session, commitment: SocialValueCommitment, values: Mapping[str, Any], editor: Editor, reason: str
) -> None:
    def change(session: Session, record: Any, wanted: Any) -> None:  # Any: as its command takes them
        social_value.change_commitment(session, record, wanted, today=editor.today)

    _by_form(social_value.CommitmentWanted, change)(session, commitment, values, editor, reason)


def _put_statement(
    _session: Session, statement: SocialValueStatement, values: Mapping[str, Any], _editor: Editor, _reason: str
) -> None:
    now = {"text": statement.text, "source_policy": statement.source_policy, **values}
    social_value.change_statement(statement, now["text"], now["source_policy"])


def _put_activity(
    _session: Session, activity: Activity, values: Mapping[str, Any], _editor: Editor, _reason: str
) -> None:
    def with_values(wanted: type[Any], **stands: Any) -> Any:  # Any: a command's own description
        own = {one.name: getattr(activity, one.name) for one in fields(wanted) if one.name not in stands}
        return wanted(**{**own, **stands, **{name: value for name, value in values.items() if name in own}})

    held = tuple(one.service_id for one in activity.services)
    decisions.describe(activity, with_values(decisions.WhatWanted, service_ids=held))
    decisions.name_deciders(activity, with_values(decisions.WhoWanted))


P = Permission
RESTORABLE: Mapping[str, Restorable] = {
    "contract": Restorable(Contract, P.EDIT_REGISTER, contracts.EDITABLE - {"category"}, _put_contract),
    "service": Restorable(
        Service,
        P.EDIT_REGISTER,
        _columns(services.ServiceWanted, but=("directorate_id", "division_id", "other_outcome_ids")),
        _by_form(
            services.ServiceWanted,
            services.change_service,
            other_outcome_ids=lambda one: tuple(held.outcome_id for held in one.other_outcomes),
        ),
    ),
    "provider": Restorable(
        Provider,
        P.EDIT_PROVIDERS,
        _columns(providers.ProviderWanted),
        _by_form(providers.ProviderWanted, providers.change_provider),
    ),
    "arrangement": Restorable(
        Arrangement,
        P.EDIT_PROVIDERS,
        _columns(arrangements.ArrangementWanted, but=("directorate_id", "division_id", "lead_service_id")),
        _by_form(arrangements.ArrangementWanted, arrangements.change_arrangement),
    ),
    "approval": Restorable(
        Approval,
        P.EDIT_REGISTER,
        _columns(approvals.ApprovalWanted, but=("directorate_id",)),
        _by_form(approvals.ApprovalWanted, approvals.change_approval),
    ),
    "in_house_unit": Restorable(
        InHouseUnit,
        P.EDIT_REGISTER,
        _columns(services.InHouseUnitWanted, but=("directorate_id",)),
        _by_form(services.InHouseUnitWanted, services.change_in_house_unit),
    ),
    "social_value_commitment": Restorable(
        SocialValueCommitment,
        P.EDIT_REGISTER,
        _columns(social_value.CommitmentWanted, but=("directorate_id", "contract_id")),
        _put_commitment,
    ),
    "social_value_statement": Restorable(
        SocialValueStatement, P.EDIT_REGISTER, frozenset({"text", "source_policy"}), _put_statement
    ),
    "activity": Restorable(
        Activity,
        P.EDIT_ACTIVITIES,
        _columns(
            decisions.WhatWanted, decisions.WhoWanted, but=("directorate_id", "division_id", "service_ids", "lines")
        ),
        _put_activity,
    ),
}


def is_restorable(change: Change, column: str) -> bool:
    """Whether the value before the change can be put back from the history."""
    kind = RESTORABLE.get(change.record_kind)
    is_own = change.part == change.record_kind and change.action is Action.CHANGED
    return kind is not None and is_own and column in kind.columns and column not in BY_HAND


def unit_of(record: Any) -> tuple[int | None, int | None]:  # Any: one of the models above
    """Whose record it is; an approval, a provider or a promise has no division of its own."""
    contract = getattr(record, "contract", None) if isinstance(record, SocialValueCommitment) else None
    division = contract.division_id if contract else getattr(record, "division_id", None)
    return getattr(record, "directorate_id", None), division


def put_back(session: Session, change: Change, column: str, *, reason: str, editor: Editor) -> None:
    """Put the value that stood before the change back. Refuse what no plain edit sets, and what is valid no more."""
    kind = RESTORABLE.get(change.record_kind)
    if kind is None or change.part != change.record_kind or change.action is not Action.CHANGED:
        raise Refusal("This cannot be put back from the history: make the change on the record's own page")
    if column in BY_HAND:
        raise Refusal(BY_HAND[column])
    if column not in kind.columns:
        raise Refusal("This follows from other values, or has a question of its own on the record's page")
    record = session.get_one(kind.model, change.record_id)
    if getattr(record, "withdrawn_at", None) is not None:
        raise Refusal("The record is withdrawn: bring it back first")
    wanted = {column, TOGETHER.get(column, column)} & change.fields.keys()
    values = {name: _value(session, kind.model, name, change.fields[name][0]) for name in wanted}
    if all(getattr(record, name) == value for name, value in values.items()):
        raise Refusal("The record says this already: nothing would change")
    audit.give_reason(session, f"Put back from the history: {reason}")
    try:
        kind.put(session, record, values, editor, reason)
        session.flush()
    except IntegrityError as error:
        raise Refusal("The old value does not go with what the record says now: change both on its page") from error


def _value(session: Session, model: type[Base], column: str, known: Known) -> object:
    """A value of the history as its column holds it."""
    kind = model.__table__.columns[column]
    if known is None:
        if not kind.nullable:
            raise Refusal("It was blank, and may not be blank any more")
        return None
    for key in kind.foreign_keys:
        pointed = next(one.class_ for one in Base.registry.mappers if one.local_table is key.column.table)
        there = session.get(pointed, int(known))
        if there is None or getattr(there, "withdrawn_at", None) is not None:
            raise Refusal("What it pointed at is not in the register any more: choose another on the record's page")
    return _typed(kind.type, known)


def _typed(kind: Any, known: str | int) -> object:  # Any: a column's type
    if isinstance(kind, Enum) and kind.enum_class is not None:
        found = next((one for one in kind.enum_class if one.value == known), None)
        if found is None:
            raise Refusal(f"“{known}” is not one of the answers any more: choose another on the record's page")
        return found
    if isinstance(kind, Boolean):
        return bool(known)
    text = str(known)
    if isinstance(kind, Hundredths):
        return Decimal(text)
    if isinstance(kind, Date):
        return date.fromisoformat(text)
    if isinstance(kind, Integer):
        return int(text)
    return text if isinstance(kind, String) else datetime.fromisoformat(text)
