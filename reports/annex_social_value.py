"""Annex 5: the directorate's social value statement, and what was promised and delivered under it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports.values import Unit


class CommitmentStatus(StrEnum):
    """Where a commitment stands, as printed; no data is never good news."""

    ON_TARGET = "On target"
    AT_RISK = "At risk"
    OFF_TARGET = "Off target"
    NOT_DUE = "Not due"
    NO_DATA = "No data"


@dataclass(frozen=True, kw_only=True)
class Annex5Statement:
    """What a directorate commits to on social value for a year: one paragraph above the table."""

    directorate: str
    text: str
    #: The post that signed it off; blank until then.
    signed_off_by: str = ""
    signed_off_on: date | None = None
    #: The policy it rests on: "Commissioning Framework (2014)".
    policy: str = ""
    record: str | None = None


@dataclass(frozen=True, kw_only=True)
class Annex5Row:
    """A social value commitment of the directorate or of one contract."""

    unit: Unit
    theme: str
    theme_order: int = 0
    commitment: str
    #: The contract or service that carries it; blank where the whole directorate does.
    carried_by: str = ""
    measure: str
    #: "people", "hours", "£": amounts add up only within one measure and unit.
    unit_of_measure: str
    target: Decimal | None = None
    target_by: date | None = None
    delivered: Decimal | None = None
    delivered_as_at: date | None = None
    status: CommitmentStatus
    evidence: str = ""
    note: str = ""
    record: str | None = None
    embargoed_until: date | None = None
