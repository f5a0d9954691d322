"""What each column of a list means, by its heading and its cells, and why."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from app.core.text import fold
from app.imports.cells import Understood, read_cell
from app.imports.cells.words import YES
from app.imports.found import How, MappedColumn, fold_heading
from app.imports.heading_words import AMBIGUOUS, PREFERRED, SCHEMA, SYNONYMS
from app.imports.targets import COMPUTED, LABELS, SAID_BY_SEVERAL_COLUMNS, Kind, Target, kind_of
from app.imports.workbook import CellType, RawRow

SAMPLES = 3
_NEAR_ENOUGH = 0.88
_SHORTEST_NEAR_WORD = 5
_FITS = 0.5
#: Taken from another column's fallbacks when no column says them outright; a list without the first two is no use.
_WORTH_A_FALLBACK = (Target.TITLE, Target.UNIT, Target.REFERENCE, Target.PROVIDER)
_CERTAINTY_OF = {How.EXACT: 0, How.SYNONYM: 10, How.NEAR: 20}


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    column: int
    target: Target
    how: How


@cache
def known_headings() -> Mapping[str, tuple[tuple[Target, How], ...]]:
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
    known = known_headings()
    if folded in known:
        return known[folded]
    if len(folded) < _SHORTEST_NEAR_WORD:
        return ()
    near = difflib.get_close_matches(folded, known, n=1, cutoff=_NEAR_ENOUGH)
    return tuple((target, How.NEAR) for target, how in known[near[0]][:1] if how is not How.FALLBACK) if near else ()


def map_columns(
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
    if Target.REGISTER_ID not in spoken:
        _fall_back(headings, filled, given, chosen)
    else:
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
