"""Choosing the columns of the list of contracts: remembered for the person, and said in the address."""

from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.saved_views import choose_columns, columns_chosen
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.web import saves
from app.register import columns
from app.register.fields import field
from app.register.views import bp

PATH = "/contracts"


def columns_shown() -> tuple[str, ...]:
    """Those the address names, else those the person chose last; none means the usual ones."""
    if "columns" in request.args:
        return columns.understood(request.args["columns"].split(","))
    return columns.understood(columns_chosen(db.session(), current_reader().id, PATH))


@bp.route("/contracts/columns", methods=["GET", "POST"])
@needs(Permission.READ)
@saves
def contract_columns() -> ResponseReturnValue:
    """A plain form: ticks, and for those ticked a place earlier or later. The filters one came with are kept."""
    chosen = columns_shown()
    if request.method == "POST":
        chosen = chosen_in_form(chosen, columns.understood)
        choose_columns(db.session(), current_reader().id or 0, PATH, chosen)
        return redirect(address_with(f"{PATH}/columns" if "move" in request.form else PATH, chosen))
    groups = [(one, one.name in chosen) for one in columns.OFFERED if one.name not in chosen]
    return render_template(
        "register/list_columns.html",
        called="contracts",
        leads="the contract’s title",
        chosen=[field(name) for name in chosen],
        others=[one for one, _ in groups],
        most=columns.MOST,
        here=request.full_path,
        back=address_with(PATH, chosen),
    )


def chosen_in_form(chosen: tuple[str, ...], understood: Callable[[Iterable[str]], tuple[str, ...]]) -> tuple[str, ...]:
    """What was ticked and in which order, after one of them was moved."""
    if "usual" in request.form:
        return ()
    ticked = request.form.getlist("column")
    kept = understood([*(name for name in chosen if name in ticked), *ticked])
    way, _, name = request.form.get("move", "").partition(":")
    return columns.moved(kept, name, up=way == "up") if name else kept


def address_with(path: str, chosen: tuple[str, ...]) -> str:
    """The list as it was narrowed, with these columns."""
    asked = [
        (name, value) for name, value in parse_qsl(request.query_string.decode()) if name not in {"columns", "page"}
    ]
    asked += [("columns", ",".join(chosen))] if chosen else []
    return f"{path}?{urlencode(asked)}" if asked else path
