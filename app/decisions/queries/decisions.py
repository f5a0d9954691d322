"""Decisions with everything a page says of them: both of an activity, each with what it has said of itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, aliased, selectinload

from app.core.rights import Reader
from app.decisions.models import (
    Activity,
    CallInOutcome,
    Decision,
    DecisionKind,
    DecisionState,
    Implementation,
    Restriction,
    TakerKind,
)
from app.decisions.queries.activities import ActivityFacts, activities
from app.decisions.queries.beside import FEW
from app.decisions.rules.notice import Route
from app.decisions.rules.slippage import Slippage
from app.decisions.rules.taking import Taken
from app.decisions.rules.timing import Timing

#: The heads of the written statement of a decision (SI 2012/2089, regs 12(2), 13(2) and 13(4)).
HEADS: Mapping[str, str] = {
    "resolution": "What was decided",
    "reasons": "Reasons",
    "alternatives": "Alternatives considered and rejected",
    "interests": "Conflicts of interest declared",
    "dispensations": "Dispensations granted by the head of paid service",
}
#: What the law asks for in every statement; nobody need have had an interest or a dispensation.
NEEDED_HEADS = ("resolution", "reasons", "alternatives")
#: Outcomes after which a decision that was called in may be acted on.
MAY_GO_AHEAD = frozenset({CallInOutcome.UPHELD, CallInOutcome.CHANGED})
#: Words that tell an amount.
_TELLS = re.compile(r"£|[0-9]{1,3}(,[0-9]{3})+|[0-9] ?(m|million|bn|billion|k)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """One head of the written statement, as the reader may see it."""

    name: str
    title: str
    words: str | None
    withheld: bool = False


@dataclass(frozen=True)
class DecisionFacts:
    """One decision as a reader may see it."""

    id: int
    version: int
    activity: ActivityFacts
    kind: DecisionKind
    state: DecisionState
    reference: str | None
    system_url: str | None
    delegated_by_id: int | None
    delegated_by: str | None
    taker_kind: TakerKind | None
    taker: str | None
    members: tuple[str, ...]
    restriction: Restriction
    restriction_ground: str | None
    timing: Timing
    slippage: Slippage | None
    decided_on: date | None
    heads: tuple[Head, ...]
    #: Of those the law asks for, what is not recorded.
    missing_heads: tuple[str, ...]
    published_on: date | None
    not_called_in_reason: str | None
    call_in_ends_on: date | None
    call_in_ends_at: time | None
    called_in_on: date | None
    called_in_by: str | None
    called_in_reason: str | None
    call_in_outcome: CallInOutcome | None
    call_in_outcome_on: date | None
    effective_entered_on: date | None
    effective_on: date | None
    route: Route | None
    without_notice_reason: str | None
    approval_id: int | None
    implementation: Implementation
    implementation_note: str | None
    implemented_on: date | None
    withdrawn_reason: str | None

    @property
    def url(self) -> str:
        return f"/decisions/{self.id}"

    @property
    def title(self) -> str:
        return self.activity.title

    @property
    def is_main(self) -> bool:
        return self.kind is self.activity.decision

    @property
    def is_key(self) -> bool:
        """Needs the notice of a key decision; carrying out what another decision delegated does not."""
        return self.activity.answer.is_needed and self.delegated_by_id is None

    @property
    def awaits_key_decision(self) -> bool:
        """Its activity needs a key decision, of which this one may be the second."""
        return self.activity.answer.is_needed

    @property
    def is_slipped(self) -> bool:
        return self.slippage is not None and self.slippage.is_slipped

    @property
    def is_officers_record(self) -> bool:
        """A record under the Openness of Local Government Bodies Regulations 2014, reg 7."""
        return self.delegated_by_id is not None

    def is_overdue(self, today: date) -> bool:
        last = self.timing.last
        return self.state is DecisionState.EXPECTED and last is not None and last < today

    @property
    def awaits_call_in(self) -> bool:
        return self.state is DecisionState.TAKEN and self.effective_on is None


def taken_of(one: Decision | DecisionFacts) -> Taken | None:
    """A decision that was taken, as the call-in's rule reads it."""
    if one.state is not DecisionState.TAKEN or one.decided_on is None:
        return None
    return Taken(
        decided_on=one.decided_on,
        published_on=one.published_on,
        not_called_in_reason=one.not_called_in_reason,
        ends_entered_on=one.call_in_ends_on,
        ends_entered_at=one.call_in_ends_at,
        effective_entered_on=one.effective_entered_on,
        called_in_on=one.called_in_on,
        resolved_on=one.call_in_outcome_on if one.call_in_outcome in MAY_GO_AHEAD else None,
    )


def decisions(
    session: Session,
    reader: Reader,
    *,
    today: date,
    which: ColumnElement[bool] | None = None,
    of: ColumnElement[bool] | None = None,
) -> list[DecisionFacts]:
    """Every decision of the activities the reader may see, by when it is expected; ``of`` narrows the activities."""
    about = {one.id: one for one in activities(session, reader, today=today, which=of)}
    above = aliased(Decision)
    query = (
        select(Decision, above.reference, above.kind)
        .outerjoin(above, above.id == Decision.delegated_by_id)
        .where(true() if which is None else which)
        .where(Decision.activity_id.in_(about) if len(about) <= FEW else true())
        .options(selectinload(Decision.moves))
        .order_by(Decision.id)
    )
    found = [
        _facts(one, about[one.activity_id], reference or (str(kind) if kind else None), reader)
        for one, reference, kind in session.execute(query)
        if one.activity_id in about
    ]
    return sorted(found, key=lambda one: (*one.timing.sort_key, one.title.casefold(), one.id))


def one_decision(session: Session, decision_id: int, reader: Reader, today: date) -> DecisionFacts | None:
    activity_id = session.scalar(select(Decision.activity_id).where(Decision.id == decision_id))
    found = decisions(
        session, reader, today=today, which=Decision.id == decision_id, of=Activity.id == (activity_id or 0)
    )
    return next(iter(found), None)


def decisions_of(session: Session, activity: ActivityFacts, reader: Reader, today: date) -> list[DecisionFacts]:
    """Of one activity, the one to procure first."""
    found = decisions(
        session, reader, today=today, which=Decision.activity_id == activity.id, of=Activity.id == activity.id
    )
    return sorted(found, key=lambda one: (not one.is_main, one.id))


def _facts(one: Decision, activity: ActivityFacts, above: str | None, reader: Reader) -> DecisionFacts:
    timing = Timing(one.timing, one.expected_on)
    entitled = reader.exempt_units.include(activity.directorate_id, activity.division_id)
    return DecisionFacts(
        id=one.id,
        version=one.version,
        activity=activity,
        kind=one.kind,
        state=one.state,
        reference=one.reference,
        system_url=one.system_url,
        delegated_by_id=one.delegated_by_id,
        delegated_by=above,
        taker_kind=one.taker_kind,
        taker=one.taker,
        members=tuple(line.strip() for line in (one.taker_members or "").splitlines() if line.strip()),
        restriction=one.restriction,
        restriction_ground=one.restriction_ground,
        timing=timing,
        slippage=_slippage(one, activity, timing),
        decided_on=one.decided_on,
        heads=heads_of(one, activity, entitled=entitled),
        missing_heads=tuple(HEADS[name] for name in NEEDED_HEADS if not getattr(one, name)),
        published_on=one.published_on,
        not_called_in_reason=one.not_called_in_reason,
        call_in_ends_on=one.call_in_ends_on,
        call_in_ends_at=one.call_in_ends_at,
        called_in_on=one.called_in_on,
        called_in_by=one.called_in_by,
        called_in_reason=_shown(one.called_in_reason, one, activity, entitled=entitled),
        call_in_outcome=one.call_in_outcome,
        call_in_outcome_on=one.call_in_outcome_on,
        effective_entered_on=one.effective_entered_on,
        effective_on=one.effective_on,
        route=one.route,
        without_notice_reason=one.without_notice_reason,
        approval_id=one.approval_id,
        implementation=one.implementation,
        implementation_note=_shown(one.implementation_note, one, activity, entitled=entitled),
        implemented_on=one.implemented_on,
        withdrawn_reason=one.withdrawn_reason,
    )


def _slippage(one: Decision, activity: ActivityFacts, timing: Timing) -> Slippage | None:
    if one.kind is activity.decision:
        return Slippage(activity.original, timing, activity.moves) if activity.original else None
    known = [move for move in one.moves if move.was_on is not None]
    original = Timing(known[0].was_timing, known[0].was_on) if known else timing
    return Slippage(original, timing, len(known))


def heads_of(one: Decision, activity: ActivityFacts, *, entitled: bool) -> tuple[Head, ...]:
    """The written statement, without what the reader may not know (SI 2012/2089, reg 20)."""
    found = []
    for name, title in HEADS.items():
        words = getattr(one, name)
        shown = _shown(words, one, activity, entitled=entitled)
        found.append(Head(name, title, shown, withheld=bool(words) and shown is None))
    return tuple(found)


def _shown(words: str | None, one: Decision, activity: ActivityFacts, *, entitled: bool) -> str | None:
    if words is None or (one.restriction is Restriction.FULL and not entitled):
        return None
    return None if not activity.amounts_open and tells_an_amount(words) else words


def tells_an_amount(words: str) -> bool:
    return _TELLS.search(words) is not None
