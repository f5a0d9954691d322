"""What every page shares: saving, refusals beside their field, error pages, headers. Only here do requests commit."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, cast

import structlog
from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from typing_extensions import override
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, ValidationError

from app.core import audit
from app.core.access import current_reader
from app.core.db import db, expect_writing, transactions_that_write
from app.core.errors import Conflict, Refusal
from app.core.headers import set_headers
from app.core.listing import whole_number

P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger()

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class ShowsErrors(Protocol):
    """A form, as far as showing a refusal goes."""

    def show_refusal(self, refusal: Refusal) -> None: ...


def saves(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Commit what the view changed when it redirects; roll back when it shows the page again or fails."""

    @wraps(view)
    def saving(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        reader = current_reader()
        audit.act_as(db.session(), audit.Actor(reader.id, reader.name))
        response = make_response(view(*args, **kwargs))
        if 300 <= response.status_code < 400:  # noqa: PLR2004 - a redirect
            db.session.commit()
            _run_after_commit()
        else:
            db.session.rollback()
        return response

    saving.saves = True  # type: ignore[attr-defined]  # read by the access test
    return saving


def after_commit(job: Callable[[], object]) -> None:
    """Queue long work once the page's change is safely stored."""
    g.setdefault("after_commit", []).append(job)


def _run_after_commit() -> None:
    for job in g.pop("after_commit", []):
        job()


@contextmanager
def recorded() -> Iterator[Session]:
    """Commit a session of its own at once: sign-in attempts, last seen and downloads, whatever the page does."""
    with transactions_that_write(True), Session(db.engine) as session:  # noqa: FBT003
        yield session
        session.commit()


@contextmanager
def refusals_shown_on(form: ShowsErrors) -> Iterator[None]:
    """Show a refusal beside its field, and undo what the command had begun."""
    try:
        yield
    except Refusal as refusal:
        db.session.rollback()
        form.show_refusal(refusal)


def _begin() -> None:
    expect_writing(request.method not in READING)
    g.csp_nonce = secrets.token_urlsafe(16)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(4), path=request.path, method=request.method)


def _not_found(_error: Exception) -> ResponseReturnValue:
    return render_template("core/errors/404.html"), 404


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    known = code if code in {400, 403, 404, 409, 413, 429, 500} else 400
    if code in {301, 302, 303, 304, 307, 308}:
        return cast("ResponseReturnValue", error)
    words = None if isinstance(error, CSRFError) else error.description
    return render_template(f"core/errors/{known}.html", description=words), code


def _changed_meanwhile(_error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("core/errors/409.html", description=None), 409


def _refused(refusal: Refusal) -> ResponseReturnValue:
    """A refusal no form took: shown on a page of its own."""
    db.session.rollback()
    if isinstance(refusal, Conflict):
        return render_template("core/errors/409.html", description=refusal.message, conflict=refusal), 409
    return render_template("core/errors/400.html", description=refusal.message), 400


def _bug(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    reference = secrets.token_hex(4).upper()
    log.error("unexpected error", reference=reference, exc_info=error)
    return render_template("core/errors/500.html", reference=reference), 500


class KeyConverter(IntegerConverter):
    """A record's number in an address: one that no database key can hold is an address of nothing."""

    @override
    def to_python(self, value: str) -> int:
        number = whole_number(value)
        if number is None:
            raise ValidationError
        return cast("int", super().to_python(value))


def start_web(app: Flask) -> None:
    """Give the app its error pages, headers and beginning of a request. Before the rooms, whose addresses need it."""
    app.url_map.converters["int"] = KeyConverter
    app.before_request(_begin)
    app.after_request(set_headers)
    app.register_error_handler(NoResultFound, _not_found)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(IntegrityError, _changed_meanwhile)
    app.register_error_handler(Refusal, _refused)
    if not app.testing:
        app.register_error_handler(Exception, _bug)
