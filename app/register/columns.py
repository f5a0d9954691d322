"""The columns of the list of contracts: which can be chosen, which stand until somebody does, and in what order."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.register.fields import FIELDS, Field, field

#: A page is read, not scrolled: so many beside the title.
MOST = 12
#: The title always leads, and what a page cannot show in a cell is left to the record.
_NOT_OFFERED = frozenset({"register_id", "title", "description", "note"})
OFFERED: tuple[Field, ...] = tuple(one for one in FIELDS if one.name not in _NOT_OFFERED)
#: What the list shows until somebody chooses, by the fields it tells.
USUAL = (
    *("reference", "form", "unit", "provider", "starts_on", "current_end_on", "ended_early_on"),
    *("current_low", "current_high", "annual_value", "annual_low", "annual_high", "status"),
)
#: Where a column's own order has an index.
SORTED_BY: Mapping[str, str] = {
    "reference": "reference",
    "provider": "provider",
    "starts_on": "starts_on",
    "current_end_on": "ends_on",
    "current_high": "value",
}
_NAMES = {one.name for one in OFFERED}


def understood(names: Iterable[str]) -> tuple[str, ...]:
    """The columns named that there are, each once, as many as a page takes."""
    return known(names, _NAMES)


def known(names: Iterable[str], there: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name in there))[:MOST]


def moved(names: Sequence[str], name: str, *, up: bool) -> tuple[str, ...]:
    """The same columns with one of them a place earlier or later."""
    order = list(names)
    if name in order:
        at = order.index(name)
        to = min(max(at + (-1 if up else 1), 0), len(order) - 1)
        order.insert(to, order.pop(at))
    return tuple(order)


def downloaded(names: Sequence[str]) -> list[Field]:
    """What a download of these columns holds: the Register id first, so that it can be imported again."""
    return [field(name) for name in ("register_id", "title", *(names or USUAL))]
