"""What an import says of its rows, as a spreadsheet to read or to mend."""

from collections.abc import Iterable, Iterator, Sequence

from app.imports.plans import Plan, RowPlan
from reports.listing import write_list_csv

HEADINGS = (
    "Sheet",
    "Row",
    "What became of it",
    "Contract",
    "Column",
    "Heading",
    "Text found",
    "Why, and what would do",
)


def write_report(headings: Sequence[str], plan: Plan) -> Iterator[bytes]:
    """Every row with its original cells: problems a line each, others one line."""
    columns = (*HEADINGS, *headings)
    return write_list_csv(columns, (line for row in plan.rows for line in _lines(row, len(headings))))


def _lines(plan: RowPlan, width: int) -> Iterable[Sequence[str | int | None]]:
    cells = (*plan.row.cells, *("" for _ in range(width - len(plan.row.cells))))
    number = plan.contract.id if plan.contract is not None and plan.is_stored else None
    row = plan.row.number
    if not plan.problems:
        return [("", row, str(plan.outcome), number, "", "", "", "\n".join(plan.remarks), *cells)]
    return [
        (
            *(problem.place.sheet, row, str(plan.outcome), number, problem.place.column, problem.place.heading),
            *(problem.text, problem.cure, *cells),
        )
        for problem in plan.problems
    ]
