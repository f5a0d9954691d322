"""The list of contracts and its downloads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core import clock, listing
from app.core.access import Permission, Reader, current_reader, needs
from app.core.db import db, transactions_that_write
from app.core.forms import Choice
from app.core.listing import Listing
from app.core.money import pounds_short
from app.core.pages import plural
from app.council import queries as council
from app.register import columns
from app.register import status as statuses
from app.register.fields import EXPORTED, Cell, Field, field
from app.register.models import ContractForm
from app.register.queries import contracts as queries
from app.register.queries.export import columns_of, exported, exported_list
from app.register.queries.headings import Heading
from app.register.queries.narrowing import Over, Wanted, threshold_for
from app.register.queries.providers import provider_name
from app.register.status import Status
from app.register.units import directorate_choices, division_choices
from app.register.views import bp
from app.register.views.contract_columns import columns_shown
from app.register.views.files import list_file

BY_RELEVANCE = queries.RELEVANCE
SORTS = (*queries.SORTS, BY_RELEVANCE)


@bp.route("/contracts")
@needs(Permission.READ)
def contracts() -> ResponseReturnValue:
    asked, reader, today = contracts_asked(), current_reader(), clock.today()
    found = queries.contracts_page(db.session(), wanted_of(asked), reader, today, asked.page)
    chosen = columns_shown()
    return render_template(
        "register/contracts.html",
        asked=asked,
        page=found.page,
        counts=heading_words(found.heading),
        may_add=reader.may(Permission.EDIT_REGISTER),
        may_import=reader.may_in(Permission.IMPORT, None),
        statuses=STATUS_TAGS,
        chosen=[field(name) for name in chosen],
        cells=_cells(found.page.rows, chosen, reader),
        download=_Download(asked, ",".join(chosen or columns.USUAL)),
        sorted_by=columns.SORTED_BY,
    )


def _cells(rows: Sequence[queries.Listed], chosen: Sequence[str], reader: Reader) -> dict[int, Sequence[Cell]]:
    """The chosen columns of a page's rows, by contract, in two statements or a few more."""
    if not chosen or not rows:
        return {}
    ids = [row.id for row in rows]
    read = exported(db.session(), ids, reader, clock.today(), [field(name) for name in chosen])
    return dict(zip(ids, read, strict=True))


@dataclass(frozen=True)
class _Download:
    """What "Download this list" leads to: the columns shown, said in the address."""

    asked: Listing
    columns: str

    def download_url(self, ending: str) -> str:
        return self.asked.url(columns=self.columns).replace("/contracts", f"/contracts.{ending}", 1)

    def everything_url(self, ending: str) -> str:
        return self.asked.url(columns=None).replace("/contracts", f"/contracts.{ending}", 1)


@bp.route("/contracts.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def contracts_file(ending: str) -> ResponseReturnValue:
    """The list whole, with the columns named or with every field, so that it can be changed and imported again."""
    named = request.args.get("columns")
    fields = EXPORTED if named is None else columns.downloaded(_named(named))
    rows = _as_they_come(db.engine, wanted_of(contracts_asked()), current_reader(), fields)
    return list_file("contracts", ending, columns_of(fields), rows)


def _named(said: str) -> tuple[str, ...]:
    names = said.split(",")
    return columns.USUAL if names == [*columns.USUAL] else columns.understood(names)


def _as_they_come(engine: Engine, wanted: Wanted, reader: Reader, fields: Sequence[Field]) -> Iterator[Sequence[Cell]]:
    """In a session of its own: a long file is still being sent when the page's has ended."""
    with Session(engine) as session:
        with transactions_that_write(False):  # noqa: FBT003
            session.connection()
        yield from exported_list(session, wanted, reader, clock.today(), fields)


STATUS_TAGS: Mapping[Status, tuple[str, str]] = {
    status: (statuses.words(status).capitalize(), statuses.COLOURS[status]) for status in Status
}


def contracts_asked() -> Listing:
    """The address bar of the list, of its downloads and of every link to it."""
    structure = council.structure(db.session())
    return listing.listing(
        "/contracts",
        request.args,
        sorts=SORTS,
        default=BY_RELEVANCE if request.args.get("q", "").strip() else "title",
        filters=(
            listing.words("q", "Title, reference, provider or category"),
            listing.choice("directorate", "Directorate", directorate_choices(structure)),
            listing.choice("division", "Division", division_choices(structure)),
            listing.choice("provider", "Provider", _provider_asked(), in_panel=False),
            listing.choice("status", "Status", [Choice(one, STATUS_TAGS[one][0]) for one in Status]),
            listing.one_of("form", "Form", ContractForm),
            listing.on_day("ends_from", "Ends on or after"),
            listing.on_day("ends_to", "Ends on or before"),
            listing.amount("value_from", "Current value from"),
            listing.amount("value_to", "Current value to"),
            listing.choice("over", "Over a threshold", [_over_choice(one) for one in Over]),
        ),
    )


def _provider_asked() -> list[Choice[int]]:
    provider_id = listing.whole_number(request.args.get("provider", ""))
    name = provider_name(db.session(), provider_id) if provider_id is not None else None
    return [Choice(provider_id, name)] if provider_id is not None and name else []


def _over_choice(over: Over) -> Choice[Over]:
    threshold = threshold_for(db.session(), over, clock.today())
    words = {Over.ANNEX: "Annex threshold", Over.KEY: "Key decision threshold"}[over]
    return Choice(over, f"{words}: {threshold}")


def wanted_of(asked: Listing) -> Wanted:
    return Wanted(
        q=asked.text("q") if "q" not in asked.mistakes else None,
        directorate=_id(asked, "directorate"),
        division=_id(asked, "division"),
        provider=_id(asked, "provider"),
        status=asked.member("status", Status),
        form=asked.member("form", ContractForm),
        ends_from=asked.day("ends_from"),
        ends_to=asked.day("ends_to"),
        value_from=asked.pounds("value_from"),
        value_to=asked.pounds("value_to"),
        over=asked.member("over", Over),
        sort=asked.sort,
    )


def _id(asked: Listing, name: str) -> int | None:
    """A number that is not in the list has been said to be a mistake."""
    return None if name in asked.mistakes else asked.number(name)


def heading_words(heading: Heading) -> str:
    """As "1,204 contracts, £312.4m current value, 3 with no value recorded"."""
    worth = heading.worth
    parts = (
        plural(heading.contracts, "contract"),
        f"{_ends(worth.low, worth.high)} current value" if worth.valued else "",
        f"{_ends(worth.year_low, worth.year_high)} a year on {worth.by_year:,} valued by the year"
        if worth.by_year
        else "",
        f"{heading.counted_elsewhere:,} counted with their arrangement" if heading.counted_elsewhere else "",
        f"{worth.withheld:,} exempt" if worth.withheld else "",
        f"{worth.unknown:,} with no value recorded" if worth.unknown else "",
    )
    return ", ".join(part for part in parts if part)


def _ends(low: Decimal, high: Decimal) -> str:
    return " to ".join(dict.fromkeys((pounds_short(low), pounds_short(high))))
