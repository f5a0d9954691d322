"""Numbers of public registers: companies without their leading noughts, "gb/" before them, other registers' letters."""

import re
from collections.abc import Callable

from app.imports.cells.reading import Blank, Problem, Reading, Understood, blank_or_none, one_line, plain
from app.imports.values import Identifier

#: One for each provider the row names, in order; None for one without.
Numbers = tuple[Identifier | None, ...]

COMPANIES_HOUSE = "GB-COH"
CHARITIES = "GB-CHC"
SCOTTISH_CHARITIES = "GB-SC"
NORTHERN_IRISH_CHARITIES = "GB-NIC"
#: Registered societies, formerly industrial and provident ones: the Mutuals Public Register.
MUTUALS = "GB-MPR"
#: The council's own.
VENDORS = "VENDOR"

COMPANY_CURE = "Write eight figures, like 01234567, or two letters and six figures, like SC123456"
CHARITY_CURE = "Write six or seven figures, like 1090095, or SC and six figures for Scotland"

_LETTERS = "SC|NI|OC|SO|NC|FC|SF|NF|LP|SL|NL|GE|GS|GN|RC|SR|NR|BR|OE|CE|CS|AC|SA|NA|SI|IC|ZC|PC|SG|EN|ES|R0"
_SOCIETIES = "IP|SP|NP|RS|NO"
_WORDS = frozenset(
    (
        *(
            "gb",
            "uk",
            "coh",
            "registered",
            "registration",
            "company",
            "companies",
            "house",
            "comp",
            "co",
            "reg",
            "number",
        ),
        *("no", "num", "crn", "charity", "mutual", "society", "england", "wales", "and", "in"),
    )
)
_BETWEEN_WORDS = re.compile(r"[ .:#,&/-]+")
_COMPANY = re.compile(rf"(?P<letters>{_LETTERS})?(?P<figures>\d{{1,8}})")
_SOCIETY = re.compile(rf"(?P<letters>{_SOCIETIES})(?P<figures>\d{{1,6}})(?P<last>[A-Z]?)")
_CHARITY = re.compile(r"(\d{6,7})")
_SCOTTISH = re.compile(r"SC0?(\d{4,6})")
_NORTHERN_IRISH = re.compile(r"(?:NIC?|XN?)(\d{5,6})")
_NOT_REGISTERED = re.compile(
    r"sole trader|individual|partnership|unincorporated|not registered|public body|nhs|charity|exempt|none held|no"
    r"|local authority|council|overseas|foreign"
)
_FIGURES = 8
_LONGEST_VENDOR_NUMBER = 60
_FIGURES_AFTER_LETTERS = 6


def read_company_numbers(text: str) -> Reading[Numbers]:
    return _each(text, read_company_number)


def read_charity_numbers(text: str) -> Reading[Numbers]:
    return _each(text, read_charity_number)


def read_vendor_numbers(text: str) -> Reading[Numbers]:
    """The council's own numbers: any characters, those of several providers with ; between."""
    return _each(text, _vendor_number)


def _each(text: str, read: Callable[[str], Reading[Identifier]]) -> Reading[Numbers]:
    """Several numbers with ; between stand for as many providers; a gap is a provider without one."""
    found: list[Identifier | None] = []
    for part in text.split(";"):
        reading = read(part)
        if isinstance(reading, Problem):
            return reading
        found.append(reading.value if isinstance(reading, Understood) else None)
        if isinstance(reading, Blank) and ";" not in text:
            return reading
    return Understood(tuple(found)) if any(found) else Blank()


def _vendor_number(text: str) -> Reading[Identifier]:
    nothing = blank_or_none(text)
    return nothing or Understood(Identifier(VENDORS, one_line(text)[:_LONGEST_VENDOR_NUMBER]))


def read_company_number(text: str) -> Reading[Identifier]:
    """Eight characters, its leading noughts put back; letters tell whose register it is."""
    written = plain(text)
    nothing = blank_or_none(text)
    if nothing or not written.strip("0.") or _NOT_REGISTERED.fullmatch(written):
        return nothing or Blank("" if written.strip("0.") == "" else text.strip())
    bare = _bare(written)
    if "charity" in written and _CHARITY.fullmatch(bare):
        return Understood(Identifier(CHARITIES, bare))
    found = _company(bare) or _society(bare)
    return Understood(found) if found else Problem(text.strip(), COMPANY_CURE)


def _bare(written: str) -> str:
    """The number alone: "gb/07445476", "Company No. 07 445 476" and "7445476.0" without their trimmings."""
    words = _BETWEEN_WORDS.split(written.removesuffix(".0"))
    return "".join(word for word in words if word not in _WORDS).upper()


def _company(bare: str) -> Identifier | None:
    found = _COMPANY.fullmatch(bare)
    if found is None or (found["letters"] and len(found["figures"]) > _FIGURES_AFTER_LETTERS):
        return None
    width = _FIGURES_AFTER_LETTERS if found["letters"] else _FIGURES
    return Identifier(COMPANIES_HOUSE, (found["letters"] or "") + found["figures"].zfill(width))


def _society(bare: str) -> Identifier | None:
    found = _SOCIETY.fullmatch(bare)
    if found is None:
        return None
    width = _FIGURES_AFTER_LETTERS - len(found["last"])
    return Identifier(MUTUALS, found["letters"] + found["figures"].zfill(width) + found["last"])


def read_charity_number(text: str) -> Reading[Identifier]:
    written = plain(text)
    nothing = blank_or_none(text)
    if nothing or not written.strip("0.") or _NOT_REGISTERED.fullmatch(written):
        return nothing or Blank("" if written.strip("0.") == "" else text.strip())
    bare = _bare(re.sub(r"[-/]\d{1,3}$", "", written))
    for scheme, shape, start, width in (
        (CHARITIES, _CHARITY, "", 0),
        (SCOTTISH_CHARITIES, _SCOTTISH, "SC", _FIGURES_AFTER_LETTERS),
        (NORTHERN_IRISH_CHARITIES, _NORTHERN_IRISH, "NIC", 0),
    ):
        if found := shape.fullmatch(bare):
            return Understood(Identifier(scheme, start + found[1].zfill(width)))
    return Problem(text.strip(), CHARITY_CURE)
