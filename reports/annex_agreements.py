"""Annex 4: the service level agreements between the directorate and the council's trading companies."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports.values import Money, Unit


class AgreementStatus(StrEnum):
    """How far an agreement has come, as printed and in the order printed."""

    BEING_PUT_IN_PLACE = "Being put in place"
    PROPOSED = "Proposed"
    IN_PLACE = "In place"
    UNDER_REVIEW = "Under review"
    ENDED = "Ended"


@dataclass(frozen=True, kw_only=True)
class Annex4Row:
    """A service level agreement with a trading company."""

    #: The client: which directorate and division buys.
    unit: Unit
    company: str
    #: The council's share in per cent; None where not recorded.
    ownership: Decimal | None = None
    services: tuple[str, ...]
    ref: str
    status: AgreementStatus
    starts_on: date | None = None
    #: The end, or else the next review.
    ends_on: date | None = None
    review_on: date | None = None
    annual_charge: Money
    #: Each "measure: target".
    standards: tuple[str, ...] = ()
    latest_result: str = ""
    #: The company's own business plan and its date: "Business Plan 2015-18 (March 2015)".
    business_plan: str = ""
    #: A post, never a person.
    client_lead: str = ""
    #: The Annex 2 reference when this agreement is also a contract printed there: its money is counted there, once.
    contract_ref: str = ""
    note: str = ""
    record: str | None = None
    embargoed_until: date | None = None
