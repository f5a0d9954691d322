"""What needs doing to one record, on its own page: a contract's near the top, others' among their sections."""

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission, Reader
from app.core.db import db
from app.core.findings import Asked, Severity, kinds
from app.core.panels import panel_on
from app.home.reminders.queries import put_off
from app.register.completeness import SECTIONS
from app.register.models import Contract
from app.register.queries import findings
from app.register.queries.findings import Flag

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
    return _shown(
        "home/contract_panel.html",
        told=told,
        contract=contract,
        sections=SECTIONS,
        links=may_edit,
        **_waiting(told.flags, contract_id),
    )


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
        waiting = _waiting(flags, record_id)
        return _shown("home/findings_panel.html", flags=flags, record_id=record_id, links=links, **waiting)

    panel_on(subject)(panel)


def _waiting(flags: Sequence[Flag], number: int) -> dict[str, object]:
    """Which of them are put off, and which can be."""
    today = clock.today()
    off = put_off(db.session(), {one.kind.code: one.due_on for one in flags}, number, today=today)
    ahead = {one.kind.code for one in flags if one.due_on is not None and one.due_on > today}
    return {"off": off, "can_wait": ahead - off.keys()}


def _shown(template: str, **facts: object) -> Markup:
    """A template escapes what it prints."""
    return Markup(render_template(template, **facts, colours=COLOURS))  # noqa: S704 - as above


for page in ("service", "provider", "trading_company", "arrangement", "agreement", "activity", "commitment"):
    findings_panel(page)
