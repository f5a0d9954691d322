"""The control test of a company the council owns: what was found on a day, and what of it wants looking at.

Procurement Act 2023, Schedule 2, paragraph 2. Nothing here says whether the exemption holds: that is for a lawyer.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.dates import add_months, day
from app.core.errors import Refusal

SCHEDULE = "Procurement Act 2023, Schedule 2, paragraph"
#: Said on the record of every company: Procurement Act 2023, s.2(10).
NOTE = (
    "A company that operates commercially and holds an exempt contract of the council is itself a public authority for "
    "its relevant sub-contracts (Procurement Act 2023, section 2(10))."
)
MOST_PER_CENT = Decimal(100)


class Weight(StrEnum):
    """How much a fact found wants looking at."""

    RED = "red"
    AMBER = "amber"


@dataclass(frozen=True)
class Limits:
    """The council's settings on a day."""

    #: Per cent of its activities: no more than this is red, no more than the second amber.
    red: Decimal
    amber: Decimal
    #: A test is made anew within so many months.
    months: int


@dataclass(frozen=True)
class Found:
    """What the last test found. None: not known."""

    tested_on: date
    parent_undertaking: bool | None = None
    other_influence: bool | None = None
    activity_share: Decimal | None = None
    private_shares: bool | None = None
    next_due_on: date | None = None
    #: Owned with others, and whether each of them is on its board.
    joint: bool = False
    owners_on_board: bool | None = None


@dataclass(frozen=True)
class Flag:
    """One fact that wants looking at, and the rule it touches."""

    code: str
    weight: Weight
    words: str
    source: str


def due_on(found: Found, limits: Limits) -> date:
    """When the next test is due: the day a person set, and never later than the council's own period allows."""
    latest = add_months(found.tested_on, limits.months)
    return min(found.next_due_on, latest) if found.next_due_on else latest


def flags(found: Found | None, limits: Limits, *, today: date) -> tuple[Flag, ...]:
    """What the latest test, or the lack of one, gives to look at: red first."""
    if found is None:
        return (Flag("LT1", Weight.RED, "No control test is recorded", f"{SCHEDULE} 2"),)
    every = (*_of_control(found), *_of_activity(found, limits), *_of_shares(found), *_of_age(found, limits, today))
    return tuple(sorted(every, key=lambda flag: list(Weight).index(flag.weight)))


def _of_control(found: Found) -> tuple[Flag, ...]:
    flags = []
    if found.parent_undertaking is False:
        flags.append(Flag("LT2", Weight.RED, "The council is not its parent undertaking", f"{SCHEDULE} 2(2)(a)"))
    if found.other_influence:
        flags.append(
            Flag("LT3", Weight.RED, "Somebody other than the council has decisive influence", f"{SCHEDULE} 2(2)(b)")
        )
    if found.joint and found.owners_on_board is False:
        flags.append(Flag("LT4", Weight.RED, "Not every council that owns it is on its board", f"{SCHEDULE} 2(2)(d)"))
    return tuple(flags)


def _of_activity(found: Found, limits: Limits) -> tuple[Flag, ...]:
    share, source = found.activity_share, f"{SCHEDULE} 2(2)(c)"
    if share is None:
        return (Flag("LT5", Weight.AMBER, "The share of its activities for the council is not recorded", source),)
    if share <= limits.red:
        words = f"{_per_cent(share)} of its activities are for the council; the test asks for more than"
        return (Flag("LT5", Weight.RED, f"{words} {_per_cent(limits.red)}", source),)
    if share <= limits.amber:
        words = f"{_per_cent(share)} of its activities are for the council, near the limit of"
        return (Flag("LT5", Weight.AMBER, f"{words} {_per_cent(limits.red)}", source),)
    return ()


def _of_shares(found: Found) -> tuple[Flag, ...]:
    if not found.private_shares:
        return ()
    return (Flag("LT6", Weight.RED, "Somebody who is no public authority holds shares", f"{SCHEDULE} 2(3)"),)


def _of_age(found: Found, limits: Limits, today: date) -> tuple[Flag, ...]:
    due = due_on(found, limits)
    if due >= today:
        return ()
    words = f"Last tested on {day(found.tested_on)}: the next test was due by {day(due)}"
    return (Flag("LT1", Weight.RED, words, f"{SCHEDULE} 2, tested anew as the council's settings say"),)


def _per_cent(share: Decimal) -> str:
    return f"{share.normalize():f} per cent"


def check_test(found: Found, *, method: str | None, period: str | None, today: date) -> None:
    """Refuse a test that cannot be, and say what would work."""
    if found.tested_on > today:
        raise Refusal(f"Enter a date up to today, {day(today)}", field="tested_on")
    if found.activity_share is not None and not 0 <= found.activity_share <= MOST_PER_CENT:
        raise Refusal("Enter a share between 0 and 100 per cent", field="activity_share")
    if found.activity_share is not None and not method:
        raise Refusal(
            "Say how the share was worked out, such as average turnover over three years", field="activity_method"
        )
    if found.activity_share is not None and not period:
        raise Refusal("Say which years the share is for", field="activity_period")
    if found.next_due_on is not None and found.next_due_on <= found.tested_on:
        raise Refusal(f"Enter a date after {day(found.tested_on)}, when the test was made", field="next_due_on")
