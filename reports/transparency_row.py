"""One agreement as the Transparency Code's lists tell of it, and what of it is withheld; never how it prints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

MASKED_NAME = "REDACTED PERSONAL DATA"
MASKED_GROUND = "Freedom of Information Act 2000, section 40(2): personal data"


@dataclass(frozen=True)
class Withheld:
    """What stands in place of a fact: the literal of the Code's files, and the ground as an answer tells it."""

    literal: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class Supplier:
    """Who delivers. A person's name that is masked has been left out before it comes here, and every number with it."""

    name: str = ""
    masked: bool = False
    company: str = ""
    charity: str = ""
    other: str = ""
    sme: bool | None = None
    vcse: bool | None = None
    vcse_type: str = ""


Flags = tuple[bool | None, ...]
Fact = str | Decimal | date | bool | Flags | None


@dataclass(frozen=True, kw_only=True)
class CodeRow:
    """One agreement, as far as any of the lists tells of it. Blank is not known, never no."""

    organisation: str
    organisation_uri: str = ""
    #: The last day of the period the list tells of.
    effective_on: date
    reference: str = ""
    title: str = ""
    contract_type: str = ""
    unit: str = ""
    description: str = ""
    category: str = ""
    cpv_label: str = ""
    cpv_code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    #: The day to which it can be extended, where it can.
    latest_end_on: date | None = None
    #: Net of recoverable VAT, over its length; else a year's.
    value: Decimal | None = None
    fixed: bool | None = None
    irrecoverable_vat: Decimal | None = None
    suppliers: tuple[Supplier, ...] = ()
    contact_name: str = ""
    contact_email: str = ""
    contact_url: str = ""
    #: "Invitation to quote", "Published invitation to tender", "Other".
    process: str = ""
    tender_url: str = ""
    document_url: str = ""
    # Beyond the Code
    division: str = ""
    form: str = ""
    #: "Whole life" or "A year".
    basis: str = ""
    annual: Decimal | None = None
    spend: Decimal | None = None
    awarded_on: date | None = None
    end_condition: str = ""
    length: str = ""
    options: str = ""
    #: By the column's name.
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
