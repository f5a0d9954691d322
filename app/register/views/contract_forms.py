"""Adding a contract, and changing what its record says, a section at a time."""

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register import reckoning
from app.register.commands import contracts as commands
from app.register.commands.contracts import Editor
from app.register.commands.trying import Tried
from app.register.forms.contracts.acts import EventForm
from app.register.forms.contracts.new import NewContractForm
from app.register.forms.contracts.parts import ContractChoices, SectionForm, named_field
from app.register.forms.contracts.sections import FORMS, TITLES, Section
from app.register.forms.editing import check_unchanged
from app.register.models import Contract, Provider
from app.register.queries import contract_choices as choices
from app.register.queries import contract_record as queries
from app.register.queries import named
from app.register.views import bp
from app.register.views.applying import Applying, apply
from app.register.views.contract_record import ANSWERS

EDIT = Permission.EDIT_REGISTER
#: What one row of a small table is called.
ROW_NAMES = {"providers": "Provider", "options": "Option", "other_services": "Service"}


def editor() -> Editor:
    return Editor(current_reader().name, clock.now(), clock.today())


def contract_to_edit(contract_id: int) -> Contract:
    """The contract, if this reader may change it: 404 if it is kept back from them, 403 if it is another unit's."""
    found = queries.contract(db.session(), contract_id, current_reader(), clock.today())
    check_may(EDIT, found.directorate_id, found.division_id)
    return found


@bp.route("/contracts/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def add_contract() -> ResponseReturnValue:
    ground = council.exempt_until_award(db.session(), clock.today())
    form = NewContractForm(data={"exempt": ground is not None, "exempt_ground": ground})
    form.offer(choices.new_contract_choices(db.session(), current_reader(), clock.today()))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            added = commands.add_contract(db.session(), form.to_command(_providers(form)))
            check_may(EDIT, added.directorate_id, added.division_id)
            flash(f"{added.title} is now in the register. Fill in the rest, a section at a time.", "success")
            return redirect(url_for(".contract", contract_id=added.id))
    return render_template("register/contract_new.html", form=form)


def _providers(form: NewContractForm) -> tuple[Provider, ...]:
    def find(_text: str) -> tuple[Provider, ...]:
        found = (named.provider_called(db.session(), name) for name in form.provider_names)
        return tuple(dict.fromkeys(found))

    return named_field(form.provider, find)


# One section


@bp.route("/contracts/<int:contract_id>/edit/<section>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_contract(contract_id: int, section: str) -> ResponseReturnValue:
    found, part = contract_to_edit(contract_id), section_called(section)
    offered = choices.contract_choices(db.session(), found, current_reader(), clock.today())
    form, tried = section_form(found, part, offered), None
    if "more" in request.form:
        form.add_row(request.form["more"], offered)
        return _page(found, part, form, None)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, section_form(found, part, offered, saved=True))
            tried = try_answers(found, form)
            if may_save(form, tried):
                return saved(found, part)
    return _page(found, part, form, tried)


def section_called(name: str) -> Section:
    found = next((section for section in Section if section == name), None)
    if found is None:
        abort(404)
    return found


def section_form(found: Contract, part: Section, offered: ContractChoices, *, saved: bool = False) -> SectionForm:
    """The form with what was sent, or with what is stored where nothing was (or where that is asked)."""
    kind = FORMS[part]
    stored = {**kind.saved_answers(found), "version": found.version}
    form = kind(formdata=None, data=stored) if saved else kind(data=stored)
    form.offer(offered)
    return form


def try_answers(found: Contract, form: SectionForm) -> Tried:
    """Set the answers without storing them: the page rolls back unless it redirects."""
    settings = queries.settings_on(db.session(), clock.today())
    parts = queries.parts_of_arrangement(db.session(), found, current_reader())
    before = reckoning.reckon(found, settings, parts, today=clock.today())
    sum_is_open = partial(queries.sum_is_open, db.session(), found, current_reader())
    stood = reckoning.cautions_of(found, before, settings, sum_open=sum_is_open())
    apply(Applying(db.session(), found, current_reader(), editor(), only_checking=is_check()), form)
    after = reckoning.reckon(found, settings, reckoning.parts_now(parts, found), today=clock.today())
    news = reckoning.news(stood, reckoning.cautions_of(found, after, settings, sum_open=sum_is_open()))
    return Tried(after, news if form.computes else ())


def is_check() -> bool:
    return "check" in request.form


def may_save(form: SectionForm | EventForm, tried: Tried) -> bool:
    """A warning is passed with a reason; looking at the answers saves nothing."""
    return not is_check() and (not tried.warnings or bool(form.passing.data))


def saved(found: Contract, part: Section) -> ResponseReturnValue:
    flash(f"{TITLES[part]}: your changes to {found.title} are saved.", "success")
    return redirect(url_for(".contract", contract_id=found.id))


def _page(found: Contract, part: Section, form: SectionForm, tried: Tried | None) -> ResponseReturnValue:
    return render_template(
        "register/contract_section.html",
        form=form,
        contract=found,
        section=part,
        sections=TITLES,
        tried=tried,
        started=commands.is_started(found),
        answers=ANSWERS,
        row_names=ROW_NAMES,
    )
