"""What people do about reminders, and what sending one writes down."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.findings import Asked, FindingKind
from app.core.rights import Reader
from app.decisions.queries.visibility import embargoed_contract_of
from app.home.models import Often, ReminderChoice, ReminderSent, ReminderTold, Snooze
from app.home.reminders import queries, rules
from app.home.reminders.digests import Digest
from app.register.models import Agreement, SocialValueCommitment


class AlreadySent(Exception):
    """The person has had the digest of this period."""


def choose(session: Session, person_id: int, often: Often, weekday: int) -> ReminderChoice:
    found = session.scalar(select(ReminderChoice).where(ReminderChoice.person_id == person_id))
    if found is None:
        found = ReminderChoice(person_id=person_id, often=often, weekday=weekday)
        session.add(found)
    found.often, found.weekday = often, weekday
    return found


def write_down(session: Session, digest: Digest, *, now: datetime) -> ReminderSent:
    """Before it is sent, in the transaction that is kept only if it was. Raise AlreadySent to whoever comes second."""
    sent = ReminderSent(
        person_id=digest.person_id,
        period_on=digest.period_on,
        sent_at=now,
        address=digest.address,
        told=len(digest.every),
        new=len(digest.new),
    )
    session.add(sent)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadySent from error
    _remember_told(session, digest)
    session.flush()
    return sent


def _remember_told(session: Session, digest: Digest) -> None:
    rows = session.scalars(
        select(ReminderTold).where(ReminderTold.person_id == digest.person_id).order_by(ReminderTold.id)
    )
    known = {(one.code, one.subject_id): one for one in rows}
    for due in digest.every:
        if due.reached_on is None:
            continue
        if due.key in known:
            known[due.key].reached_on = due.reached_on
        else:
            code, number = due.key
            session.add(
                ReminderTold(person_id=digest.person_id, code=code, subject_id=number, reached_on=due.reached_on)
            )


# Putting off


@dataclass(frozen=True)
class FoundOn:
    """One finding on one record, as a reader sees it."""

    kind: FindingKind
    id: int
    title: str
    directorate_id: int | None
    division_id: int | None
    due_on: date | None


def found_on(session: Session, kind: FindingKind, number: int, reader: Reader, *, today: date) -> FoundOn | None:
    """None where it is not found there, or the record is not this reader's to see."""
    rows = kind.rows(session, Asked(reader, today, subject_id=number)).subquery().c
    record, title, directorate, division, _post, due = rows
    row = session.execute(select(record, title, directorate, division, due).where(record == number)).first()
    return FoundOn(kind, *row) if row else None


def snooze(
    session: Session, found: FoundOn, until_on: date, reason: str, *, by: str, today: date, now: datetime
) -> Snooze:
    """Put it off until the day. Refuse one that is past, or beyond its own date."""
    rules.check_snooze(until_on, found.due_on, today=today)
    known = queries.snooze_on(session, found.kind.code, found.id)
    if known is None:
        contract_id = _contract_of(session, found)
        known = Snooze(code=found.kind.code, subject_id=found.id, contract_id=contract_id)
        session.add(known)
    known.until_on, known.reason, known.set_by, known.set_at = until_on, reason, by, now
    return known


def wake(session: Session, code: str, number: int) -> bool:
    """Take the putting off back; whether there was one."""
    known = queries.snooze_on(session, code, number)
    if known is None or known.until_on is None:
        return False
    known.until_on = None
    return True


def _contract_of(session: Session, found: FoundOn) -> int | None:
    """The contract that whoever may not know of may not know of this."""
    if found.kind.subject == queries.CONTRACT:
        return found.id
    if found.kind.subject == "activity":
        return embargoed_contract_of(session, found.id)
    columns = {
        "agreement": (Agreement.id, Agreement.contract_id),
        "commitment": (SocialValueCommitment.id, SocialValueCommitment.contract_id),
    }
    if found.kind.subject not in columns:
        return None
    number, contract = columns[found.kind.subject]
    return session.scalar(select(contract).where(number == found.id))
