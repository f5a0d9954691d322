"""What a contract's record still lacks for the annexes, and for the Transparency Code. Plain Python.

``queries.completeness`` says the same in SQL; one test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.register.values import Amount
from app.register.vat import VatTreatment


class Purpose(StrEnum):
    ANNEX = "the annexes"
    CODE = "the Transparency Code"


class Item(StrEnum):
    """One thing that is asked of a record, as a page names what is missing."""

    REFERENCE = "reference"
    DESCRIPTION = "what it is for"
    SERVICE = "service"
    OUTCOME = "outcome"
    PROVIDER = "provider"
    START = "start date"
    END = "end date, or why there is none"
    VALUE = "value"
    VAT = "VAT that cannot be recovered"
    PROCESS = "how it was procured"
    SIZE = (
        "whether each provider is a small or medium-sized enterprise or a voluntary or community body, with its number"
    )


#: Annexes 1 and 2 print these of a commissioned service.
ANNEX = (Item.SERVICE, Item.PROVIDER, Item.START, Item.END, Item.VALUE, Item.OUTCOME)
#: Local Government Transparency Code 2015, paragraph 32: ten items; a record always has a title and a directorate.
CODE = (
    *(Item.REFERENCE, Item.DESCRIPTION, Item.PROVIDER, Item.VALUE, Item.VAT),
    *(Item.START, Item.END, Item.PROCESS, Item.SIZE),
)
ITEMS: Mapping[Purpose, tuple[Item, ...]] = {Purpose.ANNEX: ANNEX, Purpose.CODE: CODE}
#: The section of the record where each is said.
SECTIONS: Mapping[Item, str] = {
    Item.REFERENCE: "what",
    Item.DESCRIPTION: "what",
    Item.SERVICE: "where",
    Item.OUTCOME: "where",
    Item.PROVIDER: "who",
    Item.SIZE: "who",
    Item.START: "term",
    Item.END: "term",
    Item.VALUE: "value",
    Item.VAT: "value",
    Item.PROCESS: "procurement",
}
#: Where there is no VAT, none is left unrecovered.
WITHOUT_VAT = frozenset({VatTreatment.ZERO, VatTreatment.EXEMPT, VatTreatment.OUTSIDE})


@dataclass(frozen=True)
class Supplier:
    """What the Code asks of one provider. None: not known."""

    sme: bool | None
    vcse: bool | None
    has_number: bool


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A record, as far as it is asked whether it is complete."""

    reference: str | None = None
    description: str | None = None
    has_service: bool = False
    has_outcome: bool = False
    suppliers: tuple[Supplier, ...] = ()
    #: An internal agreement has no provider, and a framework's may be in its call-offs.
    needs_provider: bool = True
    starts_on: date | None = None
    ends_on: date | None = None
    rolling: bool = False
    end_condition: str | None = None
    value: Amount | None = None
    annual: Amount | None = None
    irrecoverable_vat: Decimal | None = None
    vat: VatTreatment | None = None
    procured: bool = False


def missing_for(purpose: Purpose, facts: Facts) -> tuple[Item, ...]:
    """In the order of the statute's or the annex's columns."""
    blank = _blank(facts)
    return tuple(item for item in ITEMS[purpose] if blank[item])


def _blank(facts: Facts) -> Mapping[Item, bool]:
    return {
        Item.REFERENCE: not facts.reference,
        Item.DESCRIPTION: not facts.description,
        Item.SERVICE: not facts.has_service,
        Item.OUTCOME: not facts.has_outcome,
        Item.PROVIDER: facts.needs_provider and not facts.suppliers,
        Item.START: facts.starts_on is None,
        Item.END: facts.ends_on is None and not facts.rolling and not facts.end_condition,
        Item.VALUE: facts.value is None and facts.annual is None,
        Item.VAT: facts.irrecoverable_vat is None and facts.vat not in WITHOUT_VAT,
        Item.PROCESS: not facts.procured,
        Item.SIZE: not all(is_described(one) for one in facts.suppliers),
    }


def is_described(supplier: Supplier) -> bool:
    """A voluntary or community body's registration number is asked as well."""
    if supplier.sme is None or supplier.vcse is None:
        return False
    return supplier.has_number or not supplier.vcse


def in_words(items: tuple[Item, ...]) -> str:
    """As "reference, start date and value"."""
    words = [str(item) for item in items]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
