"""Annex 1: every service of the directorate, and how each is delivered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports.values import Money, Party, Unit


class Delivered(StrEnum):
    """How a service reaches people, as printed."""

    IN_HOUSE = "In-house"
    EXTERNAL = "External"
    MIXED = "Mixed"
    COMPANY = "Council-owned company"
    SHARED = "Shared or partnership"


@dataclass(frozen=True, kw_only=True)
class ServiceContract:
    """One contract over the threshold (or arrangement counted as one) by which a service is delivered: a row of Annex 2."""

    #: The same reference as its Annex 2 row.
    ref: str
    providers: tuple[Party, ...]
    length: str
    #: The same figure as the Annex 2 row's total value; None where that row prints only an annual value.
    value: Money | None
    #: Its value is counted under its lead service, which is another row.
    counted_elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Annex1Row:
    """A service of the council, in-house or external."""

    unit: Unit
    service: str
    service_order: int = 0
    delivered: Delivered
    contracts: tuple[ServiceContract, ...] = ()
    #: Live contracts of this service that are not over the threshold.
    smaller_contracts: int = 0
    #: References of the Annex 3 rows that would change this service; empty means no change expected.
    changes: tuple[str, ...] = ()
    #: Plain remarks on this row only.
    note: str = ""
    #: "Transferred from Public Health on 1 June 2015": a footnote.
    transferred: str = ""
    #: A post, never a person.
    head_of_service: str = ""
    gross_budget: Decimal | None = None
    net_budget: Decimal | None = None
    fte: Decimal | None = None
    record: str | None = None
    embargoed_until: date | None = None
