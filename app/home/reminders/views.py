"""One's own reminders, a finding put off, and the administrator's test message."""

import secrets

from flask import abort, current_app, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.accounts.models import Person
from app.core import clock
from app.core.access import Permission, current_reader, needs, refuse_entry
from app.core.dates import day
from app.core.db import db
from app.core.errors import Refusal
from app.core.findings import kind_of
from app.core.forms import answered
from app.core.mail import Letter, message_of, posting
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.home.blueprint import bp
from app.home.models import Often
from app.home.reminders import commands, queries
from app.home.reminders.cli import mail_server
from app.home.reminders.commands import FoundOn
from app.home.reminders.digests import account_address
from app.home.reminders.forms import RemindersForm, SnoozeForm
from app.home.reminders.rules import WEEKDAYS


@bp.route("/account/reminders", methods=["GET", "POST"])
@needs(Permission.READ)
@saves
def choose_reminders() -> ResponseReturnValue:
    session, reader = db.session(), current_reader()
    chosen = queries.choice_of(session, reader)
    form = RemindersForm(data={"often": chosen.often, "weekday": chosen.weekday})
    if form.validate_on_submit() and reader.id is not None:
        weekday = form.weekday.data if form.weekday.data is not None else chosen.weekday
        commands.choose(session, reader.id, answered(form.often), weekday)
        flash(f"Reminders come {in_words(answered(form.often), weekday)}", "success")
        return redirect("/account")
    return render_template("home/reminders.html", form=form)


def in_words(often: Often, weekday: int) -> str:
    """As "weekly, on Mondays"."""
    return f"weekly, on {WEEKDAYS[weekday]}s" if often is Often.WEEKLY else str(often)


# Putting off


@bp.route("/to-do/<code>/<int:found_id>/snooze", methods=["GET", "POST"])
@needs(Permission.EDIT_REGISTER)
@saves
def snooze(code: str, found_id: int) -> ResponseReturnValue:
    found, reader, form = _found(code, found_id), current_reader(), SnoozeForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            until_on, now, today = answered(form.until_on), clock.now(), clock.today()
            reason = answered(form.reason)
            commands.snooze(db.session(), found, until_on, reason, by=reader.name, today=today, now=now)
            flash(f"Nobody is reminded of it until {day(until_on)}. It stays listed as put off.", "success")
            return redirect(found.kind.page.format(found.id))
    return render_template("home/snooze.html", form=form, found=found, cancel=found.kind.page.format(found.id))


@bp.post("/to-do/<code>/<int:found_id>/wake")
@needs(Permission.EDIT_REGISTER)
@saves
def wake(code: str, found_id: int) -> ResponseReturnValue:
    found = _found(code, found_id)
    if commands.wake(db.session(), code, found_id):
        flash("It is reminded of again, as its date comes near.", "success")
    return redirect(found.kind.page.format(found.id))


def _found(code: str, number: int) -> FoundOn:
    """The finding, where the reader may change what it is found on."""
    kind, reader = kind_of(code) or abort(404), current_reader()
    found = commands.found_on(db.session(), kind, number, reader, today=clock.today()) or abort(404)
    if not reader.units_for(Permission.EDIT_REGISTER).include(found.directorate_id, found.division_id):
        refuse_entry()
    return found


# The test message


@bp.post("/admin/test-message")
@needs(Permission.EDIT_SETTINGS)
@saves
def send_test_message() -> ResponseReturnValue:
    """To whoever asks; what the mail server said is said to them."""
    session, base_url = db.session(), current_app.extensions["settings"].base_url
    person = session.get_one(Person, current_reader().id)
    letter = _test_letter(person.email, council.the_council(session).name, base_url)
    session.rollback()
    try:
        server = mail_server()
        with posting(server) as post:
            post.send(message_of(letter, server, base_url=base_url, now=clock.now()))
    except Refusal as refusal:
        flash(f"The test message was not sent. {refusal.message}", "problem")
        return redirect("/admin")
    flash(f"A test message is on its way to {letter.to}. Look for it in that mailbox.", "success")
    return redirect("/admin")


def _test_letter(to: str, name: str, base_url: str) -> Letter:
    text = f"{name}'s contracts register can send mail: this message is the test of it.\n\n{base_url}/admin\n"
    html = render_template("home/test_message.html", name=name, base=base_url)
    address = account_address(base_url)
    return Letter(to, f"Test message ({name})", text, html, address, f"test-{secrets.token_hex(8)}")
