"""The control tests of the companies the council owns: on a company's page, recorded, corrected."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission, Reader, current_reader, needs, refuse_entry
from app.core.db import db
from app.core.forms import answered
from app.core.panels import panel_on
from app.core.web import refusals_shown_on, saves
from app.register import control
from app.register.commands import control as commands
from app.register.forms.control import ControlForm, correction_of
from app.register.forms.known import said
from app.register.models import Provider, ProviderKind
from app.register.queries import control as queries
from app.register.queries import providers as provider_queries
from app.register.views import bp

RECORD = Permission.RECORD_CONTROL


def may_record(reader: Reader) -> bool:
    """The council holds its shares as a whole."""
    return reader.units_for(RECORD).everywhere


def company_to_test(provider_id: int) -> Provider:
    if not may_record(current_reader()):
        refuse_entry()
    return provider_queries.provider(db.session(), provider_id)


@panel_on("trading_company")
def control_of_company(provider_id: int, reader: Reader) -> Markup:
    """What was found of the council's control, and what of it wants looking at."""
    found = db.session.get_one(Provider, provider_id)
    if found.kind is not ProviderKind.COUNCIL_OWNED and found.trading_company is None:
        return Markup("")
    shown = queries.control_shown(db.session(), provider_id, clock.today())
    template = "register/control_panel.html"
    return Markup(  # noqa: S704 - a template escapes what it prints
        render_template(
            template, provider_id=provider_id, shown=shown, said=said, note=control.NOTE, may_record=may_record(reader)
        )
    )


@bp.route("/trading-companies/<int:provider_id>/control", methods=["GET", "POST"])
@needs(RECORD)
@saves
def record_control_test(provider_id: int) -> ResponseReturnValue:
    company, form = company_to_test(provider_id), ControlForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            who, now, today = current_reader().name, clock.now(), clock.today()
            commands.record_test(db.session(), company, form.to_command(), by=who, now=now, today=today)
            return shown_again(company, "The control test is recorded.")
    return render_template("register/control_form.html", form=form, provider=company, mistaken=None)


def shown_again(company: Provider, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".trading_company", provider_id=company.id))


@bp.route("/trading-companies/<int:provider_id>/control/<int:test_id>/correct", methods=["GET", "POST"])
@needs(RECORD)
@saves
def correct_control_test(provider_id: int, test_id: int) -> ResponseReturnValue:
    company = company_to_test(provider_id)
    mistaken = queries.control_test(db.session(), test_id)
    form = correction_of(mistaken)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            who, now, today = current_reader().name, clock.now(), clock.today()
            wanted, reason = form.to_command(), answered(form.reason)
            commands.correct_test(db.session(), mistaken, wanted, reason, by=who, now=now, today=today)
            return shown_again(company, "The correction is recorded, and the test it corrects is kept beside it.")
    return render_template("register/control_form.html", form=form, provider=company, mistaken=mistaken)
