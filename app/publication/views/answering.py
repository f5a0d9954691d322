"""Answers to requests for the register."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.publication.commands.answering import make_answer, mark_sent
from app.publication.forms import AnswerForm, SentForm
from app.publication.models import InformationAnswer
from app.publication.queries import answers as queries
from app.publication.views import bp
from app.publication.views.sending import files_folder, sent
from app.register.forms.editing import check_unchanged
from reports.transparency_files import CSV, DOCX, XLSX

ENDINGS = {"csv": CSV, "xlsx": XLSX, "docx": DOCX}


@bp.get("/publication/foi")
@needs(Permission.PUBLISH)
def requests() -> ResponseReturnValue:
    check_may(Permission.PUBLISH, None)
    return render_template("publication/requests.html", answers=queries.answers(db.session()), today=clock.today())


@bp.route("/publication/foi/new", methods=["GET", "POST"])
@needs(Permission.PUBLISH)
@saves
def new_answer() -> ResponseReturnValue:
    check_may(Permission.PUBLISH, None)
    form = _offered()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = make_answer(
                db.session(),
                form.to_command(),
                files_folder(),
                by=current_reader().name,
                now=clock.now(),
                today=clock.today(),
            )
            flash(f"The answer to {made.reference} is made: {made.rows:,} agreements.", "success")
            return redirect(url_for(".information_answer", answer_id=made.id))
    return render_template("publication/request_new.html", form=form)


def _offered() -> AnswerForm:
    form, session = AnswerForm(), db.session()
    form.directorate.choices = [Choice(one.id, one.name) for one in council.directorates(session)]
    form.category.choices = [Choice(one.id, one.name) for one in queries.categories(session)]
    return form


def _answer(answer_id: int) -> InformationAnswer:
    check_may(Permission.PUBLISH, None)
    return db.session.get_one(InformationAnswer, answer_id)


@bp.get("/publication/foi/<int:answer_id>")
@needs(Permission.PUBLISH)
def information_answer(answer_id: int) -> ResponseReturnValue:
    return render_template("publication/request.html", answer=_answer(answer_id), today=clock.today())


@bp.get("/publication/foi/<int:answer_id>/file.<any(csv, xlsx, docx):ending>")
@needs(Permission.PUBLISH)
def answer_file(answer_id: int, ending: str) -> Response:
    found = _answer(answer_id)
    kept = {"csv": found.csv, "xlsx": found.xlsx, "docx": found.letter}[ending]
    return sent(kept.sha256, kept.name, ENDINGS[ending])


@bp.route("/publication/foi/<int:answer_id>/sent", methods=["GET", "POST"])
@needs(Permission.PUBLISH)
@saves
def answer_sent(answer_id: int) -> ResponseReturnValue:
    found = _answer(answer_id)
    form = SentForm(data={"version": found.version, "sent_on": clock.today()})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, SentForm(formdata=None, data={"sent_on": found.sent_on}))
            mark_sent(found, sent_on=answered(form.sent_on), by=current_reader().name, today=clock.today())
            flash(f"The answer to {found.reference} is marked as sent.", "success")
            return redirect(url_for(".information_answer", answer_id=answer_id))
    return render_template("publication/request_sent.html", answer=found, form=form)
