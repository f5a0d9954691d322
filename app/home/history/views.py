"""The history on pages and as files: of everything, of one record; and a value put back."""

import uuid
from collections.abc import Iterator, Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.audit import Action, Change
from app.core.db import db, transactions_that_write
from app.core.forms import Choice, LongTextField, QuestionForm, answered, needed
from app.core.listing import Listing
from app.core.rights import Reader
from app.core.web import refusals_shown_on, saves
from app.home.blueprint import bp
from app.home.history import queries, restoring
from app.home.history.kinds import Kind, kinds
from app.home.history.queries import COLUMNS, Wanted
from app.home.history.words import Told, told
from app.register.commands.contracts import Editor
from app.register.views.files import list_file


class PutBackForm(QuestionForm):
    """Why a value is put back."""

    reason = LongTextField("Why is it put back?", [needed("Say why it is put back")], rows=3, max_length=900)


@bp.get("/history")
@needs(Permission.READ)
def history() -> ResponseReturnValue:
    asked = _asked("/history")
    return _page(asked, _wanted(asked), heading="What changed", caption="")


@bp.get("/history.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def history_file(ending: str) -> ResponseReturnValue:
    return _file("history", ending, _wanted(_asked("/history")))


@bp.get("/history/<kind>/<int:number>")
@needs(Permission.READ)
def record_history(kind: str, number: int) -> ResponseReturnValue:
    found, title = _record(kind, number)
    asked = _asked(f"/history/{kind}/{number}", of_record=True)
    wanted = _wanted(asked, kind=kind, record_id=number)
    return _page(asked, wanted, heading="All changes", caption=f"{found.words}: {title}", record=(found, number, title))


@bp.get("/history/<kind>/<int:number>.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def record_history_file(kind: str, number: int, ending: str) -> ResponseReturnValue:
    _record(kind, number)
    wanted = _wanted(_asked(f"/history/{kind}/{number}", of_record=True), kind=kind, record_id=number)
    return _file(f"history-{kind}-{number}", ending, wanted)


def _record(kind: str, number: int) -> tuple[Kind, str]:
    return queries.record(db.session(), kind, number, current_reader(), clock.today()) or abort(404)


def _page(
    asked: Listing, wanted: Wanted, *, heading: str, caption: str, record: tuple[Kind, int, str] | None = None
) -> ResponseReturnValue:
    reader = current_reader()
    page = queries.page(db.session(), wanted, reader, clock.today())
    return render_template(
        "home/history.html",
        asked=asked,
        page=page,
        heading=heading,
        caption=caption,
        record=record,
        reads_all=reader.may(Permission.READ_HISTORY),
        may_put_back=_may_put_back,
    )


def _may_put_back(change: Told, column: str) -> bool:
    """Whether to offer it: the record's unit is asked when the page opens."""
    kind = restoring.RESTORABLE.get(change.kind)
    offered = kind is not None and column in kind.columns and column not in restoring.BY_HAND
    return offered and kind is not None and current_reader().may(kind.permission) and change.action is Action.CHANGED


def _file(name: str, ending: str, wanted: Wanted) -> ResponseReturnValue:
    return list_file(name, ending, COLUMNS, _as_they_come(db.engine, wanted, current_reader()))


def _as_they_come(engine: Engine, wanted: Wanted, reader: Reader) -> Iterator[Sequence[str | int]]:
    """In a session of its own: a long file is still being sent when the page's has ended."""
    with Session(engine) as session:
        with transactions_that_write(False):  # noqa: FBT003
            session.connection()
        yield from queries.rows(session, wanted, reader, clock.today())


def _asked(path: str, *, of_record: bool = False) -> Listing:
    every = (
        listing.choice("kind", "Kind of record", [Choice(one.name, one.words) for one in kinds().values()]),
        listing.choice("who", "Who", queries.people(db.session())),
        listing.one_of("action", "What was done", Action),
        listing.on_day("on", "On one day"),
        listing.on_day("from", "From"),
        listing.on_day("to", "To"),
        listing.words("q", "Words in the reason"),
    )
    reads_all = current_reader().may(Permission.READ_HISTORY)
    left_out = {"kind"} if of_record else set() if reads_all else {"who"}
    shown = tuple(one for one in every if one.name not in left_out)
    return listing.listing(path, request.args, sorts=("latest",), default="latest", filters=shown)


def _wanted(asked: Listing, *, kind: str | None = None, record_id: int | None = None) -> Wanted:
    on = asked.day("on")
    return Wanted(
        kind=kind or asked.text("kind"),
        record_id=record_id,
        who=asked.number("who"),
        action=asked.member("action", Action),
        first=on or asked.day("from"),
        last=on or asked.day("to"),
        words=asked.text("q"),
        act=_uuid(asked.text("act")),
        before=listing.whole_number(request.args.get("before", "")),
    )


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


# Putting a value back


@bp.route("/history/changes/<int:change_id>/put-back/<column>", methods=["GET", "POST"])
@needs(Permission.EDIT_REGISTER)
@saves
def put_back(change_id: int, column: str) -> ResponseReturnValue:
    return _put_back(change_id, column)


@bp.route("/history/activity-changes/<int:change_id>/put-back/<column>", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def put_activity_back(change_id: int, column: str) -> ResponseReturnValue:
    return _put_back(change_id, column)


def _put_back(change_id: int, column: str) -> ResponseReturnValue:
    session, form = db.session(), PutBackForm()
    change = _change_to_undo(change_id)
    (words,) = told(session, [change], current_reader(), clock.today())
    line = next((one for one in words.lines if one.column == column), None) or abort(404)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            editor = Editor(current_reader().name, clock.now(), clock.today())
            restoring.put_back(session, change, column, reason=answered(form.reason), editor=editor)
            flash(f"{line.what} says “{line.old or 'nothing'}” again. The change is on record as yours", "success")
            return redirect(words.url or url_for(".record_history", kind=words.kind, number=words.record_id))
    return render_template("home/history_put_back.html", form=form, change=words, line=line)


def _change_to_undo(change_id: int) -> Change:
    """A change this reader may see, of a record this reader may change."""
    session, reader = db.session(), current_reader()
    change = session.get_one(Change, change_id)
    if queries.record(session, change.record_kind, change.record_id, reader, clock.today()) is None:
        abort(404)
    kind = restoring.RESTORABLE.get(change.record_kind) or abort(404)
    directorate_id, division_id = restoring.unit_of(session.get_one(kind.model, change.record_id))
    if directorate_id is not None:
        check_may(kind.permission, directorate_id, division_id)
    elif not reader.may(kind.permission):
        abort(403)
    return change
