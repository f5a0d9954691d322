"""How figures, dates and counts read in a report: the same words as in the rest of the product, as a test proves."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from reports.values import Money, Party, Threshold, Timing

PENNY = Decimal("0.01")
MILLION = Decimal(1_000_000)
#: Tables give exact pounds below this, and millions from it.
EXACT_BELOW = Decimal(100_000)
#: Near one million a second decimal is shown, so that a flagged row never reads "£1.0m" unexplained.
NEAR_A_MILLION = (Decimal(950_000), Decimal(1_050_000))
BETWEEN_NAMES = "; "
#: In a footnote of a Word document, where a table has two pages.
NAMED_IN_WORD = 12
#: More providers than this print as a number, with the names in a footnote.
NAMED_PROVIDERS = 3
DAGGER = "†"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
QUARTERS = ("April to June", "July to September", "October to December", "January to March")


def pounds(amount: Decimal) -> str:
    """Exact: "£1,200,000", "£1,200,000.50"."""
    pence = amount.quantize(PENNY, ROUND_HALF_UP)
    return _signed(pence, f"£{abs(pence):,.2f}".removesuffix(".00"))


def pounds_short(amount: Decimal) -> str:
    """For tables: "£14.6m"; exact pounds below £100,000."""
    if abs(amount) < EXACT_BELOW:
        return pounds(amount)
    return _signed(amount, f"£{_millions(abs(amount)):,}m")


def _millions(size: Decimal) -> Decimal:
    low, high = NEAR_A_MILLION
    step = PENNY if low <= size <= high else Decimal("0.1")
    return (size / MILLION).quantize(step, ROUND_HALF_UP)


def _signed(amount: Decimal, text: str) -> str:
    return f"-{text}" if amount < 0 else text


def pounds_between(low: Decimal, high: Decimal, *, at_least: bool = False) -> str:
    """One figure or a range, low to high: "£17.5m to £21.0m", "at least £2.3m"."""
    ends = (pounds_short(low), pounds_short(high))
    text = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return f"at least {text}" if at_least else text


def money(amount: Money) -> str:
    """What a reader entitled to the figure sees."""
    if amount.low is None or amount.high is None:
        return "Not known"
    return pounds_between(amount.low, amount.high, at_least=amount.at_least)


def round_pounds(amount: Decimal) -> str:
    """A threshold as people say it: "£1m", "£1.5m", "£250,000"."""
    if amount < MILLION or amount % 10_000:
        return pounds(amount)
    return f"£{plain(amount / MILLION)}m"


def over(threshold: Threshold) -> str:
    """The threshold in a caption: "over £1m", "of £1m or more"."""
    amount = round_pounds(threshold.amount)
    return f"of {amount} or more" if threshold.at_least else f"over {amount}"


def below(threshold: Threshold) -> str:
    """What the threshold leaves out: "of £1m or less", "below £1m"."""
    amount = round_pounds(threshold.amount)
    return f"below {amount}" if threshold.at_least else f"of {amount} or less"


def plain(number: Decimal) -> str:
    """Write a number without an exponent and without idle noughts: "40", "2.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal) -> str:
    """A quantity with its thousands separated: "1,250", "2.5"."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: Decimal, whole: Decimal) -> str:
    """A share in whole per cent, half up."""
    return f"{(part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)}%"


def day(when: date | None) -> str:
    """In full: "31 March 2018"; nothing when not known."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when else ""


def short_day(when: date) -> str:
    """For footers: "12/03/2015"."""
    return f"{when.day:02}/{when.month:02}/{when.year:04}"


def financial_year(start: int) -> str:
    """Write a financial year as people do: 2015-16."""
    return f"{start}-{(start + 1) % 100:02}"


def timing(when: Timing) -> str:
    """When a decision is expected: "Q2 2016-17", "taken on 3 May 2015", "Q1 2016-17 (originally Q3 2015-16)"."""
    if when.taken_on:
        return f"taken on {day(when.taken_on)}"
    remarks = "; ".join(_timing_remarks(when))
    return f"{_expected(when)} ({remarks})" if remarks else _expected(when)


def _timing_remarks(when: Timing) -> Iterable[str]:
    if when.not_before:
        yield f"not before {day(when.not_before)}"
    if when.originally:
        yield f"originally {when.originally}"


def _expected(when: Timing) -> str:
    if when.year is None:
        return "Not yet known"
    return f"Q{when.quarter} {financial_year(when.year)}" if when.quarter else financial_year(when.year)


def timing_heading(when: Timing) -> str:
    """The group an activity prints under: "2016-17, quarter 2 (July to September 2016)"."""
    if when.year is None:
        return "Timing not yet known"
    year = financial_year(when.year)
    if not when.quarter:
        return f"{year}, quarter not yet known"
    calendar_year = when.year + (when.quarter == len(QUARTERS))
    return f"{year}, quarter {when.quarter} ({QUARTERS[when.quarter - 1]} {calendar_year})"


def counted(size: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 contract", "24 contracts"."""
    return f"{size:,} {one if size == 1 else many or one + 's'}"


def counted_in_words(size: int, one: str) -> str:
    """A count in a caption: "three years"."""
    return f"{NUMBERS[size]} {one}s" if 1 < size < len(NUMBERS) else counted(size, one)


def inside(words: str) -> str:
    """A heading inside a sentence: "Total value" becomes "total value"."""
    return words[:1].lower() + words[1:]


def folded(text: str) -> str:
    """Sort without regard to case or accents, as an index does."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def listed(words: Iterable[str]) -> str:
    """A list as it is read aloud: "one, two and three"."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def sentence(text: str) -> str:
    """Close a remark with a full stop, once."""
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."


def provider_names(parties: tuple[Party, ...], *, kinds: bool = False) -> tuple[str, ...]:
    """Each provider as it is printed, a dagger after a company that the council owns."""
    return tuple(_name(party, kinds=kinds) for party in parties)


def _name(party: Party, *, kinds: bool) -> str:
    kind = f" ({party.kind})" if kinds and party.kind else ""
    return f"{party.name}{kind} {DAGGER}" if party.council_owned else f"{party.name}{kind}"


def all_providers(names: Collection[str]) -> str:
    """Every provider of a row that prints them as a number: a footnote's words."""
    return f"The {len(names)} providers: {BETWEEN_NAMES.join(names)}"


def abridged(footnote: str) -> str:
    """Name no more providers than a page of a Word document can spare; the workbook's notes name them all."""
    whose, _, rest = footnote.partition(" providers: ")
    names = rest.split(BETWEEN_NAMES)
    if len(names) <= NAMED_IN_WORD:
        return footnote
    others = len(names) - NAMED_IN_WORD
    named = BETWEEN_NAMES.join(names[:NAMED_IN_WORD])
    return f"{whose} providers: {named}; and {others} others, named in the workbook's notes"


def providers(names: tuple[str, ...]) -> str:
    """Up to three by name, more as a number: "Multiple (27 providers)"."""
    return "; ".join(names) if len(names) <= NAMED_PROVIDERS else f"Multiple ({len(names)} providers)"


def clean(text: str) -> str:
    """Drop the control characters that no document format can hold."""
    return _CONTROLS.sub("", text)


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def slug(text: str) -> str:
    """A name as it stands in file names: "Growth & Transport" is "growth-transport"."""
    return "-".join("".join(c if c.isalnum() else " " for c in folded(text)).split())
