"""What may be printed of free text: no masked name, no withheld amount, no person's own address."""

import re
from collections.abc import Iterable
from decimal import Decimal

from app.core.text import fold, words

#: A mailbox is shared where its name says what it is for. LGA guidance: the contact point "may be generic".
SHARED = frozenset({
    "admin", "business", "buying", "care", "category", "children", "commercial", "commissioner", "commissioning",
    "commissioners", "contact", "contacts", "contract", "contracts", "council", "customer", "democratic",
    "enquiries", "enquiry", "estates", "facilities", "finance", "foi", "help", "highways", "housing", "info",
    "information", "learning", "legal", "mail", "mailbox", "office", "performance", "procurement", "property",
    "purchasing", "schools", "service", "services", "social", "spend", "supplier", "suppliers", "supply", "team",
    "tenders", "transparency", "transport", "waste",
})  # fmt: skip
#: Below so many letters a name is found in too many words, and below so many digits an amount in too many numbers.
SHORTEST_NAME, FEWEST_DIGITS = 4, 4
_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def shared_mailbox(address: str | None) -> str:
    """The address where it is a team's; nothing where it may be a person's."""
    box, at, _host = (address or "").strip().partition("@")
    return (address or "").strip() if at and SHARED & set(words(box)) else ""


def web_address(text: str | None) -> str:
    address = (text or "").strip()
    return address if re.fullmatch(r"https?://\S+", address) else ""


def names_anybody(text: str, names: Iterable[str]) -> bool:
    """Whether the text tells one of the names."""
    said = f" {' '.join(words(text))} "
    folded = (" ".join(words(name)) for name in names)
    return any(len(name) >= SHORTEST_NAME and f" {name} " in said for name in folded)


def tells_amount(text: str, amounts: Iterable[Decimal | None]) -> bool:
    """Whether the text tells one of the amounts, however it is written: £7,654,321.09, 7654321, £7.65m."""
    hidden = [amount for amount in amounts if amount is not None and len(str(int(amount))) >= FEWEST_DIGITS]
    return any(_near(said, amount) for said in _amounts_in(text) for amount in hidden)


_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(k|thousand|m|mn|million|bn|billion)\b")
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000}
_SCALES |= {"bn": 1_000_000_000, "billion": 1_000_000_000}


def _amounts_in(text: str) -> list[tuple[Decimal, Decimal]]:
    """Each amount written, with how finely it is."""
    folded = fold(text)
    found = [(number, _SCALES[scale]) for number, scale in _SCALED.findall(folded)]
    found += [(number, 1) for number in _NUMBERS.findall(folded)]
    return [_read(number, scale) for number, scale in found]


def _read(number: str, scale: int) -> tuple[Decimal, Decimal]:
    plain = number.replace(",", "").rstrip(".")
    places = len(plain.partition(".")[2])
    return Decimal(plain) * scale, Decimal(scale) / Decimal(10) ** places


def _near(said: tuple[Decimal, Decimal], amount: Decimal) -> bool:
    """Told to the last figure written."""
    figure, step = said
    return abs(figure - amount) < step
