"""Lengths in words: "3 years with the option of two one year extensions", "3+1+1", "15 weeks"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.errors import Refusal
from app.imports.cells.reading import Blank, Problem, Reading, Understood, blank_or_none, plain
from app.imports.values import Length
from app.register.options import OptionWritten
from app.register.options import read_options as register_options

Options = tuple[OptionWritten, ...]

CURE = "Write a length like 3 years, 18 months, 3+1+1 or 3 years + 2 x 12 months"
_MONTHS_IN_A_YEAR = 12
_DAYS_IN_A_WEEK = 7
#: A bare "3+1+1" counts years; figures past this are months.
_MOST_YEARS_SAID_BARE = 10
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS, 1)} | {
    "a single": "1",
    "single": "1",
    "half a": "0.5",
}
_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day"}
_NUMBER_WORD = re.compile(r"\b(" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b")
_UNIT = re.compile(r"\b(years?|yrs?|months?|mths?|mnths?|weeks?|wks?|days?)\b|(?<=\d)(y|m|yrs?|mths?)\b")
_NUMBER = r"(\d+(?:\.\d+)?)"
_TIMES = re.compile(
    rf"{_NUMBER} ?(?:x|\*|×|lots of|no\.?|further|additional|extra|separate|optional|extensions? of|periods? of"
    rf"|options? of|extension options? of|options? to extend (?:by|for)) ?{_NUMBER} ?(year|month|week|day)?"
    rf"|{_NUMBER} {_NUMBER} ?(year|month)"
)
_PIECE = re.compile(rf"{_NUMBER} ?(year|month|week|day)?")
_OPTIONS_BEGIN = re.compile(
    r"\+|\bplus\b|\bwith\b|\boption|\bextend|\bextension|\(|,|\band (?:a |an )?(?:further|option)|\bfollowed by\b"
)
_FILLER = re.compile(
    r"\b(?:years?|months?|weeks?|days?|with|the|an?|options?|of|to|extend|extended|extendable|extensions?|for|further|additional|extra|up|and|possible"
    r"|optional|plus|initial|initially|term|periods?|by|available|maximum|max|contract|x|then|each|in|annual|yearly|1|one|no|more|another|subject|at|council|council's"
    r"|discretion|from|is|there|any|total|fixed|being|or|separate|followed|can|be|may|it|not|exceeding|including|potential|available|increments?)\b|[+()×*,.;:&/-]"
)
_NO_OPTION = re.compile(
    r"no|none|n|nil|0|no extensions?|no options?|no extensions? available|not extendable|none available"
    r"|no further extensions?"
)
_SOME_OPTION = re.compile(r"yes|y|yes.*|available|extendable|option to extend|tbc.*")


@dataclass(frozen=True, slots=True)
class _Piece:
    times: int
    number: Decimal
    unit: str


def read_length(text: str, heading: str = "") -> Reading[Length]:
    """An initial term, then the options after it."""
    nothing = blank_or_none(text)
    if nothing:
        return nothing
    written = _in_figures(text)
    begin = _OPTIONS_BEGIN.search(written)
    first, rest = (written[: begin.start()], written[begin.start() :]) if begin else (written, "")
    if not _PIECE.search(first) or _leftover(written):
        return Problem(text.strip(), CURE)
    is_breakdown = rest.startswith("(") and "+" in rest  # "4 years (2+1+1)"
    return _length(text, _pieces(first), _pieces(rest), _unit_of(heading), is_breakdown=is_breakdown)


def read_options(text: str, heading: str = "") -> Reading[Options]:
    """Options alone: in months, or as the register's own export writes them."""
    written = plain(text)
    if _NO_OPTION.fullmatch(written):
        return Blank()
    nothing = blank_or_none(text)
    if nothing or _SOME_OPTION.fullmatch(written):
        return nothing or Blank(text.strip())
    try:
        return Understood(register_options(text))
    except Refusal:
        return _months_alone(text, heading)


def _months_alone(text: str, heading: str) -> Reading[Options]:
    figures = _in_figures(text)
    pieces = _with_units(_pieces(figures), _only_unit(_pieces(figures)) or _unit_of(heading))
    months = _in_months(pieces) if pieces and not _leftover(figures) else None
    if months is None:
        return Problem(text.strip(), "Write the options in months, like 12 or 12 + 12")
    return Understood(tuple(OptionWritten(months=number) for number in months if number))


def _length(
    text: str, first: Sequence[_Piece], rest: Sequence[_Piece], unit: str, *, is_breakdown: bool
) -> Reading[Length]:
    said = _only_unit([*first, *rest]) or unit or _bare_unit(first, rest)
    first, rest = _with_units(first, said), _with_units(rest, said or "year")
    options = _in_months(rest)
    if options is None or not all(piece.unit for piece in first):
        return Problem(text.strip(), CURE)
    days = sum(
        int(piece.number) * (_DAYS_IN_A_WEEK if piece.unit == "week" else 1)
        for piece in first
        if piece.unit in {"week", "day"}
    )
    months = _in_months([piece for piece in first if piece.unit in {"year", "month"}])
    if months is None:
        return Problem(text.strip(), CURE)
    if is_breakdown and options and sum(options) == sum(months):
        return Understood(Length(options[0], 0, options[1:]))
    return Understood(Length(sum(months), days, tuple(month for month in options if month)))


def _in_figures(text: str) -> str:
    written = _NUMBER_WORD.sub(lambda found: _NUMBERS[found[1]], plain(text))
    written = re.sub(r"\b(\d+) \(\1\)", r"\1", written)
    written = re.sub(r"(\d)[- ](year|month|week|day)", r"\1 \2", written)
    return _UNIT.sub(lambda found: f" {_UNITS[(found[1] or found[2])[0]]} ", written).replace("  ", " ").strip()


def _pieces(written: str) -> list[_Piece]:
    found: list[_Piece] = []
    position = 0
    while position < len(written):
        times = _TIMES.match(written, position)
        single = _PIECE.match(written, position)
        if times:
            count, number = (times[1], times[2]) if times[1] else (times[4], times[5])
            found.append(_Piece(int(Decimal(count)), Decimal(number), times[3] or times[6] or ""))
        elif single:
            found.append(_Piece(1, Decimal(single[1]), single[2] or ""))
        match = times or single
        position = match.end() if match else position + 1
    return found


def _leftover(written: str) -> str:
    return _FILLER.sub(" ", _PIECE.sub(" ", written)).strip()


def _unit_of(heading: str) -> str:
    written = plain(heading)
    return "month" if "month" in written else "year" if "year" in written else ""


def _only_unit(pieces: Sequence[_Piece]) -> str:
    units = {piece.unit for piece in pieces if piece.unit}
    return next(iter(units)) if len(units) == 1 else ""


def _bare_unit(first: Sequence[_Piece], rest: Sequence[_Piece]) -> str:
    if not rest:
        return ""
    return "year" if all(piece.number <= _MOST_YEARS_SAID_BARE for piece in (*first, *rest)) else "month"


def _with_units(pieces: Sequence[_Piece], unit: str) -> list[_Piece]:
    return [_Piece(piece.times, piece.number, piece.unit or unit) for piece in pieces]


def _in_months(pieces: Sequence[_Piece]) -> tuple[int, ...] | None:
    """Whole months of each piece, in order; None if one is no whole number of months."""
    months: list[int] = []
    for piece in pieces:
        size = {"year": piece.number * _MONTHS_IN_A_YEAR, "month": piece.number}.get(piece.unit)
        if size is None or size != int(size):
            return None
        months.extend([int(size)] * piece.times)
    return tuple(months)
