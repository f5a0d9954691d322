"""What the answers of each section do to a contract."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.errors import Refusal
from app.core.forms import answered
from app.core.rights import Permission, Reader
from app.register.commands import contracts as commands
from app.register.commands.contracts import Awarded, Editor, Share
from app.register.forms.contracts.parts import SectionForm, is_blank, named_field
from app.register.forms.contracts.sections import TermForm, WhatForm, WhereForm, WhoForm
from app.register.models import Contract
from app.register.queries import named
from app.register.units import UnitChosen


@dataclass(frozen=True)
class Applying:
    """A section's answers on their way into a contract."""

    session: Session
    contract: Contract
    reader: Reader
    editor: Editor
    #: Only to see what comes of it: a correction need not say why yet.
    only_checking: bool = False


def apply(applying: Applying, form: SectionForm) -> None:
    """Set the answers and settle the contract. A Refusal says what would work."""
    before, reason = Awarded.of(applying.contract), form["reason"].data if "reason" in form else None
    if said := ". ".join(words.rstrip(".") for words in (reason, form.passing.data) if words):
        give_reason(applying.session, commands.as_corrected(said) if reason else said)
    with applying.session.no_autoflush:
        commands.change_contract(applying.session, applying.contract, form.answers())
        _PARTS.get(type(form), _nothing_more)(applying, form)
    if not applying.only_checking:
        commands.record_correction(applying.contract, before, reason=reason, editor=applying.editor)
    commands.finish(applying.session, applying.contract)


def _nothing_more(_applying: Applying, _form: SectionForm) -> None:
    """Plain answers only."""


def _what(applying: Applying, form: Any) -> None:  # Any: the section's own form, as below
    name = form.category.data
    applying.contract.category = named.category_called(applying.session, name) if name else None


def _where(applying: Applying, form: Any) -> None:
    session, contract = applying.session, applying.contract
    service, unit = contract.lead_service, answered(form.unit)
    if service is not None:
        unit = UnitChosen(service.directorate_id, service.division_id)
    _check_unit(applying, unit)
    commands.change_contract(
        session, contract, {"directorate_id": unit.directorate_id, "division_id": unit.division_id}
    )
    for pointer, field in (("parent_id", form.parent), ("replaces_id", form.replaces)):
        other = _other(applying, field) if field.data else None
        commands.change_contract(session, contract, {pointer: other.id if other else None})
    commands.set_other_services(contract, form.other_service_ids)


def _other(applying: Applying, field: Any) -> Contract:
    other = named_field(
        field, lambda text: named.contract_called(applying.session, text, applying.reader, applying.editor.today)
    )
    if other is applying.contract:
        raise Refusal("That is this contract itself: enter another one, or leave it blank", field=field.name)
    return other


def _check_unit(applying: Applying, unit: UnitChosen) -> None:
    """A contract may be given only to a unit in which this person writes too."""
    if not applying.reader.may_in(Permission.EDIT_REGISTER, unit.directorate_id, unit.division_id):
        field = "lead_service_id" if applying.contract.lead_service else "unit"
        raise Refusal("You cannot write there: choose a part of the council whose records you keep", field=field)


def _who(applying: Applying, form: Any) -> None:
    shares = [
        Share(
            named_field(row["name"], lambda name: named.provider_called(applying.session, name)),
            row["share"].data,
            row["lot"].data,
        )
        for row in form.providers.rows
        if not is_blank(row)
    ]
    commands.set_providers(applying.contract, shares)


def _term(applying: Applying, form: Any) -> None:
    commands.set_options(applying.contract, form.options_wanted())


_PARTS: Mapping[type[SectionForm], Callable[[Applying, Any], None]] = {
    WhatForm: _what,
    WhereForm: _where,
    WhoForm: _who,
    TermForm: _term,
}
