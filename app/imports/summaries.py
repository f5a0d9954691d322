"""What the pages show of a list between two steps, as plain JSON: columns, questions, names not known."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.core.text import fold
from app.imports.arranging import alike
from app.imports.brought import clean
from app.imports.found import FoundList
from app.imports.planning import Planner
from app.imports.plans import Plan, Unknown
from app.imports.profiling import ColumnProfile
from app.imports.rows import PatternGroup
from app.imports.workbook import Workbook
from app.register.arranging import Suggestion
from app.register.similar import KnownNames

_LONGEST_SAMPLE = 120
_MOST_NAMES = 500
_EXAMPLES = 5
#: The commonest ways a column is written, named on the page of columns.
_SHAPES = 3


def summary_of(
    found: FoundList,
    workbook: Workbook,
    plan: Plan | None = None,
    planner: Planner | None = None,
    *,
    profiles: Sequence[ColumnProfile] = (),
) -> dict[str, Any]:
    """Everything a page needs of the list without reading it again."""
    counted = {one.index: one for one in profiles}
    said: dict[str, Any] = {
        "kind": str(workbook.kind),
        "encoding": workbook.encoding,
        "sheet": clean(found.sheet),
        "sheets": [clean(sheet.name) for sheet in workbook.sheets],
        "header_row": found.header_row,
        "rows": len(found.rows),
        "warnings": [clean(warning) for warning in (*workbook.warnings, *found.warnings)],
        "columns": [_column(column, counted.get(column.index)) for column in found.columns],
    }
    if plan is not None and planner is not None:
        said |= _questions(plan, planner)
    return said


def _column(column: Any, counted: ColumnProfile | None) -> dict[str, Any]:  # a MappedColumn; JSON takes it as it is
    return {
        "index": column.index,
        "letter": column.letter,
        "heading": clean(column.heading, _LONGEST_SAMPLE),
        "target": str(column.target),
        "why": clean(column.why),
        "samples": [clean(sample, _LONGEST_SAMPLE) for sample in column.samples],
        "filled": column.filled,
        "different": counted.different if counted else None,
        "shapes": _ways_of_writing(counted) if counted else [],
    }


def _ways_of_writing(counted: ColumnProfile) -> list[str]:
    """The commonest ways of writing dates, sums and codes, each by an example; words are shaped like nothing."""
    shapes = [one for one in counted.shapes if "9" in one.shape and one.shape.count("a") <= 1]
    return [f"{clean(one.example, _LONGEST_SAMPLE)}, {one.count:,} times" for one in shapes[:_SHAPES]]


def _questions(plan: Plan, planner: Planner) -> dict[str, Any]:
    units = KnownNames(_unit_names(planner))
    ids = {provider.name_key: number for number, provider in planner.known.providers_by_id.items()}
    providers = KnownNames(provider.name for provider in planner.known.providers_by_id.values())
    return {
        "questions": [_question(group) for group in plan.questions],
        "units": [_unknown(one, units, {}) for one in plan.unknown_units],
        "providers": [_unknown(one, providers, ids) for one in plan.unknown_providers[:_MOST_NAMES]],
        "providers_count": len(plan.unknown_providers),
        "gone": plan.gone,
        "arrangements": _arrangements(alike(plan)),
    }


def _arrangements(found: Sequence[Suggestion]) -> dict[str, Any]:
    return {
        "count": len(found),
        "contracts": sum(len(one.contract_ids) for one in found),
        "examples": [
            {"title": clean(one.title, 300), "contracts": len(one.contract_ids), "why": str(one.likeness)}
            for one in found[:_EXAMPLES]
        ],
    }


def _unit_names(planner: Planner) -> Iterable[str]:
    known = planner.known
    yield from (one.name for one in known.directorates.values() if one.id)
    yield from (one.name for many in known.divisions.values() for one in many if one.id)


def _question(group: PatternGroup) -> dict[str, Any]:
    closest, column, kind = group.key.codes
    return {
        "code": clean(closest if group.key.text else column if group.key.target else kind),
        "wording": clean(group.key.wording),
        "count": group.count,
        "texts": [clean(text, _LONGEST_SAMPLE) for text in group.texts],
        "places": [clean(place.words) for place in group.examples],
        "answers": {str(answer): words for answer, words in group.key.question.answers.items()},
        "answer": str(group.answer),
        "answered": group.answered,
    }


def _unknown(one: Unknown, names: KnownNames, ids: Mapping[str, int]) -> Mapping[str, Any]:
    near = names.near(one.name)
    return {
        "name": clean(one.name, 300),
        "count": one.count,
        "created": one.created,
        "near": [{"name": found.name, "why": found.why, "id": ids.get(fold(found.name))} for found in near],
    }
