"""One contract's page, and its history in full."""

from collections.abc import Mapping
from decimal import Decimal

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core import clock, pictures
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.money import pounds
from app.core.panels import panels_for
from app.core.pictures import ChainPicture, Step
from app.register import status as statuses
from app.register.ahead import DateAhead
from app.register.models import Contract, ContractStage
from app.register.queries import contract_history as changes
from app.register.queries import contract_record as queries
from app.register.queries.contract_record import ContractShown
from app.register.signals import Level
from app.register.status import Status
from app.register.thresholds import Answer
from app.register.views import bp
from app.register.visibility import may_see_amounts

LEVEL_COLOURS = {Level.FINE: "green", Level.WATCH: "yellow", Level.ACT: "red"}
ANSWERS = {
    Answer.OVER: ("Over", "purple"),
    Answer.NOT_OVER: ("Not over", "grey"),
    Answer.CANNOT_TELL: ("Cannot tell", "yellow"),
}


@bp.route("/contracts/<int:contract_id>")
@needs(Permission.READ)
def contract(contract_id: int) -> ResponseReturnValue:
    reader, today, session = current_reader(), clock.today(), db.session()
    found = queries.contract(session, contract_id, reader, today)
    shown = queries.contract_shown(session, found, reader, today)
    history = changes.first_changes(session, contract_id, reader, today, withheld=shown.withheld)
    return render_template(
        "register/contract.html",
        contract=found,
        shown=shown,
        status_tag=(statuses.words(shown.status).capitalize(), statuses.COLOURS[shown.status]),
        picture=dates_picture(shown.reckoned.dates),
        acts=acts(found, shown) if may_edit(found) else [],
        can_edit=may_edit(found),
        may_edit=may_edit(found) and found.withdrawn_at is None,
        signed=signed,
        level_colours=LEVEL_COLOURS,
        answers=ANSWERS,
        next_panels=panels_for("contract_next", contract_id, reader),
        panels=panels_for("contract", contract_id, reader),
        history=history.entries,
        changes=history.changes,
    )


def signed(change: Decimal | None) -> str:
    """A change of value with its sign: "+£250,000", "−£40,000"."""
    if change is None:
        return ""
    return f"{'−' if change < 0 else '+'}{pounds(abs(change))}"


def may_edit(found: Contract) -> bool:
    return current_reader().may_in(Permission.EDIT_REGISTER, found.directorate_id, found.division_id)


def acts(found: Contract, shown: ContractShown) -> list[tuple[str, str]]:
    """What can be done to a contract as it stands; the first is the main one."""
    if shown.status is Status.WITHDRAWN:
        return []
    here = f"/contracts/{found.id}"
    verbs = [*VERBS[found.stage], ("Withdraw", "withdraw")]
    if shown.is_left_open:
        verbs = [("Plan a successor", "successor"), *(verb for verb in verbs if verb[1] != "successor")]
    return [(words, f"{here}/{path}") for words, path in verbs]


_AFTER = ("Plan a successor", "successor")
#: What can be done in each stage; the first is the main one.
VERBS: Mapping[ContractStage, tuple[tuple[str, str], ...]] = {
    ContractStage.PLANNED: (("Change", "edit/term"), _AFTER),
    ContractStage.AWARDED: (
        *(("Extend", "extend"), ("Vary", "vary"), ("Correct", "correct"), _AFTER),
        *(("Suspend", "suspend"), ("End early", "end")),
    ),
    ContractStage.SUSPENDED: (
        *(("Resume", "resume"), ("Extend", "extend"), ("Vary", "vary"), ("Correct", "correct"), _AFTER),
        ("End early", "end"),
    ),
    ContractStage.ENDED_EARLY: (_AFTER, ("Correct", "correct"), ("Take back the early end", "resume")),
}


def dates_picture(dates: tuple[DateAhead, ...]) -> ChainPicture | None:
    if not dates:
        return None
    steps = [Step(one.on, one.label, one.working) for one in dates]
    return pictures.chain("What happens next", steps, today=clock.today())


@bp.route("/contracts/<int:contract_id>/history")
@needs(Permission.READ)
def contract_changes(contract_id: int) -> ResponseReturnValue:
    reader, today, session = current_reader(), clock.today(), db.session()
    found = queries.contract(session, contract_id, reader, today)
    withheld = not may_see_amounts(reader, found)
    return render_template(
        "register/contract_history.html",
        contract=found,
        history=changes.contract_history(session, contract_id, reader, today, withheld=withheld, most=changes.MOST),
        changes=changes.how_many_changes(session, contract_id),
    )
