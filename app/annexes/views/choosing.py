"""What planners choose: which contracts print as commissioned services, and taking the choice back."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.annexes import commands
from app.annexes.commands import Chosen
from app.annexes.forms import ChooseForm, Printing
from app.annexes.queries.candidates import candidates
from app.annexes.views import bp
from app.annexes.views.asked import Asked, asked_for
from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.web import saves
from app.register.models import Arrangement, Contract
from app.register.visibility import may_see

Record = Contract | Arrangement


@bp.get("/annexes/<year>/<slug>/choices")
@needs(Permission.MAKE_ANNEXES)
def choices(year: str, slug: str) -> ResponseReturnValue:
    asked = asked_for(year, slug)
    found = candidates(asked.scope, current_reader())
    return render_template("annexes/choices.html", asked=asked, found=found, threshold=asked.scope.threshold)


@bp.route("/annexes/<year>/<slug>/choices/<any(contract, arrangement):kind>/<int:number>", methods=["GET", "POST"])
@needs(Permission.MAKE_ANNEXES)
@saves
def choose(year: str, slug: str, kind: str, number: int) -> ResponseReturnValue:
    asked, record = asked_for(year, slug), _record(kind, number)
    form = ChooseForm(data=_as_chosen(kind, number))
    if form.validate_on_submit():
        commands.choose(
            db.session(),
            _chosen(kind, number),
            included=form.is_included,
            reason=form.reason.data or "",
            by=current_reader().name,
            now=clock.now(),
        )
        return _told(asked, f"{record.title} {'prints' if form.is_included else 'is left out'} from now on.")
    return render_template("annexes/choose.html", asked=asked, record=record, form=form)


@bp.post("/annexes/<year>/<slug>/choices/<any(contract, arrangement):kind>/<int:number>/undo")
@needs(Permission.MAKE_ANNEXES)
@saves
def undo_choice(year: str, slug: str, kind: str, number: int) -> ResponseReturnValue:
    asked, record = asked_for(year, slug), _record(kind, number)
    commands.undo_choice(db.session(), _chosen(kind, number))
    return _told(asked, f"The threshold decides again whether {record.title} prints.")


def _record(kind: str, number: int) -> Record:
    """The contract or arrangement, if this person may choose about it."""
    session = db.session()
    found: Record = session.get_one(Contract, number) if kind == "contract" else session.get_one(Arrangement, number)
    check_may(Permission.MAKE_ANNEXES, found.directorate_id, found.division_id)
    if isinstance(found, Contract):
        _check_seen(found)
    return found


def _check_seen(contract: Contract) -> None:
    """A contract kept back has no page for this person: 404."""
    if not may_see(current_reader(), contract, clock.today()):
        db.session.get_one(Contract, 0)


def _chosen(kind: str, number: int) -> Chosen:
    return Chosen(contract_id=number) if kind == "contract" else Chosen(arrangement_id=number)


def _as_chosen(kind: str, number: int) -> dict[str, Printing | str]:
    choice = commands.choice_about(db.session(), _chosen(kind, number))
    if choice is None:
        return {}
    return {"printing": Printing.INCLUDED if choice.included else Printing.EXCLUDED, "reason": choice.reason}


def _told(asked: Asked, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(asked.url("choices"))
