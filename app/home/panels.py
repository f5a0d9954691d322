"""What needs doing to one record, on its own page: a contract's near the top, others' among their sections."""

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission, Reader
from app.core.db import db
from app.core.findings import Asked, Severity, kinds
from app.core.panels import panel_on
from app.register.completeness import SECTIONS
from app.register.models import Contract
from app.register.queries import findings

COLOURS = {Severity.ACT: "red", Severity.SOON: "yellow", Severity.TIDY: "grey"}


@panel_on("contract_next")
def doing_on_contract(contract_id: int, reader: Reader) -> Markup:
    """Its findings, and what is missing for the annexes and for the Transparency Code."""
    session = db.session()
    contract = session.get_one(Contract, contract_id)
    told = findings.told_of_contract(session, contract, Asked(reader, clock.today(), subject_id=contract_id))
    if not told.flags and not any(told.missing.values()):
        return Markup("")
    may_edit = reader.may_in(Permission.EDIT_REGISTER, contract.directorate_id, contract.division_id)
    return _shown("home/contract_panel.html", told=told, contract=contract, sections=SECTIONS, links=may_edit)


def findings_panel(subject: str) -> None:
    """Show the findings about this kind of record on its page."""

    def panel(record_id: int, reader: Reader) -> Markup:
        if not kinds(subject):
            return Markup("")
        asked = Asked(reader, clock.today(), subject_id=record_id)
        flags = findings.flags_of(db.session(), subject, asked)
        if not flags:
            return Markup("")
        links = reader.may(Permission.EDIT_REGISTER)
        return _shown("home/findings_panel.html", flags=flags, record_id=record_id, links=links)

    panel_on(subject)(panel)


def _shown(template: str, **facts: object) -> Markup:
    """A template escapes what it prints."""
    return Markup(render_template(template, **facts, colours=COLOURS))  # noqa: S704 - as above


for page in ("service", "provider", "trading_company", "arrangement", "agreement", "activity", "commitment"):
    findings_panel(page)
