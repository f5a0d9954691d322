"""What people do with forward plans: take a published list in, answer its items, give out our own. Never commits."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.errors import Refusal
from app.core.files import store_file
from app.core.text import fold
from app.decisions.commands.activities import Actor
from app.decisions.models import Decision, ForwardPlanAnswer, ForwardPlanEdition, ForwardPlanItem
from app.decisions.queries.forward_plans import own_plan, read_item
from app.decisions.rules.forward_plan import Item
from app.decisions.rules.forward_plan_files import ReadList


@dataclass(frozen=True, kw_only=True)
class ListWanted:
    """A published list: the file it came in, and the time it covers."""

    filename: str
    content: bytes
    from_on: date
    until_on: date | None = None
    title: str | None = None


def read_in(session: Session, folder: Path, read: ReadList, wanted: ListWanted, actor: Actor) -> ForwardPlanEdition:
    """Put what a file says where somebody can look at it; it counts once it is kept."""
    if wanted.until_on is not None and wanted.until_on < wanted.from_on:
        raise Refusal(f"Enter a day after {day(wanted.from_on)}, or leave it blank", field="until_on")
    kept = store_file(session, folder, wanted.filename, wanted.content, by=actor.name)
    edition = ForwardPlanEdition(
        own=False,
        title=wanted.title or read.title or wanted.filename,
        from_on=wanted.from_on,
        until_on=wanted.until_on,
        taken_at=actor.now,
        taken_by=actor.name,
        filename=wanted.filename,
        file_hash=kept.sha256,
        items=[line_of(position, item) for position, item in enumerate(read.items, 1)],
    )
    session.add(edition)
    session.flush()
    return edition


def line_of(position: int, item: Item, decision_id: int | None = None) -> ForwardPlanItem:
    return ForwardPlanItem(
        position=position,
        reference=item.reference,
        title=item.title,
        title_key=fold(item.title)[:500],
        taker=item.taker,
        due_words=item.due_words,
        due_timing=item.due.kind,
        due_on=item.due.first,
        first_published_on=item.first_published_on,
        department=item.department,
        lead_officer=item.lead_officer,
        status=item.status,
        is_key=item.is_key,
        urgency=item.urgency,
        restriction=item.restriction,
        value=item.value,
        url=item.url,
        decision_id=decision_id,
    )


def keep_edition(edition: ForwardPlanEdition, actor: Actor) -> None:
    """From now on it counts, and neither it nor a line of it can be changed: a trigger sees to it."""
    if edition.kept_at is not None:
        raise Refusal("It is kept already")
    edition.kept_at = actor.now


def answer_item(
    session: Session, item: ForwardPlanItem, actor: Actor, *, decision_id: int | None, reason: str | None
) -> ForwardPlanAnswer:
    """Say which decision an item is, or why it is none of ours; it holds for the editions to come. Neither: take it
    back.
    """
    if decision_id is not None:
        session.get_one(Decision, decision_id)
    key = read_item(item).key
    found = session.scalar(select(ForwardPlanAnswer).where(ForwardPlanAnswer.item_key == key))
    answer = found or ForwardPlanAnswer(item_key=key)
    answer.decision_id, answer.reason = decision_id, reason if decision_id is None else None
    answer.answered_at, answer.answered_by = actor.now, actor.name
    session.add(answer)
    session.flush()
    return answer


def give_out(session: Session, actor: Actor, *, today: date) -> ForwardPlanEdition:
    """Freeze our own forward plan as it stands: the edition never changes."""
    plan = own_plan(session, today=today)
    if not plan.items:
        raise Refusal("There is no key decision to come in these months: an edition would be empty")
    edition = ForwardPlanEdition(
        own=True,
        title=f"Forward plan of {day(today)}",
        from_on=plan.from_on,
        until_on=plan.until_on,
        taken_at=actor.now,
        taken_by=actor.name,
        items=[line_of(position, one.item, one.decision_id) for position, one in enumerate(plan.items, 1)],
    )
    session.add(edition)
    session.flush()
    keep_edition(edition, actor)
    session.flush()
    return edition
