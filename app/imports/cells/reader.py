"""Which module reads which kind of cell, and what the spreadsheet's own cell types add."""

from collections.abc import Callable, Mapping

from app.imports.cells.amounts import read_amount
from app.imports.cells.days import read_day
from app.imports.cells.identifiers import read_charity_numbers, read_company_numbers, read_vendor_numbers
from app.imports.cells.lengths import read_length, read_options
from app.imports.cells.providers import read_providers
from app.imports.cells.reading import Blank, Problem, Reading, Understood, blank_or_none, one_line, tidy
from app.imports.cells.words import read_certainty, read_cpv, read_form, read_number, read_process, read_yes_no
from app.imports.targets import Kind, Target, kind_of
from app.imports.workbook import CellType

#: The longest text a field holds; what is longer is said, not cut.
LONGEST: Mapping[Target, int] = {
    **dict.fromkeys(
        (Target.TITLE, Target.CATEGORY, Target.SERVICE, Target.UNIT, Target.DIVISION, Target.CPV_LABEL), 300
    ),
    **dict.fromkeys((Target.CONTACT_EMAIL, Target.PROVIDER), 300),
    **dict.fromkeys((Target.REFERENCE, Target.NOTICE_ID, Target.PARENT_REFERENCE, Target.OCID), 100),
    **dict.fromkeys((Target.MANAGER_POST,), 200),
    **dict.fromkeys((Target.TENDER_URL, Target.DOCUMENT_URL, Target.PERFORMANCE_URL, Target.CONTACT_URL), 1000),
}
#: A date, a number or an amount is short; what is longer is words.
LONGEST_ANSWER = 200
_AT_LENGTH = frozenset({Kind.TEXT, Kind.PROVIDERS, Kind.CPV})
_SEVERAL_LINES = frozenset({Target.DESCRIPTION, Target.NOTE, Target.PROVIDER_ADDRESS})
_READERS: Mapping[Kind, Callable[[str], Reading[object]]] = {
    Kind.DAY: read_day,
    Kind.START: lambda text: read_day(text, Kind.START),
    Kind.END: lambda text: read_day(text, Kind.END),
    Kind.POUNDS: read_amount,
    Kind.CERTAINTY: read_certainty,
    Kind.YES_NO: read_yes_no,
    Kind.COMPANY_NUMBER: read_company_numbers,
    Kind.CHARITY_NUMBER: read_charity_numbers,
    Kind.VENDOR_NUMBER: read_vendor_numbers,
    Kind.NUMBER: read_number,
    Kind.PROVIDERS: read_providers,
    Kind.CPV: read_cpv,
    Kind.FORM: read_form,
    Kind.PROCESS: read_process,
}
_WITH_HEADINGS: Mapping[Kind, Callable[[str, str], Reading[object]]] = {
    Kind.LENGTH: read_length,
    Kind.OPTIONS: read_options,
}


def read_cell(text: str, target: Target, *, heading: str = "", cell_type: str = CellType.TEXT) -> Reading[object]:
    """Read one cell for its target."""
    if cell_type == CellType.ERROR:
        return Problem(text, "This is a formula's error: mend the formula, or clear the cell")
    if cell_type == CellType.UNCALCULATED:
        return Problem(text, "The file does not hold this formula's result: open it in Excel and save it")
    if not text.strip():
        return Blank()
    kind = kind_of(target)
    if kind not in _AT_LENGTH and len(text) > LONGEST_ANSWER:
        return Problem(
            f"{text[:80]}…", f"Write no more than {LONGEST_ANSWER} characters here: a date, an amount, a number"
        )
    if kind in _WITH_HEADINGS:
        return _WITH_HEADINGS[kind](text, heading)
    return _READERS[kind](text) if kind in _READERS else read_text(text, target)


def read_text(text: str, target: Target) -> Reading[str]:
    """Words kept as they stand; "N/A" and its like say nothing in any field but the title."""
    kept = tidy(text) if target in _SEVERAL_LINES else one_line(text)
    nothing = blank_or_none(text) if target is not Target.TITLE else None
    if nothing or not kept:
        return nothing or Blank()
    longest = LONGEST.get(target)
    if longest and len(kept) > longest:
        return Problem(f"{kept[:80]}…", f"Write no more than {longest} characters; this has {len(kept):,}")
    return Understood(kept)
