"""The register extract for a committee: the table, the list behind each count, and both as files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import Listing
from app.core.rights import Reader
from app.council import queries as council
from app.council.models import Committee
from app.decisions.queries.committees import extract as of_extract
from app.decisions.queries.committees.extract import EVERY, LEVELS, Extract, level_in_words
from app.decisions.queries.committees.packs import EVERYBODY
from app.decisions.queries.committees.stood import Line
from app.decisions.rules.extract import days_compared
from app.decisions.views import bp, listed
from app.decisions.views.files import list_file
from app.register.queries.contracts import Listed
from app.register.queries.contracts import listed as contracts_listed
from app.register.signals import SignalKind
from reports.listing import Item, ListColumn
from reports.table import Kind

OPEN, EXEMPT = "open", "exempt"
LIST_COLUMNS = (
    ListColumn("Contract", width=40),
    ListColumn("Reference", width=14),
    ListColumn("Provider", width=30),
    ListColumn("Directorate", width=26),
    ListColumn("Current value", width=18),
    ListColumn("Current end", Kind.DAY),
    *(ListColumn(f"{kind.value.capitalize()}{part}", width=18) for kind in SignalKind for part in ("", ": why")),
)


@dataclass(frozen=True)
class _Asked:
    """Which committee's extract, of which edition, at which days."""

    committee: Committee
    asked: Listing
    reader: Reader
    days: tuple[date, ...]
    today: date

    @property
    def is_open(self) -> bool:
        return self.reader is EVERYBODY

    @property
    def path(self) -> str:
        return f"/committees/{self.committee.id}/extract"

    @property
    def passed_over(self) -> list[date]:
        """Asked for, and no earlier day than today."""
        asked = (self.asked.day("first"), self.asked.day("second"))
        return [on for on in asked if on is not None and on not in self.days[:-1]]

    @property
    def edition(self) -> str:
        return OPEN if self.is_open else EXEMPT

    def list_url(self, on: date, kind: SignalKind | None, level: str) -> str:
        """The list behind a count."""
        edition = {} if self.is_open else {"edition": EXEMPT}
        which = {"signal": kind.value, "level": level} if kind else {}
        return f"{self.path}/contracts?{urlencode({'on': on.isoformat()} | edition | which)}"


def _asked(committee_id: int, *, of_list: bool = False) -> _Asked:
    """The exempt edition is for whoever is entitled to something exempt; nobody else learns whether there is one."""
    session, reader, today = db.session(), current_reader(), clock.today()
    committee = session.get_one(Committee, committee_id)
    entitled = bool(reader.exempt_units)
    if request.args.get("edition") == EXEMPT and not entitled:
        raise NoResultFound
    held = [one.meets_on for one in committee.meetings]
    edition = listing.choice("edition", "Edition", (Choice(EXEMPT, "With what is exempt"),), in_panel=not of_list)
    choices = (replace(edition, blank="Open"),) if entitled else ()
    days = tuple(
        listing.Filter(name, label, listing.FilterKind.DAY, in_panel=not of_list)
        for name, label in (("first", "The earlier day"), ("second", "The later day"))
    )
    asked = listing.listing(
        f"/committees/{committee_id}/extract{'/contracts' if of_list else ''}",
        request.args,
        sorts=("title",),
        default="title",
        filters=(*days, *choices, *(_of_list() if of_list else ())),
    )
    compared: tuple[date, ...] = days_compared(today, held, (asked.day("first"), asked.day("second")))
    if of_list:
        compared = (min(asked.day("on") or today, today),)
    read_as = reader if asked.text("edition") == EXEMPT else EVERYBODY
    return _Asked(committee, asked, read_as, compared, today)


def _of_list() -> tuple[listing.Filter, ...]:
    levels = (Choice(level, level.capitalize()) for level in LEVELS)
    return (
        listing.Filter("on", "As at", listing.FilterKind.DAY, in_panel=False),
        listing.one_of("signal", "Signal", SignalKind),
        listing.choice("level", "Level", levels),
    )


@bp.route("/committees/<int:committee_id>/extract")
@needs(Permission.READ)
def register_extract(committee_id: int) -> ResponseReturnValue:
    held = _asked(committee_id)
    return render_template(
        "decisions/extract.html",
        held=held,
        asked=held.asked,
        table=of_extract.extract(db.session(), held.reader, held.committee, held.days),
        remit=council.remits_in_words(db.session()).get(committee_id, ""),
        kinds=tuple(SignalKind),
    )


@bp.route("/committees/<int:committee_id>/extract.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def register_extract_file(committee_id: int, ending: str) -> ResponseReturnValue:
    held = _asked(committee_id)
    table = of_extract.extract(db.session(), held.reader, held.committee, held.days)
    columns = (
        ListColumn("Signal", width=20),
        ListColumn("Level", width=26),
        *(ListColumn(day(on), Kind.NUMBER) for on in held.days),
    )
    return list_file(f"register-extract-{held.edition}", ending, columns, _table_lines(table))


def _table_lines(table: Extract) -> Iterator[tuple[Item, ...]]:
    for row in table.rows:
        signal = row.kind.value.capitalize() if row.kind else "Total"
        yield (signal, row.words, *(one.number for one in row.counts))
    yield ("Recorded later", "Put on the register after that day", *(one.number for one in table.later))


@bp.route("/committees/<int:committee_id>/extract/contracts")
@needs(Permission.READ)
def register_extract_list(committee_id: int) -> ResponseReturnValue:
    held = _asked(committee_id, of_list=True)
    on, kind, level = _which(held)
    every = _lines_behind(held)
    page = listed.page_of(every, held.asked)
    rows = contracts_listed(db.session(), [one.contract_id for one in page.rows], held.reader, held.today)
    return render_template(
        "decisions/extract_list.html",
        held=held,
        asked=held.asked,
        page=page,
        on=on,
        words=f"{kind.value.capitalize()}: {level_in_words(kind, level).lower()}" if kind else "Every contract",
        contracts={one.id: one for one in rows},
        kinds=tuple(SignalKind),
    )


@bp.route("/committees/<int:committee_id>/extract/contracts.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def register_extract_list_file(committee_id: int, ending: str) -> ResponseReturnValue:
    held = _asked(committee_id, of_list=True)
    every = _lines_behind(held)
    rows = contracts_listed(db.session(), [one.contract_id for one in every], held.reader, held.today)
    shown = {one.id: one for one in rows}
    lines = (_list_line(one, shown[one.contract_id]) for one in every if one.contract_id in shown)
    return list_file(f"register-extract-contracts-{held.edition}", ending, LIST_COLUMNS, lines)


def _which(held: _Asked) -> tuple[date, SignalKind | None, str]:
    """A signal without a level, or the other way round, counts everything."""
    kind, level = held.asked.member("signal", SignalKind), held.asked.text("level")
    return (held.days[0], kind, level) if kind is not None and level in LEVELS else (held.days[0], None, EVERY)


def _lines_behind(held: _Asked) -> Sequence[Line]:
    on, kind, level = _which(held)
    read = of_extract.lines(db.session(), held.reader, held.committee, held.days, today=held.today)
    return of_extract.of_level(read[on], kind, level)


def _list_line(one: Line, shown: Listed) -> tuple[Item, ...]:
    said = []
    for kind in SignalKind:
        signal, level = one.signals[kind], one.level(kind)
        known = level == signal.level.value
        said += [
            f"{level.capitalize()}: {signal.word}" if known else level.capitalize(),
            signal.reason if known else "",
        ]
    value = "Exempt" if shown.withheld else shown.value_words
    return (shown.title, shown.reference, ", ".join(shown.providers), shown.directorate, value, shown.ends_on, *said)
