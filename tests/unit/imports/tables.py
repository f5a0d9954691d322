"""Lists made up for a test, without a file."""

from collections.abc import Sequence

from app.imports.answers import Answers
from app.imports.found import FoundList
from app.imports.headings import find_list
from app.imports.rows import ContractRow, RowUnderstood, Understanding
from app.imports.understanding import understand
from app.imports.workbook import FileKind, RawRow, Sheet, Workbook

BASIC = ("Title", "Directorate")


def a_sheet(*rows: Sequence[str], name: str = "Register", types: str = "") -> Sheet:
    numbered = (RawRow(number, tuple(row), types) for number, row in enumerate(rows, 1))
    return Sheet(name, tuple(row for row in numbered if not row.is_blank))


def a_workbook(*sheets: Sheet) -> Workbook:
    return Workbook("register.csv", FileKind.CSV, sheets)


def a_list(*rows: Sequence[str], answers: Answers | None = None) -> FoundList:
    return find_list(a_workbook(a_sheet(*rows)), answers)


def understood(*rows: Sequence[str], answers: Answers | None = None) -> Understanding:
    return understand(a_list(*rows, answers=answers), answers)


def a_row(answers: Answers | None = None, /, **cells: str) -> RowUnderstood:
    """One row of a list whose headings are the labels given, with a title and a directorate."""
    said = {
        "Title": "Home care",
        "Directorate": "Adults",
        **{key.replace("_", " "): cell for key, cell in cells.items()},
    }
    return understood(tuple(said), tuple(said.values()), answers=answers).rows[0]


def a_contract(answers: Answers | None = None, /, **cells: str) -> ContractRow:
    return a_row(answers, **cells).contract
