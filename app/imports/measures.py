"""The cells of a list of social value measures: which heading means what, and what each cell says."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from app.core.dates import parse_day
from app.core.errors import Refusal
from app.core.money import parse_pounds
from app.imports.found import fold_heading
from app.imports.reading import FileRefused
from app.imports.workbook import RawRow, Workbook
from app.register.commands.measures import MeasureWanted
from reports.listing import unguarded

K = TypeVar("K")
ROWS_SEARCHED = 60


class Said(StrEnum):
    """One thing a row of a list of measures says, as its heading is best written."""

    FRAMEWORK = "List"
    EDITION = "List version"
    THEME_CODE = "Theme code"
    THEME = "Theme"
    OUTCOME_CODE = "Outcome code"
    OUTCOME = "Outcome"
    CODE = "Measure code"
    TITLE = "Measure"
    UNIT = "Unit"
    PROXY = "Proxy value (£)"
    PROXY_VERSION = "Proxy version"
    COUNTING = "How to count it"
    FROM = "From"
    UNTIL = "Until"
    SOURCE = "Source"
    LICENCE = "Licence"


HEADINGS: Mapping[Said, str] = {
    Said.FRAMEWORK: "list|framework|framework name",
    Said.EDITION: "list version|framework version|version|edition",
    Said.THEME_CODE: "theme code|theme reference",
    Said.THEME: "theme|theme title|theme name",
    Said.OUTCOME_CODE: "outcome code|outcome reference",
    Said.OUTCOME: "outcome|outcome title|outcome name",
    Said.CODE: "measure code|code|reference|ref|measure reference",
    Said.TITLE: "measure|measure title|measure description|title",
    Said.UNIT: "unit|units|unit of measure",
    Said.PROXY: "proxy value|proxy|proxy value gbp|value",
    Said.PROXY_VERSION: "proxy version|proxy year",
    Said.COUNTING: "how to count it|how to count|counting|counting rule|guidance",
    Said.FROM: "from|from date|valid from",
    Said.UNTIL: "until|to|until date|valid to|valid until",
    Said.SOURCE: "source",
    Said.LICENCE: "licence|license",
}
_MEANING = {word: said for said, words in HEADINGS.items() for word in words.split("|")}
_NEEDED = (Said.CODE, Said.TITLE, Said.UNIT, Said.THEME, Said.OUTCOME)
#: As long as their columns.
_LONGEST: Mapping[Said, int] = {
    Said.FRAMEWORK: 200, Said.EDITION: 60, Said.THEME_CODE: 40, Said.THEME: 300, Said.OUTCOME_CODE: 40,
    Said.OUTCOME: 300, Said.CODE: 40, Said.TITLE: 500, Said.UNIT: 60, Said.PROXY_VERSION: 60, Said.COUNTING: 1000,
    Said.SOURCE: 300, Said.LICENCE: 300,
}  # fmt: skip


def measure_rows(workbook: Workbook) -> list[MeasureWanted]:
    """Every row below the headings, or a refusal of a file that is no list of measures."""
    places = [(sheet, place) for sheet in workbook.sheets for place in range(min(len(sheet.rows), ROWS_SEARCHED))]
    sheet, place = max(places, key=lambda at: (len(_columns(at[0].rows[at[1]])), -at[1]))
    columns = _columns(sheet.rows[place])
    lacking = [said for said in _NEEDED if said not in columns]
    if lacking:
        raise FileRefused(
            f"{workbook.name} has no heading {', '.join(f'“{one}”' for one in lacking)}: "
            "download the example and use its headings"
        )
    rows = [_row(row, columns) for row in sheet.rows[place + 1 :] if not row.is_blank]
    if not rows:
        raise FileRefused(f"{workbook.name} has headings and no measures below them: there is nothing to load")
    return rows


def _columns(row: RawRow) -> dict[Said, int]:
    found: dict[Said, int] = {}
    for index, cell in enumerate(row.cells):
        said = _MEANING.get(fold_heading(cell)) if len(cell) < 100 else None  # noqa: PLR2004 - no heading is as long
        if said is not None:
            found.setdefault(said, index)
    return found


def _row(row: RawRow, columns: Mapping[Said, int]) -> MeasureWanted:
    texts = {
        said: " ".join(unguarded(row.cells[index]).split())
        for said, index in columns.items()
        if index < len(row.cells) and row.cells[index].strip()
    }
    problems = [f"{said}: fill it in" for said in _NEEDED if said not in texts]
    for said, most in _LONGEST.items():
        if len(texts.get(said, "")) > most:
            problems.append(f"{said}: write no more than {most} characters")

    def read(said: Said, reader: Callable[[str], K]) -> K | None:
        try:
            return reader(texts[said]) if said in texts else None
        except Refusal as refusal:
            problems.append(f"{said}: “{texts[said][:100]}”. {refusal.message}")
            return None

    value, from_on, until_on = read(Said.PROXY, _proxy), read(Said.FROM, parse_day), read(Said.UNTIL, parse_day)
    if from_on and until_on and until_on < from_on:
        problems.append(f"{Said.UNTIL}: enter a day on or after the one it runs from")
    return _wanted(row.number, texts, value, (from_on, until_on), tuple(problems))


def _wanted(
    number: int,
    texts: Mapping[Said, str],
    value: Decimal | None,
    days: tuple[date | None, date | None],
    problems: tuple[str, ...],
) -> MeasureWanted:
    theme, outcome = texts.get(Said.THEME, ""), texts.get(Said.OUTCOME, "")
    return MeasureWanted(
        number=number,
        framework=texts.get(Said.FRAMEWORK, "The council's list"),
        edition=texts.get(Said.EDITION, "1"),
        theme_code=texts.get(Said.THEME_CODE, theme[:40]),
        theme=theme,
        outcome_code=texts.get(Said.OUTCOME_CODE, outcome[:40]),
        outcome=outcome,
        code=texts.get(Said.CODE, ""),
        title=texts.get(Said.TITLE, ""),
        unit=texts.get(Said.UNIT, ""),
        proxy_value=value,
        proxy_version=texts.get(Said.PROXY_VERSION),
        counting=texts.get(Said.COUNTING),
        from_on=days[0],
        until_on=days[1],
        source=texts.get(Said.SOURCE),
        licence=texts.get(Said.LICENCE),
        problems=problems,
    )


def _proxy(text: str) -> Decimal:
    value = parse_pounds(text)
    if value < 0:
        raise Refusal("Write a value of nothing or more")
    return value
