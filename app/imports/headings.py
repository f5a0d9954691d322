"""The list found in a workbook: which sheet, which row holds the headings, what each column means and why."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from app.core.text import fold
from app.imports.answers import Answers
from app.imports.cells import Understood, read_cell
from app.imports.cells.words import YES
from app.imports.heading_words import AMBIGUOUS, OF_PAYMENTS, PREFERRED, SCHEMA, SYNONYMS, UNSAID_BASIS
from app.imports.reading import FileRefused
from app.imports.targets import COMPUTED, LABELS, SAID_BY_SEVERAL_COLUMNS, Kind, Target, kind_of
from app.imports.workbook import CellType, RawRow, Sheet, Workbook, column_letter, counted

#: Headings stand near the top, under a title or two.
ROWS_SEARCHED = 60
FEWEST_KNOWN_HEADINGS = 2
SAMPLES = 3
LONGEST_HEADING = 200
_NEAR_ENOUGH = 0.88
_SHORTEST_NEAR_WORD = 5
_SAME_LIST = 0.8
_FITS = 0.5
#: Taken from another column's fallbacks when no column says them outright; a list without the first two is no use.
_WORTH_A_FALLBACK = (Target.TITLE, Target.UNIT, Target.REFERENCE, Target.PROVIDER)
#: What only a list of contracts has.
_OF_CONTRACTS = frozenset({Target.STARTS_ON, Target.CURRENT_END_ON, Target.REGISTER_ID})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNITS_AFTER = re.compile(
    r" (?:gbp|pounds|p|excl? vat|exc vat|excluding vat|exclusive of vat|ex vat|net of vat|inc vat|incl vat"
    r"|including vat"
    r"|gross|dd mm yyyy|dd mm yy|ddmmyyyy|y n|yes no|if applicable|where applicable|if known|000s?|k)$"
)
_WITH_VAT = re.compile(r"\b(?:inc|incl|including|inclusive of) vat\b|\bgross\b")


class How(StrEnum):
    """Why a column was given its meaning."""

    CHOSEN = "chosen"
    EXACT = "exact"
    SYNONYM = "synonym"
    NEAR = "near"
    FALLBACK = "fallback"
    TAKEN = "taken"
    COMPUTED = "computed"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


_CERTAINTY_OF = {How.EXACT: 0, How.SYNONYM: 10, How.NEAR: 20}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the list: its heading, what it was taken to mean, why, and a few of its cells."""

    index: int
    heading: str
    target: Target
    how: How
    why: str
    samples: tuple[str, ...]
    filled: int

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def leaves_basis_unsaid(self) -> bool:
        """A value's heading that does not say whether it is for the whole contract or for a year."""
        return self.target is Target.VALUE and fold_heading(self.heading) in UNSAID_BASIS

    @property
    def says_with_vat(self) -> bool:
        return bool(_WITH_VAT.search(_bare(self.heading)))


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """A sheet that holds a list too and is not read."""

    name: str
    rows: int
    is_the_same_list: bool


@dataclass(frozen=True, slots=True)
class FoundList:
    """The list an import reads."""

    sheet: str
    header_row: int
    columns: tuple[MappedColumn, ...]
    #: The rows below the headings that are not blank.
    rows: tuple[RawRow, ...]
    #: Titles and the like above the headings.
    above: tuple[RawRow, ...]
    other_sheets: tuple[OtherSheet, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def columns_of(self, target: Target) -> tuple[MappedColumn, ...]:
        return tuple(column for column in self.columns if column.target is target)


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    column: int
    target: Target
    how: How


def fold_heading(heading: str) -> str:
    """The heading without case, numbering, signs and units: "17. Original Contract Value (£)" and its like."""
    written = _bare(heading)
    while (shorter := _UNITS_AFTER.sub("", written)) != written:
        written = shorter
    return written


@lru_cache(maxsize=4096)  # cells are compared with headings too, and those never end
def _bare(heading: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", fold(_CAMEL.sub(" ", heading))).split()
    while len(words) > 1 and words[0].isdigit():
        words = words[1:]
    return " ".join(words)


@cache
def _words() -> Mapping[str, tuple[tuple[Target, How], ...]]:
    """Every heading known, folded, with its targets in order."""
    known: dict[str, tuple[tuple[Target, How], ...]] = {}
    for how, table in ((How.SYNONYM, SYNONYMS), (How.EXACT, SCHEMA), (How.EXACT, LABELS)):
        for target, words in table.items():
            known.update({fold_heading(word): ((target, how),) for word in words.split("|")})
    for word, targets in AMBIGUOUS.items():
        first = known[word][0][1] if word in known else How.SYNONYM
        known[word] = ((targets[0], first), *((target, How.FALLBACK) for target in targets[1:]))
    return known


@lru_cache(maxsize=1024)
def _meanings(folded: str) -> tuple[tuple[Target, How], ...]:
    known = _words()
    if folded in known:
        return known[folded]
    if len(folded) < _SHORTEST_NEAR_WORD:
        return ()
    near = difflib.get_close_matches(folded, known, n=1, cutoff=_NEAR_ENOUGH)
    return tuple((target, How.NEAR) for target, how in known[near[0]][:1] if how is not How.FALLBACK) if near else ()


def find_list(
    workbook: Workbook, answers: Answers | None = None, columns: Mapping[int, Target] | None = None
) -> FoundList:
    """Find the list. What a person chose (sheet, heading row, columns) comes before what is found."""
    answers = answers or Answers()
    sheets = _asked_sheets(workbook, answers.sheet)
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet, answers.header_row)) is not None]
    if not found:
        raise FileRefused(_no_headings(workbook, answers))
    lists = [_list(sheet, header, _chosen(sheet.rows[header], answers, columns or {})) for sheet, header in found]
    best = max(lists, key=_worth)
    others = tuple(_other(best, other) for other in lists if other is not best)
    return FoundList(
        best.sheet, best.header_row, best.columns, best.rows, best.above, others, tuple(_warnings(best, others))
    )


def refuse_unusable(found: FoundList, name: str) -> None:
    """Refuse a list that is not one of contracts, or whose contracts have no title."""
    paid = next((heading for heading in found.headings if fold_heading(heading) in OF_PAYMENTS), "")
    if paid and not any(column.target in _OF_CONTRACTS for column in found.columns):
        raise FileRefused(
            f"{name} is a list of payments, not of contracts: it has “{paid}” and no start or end date. "
            "Import the contracts register"
        )
    if not found.columns_of(Target.TITLE):
        headings = " ".join(", ".join(f"“{heading}”" for heading in found.headings if heading).split())[:300]
        raise FileRefused(
            f"{name} has no column for the title of the agreement: its headings are {headings}. "
            'Name the column in an answers file: {"columns": {"Its heading": "title"}}'
        )


def _asked_sheets(workbook: Workbook, wanted: str) -> Sequence[Sheet]:
    if not wanted:
        return [sheet for sheet in workbook.sheets if sheet.visible and sheet.rows] or workbook.sheets
    named = [sheet for sheet in workbook.sheets if fold(sheet.name) == fold(wanted)]
    if not named:
        there = ", ".join(f"“{sheet.name}”" for sheet in workbook.sheets)
        raise FileRefused(f"{workbook.name} has no sheet “{wanted}”: use one of {there}")
    return named


def _header(sheet: Sheet, wanted: int | None) -> int | None:
    """The place among the sheet's rows of the one that holds the headings."""
    if wanted is not None:
        return next((place for place, row in enumerate(sheet.rows) if row.number == wanted), None)
    scores = [(_known_headings(row), -place) for place, row in enumerate(sheet.rows[:ROWS_SEARCHED])]
    best, place = max(scores, default=(0, 0))
    return -place if best >= FEWEST_KNOWN_HEADINGS else None


def _known_headings(row: RawRow) -> int:
    """How many different things the cells would mean as headings; only words known outright count."""
    known = _words()
    return len(
        {
            known[word][0][0]
            for cell in row.cells
            if cell and len(cell) < LONGEST_HEADING and (word := fold_heading(cell)) in known
        }
    )


def _no_headings(workbook: Workbook, answers: Answers) -> str:
    if answers.header_row is not None:
        return f"{workbook.name} has no row {answers.header_row} to take the headings from: it is blank or not there"
    first = next(row for sheet in workbook.sheets for row in sheet.rows)
    shown = " ".join(", ".join(cell for cell in first.cells if cell.strip()).split())[:120]
    return (
        f"{workbook.name} has no row of headings an import knows, such as Title, Supplier, Start date; "
        f"its first row reads “{shown}”. Use the empty template, or name the row and columns in an answers file"
    )


def _chosen(header: RawRow, answers: Answers, columns: Mapping[int, Target]) -> Mapping[int, Target]:
    named = {fold_heading(name): target for name, target in answers.columns.items()}
    letters = {name.strip().upper(): target for name, target in answers.columns.items()}
    chosen: dict[int, Target] = {}
    for index, heading in enumerate(header.cells):
        said = named.get(fold_heading(heading)) if heading.strip() else None
        said = said or letters.get(column_letter(index))
        if said:
            chosen[index] = said
    return {**chosen, **columns}


def _list(sheet: Sheet, header: int, chosen: Mapping[int, Target]) -> FoundList:
    top, rows = sheet.rows[header], sheet.rows[header + 1 :]
    width = max((len(row.cells) for row in sheet.rows[header:]), default=0)
    headings = [top.cells[index].strip() if index < len(top.cells) else "" for index in range(width)]
    columns = _map_columns(headings, rows, chosen)
    return FoundList(sheet.name, top.number, tuple(columns), rows, sheet.rows[:header])


def _map_columns(
    headings: Sequence[str], rows: Sequence[RawRow], chosen: Mapping[int, Target]
) -> Iterator[MappedColumn]:
    filled, samples = _look_down(rows, len(headings))
    given = _assign(headings, filled, samples, chosen)
    for index, heading in enumerate(headings):
        target, how = given.get(index, (Target.IGNORE, How.UNKNOWN))
        if not heading and index not in given:
            if not filled[index]:
                continue
            how = How.UNNAMED
        why = _why(heading, target, how, headings, given)
        yield MappedColumn(index, heading, target, how, why, tuple(samples[index][:SAMPLES]), filled[index])


def _look_down(rows: Sequence[RawRow], width: int) -> tuple[list[int], list[list[str]]]:
    """How many cells of each column hold something, and its first different texts."""
    filled, samples = [0] * width, [[] for _ in range(width)]  # type: tuple[list[int], list[list[str]]]
    for row in rows:
        for index, cell in enumerate(row.cells[:width]):
            if row.types and row.types[index] == CellType.UNCALCULATED:
                filled[index] += 1
            elif cell and not cell.isspace():
                filled[index] += 1
                seen = samples[index]
                if len(seen) < 12 and cell not in seen:  # noqa: PLR2004 - a dozen tell what a column holds
                    seen.append(cell)
    return filled, samples


def _assign(
    headings: Sequence[str], filled: Sequence[int], samples: Sequence[Sequence[str]], chosen: Mapping[int, Target]
) -> dict[int, tuple[Target, How]]:
    """Give every target to the column that says it best; a person's choice first."""
    given: dict[int, tuple[Target, How]] = {index: (target, How.CHOSEN) for index, target in chosen.items()}
    spoken = {target for target, _ in given.values()}
    for candidate in sorted(_candidates(headings, filled, samples), key=lambda found: (found.rank, found.column)):
        if candidate.column in given:
            continue
        if candidate.target in spoken and candidate.target not in SAID_BY_SEVERAL_COLUMNS:
            continue
        given[candidate.column] = candidate.target, candidate.how
        spoken.add(candidate.target)
    _fall_back(headings, filled, given, chosen)
    if Target.REGISTER_ID in spoken:
        computed = [index for index, (target, _) in given.items() if target in COMPUTED and index not in chosen]
        given.update(dict.fromkeys(computed, (Target.IGNORE, How.COMPUTED)))
    for index, heading in enumerate(headings):
        if index not in given and _meanings(fold_heading(heading)):
            given[index] = Target.IGNORE, How.TAKEN
    return given


def _candidates(
    headings: Sequence[str], filled: Sequence[int], samples: Sequence[Sequence[str]]
) -> Iterator[_Candidate]:
    for index, heading in enumerate(headings):
        folded = fold_heading(heading)
        target, how = _first_that_fits(_meanings(folded), samples[index])
        if target is not None and how is not None:
            rank = _CERTAINTY_OF[how] - PREFERRED.get(folded, 0) * 10 + (0 if filled[index] else 5)
            yield _Candidate(rank, index, target, how)


def _first_that_fits(
    meanings: Sequence[tuple[Target, How]], samples: Sequence[str]
) -> tuple[Target, How] | tuple[None, None]:
    """A heading such as "Extension period" heads days or months: its cells tell which."""
    if not meanings:
        return None, None
    first, how = meanings[0]
    for target, _ in meanings:
        if kind_of(target) in {Kind.END, Kind.OPTIONS} and samples and _fits(target, samples):
            return target, how
    return first, how


def _fits(target: Target, samples: Sequence[str]) -> bool:
    understood = sum(isinstance(read_cell(cell, target, heading="in months"), Understood) for cell in samples)
    return understood >= len(samples) * _FITS and not all(fold(cell) in YES for cell in samples)


def _fall_back(
    headings: Sequence[str],
    filled: Sequence[int],
    given: dict[int, tuple[Target, How]],
    chosen: Mapping[int, Target],
) -> None:
    for wanted in _WORTH_A_FALLBACK:
        if any(target is wanted for target, _ in given.values()):
            continue
        for index, heading in enumerate(headings):
            could = {target for target, how in _meanings(fold_heading(heading)) if how is How.FALLBACK}
            if wanted in could and filled[index] and index not in chosen and not _needed(index, given):
                given[index] = wanted, How.FALLBACK
                break


def _needed(index: int, given: Mapping[int, tuple[Target, How]]) -> bool:
    return index in given and given[index][0] in {Target.TITLE, Target.UNIT}


def _why(
    heading: str, target: Target, how: How, headings: Sequence[str], given: Mapping[int, tuple[Target, How]]
) -> str:
    if how is How.TAKEN:
        meant = _meanings(fold_heading(heading))[0][0]
        taker = next((headings[index] for index, (other, _) in given.items() if other is meant), "")
        return f"“{taker}” already gives {LABELS[meant]}"
    if target is Target.IGNORE and how in {How.SYNONYM, How.EXACT}:
        return "The register works it out, or it says nothing of the contract"
    return _WHY[how].format(heading=heading, label=LABELS[target])


_WHY: Mapping[How, str] = {
    How.CHOSEN: "You chose it",
    How.EXACT: "A standard heading for {label}",
    How.SYNONYM: "“{heading}” is often used for {label}",
    How.NEAR: "“{heading}” is close to a heading for {label}: check it",
    How.FALLBACK: "No other column gives {label}: check it",
    How.COMPUTED: "The register works it out",
    How.UNNAMED: "The column has no heading",
    How.UNKNOWN: "The register has no field by this name; its cells are kept with the row",
}


def _worth(found: FoundList) -> tuple[bool, int]:
    known = sum(column.target is not Target.IGNORE for column in found.columns)
    return bool(found.columns_of(Target.TITLE)), known * len(found.rows)


def _other(best: FoundList, other: FoundList) -> OtherSheet:
    rows = {_essence(row) for row in best.rows}
    same = sum(_essence(row) in rows for row in other.rows)
    smaller = min(len(best.rows), len(other.rows))
    return OtherSheet(other.sheet, len(other.rows), bool(smaller) and same >= smaller * _SAME_LIST)


def _essence(row: RawRow) -> frozenset[str]:
    return frozenset(cell.strip() for cell in row.cells if cell.strip())


def _warnings(best: FoundList, others: Iterable[OtherSheet]) -> Iterator[str]:
    for other in others:
        about = "holds the same list" if other.is_the_same_list else f"holds a list of {counted(other.rows, 'row')}"
        yield f"Sheet “{other.name}” {about} and is not read: “{best.sheet}” is"
    for column in best.columns:
        if column.how is How.UNNAMED:
            yield f"Column {column.letter} has {counted(column.filled, 'cell')} and no heading: it is left out"
