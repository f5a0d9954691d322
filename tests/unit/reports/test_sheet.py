"""Three years on one sheet of A3: everything stands on it, however much there is, and it stays one page."""

import io
from datetime import date

from python_calamine import CalamineWorkbook

from reports.sheet import Sheet, SheetEntry, SheetRow
from reports.sheet_pdf import fitted, sheet_pdf
from reports.sheet_xlsx import TALLEST, sheet_xlsx

COLUMNS = tuple(f"Q{number} {year}" for year in ("2027-28", "2028-29", "2029-30") for number in (1, 2, 3, 4))


def a_sheet(decisions: int, crowd: int = 0) -> Sheet:
    """So many decisions in turn over five committees and twelve quarters; a crowd of others in the first of each."""
    rows = []
    for committee in range(5):
        cells: list[list[SheetEntry]] = [[] for _ in COLUMNS]
        for number in range(committee, decisions, 5):
            cells[number * 7 % len(COLUMNS)].append(entry(f"{number}"))
        if committee == 0:
            cells[0] += [entry(f"crowded {number}") for number in range(crowd)]
        name = f"Highways, Waste and Environment Cabinet Committee {committee}"
        rows.append(SheetRow(name, "Place and Environment", tuple(tuple(cell) for cell in cells)))
    return Sheet("Three years", f"{decisions} key decisions", "Wold Council", date(2026, 11, 22), COLUMNS, tuple(rows))


def entry(number: str) -> SheetEntry:
    words = ("£120.0m to £138.0m", "Authority to procure", "Not before 15 June 2028")
    return SheetEntry(f"Highway maintenance after the present contract {number}", f"/activities/{number}", words)


def cells_of(sheet: Sheet) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet_xlsx(sheet)))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def test_a_few_decisions_and_ten_times_as_many_print_on_one_page() -> None:
    for decisions in (12, 120):
        assert len(fitted(a_sheet(decisions)).pages) == 1, decisions
    assert sheet_pdf(a_sheet(1)).startswith(b"%PDF")


def test_a_committee_with_more_than_excels_tallest_row_holds_goes_on_in_the_next() -> None:
    rows = cells_of(a_sheet(10, crowd=30))[3:]
    assert [row[0].split("\n")[0] for row in rows if "Committee 0" in row[0]][:2] == [
        "Highways, Waste and Environment Cabinet Committee 0",
        "Highways, Waste and Environment Cabinet Committee 0 (continued)",
    ]
    said = " ".join(cell for row in rows for cell in row)
    assert all(f"contract crowded {number}\n" in said for number in range(30))
    lines = max(cell.count("\n") + 1 for row in rows for cell in row)
    assert lines * 12 <= TALLEST
