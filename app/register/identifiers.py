"""The numbers by which registers know a provider: how each is written, and what would be accepted."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal


class Scheme(StrEnum):
    """A list of organisations, by its code on org-id.guide; PPON and VENDOR are not on it."""

    COMPANY = "GB-COH"
    CHARITY = "GB-CHC"
    SCOTTISH_CHARITY = "GB-SC"
    NORTHERN_IRISH_CHARITY = "GB-NIC"
    MUTUAL = "GB-MPR"
    PPON = "GB-PPON"
    COUNCIL = "GB-LAE"
    SCOTTISH_COUNCIL = "GB-LAS"
    WELSH_COUNCIL = "GB-PLA"
    NORTHERN_IRISH_COUNCIL = "GB-LANI"
    NHS = "GB-NHS"
    SCHOOL = "GB-EDU"
    LEARNING_PROVIDER = "GB-UKPRN"
    SOCIAL_HOUSING = "GB-SHPE"
    VENDOR = "VENDOR"


@dataclass(frozen=True)
class Shape:
    """How a scheme's numbers are written."""

    name: str
    pattern: re.Pattern[str]
    #: The end of "Enter …".
    accepted: str


SHAPES = {
    Scheme.COMPANY: Shape(
        "Companies House number",
        re.compile(
            r"\d{8}|(?:AC|BR|CE|CS|FC|FE|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NV|NZ|OC|OE|PC|R0|RC|RS|SA|SC|SE|SF|SG|SI|SL|SO|SP|SR|SZ|ZC)\d{6}|(?:NI|NO|NP|IP|SP)[0-9A-Z]{6}"
        ),
        "a Companies House number of 8 characters, like 01234567 or SC123456",
    ),
    Scheme.CHARITY: Shape(
        "Charity number (England and Wales)",
        re.compile(r"\d{6,7}(-\d{1,3})?"),
        "a charity number of 6 or 7 digits, like 1090095",
    ),
    Scheme.SCOTTISH_CHARITY: Shape(
        "Charity number (Scotland)", re.compile(r"SC0\d{5}"), "a Scottish charity number, like SC012345"
    ),
    Scheme.NORTHERN_IRISH_CHARITY: Shape(
        "Charity number (Northern Ireland)",
        re.compile(r"(NIC)?1\d{5}"),
        "a Northern Irish charity number, like NIC100012",
    ),
    Scheme.MUTUAL: Shape(
        "Mutual society number",
        re.compile(r"[A-Z]{0,2}\d{1,6}[A-Z]{0,2}"),
        "a mutual society's number, like 235C or IP031455",
    ),
    Scheme.PPON: Shape(
        "Public procurement organisation number (PPON)",
        re.compile(r"[A-Z]{4}-\d{4}-[A-Z]{4}"),
        "a PPON as Find a Tender shows it, like ABCD-1234-EFGH",
    ),
    Scheme.COUNCIL: Shape("English council's code", re.compile(r"[A-Z]{3}"), "three letters, like BAS"),
    Scheme.SCOTTISH_COUNCIL: Shape("Scottish council's code", re.compile(r"[A-Z]{3}"), "three letters, like ABE"),
    Scheme.WELSH_COUNCIL: Shape("Welsh council's code", re.compile(r"[A-Z]{3}"), "three letters, like CRF"),
    Scheme.NORTHERN_IRISH_COUNCIL: Shape(
        "Northern Irish council's code", re.compile(r"[A-Z]{3}"), "three letters, like BFS"
    ),
    Scheme.NHS: Shape("NHS organisation code", re.compile(r"[A-Z0-9]{3,10}"), "an NHS code, like RJ1"),
    Scheme.SCHOOL: Shape("School's number (URN)", re.compile(r"\d{5,7}"), "a school's number of 6 digits, like 118901"),
    Scheme.LEARNING_PROVIDER: Shape(
        "UK provider reference number", re.compile(r"1\d{7}"), "8 digits that begin with 1, like 10003010"
    ),
    Scheme.SOCIAL_HOUSING: Shape(
        "Registered provider of social housing", re.compile(r"[A-Z]{0,2}\d{4}[A-Z]?"), "a number like L4240 or 4865"
    ),
    Scheme.VENDOR: Shape("The council's own vendor number", re.compile(r".{1,60}"), "up to 60 characters"),
}

#: What people put round a number.
_PREFIXES = re.compile(r"^(?:GB-[A-Z]+-|COMPANY\s*(?:NO\.?|NUMBER)?:?|NO(?:\.|\s|(?=\d{7}))|REG\.?)\s*", re.IGNORECASE)
COMPANY_DIGITS = 8
FEWEST_COMPANY_DIGITS = 4


def accepted_identifier(scheme: Scheme, text: str) -> str:
    """The number as its register writes it, or a refusal that says what would be accepted."""
    tidy = _tidied(scheme, text)
    shape = SHAPES[scheme]
    if not shape.pattern.fullmatch(tidy):
        raise Refusal(f"Enter {shape.accepted}{_rather(scheme, text)}", field="value")
    return tidy


#: So loose, or so alike, that a number of their shape says nothing of what it is.
_TELL_NOTHING = frozenset({Scheme.VENDOR, Scheme.NHS, Scheme.SCHOOL, Scheme.SOCIAL_HOUSING, Scheme.MUTUAL})
_TELL_NOTHING_EITHER = frozenset({Scheme.SCOTTISH_COUNCIL, Scheme.WELSH_COUNCIL, Scheme.NORTHERN_IRISH_COUNCIL})


FEW = 2


def _rather(scheme: Scheme, text: str) -> str:
    """What a number of another shape looks like, where that is one thing or one of two."""
    others = [one for one in Scheme if one not in {scheme, *_TELL_NOTHING, *_TELL_NOTHING_EITHER}]
    like = [one for one in others if SHAPES[one].pattern.fullmatch(_tidied(one, text))]
    if not 1 <= len(like) <= FEW:
        return ""
    return f". {text.strip()} looks like another kind of number: {' or '.join(SHAPES[one].name for one in like)}"


def _tidied(scheme: Scheme, text: str) -> str:
    if scheme is Scheme.VENDOR:
        return " ".join(text.split())
    bare = re.sub(r"\s+", "", _PREFIXES.sub("", text.strip())).upper()
    return _padded_company(bare) if scheme is Scheme.COMPANY else bare


def _padded_company(number: str) -> str:
    """Spreadsheets eat leading noughts: 1234567 is 01234567, and SC12345 is SC012345."""
    letters = re.match(r"[A-Z]{2}(?=\d+$)", number)
    if letters:
        return number[:2] + number[2:].zfill(COMPANY_DIGITS - 2)
    return number.zfill(COMPANY_DIGITS) if number.isdigit() and len(number) >= FEWEST_COMPANY_DIGITS else number
