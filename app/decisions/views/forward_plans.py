"""The forward plan: our own edition; the committee system's list taken in, and held against the register both ways."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import whole_number
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.decisions.commands import forward_plans as commands
from app.decisions.forms.answers import ConfirmForm
from app.decisions.forms.forward_plans import NOT_OURS, OURS, UNSAID, ItemForm, ListForm
from app.decisions.forward_plan_lines import PLAN_COLUMNS, item_line, plan_lines
from app.decisions.models import ForwardPlanEdition, ForwardPlanItem
from app.decisions.queries import forward_plans as plans
from app.decisions.queries.forward_plans import OwnPlan
from app.decisions.rules.forward_plan import Item, nearest
from app.decisions.rules.forward_plan_files import read_list
from app.decisions.views import bp
from app.decisions.views.files import list_file
from app.decisions.views.proposals import actor
from app.register.views.documents import files_folder
from reports.listing import Item as Cell

# Our own


@bp.route("/forward-plan")
@needs(Permission.READ)
def forward_plan() -> ResponseReturnValue:
    session = db.session()
    plan = plans.own_plan(session, today=clock.today())
    return render_template(
        "decisions/forward_plan.html",
        plan=plan,
        rows=own_rows(plan),
        edition=None,
        may=current_reader().may(Permission.RECORD_DECISIONS),
        given_out=plans.editions(session, own=True, limit=10),
        taken_in=plans.editions(session, own=False, limit=10),
    )


Shown = tuple[Item, str, tuple[str, ...], str]


def own_rows(plan: OwnPlan) -> list[Shown]:
    return [(one.item, one.mark, one.changes, f"/decisions/{one.decision_id}") for one in plan.items]


@bp.route("/forward-plan.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def forward_plan_file(ending: str) -> ResponseReturnValue:
    return list_file(
        "forward-plan", ending, PLAN_COLUMNS, plan_lines(plans.own_plan(db.session(), today=clock.today()))
    )


@bp.route("/forward-plan/give-out", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def give_out_edition() -> ResponseReturnValue:
    form, today = ConfirmForm(), clock.today()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.give_out(db.session(), actor(), today=today)
            flash(f"{made.title} is given out. It stays as it is.", "success")
            return redirect(f"/forward-plan/editions/{made.id}")
    return render_template("decisions/give_out.html", form=form, plan=plans.own_plan(db.session(), today=today))


# Editions


@bp.route("/forward-plan/editions/<int:edition_id>")
@needs(Permission.READ)
def edition(edition_id: int) -> ResponseReturnValue:
    session, may = db.session(), current_reader().may(Permission.RECORD_DECISIONS)
    found = edition_shown(edition_id)
    facts = plans.edition_facts(found)
    if found.own:
        plan = plans.own_edition(session, found)
        page, rows = "decisions/forward_plan.html", own_rows(plan)
        return render_template(page, plan=plan, rows=rows, edition=facts, may=may, given_out=[], taken_in=[])
    items = [plans.read_item(one) for one in found.items]
    shown: list[Shown] = [(item, "", (), item.url or "") for item in items]
    return render_template("decisions/edition.html", edition=facts, rows=shown, may=may, form=ConfirmForm())


def edition_shown(edition_id: int) -> ForwardPlanEdition:
    """What nobody has kept yet is shown to those who may keep it."""
    found = db.session().get_one(ForwardPlanEdition, edition_id)
    if found.kept_at is None and not current_reader().may(Permission.RECORD_DECISIONS):
        raise NoResultFound
    return found


@bp.route("/forward-plan/editions/<int:edition_id>.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def edition_file(edition_id: int, ending: str) -> ResponseReturnValue:
    found = edition_shown(edition_id)
    rows: Iterable[tuple[Cell, ...]] = (item_line(plans.read_item(one)) for one in found.items)
    if found.own:
        rows = plan_lines(plans.own_edition(db.session(), found))
    return list_file(f"forward-plan-{found.from_on.isoformat()}", ending, PLAN_COLUMNS, rows)


# The committee system's list


@bp.route("/forward-plan/import", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def import_list() -> ResponseReturnValue:
    form = ListForm(data={"from_on": clock.today()})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = form.list_wanted()
            made = commands.read_in(db.session(), files_folder(), read_list(wanted.content), wanted, actor())
            return redirect(f"/forward-plan/editions/{made.id}")
    return render_template("decisions/import_list.html", form=form)


@bp.route("/forward-plan/editions/<int:edition_id>/keep", methods=["POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def keep_edition(edition_id: int) -> ResponseReturnValue:
    found = edition_shown(edition_id)
    commands.keep_edition(found, actor())
    flash(f"{found.title} is kept, with {plural(len(found.items), 'item')}.", "success")
    return redirect(f"/forward-plan/compare?edition={found.id}")


# Both ways


@bp.route("/forward-plan/compare")
@needs(Permission.READ)
def compare_lists() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    may, every = reader.may(Permission.RECORD_DECISIONS), plans.editions(session, own=False)
    found = edition_asked()
    if found is None:
        return render_template("decisions/compare_none.html", may=may)
    items = [plans.read_item(one) for one in found.items]
    return render_template(
        "decisions/compare.html",
        edition=plans.edition_facts(found),
        every=every,
        may=may,
        found=plans.compared(session, reader, items, from_on=found.from_on, until_on=found.until_on, today=today),
        ids={plans.read_item(one).key: one.id for one in found.items},
    )


def edition_asked() -> ForwardPlanEdition | None:
    """The list the address names, else the last one kept."""
    number = whole_number(request.args.get("edition", ""))
    if number is None:
        return plans.latest(db.session(), own=False)
    found = edition_shown(number)
    if found.own:
        raise NoResultFound
    return found


@bp.route("/forward-plan/items/<int:item_id>", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def answer_item(item_id: int) -> ResponseReturnValue:
    item = db.session().get_one(ForwardPlanItem, item_id)
    form = item_form(item)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            chosen = form.decision_id.data if form.what.data == OURS else None
            reason = form.reason.data if form.what.data == NOT_OURS else None
            commands.answer_item(db.session(), item, actor(), decision_id=chosen, reason=reason)
            flash(f"What {item.title} is, is saved, for this list and those to come.", "success")
            return redirect(f"/forward-plan/compare?edition={item.edition_id}")
    back = f"/forward-plan/compare?edition={item.edition_id}"
    return render_template("decisions/answer_item.html", form=form, item=plans.read_item(item), back=back)


def item_form(item: ForwardPlanItem) -> ItemForm:
    """Filled in with the answer there is, else with the decision whose title is nearest."""
    session, read = db.session(), plans.read_item(item)
    choices = plans.choices_for(session, current_reader(), clock.today())
    said = plans.answers(session).get(read.key)
    near = nearest(read, [plans.expected_of(one) for one in choices]) if said is None else None
    first = {
        "what": UNSAID if said is None else NOT_OURS if said.reason else OURS,
        "decision_id": said.decision_id if said else near.id if near else None,
        "reason": said.reason if said else None,
    }
    form = ItemForm(data={**first, "what": OURS} if near else first)
    form.decision_id.choices = [
        Choice(one.id, f"{one.title}: {one.kind}{f' ({one.reference})' if one.reference else ''}") for one in choices
    ]
    return form
