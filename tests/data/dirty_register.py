"""Writes dirty-register.csv: a register of a council that does not exist, with the dirt of real ones.

``python -m tests.data.dirty_register`` writes the file anew; a test holds file and writer together.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

FILE = Path(__file__).with_name("dirty-register.csv")
ENCODING = "cp1252"
HEADINGS = (
    *("Contract ref", "Title of the Agreement", "Directorate", "Division", "Description", "Category", "Contract type"),
    *("Start Date", "End Date", "Review Date", "Last extension date", "Contract length", "Contract value (£)"),
    *("Fixed / estimated cost", "Supplier", "Company number", "Charity no", "SME", "VCSE supplier", "Contract manager"),
    *("Telephone", "Tender process", "Notes"),
)
UNITS = (
    ("Adult Social Care", "Older People"),
    ("Children and Families", "Placements"),
    ("Highways and Transport", "Passenger Transport"),
    ("Public Health", ""),
    ("Corporate Resources", "Digital"),
)
SUBJECTS = (
    *("Home care", "Day opportunities", "Short breaks", "Fostering support", "School transport", "Winter gritting"),
    *("Bridge inspection", "Stop smoking", "Sexual health clinics", "Payroll software", "Office cleaning", "Catering"),
)
PLACES = ("Ambermouth", "Brackenholt", "Caldwick", "Dunsel", "Eastlow", "Farrowby Moor", "Gravelsea")
NAMES = (
    *("Tern & Plover Care Ltd", "Quillmoor Transport Limited", "Brindle Café Services", "Hollin Hey Trust"),
    *("Marrowby Mobility plc", "Sallow Road Day Centre", "Otterburn Lane Nursing Home", "Netherfell Digital LLP"),
)
FIRST_DAY = date(2014, 4, 1)
#: What stands in place of an ordinary cell, by the number of the row it stands in.
ODD_CELLS: dict[int, dict[str, str]] = {
    3: {"End Date": "Ongoing"},
    9: {"End Date": "ongoing "},
    14: {"End Date": "Rolling"},
    17: {"Start Date": "Mar-16", "End Date": "Mar-19"},
    21: {"Start Date": "Mar 18", "End Date": ""},
    24: {"Start Date": "Monday 25 March 2013"},
    27: {"Start Date": "41640", "End Date": "2017-03-31T00:00:00Z"},
    30: {"Contract value (£)": "0"},
    31: {"Contract value (£)": "£-"},
    33: {"Contract value (£)": "(3728)"},
    36: {"Contract value (£)": "approximately £1.2million"},
    39: {"Contract value (£)": "Schedule of rates"},
    40: {"Contract value (£)": "schedule of rates"},
    44: {"Contract value (£)": "£17.5 to £21 million"},
    47: {"Contract value (£)": "£250,000 per annum"},
    50: {"Contract value (£)": "£1.5m inc VAT"},
    53: {"Company number": "12345"},
    54: {"Company number": "gb/00012346"},
    55: {"Company number": "SC12347"},
    56: {"Company number": "NI012348"},
    57: {"Company number": "OC312349"},
    58: {"Company number": "IP12350R"},
    59: {"Company number": "RS001235"},
    60: {"Company number": "CE012351"},
    63: {"SME": "", "VCSE supplier": "Yes", "Charity no": "1099999"},
    66: {"Supplier": "Tern & Plover Care Ltd; Marrowby Mobility plc; Hollin Hey Trust"},
    69: {
        "Supplier": "[Netherfell Digital LLP|1 Quay|COMPANIES_HOUSE|OC312349|Yes|No]"
        "[Hollin Hey Trust|null|NONE||No|Yes]"
    },
    72: {"Supplier": "Various"},
    75: {"Supplier": "Quillmoor Transport Limited / Marrowby Mobility plc"},
    78: {"Contract length": "3 years with the option of two one year extensions", "End Date": ""},
    81: {"Contract length": "3+1+1", "End Date": ""},
    84: {"Contract length": "15 weeks", "End Date": ""},
    87: {"Telephone": "+44 20 7946 0000", "Notes": "-5"},
    90: {"Title of the Agreement": '=HYPERLINK("http://example.org","Home care")'},
    93: {"Start Date": "01/04/2013", "Last extension date": "31/03/2015", "End Date": "31/03/2016"},
    96: {"End Date": "", "Last extension date": "31/03/2025"},
    99: {"Start Date": "31/02/2015"},
    102: {"Start Date": "04/13/2015"},
    105: {"Start Date": "01/04/2016", "End Date": "31/03/2016"},
    108: {"Contract value (£)": "see finance"},
    111: {"SME": "perhaps"},
    114: {"Title of the Agreement": ""},
    117: {"Contract type": "Concession of rights"},
    120: {"Directorate": "", "Division": ""},
    123: {"Contract value (£)": "1234.567"},
    126: {"Notes": "Übergabe naïve — €"},
}
#: Rows that print again what an earlier one printed: every cell, or the whole's value beside another provider.
COPY_OF = {150: 149}
FRAMEWORK = range(160, 166)
SHORT, LONG = 170, 173
ROWS = 200


def cells(row: int) -> list[str]:
    """One row of the list, counted from 1."""
    if row in COPY_OF:
        return cells(COPY_OF[row])
    said = dict(zip(HEADINGS, _ordinary(row), strict=True))
    if row in FRAMEWORK:
        said |= _of_the_framework(row)
    said |= ODD_CELLS.get(row, {})
    found = list(said.values())
    if row == SHORT:
        return [*found[:4], *found[5:]]
    return [*found, "one cell too many"] if row == LONG else found


def _ordinary(row: int) -> Sequence[str]:
    directorate, division = UNITS[row % len(UNITS)]
    title = f"{SUBJECTS[row % len(SUBJECTS)]} in {PLACES[row % len(PLACES)]} {row}"
    start = FIRST_DAY + timedelta(days=11 * row)
    end = start + timedelta(days=365 * (1 + row % 5) - 1)
    written = f"{start:%d/%m/%Y}" if row % 2 else f"{start:%d-%b-%Y}"
    return (
        "" if row % 8 == 0 else f"WX{1000 + row}",
        title,
        directorate,
        division,
        f"{title}, as specified",
        SUBJECTS[row % len(SUBJECTS)],
        ("Single award contract", "", "Framework agreement", "Grant agreement")[row % 4],
        written,
        f"{end:%d/%m/%Y}",
        "",
        "",
        "",
        ("{0}", "£{0:,}", "{0:.2f}", "{1}k")[row % 4].format(12_500 + 1_750 * row, 15 + row),
        ("Estimated Cost", "Fixed", "")[row % 3],
        f"{NAMES[row % len(NAMES)]}",
        "",
        "",
        ("Yes", "", "No")[row % 3],
        "",
        "Head of Commissioning",
        "",
        ("Other", "Invitation to quote", "Invitation to tender")[row % 3],
        "",
    )


def _of_the_framework(row: int) -> dict[str, str]:
    """One row per supplier, each with the framework's reference and the whole's value."""
    return {
        "Contract ref": "WX-FW1",
        "Title of the Agreement": "Grounds maintenance framework",
        "Directorate": "Corporate Resources",
        "Contract type": "Framework agreement",
        "Start Date": "01/04/2015",
        "End Date": "31/03/2019",
        "Contract value (£)": "£4,000,000",
        "Supplier": f"{PLACES[row % len(PLACES)]} Gardens Ltd",
    }


def _lines() -> Iterator[Sequence[str]]:
    yield ("Wexmouthshire County Council: contracts register",)
    yield ("Correct at 31 March 2026; values in £",)
    yield ()
    yield HEADINGS
    for row in range(1, ROWS + 1):
        yield cells(row)
        if row == ROWS // 2:
            yield HEADINGS
        if row % 60 == 0:
            yield [""] * len(HEADINGS)
    yield ["", "", "", "", "", "", "", "", "", "", "", "", "0", *[""] * 10]
    yield ["", "Total", "", "", "", "", "", "", "", "", "", "", "£99,999,999", *[""] * 10]
    yield ["Produced by the corporate procurement team"]


def text() -> str:
    """The whole file, some of its lines ended in another way than the rest."""
    lines = []
    for number, line in enumerate(_lines()):
        written = io.StringIO()
        csv.writer(written, lineterminator="\n" if number % 7 == 0 else "\r\n").writerow(line)
        lines.append(written.getvalue())
    return "".join(lines)


if __name__ == "__main__":
    FILE.write_bytes(text().encode(ENCODING))
