"""Where records name a post: each place declared once, by the room that knows it, so that all can be reassigned."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Select

from app.core.rights import Permission, Reader

#: One row for each record that names a post: its id, what it is called, where its page is, directorate, division, post.
Rows: TypeAlias = Select[*tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class PostPlace:
    """One column of one kind of record that names a post."""

    #: As addresses and forms name it: one word.
    code: str
    #: What the post is to the record: "manager of a contract".
    role: str
    #: What a count says of one record, and of several.
    one: str
    many: str
    #: Who may change it.
    needs: Permission
    #: The records, open to this reader, that name any post.
    rows: Callable[[Reader, date], Rows]
    #: The record of this id, by which ``give`` changes it.
    model: type[Any]
    #: Gives the record another post, and counts it as an edit.
    give: Callable[[Any, str], None]


_places: dict[str, PostPlace] = {}


def declare_place(place: PostPlace) -> PostPlace:
    """Make the place known to every reassignment. A code is declared once."""
    if _places.get(place.code, place) != place:
        raise ValueError(f"{place.code} is declared twice")
    return _places.setdefault(place.code, place)


def places() -> tuple[PostPlace, ...]:
    """Every place, in the order of declaration: a lower room's first."""
    return tuple(_places.values())


def place_called(code: str) -> PostPlace | None:
    return _places.get(code)
