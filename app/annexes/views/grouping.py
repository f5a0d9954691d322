"""Planners group contracts that count as one, and part them again."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.annexes.forms import GroupForm
from app.annexes.views import bp
from app.annexes.views.asked import asked_for
from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.register.arranging import title_stem
from app.register.commands import arrangements
from app.register.models import Arrangement, ArrangementKind, Contract
from app.register.values import ArrangementValuation
from app.register.visibility import rows_open_to

FEWEST = 2


@bp.route("/annexes/<year>/<slug>/group", methods=["GET", "POST"])
@needs(Permission.MAKE_ANNEXES)
@saves
def group(year: str, slug: str) -> ResponseReturnValue:
    asked, contracts = asked_for(year, slug), _ticked()
    if len(contracts) < FEWEST:
        flash("Tick two contracts or more, then group them.", "problem")
        return redirect(asked.url("choices"))
    form = GroupForm(data=_begun(contracts))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = form.to_command(contracts[0])
            made = arrangements.add_arrangement(db.session(), wanted, [one.id for one in contracts])
            flash(f"{made.title} counts {plural(len(contracts), 'contract')} as one.", "success")
            return redirect(asked.url("choices"))
    return render_template("annexes/group.html", asked=asked, contracts=contracts, form=form)


def _ticked() -> Sequence[Contract]:
    """The contracts named in the address, each of which this person may choose about."""
    ids = [number for text in request.args.getlist("contract") if (number := listing.whole_number(text)) is not None]
    query = select(Contract).where(Contract.id.in_(ids), rows_open_to(current_reader(), clock.today()))
    found = db.session.scalars(query.order_by(Contract.title_key, Contract.id)).all()
    for contract in found:
        check_may(Permission.MAKE_ANNEXES, contract.directorate_id, contract.division_id)
    return found


def _begun(contracts: Sequence[Contract]) -> dict[str, object]:
    """What the contracts themselves suggest."""
    values = {contract.awarded_high for contract in contracts}
    repeated = len(values) == 1 and None not in values
    stems = {title_stem(contract.title) for contract in contracts}
    return {
        "title": contracts[0].title.partition("(")[0].strip() if len(stems) == 1 else None,
        "kind": ArrangementKind.MANY_PROVIDERS,
        "valuation": ArrangementValuation.REPEATED if repeated else ArrangementValuation.ADDED,
    }


@bp.post("/annexes/<year>/<slug>/choices/arrangement/<int:number>/part")
@needs(Permission.MAKE_ANNEXES)
@saves
def part(year: str, slug: str, number: int) -> ResponseReturnValue:
    asked, found = asked_for(year, slug), db.session.get_one(Arrangement, number)
    check_may(Permission.MAKE_ANNEXES, found.directorate_id, found.division_id)
    reason = f"Parted by the planner for the annexes of {asked.scope.year}"
    many = arrangements.withdraw_arrangement(db.session(), found, reason, now=clock.now())
    flash(f"{found.title} is no arrangement any more: {plural(many, 'contract')} count for themselves.", "success")
    return redirect(asked.url("choices"))
