"""The public pages: what was published, for everybody. Nothing here reads the live register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import open_to_everyone
from app.core.db import db
from app.core.money import pounds
from app.council import queries as council
from app.council import settings
from app.decisions.queries.notices import publishes_here
from app.publication.commands.publishing import LICENCE, LICENCE_URL
from app.publication.models import PublishedEdition, PublishedRow
from app.publication.queries import editions as queries
from app.publication.queries.editions import RowsAsked
from app.publication.rules.periods import FileKind, Period
from app.publication.views import bp
from app.publication.views.sending import period_or_404, sent

#: What the page shows of a row; the files have every column.
SHOWN = {
    FileKind.CONTRACTS: (
        *("ContractTitle", "ContractReference", "OrganisationalUnit", "SupplierName", "ContractValue"),
        *("IrrecoverableVAT", "StartDate", "EndDate", "ReviewDate", "ProcessType", "SMESupplier", "VCSESupplier"),
    ),
    FileKind.GRANTS: (
        *("SupplierName", "RegistrationNumber", "Description", "OrganisationalUnit", "ContractValue", "AwardDate"),
        *("StartDate", "EndDate"),
    ),
}
AMOUNTS = frozenset({"ContractValue", "IrrecoverableVAT", "AnnualValue"})


@bp.get("/published")
@open_to_everyone
def published() -> ResponseReturnValue:
    session, today = db.session(), clock.today()
    has_council = council.council_if_any(session) is not None
    return render_template(
        "publication/published.html",
        groups=_grouped(queries.editions(session)),
        contact=council.value_on(session, settings.PUBLICATION_CONTACT, today) if has_council else None,
        platform=council.value_on(session, settings.CODE_VIA_PLATFORM, today) if has_council else None,
        licence=(LICENCE, LICENCE_URL),
        notices=publishes_here(session),
    )


@dataclass(frozen=True)
class Group:
    """A period's editions, the one that stands first."""

    stands: PublishedEdition
    superseded: tuple[PublishedEdition, ...]


def _grouped(found: Sequence[PublishedEdition]) -> list[Group]:
    by_period: dict[tuple[str, str], list[PublishedEdition]] = {}
    for one in found:
        by_period.setdefault((one.kind, one.period), []).append(one)
    return [Group(some[0], tuple(some[1:])) for some in by_period.values()]


@bp.get("/published/<period>")
@open_to_everyone
def published_period(period: str) -> ResponseReturnValue:
    return _page(period_or_404(period), None)


@bp.get("/published/<period>/<int:edition_number>")
@open_to_everyone
def published_edition(period: str, edition_number: int) -> ResponseReturnValue:
    return _page(period_or_404(period), edition_number)


def _page(period: Period, number: int | None) -> ResponseReturnValue:
    session = db.session()
    found = queries.edition(session, period, number)
    path = f"/published/{period.key}" + (f"/{number}" if number else "")
    asked = listing.listing(
        path, request.args, sorts=("position",), default="position", filters=(listing.words("q", "Any words in a row"),)
    )
    page = queries.rows_page(session, found, RowsAsked(asked.text("q") or "", asked.page))
    headings = [(name, title) for name, title in found.headings if name in SHOWN[found.kind]]
    return render_template(
        "publication/published_edition.html",
        edition=found,
        period=period,
        editions=queries.editions_of(session, period),
        asked=asked,
        page=page,
        columns=sorted(headings, key=lambda one: SHOWN[found.kind].index(one[0])),
        lines=[_line(row) for row in page.rows],
        amounts=AMOUNTS,
        contact=council.value_on(session, settings.PUBLICATION_CONTACT, clock.today()),
        licence=(LICENCE, LICENCE_URL),
    )


def _line(row: PublishedRow) -> dict[str, str]:
    return dict(_cells(row))


def _cells(row: PublishedRow) -> Iterator[tuple[str, str]]:
    for name, words in row.cells.items():
        yield name, _pounds(words) if name in AMOUNTS else words


def _pounds(words: str) -> str:
    """The figure as pages say it; what is withheld says so."""
    try:
        return pounds(Decimal(words))
    except InvalidOperation:
        return words


@bp.get("/published/<period>/<int:edition_number>/<filename>")
@open_to_everyone
def published_file(period: str, edition_number: int, filename: str) -> Response:
    session = db.session()
    found = queries.file_of(session, queries.edition(session, period_or_404(period), edition_number), filename)
    return sent(found.sha256, found.name, found.media_type)
