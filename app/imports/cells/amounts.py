"""Pounds in cells: "approximately £1.2million", "£17.5 to £21 million", "(3728)", "£-", "Schedule of rates"."""

import re
from dataclasses import replace
from decimal import Decimal

from app.core.errors import Refusal
from app.core.money import parse_pounds
from app.imports.answers import Answer, PatternKind
from app.imports.cells.reading import Asks, Blank, Problem, Reading, Understood, blank_or_none, plain
from app.imports.values import Amount, Certainty, Per

CURE = "Write an amount in pounds, like £1,200,000, 1200000 or 1.2m"
_OTHER_PERIOD = re.compile(
    r"(?:per|/|a|each) ?(?:month|week|day|hour|quarter|item|unit|visit|place|person|night|session|mile|pupil)\b"
    r"|pcm|p\.?w\.?$"
)
_OTHER_MONEY = re.compile(r"[€$¥]|\b(?:eur|euros?|usd|dollars?)\b")
_WITH_VAT = re.compile(r"[(\[]? ?(?:inc|incl|including|inclusive of|with)\.? ?v\.?a\.?t\.?[)\]]?|\(?gross\)?")
_WITHOUT_VAT = re.compile(
    r"[(\[]? ?(?:\+|plus|exc|excl|ex|excludes|excluding|exclusive of|net of|not including"
    r"|before) ?\.? ?v\.?a\.?t\.?[)\]]?"
    r"|\(?\bnet\b\)?"
)
_PER_YEAR = re.compile(
    r"[(\[]? ?(?:per annum|per year|p\.a\.?|\bpa\b|p/a|/ ?(?:yr|year|annum|pa)|(?:a|each"
    r"|every) year|annually|yearly|per yr"
    r"|annual(?: value)?)[)\]]?"
)
_WHOLE_LIFE = re.compile(
    r"[(\[]? ?(?:whole life(?: value| cost)?|in total|total(?: value| cost)?|lifetime(?: value)?"
    r"|(?:over|for) the (?:whole |full )?(?:life|term|length|duration|period)(?: of (?:the )?contract)?"
    r"|for the whole contract"
    r"|over (?:the )?\d+ (?:years?|yrs?|months?))[)\]]?"
)
_CERTAINTIES = (
    (
        Certainty.ESTIMATE,
        re.compile(
            r"[(\[]? ?\b(?:approximately|approximate|approx|about|around|circa|ca|c"
            r"|estimated?(?: value| cost| spend)?(?: (?:at|of))?"
            r"|est|in the region of|indicative|forecast|budget(?: of)?)\b\.?:? ?[)\]]?|~"
        ),
    ),
    (
        Certainty.MAXIMUM,
        re.compile(
            r"[(\[]? ?\b(?:up to|maximum(?: of| value)?|max(?: of)?|not exceeding|no more than"
            r"|ceiling(?: of)?|capped at"
            r"|limited to)\b\.?:? ?[)\]]?"
        ),
    ),
    (Certainty.NOMINAL, re.compile(r"[(\[]? ?\bnominal(?: value| sum)?(?: of)?\b:? ?[)\]]?")),
    (Certainty.FIXED, re.compile(r"[(\[]? ?\bfixed(?: price| cost| sum)?(?: (?:at|of))?\b:? ?[)\]]?")),
)
_FIGURE = r"(?:£|gbp)? ?\d[\d,]*(?:\.\d+)? ?(?:k|m|mn|bn|b|thousand|million|billion)?"
_RANGE = re.compile(rf"(?:between |from )?({_FIGURE}) ?(?:-|to|and) ?({_FIGURE})")
_NEGATIVE = re.compile(
    r"£? ?\((?P<bracketed>£? ?\d[\d,]*(?:\.\d+)? ?[a-z]*)\)|(?:£ ?-|- ?£?) ?(?P<dashed>\d[\d,]*(?:\.\d+)? ?[a-z]*)"
    r"|£? ?(?P<trailing>\d[\d,]*(?:\.\d+)?) ?(?:-|cr)"
)
_SCALE = re.compile(r"[a-z]+$")
_NOUGHT = re.compile(
    r"£ ?-{1,3}|-{1,3} ?£|£?0+(?:\.0+)?|nil|zero|£ ?nil|no (?:cost|charge|value)|free|free of charge|nought"
)
_PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,11}(?:\.[0-9]{1,2})?")


def read_amount(text: str) -> Reading[Amount]:
    """Read a cell of a value column. Nought means that the value is not known, until a person says otherwise."""
    if _PLAIN_NUMBER.fullmatch(text):
        exact = Decimal(text).quantize(Decimal("0.01"))
        return Understood(Amount(exact, exact))
    written = plain(text)
    if _NOUGHT.fullmatch(written):
        return nought(text)
    nothing = blank_or_none(text)
    if nothing:
        return nothing
    if _OTHER_MONEY.search(written) or _OTHER_PERIOD.search(written):
        return Problem(
            text.strip(), "Write pounds, for the whole contract or for a year, like £1,200,000 or £300,000 a year"
        )
    if not any(c.isdigit() for c in written):
        return Asks(PatternKind.NO_SUM, written, {Answer.BLANK: Blank(text.strip())})
    return _amount(text, written)


def nought(text: str) -> Asks[Amount]:
    none = Amount(Decimal("0.00"), Decimal("0.00"))
    kept = text.strip() if any(c.isalpha() for c in text) else ""
    return Asks(PatternKind.ZERO, "", {Answer.NOT_KNOWN: Blank(kept), Answer.ZERO: Understood(none, kept)})


def _amount(text: str, written: str) -> Reading[Amount]:
    negative = _NEGATIVE.fullmatch(written)
    if negative:
        return _below_nought(text, next(part for part in negative.groups() if part))
    bare, per, certainty = _without_words(written)
    try:
        found = _figures(bare)
    except Refusal as refusal:
        return Problem(text.strip(), CURE if "is not an amount" in refusal.message else refusal.message)
    if found.high == 0:
        return nought(text)
    kept = text.strip() if bare != written.removesuffix(".") else ""
    amount = replace(found, per=per, certainty=certainty, note=kept)
    return _gross(text, amount) if _WITH_VAT.search(written) else Understood(amount)


def _gross(text: str, amount: Amount) -> Asks[Amount]:
    return Asks(
        PatternKind.VAT_INCLUDED,
        "",
        {Answer.AS_WRITTEN: Understood(amount), Answer.BLANK: Blank(text.strip())},
        pounds=amount.high,
    )


def with_vat(reading: Reading[Amount], text: str) -> Reading[Amount]:
    """The same amount under a heading that says it includes VAT."""
    return _gross(text, reading.value) if isinstance(reading, Understood) else reading


def _below_nought(text: str, figures: str) -> Reading[Amount]:
    try:
        found = _figures(figures)
    except Refusal:
        return Problem(text.strip(), CURE)
    if found.high == 0:
        return nought(text)
    return Asks(
        PatternKind.NEGATIVE,
        "",
        {Answer.POSITIVE: Understood(replace(found, note=text.strip())), Answer.BLANK: Blank(text.strip())},
        pounds=-found.high,
    )


def _without_words(written: str) -> tuple[str, Per | None, Certainty | None]:
    """Take from the figures the words that qualify them, and say what those words mean."""
    per = Per.YEAR if _PER_YEAR.search(written) else Per.WHOLE_LIFE if _WHOLE_LIFE.search(written) else None
    certainty = next((certainty for certainty, words in _CERTAINTIES if words.search(written)), None)
    for words in (_WITH_VAT, _WITHOUT_VAT, _WHOLE_LIFE, _PER_YEAR, *(words for _, words in _CERTAINTIES)):
        written = words.sub(" ", written)
    return " ".join(written.split()).strip(" .,;:*"), per, certainty


def _figures(bare: str) -> Amount:
    ranged = _RANGE.fullmatch(bare)
    if ranged:
        return _range(ranged[1].strip(), ranged[2].strip())
    amount = parse_pounds(bare)
    return Amount(amount, amount)


def _range(first: str, second: str) -> Amount:
    """Two figures with one scale: “£17.5 to £21 million” starts at £17.5 million, if the range then runs upwards."""
    high = parse_pounds(second)
    scale = _SCALE.search(second)
    scaled = parse_pounds(first + scale[0]) if scale and not _SCALE.search(first) else None
    low = scaled if scaled is not None and scaled <= high else parse_pounds(first)
    if low > high:
        raise Refusal("A range runs from the lower amount to the higher, like £100,000 to £250,000")
    return Amount(low, high)
