"""Documents of contracts, services and providers: filed, opened, replaced, withdrawn."""

from pathlib import Path

from flask import Response, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs, refuse_entry
from app.core.db import db
from app.core.files import path_of
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council import settings
from app.register.commands import documents as commands
from app.register.file_kinds import MEGABYTE, kind_of
from app.register.forms import documents as forms
from app.register.forms.documents import WithdrawDocumentForm
from app.register.forms.editing import check_unchanged
from app.register.models import Contract, Document, Provider
from app.register.queries import changes, contract_record, service_record
from app.register.queries import documents as queries
from app.register.queries import providers as provider_queries
from app.register.queries.documents import Subject, filed_under, subject_of
from app.register.views import bp
from app.register.views.contract_forms import EDIT, contract_to_edit, editor

EDIT_PROVIDERS = Permission.EDIT_PROVIDERS


def files_folder() -> Path:
    folder: Path = current_app.extensions["settings"].files_dir
    return folder


def most_megabytes() -> int:
    """The council's limit, within the server's own."""
    asked = council.value_on(db.session(), settings.DOCUMENT_MEGABYTES, clock.today())
    largest: int = current_app.extensions["settings"].largest_upload
    return min(asked, largest // MEGABYTE)


# One record's documents


@bp.get("/contracts/<int:contract_id>/documents")
@needs(Permission.READ)
def contract_documents(contract_id: int) -> ResponseReturnValue:
    return _list(contract_record.contract(db.session(), contract_id, current_reader(), clock.today()))


@bp.get("/services/<int:service_id>/documents")
@needs(Permission.READ)
def service_documents(service_id: int) -> ResponseReturnValue:
    return _list(service_record.service(db.session(), service_id))


@bp.get("/providers/<int:provider_id>/documents")
@needs(Permission.READ)
def provider_documents(provider_id: int) -> ResponseReturnValue:
    return _list(provider_queries.provider(db.session(), provider_id))


def _list(subject: Subject) -> ResponseReturnValue:
    filed, reader = filed_under(subject), current_reader()
    return render_template(
        "register/documents.html",
        filed=filed,
        documents=queries.documents_of(db.session(), subject, reader),
        may_edit=may_file(subject),
    )


def may_file(subject: Subject) -> bool:
    reader = current_reader()
    if isinstance(subject, Provider):
        return reader.may(EDIT_PROVIDERS)
    return reader.may_in(EDIT, subject.directorate_id, subject.division_id)


# Filing


@bp.route("/contracts/<int:contract_id>/documents/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def file_for_contract(contract_id: int) -> ResponseReturnValue:
    return _file(contract_to_edit(contract_id))


@bp.route("/services/<int:service_id>/documents/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def file_for_service(service_id: int) -> ResponseReturnValue:
    found = service_record.service(db.session(), service_id)
    check_may(EDIT, found.directorate_id, found.division_id)
    return _file(found)


@bp.route("/providers/<int:provider_id>/documents/new", methods=["GET", "POST"])
@needs(EDIT_PROVIDERS)
@saves
def file_for_provider(provider_id: int) -> ResponseReturnValue:
    return _file(provider_queries.provider(db.session(), provider_id))


def _file(subject: Subject) -> ResponseReturnValue:
    """What is filed with an exempt contract is likely to tell its amount, so it begins as not open."""
    filed = filed_under(subject)
    form = forms.new_form(0, most_megabytes(), not_open=isinstance(subject, Contract) and subject.exempt)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = form.to_command(files_folder(), most_megabytes())
            document = commands.file_document(db.session(), subject, wanted, editor=editor())
            return saved(document, f"“{document.title}” is filed.")
    return render_template("register/document_form.html", form=form, filed=filed, old=None)


def saved(found: Document, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".document", document_id=found.id))


# One document


@bp.get("/documents/<int:document_id>")
@needs(Permission.READ)
def document(document_id: int) -> ResponseReturnValue:
    reader = current_reader()
    found = queries.document(db.session(), document_id, reader, clock.today())
    return render_template(
        "register/document.html",
        document=found,
        filed=filed_under(subject_of(found)),
        versions=queries.versions(db.session(), found, reader),
        history=changes.history(db.session(), "document", document_id),
        may_edit=may_file(subject_of(found)),
    )


@bp.get("/documents/<int:document_id>/file")
@needs(Permission.READ)
def document_file(document_id: int) -> Response:
    """The file to keep: under the type it was taken in as, never shown as a page."""
    found = queries.document(db.session(), document_id, current_reader(), clock.today())
    if found.file is None or found.filename is None:
        abort(404)
    kept = path_of(files_folder(), found.file.sha256)
    if not kept.exists():
        abort(404)
    answer = send_file(
        kept, mimetype=kind_of(found.filename).media_type, as_attachment=True, download_name=found.filename
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def document_to_edit(document_id: int) -> Document:
    found = queries.document(db.session(), document_id, current_reader(), clock.today())
    if not may_file(subject_of(found)):
        refuse_entry()
    return found


@bp.route("/documents/<int:document_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_document(document_id: int) -> ResponseReturnValue:
    found = document_to_edit(document_id)
    form = forms.about_form(found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.about_form(found, formdata=None))
            commands.describe_document(
                found, kind=answered(form.kind), title=answered(form.title), not_open=bool(form.not_open.data)
            )
            return saved(found, "Your changes are saved.")
    return render_template("register/document_edit.html", form=form, document=found)


@bp.route("/documents/<int:document_id>/replace", methods=["GET", "POST"])
@needs(EDIT)
@saves
def replace_document(document_id: int) -> ResponseReturnValue:
    found = document_to_edit(document_id)
    about = {"title": found.title, "kind": found.kind, "not_open": found.not_open}
    form = forms.new_form(found.version, most_megabytes(), **about)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            wanted = form.to_command(files_folder(), most_megabytes())
            new = commands.replace_document(db.session(), found, wanted, editor=editor())
            return saved(new, f"This is now version {new.edition}. The version before it is kept.")
    filed = filed_under(subject_of(found))
    return render_template("register/document_form.html", form=form, filed=filed, old=found)


@bp.route("/documents/<int:document_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_document(document_id: int) -> ResponseReturnValue:
    found = document_to_edit(document_id)
    form = WithdrawDocumentForm(data={"version": found.version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            commands.withdraw_document(db.session(), found, answered(form.reason), editor=editor())
            return saved(found, "The document is withdrawn. It is kept, and can be put back.")
    back_to = url_for(".document", document_id=document_id)
    return render_template("register/withdraw.html", form=form, name=f"“{found.title}”", back_to=back_to)


@bp.post("/documents/<int:document_id>/restore")
@needs(EDIT)
@saves
def restore_document(document_id: int) -> ResponseReturnValue:
    found = document_to_edit(document_id)
    commands.restore_document(found)
    return saved(found, "The document is back on the record.")
