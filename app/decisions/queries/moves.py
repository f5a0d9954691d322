"""How an expected decision has moved: how often, how far, each move with its reason; and as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import pictures
from app.core.dates import day
from app.core.pages import plural
from app.core.pictures import Bar, BarPicture, Part
from app.decisions.models import ActivityMove, DecisionMove
from app.decisions.rules.slippage import Slippage
from app.decisions.rules.timing import Timing


@dataclass(frozen=True)
class Move:
    """One move of an expected decision."""

    was: Timing
    now: Timing
    reason: str
    moved_by: str
    moved_at: datetime


@dataclass(frozen=True)
class Moved:
    """Every move, and where the decision stands after them."""

    slippage: Slippage
    #: Latest first.
    moves: tuple[Move, ...]
    picture: BarPicture

    @property
    def words(self) -> str:
        times = plural(self.slippage.moves, "time")
        return f"Moved {times}: from {self.slippage.original} to {self.slippage.now}, {self.slippage.far}"


def moved(slippage: Slippage | None, moves: Sequence[Move]) -> Moved | None:
    """None where it has not moved; that it first became known is no move."""
    known = [one for one in moves if one.was.first is not None]
    if slippage is None or not known:
        return None
    return Moved(slippage, tuple(reversed(known)), _picture(slippage.original, known))


def moves_of_activity(session: Session, activity_id: int) -> list[Move]:
    """Of its main decision, earliest first."""
    which = select(ActivityMove).where(ActivityMove.activity_id == activity_id)
    return [_move(one) for one in session.scalars(which.order_by(ActivityMove.id))]


def moves_of_decision(session: Session, decision_id: int) -> list[Move]:
    """Of a decision that is not the main one, earliest first."""
    which = select(DecisionMove).where(DecisionMove.decision_id == decision_id)
    return [_move(one) for one in session.scalars(which.order_by(DecisionMove.id))]


def _move(one: ActivityMove | DecisionMove) -> Move:
    was, now = Timing(one.was_timing, one.was_on), Timing(one.now_timing, one.now_on)
    return Move(was, now, one.reason, one.moved_by, one.moved_at)


def _picture(original: Timing, moves: Sequence[Move]) -> BarPicture:
    """Each place it stood at, by how many months later than first expected that is."""
    bars = [Bar(f"First expected: {original}", (Part(LATER, Decimal(0)),))]
    for number, one in enumerate(moves, 1):
        later = Decimal(Slippage(original, one.now, number).months or 0)
        note = f"{one.reason} ({day(one.moved_at.date())})"
        bars.append(Bar(f"{number}: {one.now}", (Part(LATER, later),), note=note))
    return pictures.bars("How the expected decision has moved", bars, heading="Expected", figure=_months)


LATER = "Months later than first expected"


def _months(number: Decimal) -> str:
    if not number:
        return "0 months"
    side = "later" if number > 0 else "earlier"
    return f"{plural(abs(int(number)), 'month')} {side}"
