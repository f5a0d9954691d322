"""The cells of a service list: which heading means what, and what each cell says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from app.core.errors import Refusal
from app.core.text import fold
from app.council.calendar import FinancialYear
from app.imports.cells import Blank, Understood
from app.imports.cells.amounts import read_amount
from app.imports.cells.days import read_day
from app.imports.cells.words import read_yes_no
from app.imports.found import fold_heading
from app.imports.reading import FileRefused
from app.imports.values import Amount
from app.imports.workbook import RawRow, Sheet, Workbook
from app.register.delivery import DeliveryRoute

K = TypeVar("K")
ROWS_SEARCHED = 60
FEWEST_HEADINGS = 2
_MOST_STAFF = Decimal(1_000_000)


class Said(StrEnum):
    """One thing a row of a service list says."""

    NAME = "service"
    DIRECTORATE = "directorate"
    DIVISION = "division"
    ROUTE = "delivery route"
    UNIT = "in-house unit"
    PURPOSE = "purpose"
    GROSS = "gross budget"
    NET = "net budget"
    YEAR = "budget year"
    FTE = "staff"
    HEAD = "head of service"
    STATUTORY = "statutory"
    REVIEW = "review date"


HEADINGS: Mapping[Said, str] = {
    Said.NAME: "service|service name|name of service|name|title|service title",
    Said.DIRECTORATE: "directorate|department|directorate name|service directorate",
    Said.DIVISION: "division|division name|section",
    Said.ROUTE: "delivery route|route|how delivered|delivery|delivery model|delivery method|in house or external",
    Said.UNIT: "in house unit|unit|team|delivered by",
    Said.PURPOSE: "purpose|description|what it does",
    Said.GROSS: "gross budget|budget|annual budget|gross",
    Said.NET: "net budget|net",
    Said.YEAR: "budget year|financial year|year",
    Said.FTE: "fte|staff|staff fte|ftes|full time equivalents|full time equivalent staff",
    Said.HEAD: "head of service|head|service head|lead officer post|responsible post|head post",
    Said.STATUTORY: "statutory|is it statutory|statutory or not|statutory service",
    Said.REVIEW: "review date|review|next review",
}
_MEANING = {word: said for said, words in HEADINGS.items() for word in words.split("|")}
_ROUTES: Mapping[str, DeliveryRoute] = {
    **{fold(route.value): route for route in DeliveryRoute},
    **dict.fromkeys(("in house", "inhouse", "internal", "direct", "council", "own staff"), DeliveryRoute.IN_HOUSE),
    **dict.fromkeys(
        ("external", "externally", "contract", "contracted", "contracted out", "commissioned", "outsourced"),
        DeliveryRoute.EXTERNAL,
    ),
    **dict.fromkeys(("mixed", "both", "internal and external"), DeliveryRoute.MIXED),
    **dict.fromkeys(("trading company", "company", "latc", "latco", "council company"), DeliveryRoute.TRADING_COMPANY),
    **dict.fromkeys(("shared", "shared service", "partnership", "shared services"), DeliveryRoute.SHARED),
}


@dataclass(frozen=True)
class ServiceRow:
    """One line of a service list, understood; None where its cell is blank."""

    number: int
    name: str
    directorate: str = ""
    division: str = ""
    unit: str = ""
    purpose: str = ""
    head: str = ""
    route: DeliveryRoute | None = None
    gross: Decimal | None = None
    net: Decimal | None = None
    year: int | None = None
    fte: Decimal | None = None
    statutory: bool | None = None
    review_on: date | None = None
    #: What is wrong, a line for each cell.
    problems: tuple[str, ...] = ()


def service_rows(workbook: Workbook) -> list[ServiceRow]:
    """Every row below the headings, or a refusal of a file that is no service list."""
    places = [(sheet, place) for sheet in workbook.sheets for place in range(min(len(sheet.rows), ROWS_SEARCHED))]
    sheet, place = max(places, key=lambda at: (len(_columns(at[0].rows[at[1]])), -at[1]))
    columns = _columns(sheet.rows[place])
    if Said.NAME not in columns or len(columns) < FEWEST_HEADINGS:
        raise FileRefused(
            f"{workbook.name} has no row of headings with a service's name and directorate: "
            f"use {', '.join(Said)} as headings"
        )
    return [_row(row, columns) for row in _below(sheet, place)]


def _below(sheet: Sheet, place: int) -> list[RawRow]:
    return [row for row in sheet.rows[place + 1 :] if not row.is_blank]


def _columns(row: RawRow) -> dict[Said, int]:
    found: dict[Said, int] = {}
    for index, cell in enumerate(row.cells):
        said = _MEANING.get(fold_heading(cell)) if len(cell) < 100 else None  # noqa: PLR2004 - no heading is as long
        if said is not None:
            found.setdefault(said, index)
    return found


def _row(row: RawRow, columns: Mapping[Said, int]) -> ServiceRow:
    texts = {
        said: " ".join(row.cells[index].split())
        for said, index in columns.items()
        if index < len(row.cells) and row.cells[index].strip()
    }
    problems: list[str] = []

    def read(said: Said, reader: Callable[[str], object]) -> object:
        try:
            return reader(texts[said]) if said in texts else None
        except Refusal as refusal:
            problems.append(f"{said}: “{texts[said][:100]}”. {refusal.message}")
            return None

    name = texts.get(Said.NAME, "")
    if not name:
        problems.append("Give the service a name")
    if len(name) > 300:  # noqa: PLR2004 - the column's width
        problems.append("Write no more than 300 characters for the service's name")
    return ServiceRow(
        row.number,
        name,
        directorate=texts.get(Said.DIRECTORATE, "")[:300],
        division=texts.get(Said.DIVISION, "")[:300],
        unit=texts.get(Said.UNIT, "")[:300],
        purpose=texts.get(Said.PURPOSE, ""),
        head=texts.get(Said.HEAD, "")[:200],
        route=_only(read(Said.ROUTE, _route), DeliveryRoute),
        gross=_only(read(Said.GROSS, _pounds), Decimal),
        net=_only(read(Said.NET, _pounds), Decimal),
        year=_only(read(Said.YEAR, lambda text: FinancialYear.parse(text).start), int),
        fte=_only(read(Said.FTE, _staff), Decimal),
        statutory=_only(read(Said.STATUTORY, _yes_no), bool),
        review_on=_only(read(Said.REVIEW, _day), date),
        problems=tuple(problems),
    )


def _only(value: object, kind: type[K]) -> K | None:
    return value if isinstance(value, kind) else None


def _route(text: str) -> DeliveryRoute:
    found = _ROUTES.get(fold(text))
    if found is None:
        raise Refusal(f"Write one of {', '.join(DeliveryRoute)}")
    return found


def _pounds(text: str) -> Decimal | None:
    reading = read_amount(text)
    if isinstance(reading, Understood) and isinstance(reading.value, Amount):
        return reading.value.high
    if isinstance(reading, Blank):
        return None
    if fold(text).strip("£") in {"0", "0.00"}:
        return Decimal(0)
    raise Refusal("Write pounds like £1,200,000")


def _staff(text: str) -> Decimal:
    bare = text.replace(",", "")
    if not bare.replace(".", "", 1).isdigit() or not bare.isascii() or Decimal(bare) > _MOST_STAFF:
        raise Refusal("Write full-time equivalents like 12.5")
    return Decimal(bare).quantize(Decimal("0.01"))


def _yes_no(text: str) -> bool | None:
    reading = read_yes_no(text)
    if isinstance(reading, Understood):
        return reading.value
    if isinstance(reading, Blank):
        return None
    raise Refusal("Write Yes or No")


def _day(text: str) -> date | None:
    reading = read_day(text)
    if isinstance(reading, Understood) and isinstance(reading.value, date):
        return reading.value
    if isinstance(reading, Blank):
        return None
    raise Refusal("Write a date like 31 March 2018")
