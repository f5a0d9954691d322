"""What stands on a contract's page about its social value and its agreement."""

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission, Reader
from app.core.db import db
from app.core.panels import panel_on
from app.register.commands.considering import consideration
from app.register.models import Contract, ContractForm
from app.register.queries import agreements, hanging, social_value
from app.register.queries.social_value import CommitmentsAsked
from app.register.regime import Supply

#: The Act asks it before a contract or a framework is procured, and not of what is called off.
CONSIDERED_FOR = frozenset({ContractForm.CONTRACT, ContractForm.FRAMEWORK})


@panel_on("contract", 10)
def agreement_of_contract(contract_id: int, reader: Reader) -> Markup:
    """Status, standards and client lead, where the contract is an agreement."""
    contract = db.session.get_one(Contract, contract_id)
    if not contract.form.is_agreement:
        return Markup("")
    lines = agreements.agreement_lines(db.session(), reader, clock.today(), Contract.id == contract_id)
    return shown("register/agreement_panel.html", lines=lines) if lines else Markup("")


def shown(template: str, **facts: object) -> Markup:
    """A template escapes what it prints."""
    return Markup(render_template(template, **facts))  # noqa: S704 - as above


@panel_on("contract", 20)
def social_value_of_contract(contract_id: int, reader: Reader) -> Markup:
    """What was promised under the contract, and how far it is kept."""
    contract, asked = db.session.get_one(Contract, contract_id), CommitmentsAsked(contract_id=contract_id)
    promised = hanging.hangs(contract, hanging.COMMITMENTS)
    rows = social_value.all_commitments(db.session(), asked, reader, clock.today()) if promised else []
    may_add = reader.may_in(Permission.EDIT_REGISTER, contract.directorate_id, contract.division_id)
    asked_for = contract.form in CONSIDERED_FOR and hanging.hangs(contract, hanging.CONSIDERATION)
    considered = consideration(db.session(), contract_id) if asked_for else None
    return shown(
        "register/commitments_panel.html",
        rows=rows,
        contract_id=contract_id,
        may_add=may_add,
        asks=contract.form in CONSIDERED_FOR and (contract.supply is Supply.SERVICES or considered is not None),
        considered=considered,
    )
