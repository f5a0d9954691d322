"""Who may open what: access is data on the view and on the reader, so that a test can read it."""

from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar, cast

from flask import abort, g, redirect, request, url_for

from app.core.rights import NOBODY, Grant, Permission, Reader, ScopeKind, Units

__all__ = [
    "NOBODY",
    "Grant",
    "Permission",
    "Reader",
    "ScopeKind",
    "Units",
    "check_may",
    "current_reader",
    "needs",
    "open_to_everyone",
    "refuse_entry",
]

P = ParamSpec("P")
T = TypeVar("T")


def current_reader() -> Reader:
    """The person of this request; NOBODY before they sign in."""
    return cast("Reader", g.get("reader", NOBODY))


def refuse_entry() -> NoReturn:
    abort(403)


def needs(permission: Permission) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Open the page only to people who hold the permission somewhere; rows are the view's to check."""

    def guard(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            reader = current_reader()
            if not reader.signed_in:
                return cast("T", redirect(url_for("accounts.sign_in", next=_here())))
            if not reader.may(permission):
                refuse_entry()
            return view(*args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]  # read by the access test and the permissions page
        return guarded

    return guard


def open_to_everyone(view: Callable[P, T]) -> Callable[P, T]:
    """Say on purpose that a page needs nobody to be signed in."""
    view.needs = None  # type: ignore[attr-defined]  # read by the access test
    return view


def check_may(permission: Permission, directorate_id: int | None, division_id: int | None = None) -> None:
    """Refuse entry (403) unless the current reader holds the permission for that unit."""
    if not current_reader().may_in(permission, directorate_id, division_id):
        refuse_entry()


def _here() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/"
