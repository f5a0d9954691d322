"""Columns chosen for the lists of services and providers, out of those their downloads have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.saved_views import choose_columns, columns_chosen
from app.core.access import current_reader
from app.core.db import db
from app.core.listing import Listing
from app.core.text import slug
from app.register import columns
from app.register.views.contract_columns import address_with, chosen_in_form
from app.register.views.files import list_file
from reports.listing import Item, ListColumn
from reports.table import Kind


@dataclass(frozen=True)
class Offered:
    """One column that may be chosen, and where its download has it."""

    name: str
    label: str
    kind: Kind
    at: int

    @property
    def numeric(self) -> bool:
        return self.kind in {Kind.POUNDS, Kind.NUMBER}


@dataclass(frozen=True)
class ListColumns:
    """The columns of one list: those of its download, one of which leads every row."""

    path: str
    #: "services"
    called: str
    leads: str
    all: tuple[ListColumn, ...]
    #: By heading: the list's own order by it.
    sorts: Mapping[str, str]

    @cached_property
    def offered(self) -> tuple[Offered, ...]:
        numbered = enumerate(self.all)
        return tuple(
            Offered(slug(one.heading), one.heading, one.kind, at) for at, one in numbered if one.heading != self.leads
        )

    @cached_property
    def sorted_by(self) -> Mapping[str, str]:
        return {slug(heading): sort for heading, sort in self.sorts.items()}

    def understood(self, names: Iterable[str]) -> tuple[str, ...]:
        return columns.known(names, {one.name for one in self.offered})

    def shown(self) -> tuple[Offered, ...]:
        """Those the address names, else those the person chose last; none means the usual ones."""
        if "columns" in request.args:
            return self._named(request.args["columns"].split(","))
        return self._named(columns_chosen(db.session(), current_reader().id, self.path))

    def _named(self, names: Iterable[str]) -> tuple[Offered, ...]:
        by_name = {one.name: one for one in self.offered}
        return tuple(by_name[name] for name in self.understood(names))

    def choose(self) -> ResponseReturnValue:
        """A plain form: ticks, and for those ticked a place earlier or later. The filters one came with are kept."""
        chosen = tuple(one.name for one in self.shown())
        if request.method == "POST":
            chosen = chosen_in_form(chosen, self.understood)
            choose_columns(db.session(), current_reader().id or 0, self.path, chosen)
            return redirect(address_with(f"{self.path}/columns" if "move" in request.form else self.path, chosen))
        return render_template(
            "register/list_columns.html",
            called=self.called,
            leads=f"the {self.leads.lower()}’s name",
            chosen=self._named(chosen),
            others=[one for one in self.offered if one.name not in chosen],
            most=columns.MOST,
            here=request.full_path,
            back=address_with(self.path, chosen),
        )

    def file(self, ending: str, rows: Iterator[Sequence[Item]]) -> ResponseReturnValue:
        """The list whole, with the columns named or with all of them."""
        chosen = self._named(request.args.get("columns", "").split(","))
        if not chosen:
            return list_file(self.called, ending, self.all, rows)
        first = next(at for at, one in enumerate(self.all) if one.heading == self.leads)
        at = [first, *(one.at for one in chosen)]
        return list_file(self.called, ending, [self.all[one] for one in at], ([row[one] for one in at] for row in rows))


@dataclass(frozen=True)
class Download:
    """What "Download this list" leads to: the columns shown, said in the address."""

    asked: Listing
    columns: str

    def download_url(self, ending: str) -> str:
        asked = self.asked.url(columns=self.columns or None)
        return asked.replace(self.asked.path, f"{self.asked.path}.{ending}", 1)
