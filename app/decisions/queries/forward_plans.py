"""Forward plans: published lists as they were taken in, held against the register; and our own edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.dates import add_months
from app.core.rights import NOBODY, Reader
from app.council import queries as council
from app.decisions.models import (
    DecisionState,
    ForwardPlanAnswer,
    ForwardPlanEdition,
    ForwardPlanItem,
    Notice,
    NoticeKind,
    NoticeState,
)
from app.decisions.queries.decisions import DecisionFacts, decisions
from app.decisions.rules.forward_plan import Comparison, Expected, Item, Settled, compare
from app.decisions.rules.particulars import without_amounts
from app.decisions.rules.timing import Timing

ZERO = Decimal(0)


# Editions


@dataclass(frozen=True)
class EditionFacts:
    """A list as it was taken in, or an edition of our own as it was given out."""

    id: int
    own: bool
    title: str
    from_on: date
    until_on: date | None
    taken_at: datetime
    taken_by: str
    filename: str | None
    kept_at: datetime | None
    items: int

    @property
    def url(self) -> str:
        return f"/forward-plan/editions/{self.id}"


def editions(session: Session, *, own: bool | None = None, limit: int = 50) -> list[EditionFacts]:
    """What is kept, the latest first."""
    count = select(func.count()).where(ForwardPlanItem.edition_id == ForwardPlanEdition.id).scalar_subquery()
    wanted = select(ForwardPlanEdition, count).where(ForwardPlanEdition.kept_at.is_not(None))
    if own is not None:
        wanted = wanted.where(ForwardPlanEdition.own.is_(own))
    rows = session.execute(wanted.order_by(ForwardPlanEdition.id.desc()).limit(limit))
    return [_edition(one, items) for one, items in rows]


def _edition(one: ForwardPlanEdition, items: int) -> EditionFacts:
    return EditionFacts(
        one.id, one.own, one.title, one.from_on, one.until_on, one.taken_at, one.taken_by, one.filename, one.kept_at,
        items,
    )  # fmt: skip


def edition_facts(one: ForwardPlanEdition) -> EditionFacts:
    return _edition(one, len(one.items))


def latest(session: Session, *, own: bool, before: int | None = None) -> ForwardPlanEdition | None:
    """The last that was kept; before another one, where asked."""
    wanted = select(ForwardPlanEdition).where(ForwardPlanEdition.own.is_(own), ForwardPlanEdition.kept_at.is_not(None))
    if before is not None:
        wanted = wanted.where(ForwardPlanEdition.id < before)
    return session.scalars(wanted.order_by(ForwardPlanEdition.id.desc())).first()


def read_item(one: ForwardPlanItem) -> Item:
    return Item(
        title=one.title,
        reference=one.reference,
        taker=one.taker,
        due_words=one.due_words,
        due=Timing(one.due_timing, one.due_on),
        first_published_on=one.first_published_on,
        department=one.department,
        lead_officer=one.lead_officer,
        status=one.status,
        is_key=one.is_key,
        urgency=one.urgency,
        restriction=one.restriction,
        value=one.value,
        url=one.url,
    )


# Both ways


def compared(
    session: Session, reader: Reader, items: Sequence[Item], *, from_on: date, until_on: date | None, today: date
) -> Comparison:
    """A published list against the decisions the reader may see."""
    every = [one for one in decisions(session, reader, today=today) if one.state is not DecisionState.WITHDRAWN]
    until = until_on or add_months(from_on, council.forward_plan_months(session, today))
    wanted = {one.id for one in every if is_expected(one, until)}
    return compare(
        items,
        [expected_of(one) for one in every],
        wanted,
        answers(session),
        council.notice_periods(session, today),
        council.bank_holidays(session),
    )


def is_expected(one: DecisionFacts, until: date) -> bool:
    """A key decision that is to come by then, whatever is late included."""
    awaited = one.state is DecisionState.EXPECTED and one.is_key and one.activity.withdrawn_reason is None
    return awaited and one.timing.first is not None and one.timing.first <= until


def expected_of(one: DecisionFacts) -> Expected:
    ends = one.activity.expenditure or one.activity.savings if one.activity.amounts_open else None
    return Expected(
        id=one.id,
        title=one.title,
        reference=one.reference,
        taker=one.taker,
        when=Timing.on(one.decided_on) if one.decided_on else one.timing,
        restriction=one.restriction,
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
    )


def answers(session: Session) -> dict[str, Settled]:
    """What people said of items, from one edition to the next; an answer taken back says nothing."""
    wanted = select(ForwardPlanAnswer).order_by(ForwardPlanAnswer.id)
    return {
        one.item_key: Settled(one.decision_id, one.reason if one.decision_id is None else None)
        for one in session.scalars(wanted)
        if one.decision_id is not None or one.reason is not None
    }


def choices_for(session: Session, reader: Reader, today: date) -> list[DecisionFacts]:
    """The decisions an item may be, those still to come first."""
    every = [one for one in decisions(session, reader, today=today) if one.state is not DecisionState.WITHDRAWN]
    return sorted(every, key=lambda one: (one.state is not DecisionState.EXPECTED, one.title.casefold(), one.id))


# Our own


@dataclass(frozen=True)
class OwnItem:
    """One decision of our own forward plan, in words that everybody may read."""

    decision_id: int
    item: Item
    #: "New", "Changed" or nothing, since the edition before.
    mark: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnPlan:
    """Our own forward plan as it stands, and what is different from the last edition given out."""

    from_on: date
    until_on: date
    items: tuple[OwnItem, ...]
    #: On the edition before, and not on this one.
    gone: tuple[str, ...]
    before: EditionFacts | None


def own_plan(session: Session, *, today: date) -> OwnPlan:
    """As the public may read it: nothing embargoed, and no amount."""
    until = add_months(today, council.forward_plan_months(session, today))
    every = [one for one in decisions(session, NOBODY, today=today) if is_expected(one, until)]
    published = _first_published(session, [one.id for one in every])
    found = [(one.id, _own_item(one, published.get(one.id))) for one in every]
    before = latest(session, own=True)
    items, gone = marked(found, before.items if before else None)
    return OwnPlan(today, until, items, gone, edition_facts(before) if before else None)


def _own_item(one: DecisionFacts, published_on: date | None) -> Item:
    return Item(
        title=one.title if one.activity.amounts_open else without_amounts(one.title),
        reference=one.reference,
        taker=one.taker,
        due_words=str(one.timing),
        due=one.timing,
        first_published_on=published_on,
        department=one.activity.directorate,
        lead_officer=one.activity.lead_post,
        status=one.state.value.capitalize(),
        is_key=True,
        restriction=one.restriction.value.capitalize(),
    )


def _first_published(session: Session, decision_ids: Sequence[int]) -> dict[int, date]:
    wanted = (
        select(Notice.decision_id, func.min(Notice.published_on))
        .where(Notice.kind == NoticeKind.KEY_DECISION, Notice.state != NoticeState.DRAFT)
        .where(Notice.decision_id.in_(decision_ids))
        .group_by(Notice.decision_id)
    )
    return {decision_id: on for decision_id, on in session.execute(wanted) if on is not None}


COMPARED = (
    ("title", "Title"), ("reference", "Reference"), ("taker", "Decision taker"), ("due_words", "Expected"),
    ("restriction", "Restriction"),
)  # fmt: skip


def marked(
    found: Sequence[tuple[int, Item]], before: Sequence[ForwardPlanItem] | None
) -> tuple[tuple[OwnItem, ...], tuple[str, ...]]:
    """What is new, what changed and what is gone; the first edition has nothing to be held against."""
    if before is None:
        return tuple(OwnItem(decision_id, item) for decision_id, item in found), ()
    was = {one.decision_id: read_item(one) for one in before}
    items = []
    for decision_id, item in found:
        old = was.get(decision_id)
        changes = _changes(old, item) if old else ()
        items.append(OwnItem(decision_id, item, "New" if old is None else "Changed" if changes else "", changes))
    now = {decision_id for decision_id, _ in found}
    return tuple(items), tuple(one.title for one in before if one.decision_id not in now)


def _changes(old: Item, new: Item) -> tuple[str, ...]:
    pairs = ((label, getattr(old, name), getattr(new, name)) for name, label in COMPARED)
    return tuple(f"{label}: was {was or 'not said'}" for label, was, now in pairs if was != now)


def own_edition(session: Session, edition: ForwardPlanEdition) -> OwnPlan:
    """An edition as it was given out, with its marks against the one before."""
    before = latest(session, own=True, before=edition.id)
    found = [(one.decision_id or 0, read_item(one)) for one in edition.items]
    items, gone = marked(found, before.items if before else None)
    until = edition.until_on or edition.from_on
    return OwnPlan(edition.from_on, until, items, gone, edition_facts(before) if before else None)
