"""Money as people write it and read it. Inside, always exact Decimal pounds in whole pence."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from app.core.errors import Refusal

PENNY = Decimal("0.01")
MILLION = Decimal(1_000_000)
BILLION = 1_000 * MILLION
#: Tables give exact pounds below this, and millions from it.
EXACT_BELOW = Decimal(100_000)
#: Near one million a second decimal is shown, so that a flagged row never reads "£1.0m" unexplained.
NEAR_A_MILLION = (Decimal(950_000), Decimal(1_050_000))
#: A mistyped amount, not a council's: it would also outgrow a database's integer pence.
TOO_MUCH = 1_000 * BILLION

_SCALES = {
    **dict.fromkeys(("k", "thousand"), Decimal(1_000)),
    **dict.fromkeys(("m", "mn", "million"), MILLION),
    **dict.fromkeys(("b", "bn", "billion"), BILLION),
}
_AMOUNT = re.compile(
    r"(?:£|gbp)? ?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+) ?(?P<scale>[a-z]*)"
)


def parse_pounds(text: str) -> Decimal:
    """Read an amount such as "1.2m", "£1,200,000" or "1200000"."""
    written = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if not written:
        raise Refusal("Enter an amount in pounds, like £1,200,000 or 1.2m")
    if "-" in written or "\N{MINUS SIGN}" in written or written.startswith("("):
        raise Refusal("An amount cannot be less than nothing: enter it without a minus sign, like £1,200,000")
    found = _AMOUNT.fullmatch(written)
    if found is None or (found["scale"] and found["scale"] not in _SCALES):
        raise Refusal(f"“{text.strip()}” is not an amount in pounds: write it like £1,200,000, 1200000 or 1.2m")
    amount = Decimal(found["number"].replace(",", "")) * _SCALES.get(found["scale"], Decimal(1))
    return whole_pence(amount)


def whole_pence(amount: Decimal) -> Decimal:
    """The amount to two decimals, refused if that would change it or if no council could spend it."""
    if amount >= TOO_MUCH:
        raise Refusal("That is a thousand billion pounds or more: check the number of noughts")
    if amount != nearest_penny(amount):
        raise Refusal("An amount is in whole pence: give no more than two decimals, like £1,200,000.50")
    return nearest_penny(amount)


def nearest_penny(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, ROUND_HALF_UP)


def pounds(amount: Decimal | None) -> str:
    """Exact, for record pages: "£1,200,000", "£1,200,000.50", nothing when not known."""
    if amount is None:
        return ""
    pence = nearest_penny(amount)
    return _signed(pence, f"£{abs(pence):,.2f}".removesuffix(".00"))


def pounds_short(amount: Decimal) -> str:
    """For tables: "£14.6m"; exact pounds below £100,000."""
    if abs(amount) < EXACT_BELOW:
        return pounds(amount)
    return _signed(amount, f"£{_rounded(abs(amount), MILLION):,}m")


def pounds_long(amount: Decimal) -> str:
    """For sentences: "£14.6 million", "£1.5 billion"; exact below a million; "£2 million" only when it is exact."""
    size = abs(amount)
    if size < MILLION:
        return pounds(amount)
    scale, word = (BILLION, "billion") if size >= BILLION else (MILLION, "million")
    figure = str(size / scale).removesuffix(".00") if size % scale == 0 else str(_rounded(size, scale))
    return _signed(amount, f"£{figure} {word}")


def _rounded(size: Decimal, scale: Decimal) -> Decimal:
    low, high = NEAR_A_MILLION
    step = PENNY if low <= size <= high else Decimal("0.1")
    return (size / scale).quantize(step, ROUND_HALF_UP)


def _signed(amount: Decimal, text: str) -> str:
    return f"-{text}" if amount < 0 else text
