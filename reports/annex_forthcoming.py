"""Annex 3: the key decisions over the threshold that the directorate expects within the horizon."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reports.values import Money, Party, Timing, Unit


class ActivityType(StrEnum):
    """What is to be decided, as printed; totals are given for each."""

    NEW = "Commissioning: new"
    RE_PROCURE = "Commissioning: re-procure"
    EXTEND = "Commissioning: extend"
    VARY = "Commissioning: vary"
    BRING_IN_HOUSE = "Commissioning: bring in-house"
    TRANSFER = "Commissioning: transfer to company"
    REDESIGN = "Service redesign"


@dataclass(frozen=True, kw_only=True)
class Annex3Row:
    """An activity that needs a key decision over the threshold, confirmed by a person."""

    unit: Unit
    ref: str
    service: str = ""
    activity: str
    #: What it is for, in plain English, 40 words at most.
    purpose: str = ""
    type: ActivityType
    current_providers: tuple[Party, ...] = ()
    current_end_on: date | None = None
    estimate: Money
    #: In words: "Whole life, estimate", "Annual saving".
    basis: str = ""
    #: Expected length of what follows, in words.
    length: str = ""
    timing: Timing
    decision_taker: str = ""
    committee: str = ""
    meeting_on: date | None = None
    #: "Firm", "Likely" or "Possible".
    certainty: str = ""
    #: A post, never a person.
    lead_officer: str = ""
    pre_scrutiny: str = ""
    note: str = ""
    record: str | None = None
    embargoed_until: date | None = None
