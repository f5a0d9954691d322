"""One person's digest: what it tells, and the letter it is sent as."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import render_template
from sqlalchemy.orm import Session

from app.core.mail import Letter
from app.core.pages import plural
from app.council import queries as council
from app.home.models import Often
from app.home.reminders import queries
from app.home.reminders.queries import Answering, Due, Everybody

#: So many of each sort are told one by one; the list has them all.
SHOWN = 30


@dataclass(frozen=True)
class Digest:
    """What one person is told, and for which period."""

    person_id: int
    name: str
    address: str
    period_on: date
    council: str
    #: Those whose lead time was reached since the last digest, and the others; soonest first.
    new: tuple[Due, ...]
    still: tuple[Due, ...]
    #: The first of each, with their workings.
    new_shown: tuple[Due, ...]
    still_shown: tuple[Due, ...]

    @property
    def every(self) -> tuple[Due, ...]:
        return (*self.new, *self.still)

    @property
    def subject(self) -> str:
        told = plural(len(self.new), "new reminder") if self.new else "Reminders: nothing new"
        return f"{told}, {len(self.still):,} still to do" if self.still else told


def digests(session: Session, *, today: date) -> Iterable[Digest]:
    """Everybody's that is due today and has something to tell, one after the other."""
    every = queries.everybody(session)
    for person in every.people:
        found = digest_of(session, every, every.answering(person), person.email, today=today)
        if found is not None:
            yield found


def digest_of(session: Session, _every: Everybody, answering: Answering, address: str, *, today: date) -> Digest | None:
    """None where it is not the day, or there is nothing to tell. A daily one comes when something is new."""
    reader = answering.reader
    period = queries.period_due(session, reader, today=today)
    if period is None or reader.id is None:
        return None
    found = queries.reminders(session, answering, today=today)
    new, still = tuple(one for one in found if one.is_new), tuple(one for one in found if not one.is_new)
    daily = queries.choice_of(session, reader).often is Often.DAILY
    if not found or (daily and not new):
        return None
    return Digest(
        person_id=reader.id,
        name=reader.name,
        address=address,
        period_on=period,
        council=council.the_council(session).name,
        new=new,
        still=still,
        new_shown=tuple(queries.with_workings(session, reader, new[:SHOWN], today=today)),
        still_shown=tuple(queries.with_workings(session, reader, still[:SHOWN], today=today)),
    )


def letter_of(digest: Digest, *, base_url: str) -> Letter:
    """The digest in words. Its name is the person's and the period's, so that it is known again if it comes twice."""
    told = {"digest": digest, "base": base_url, "account": account_address(base_url)}
    return Letter(
        to=digest.address,
        subject=f"{digest.subject} ({digest.council})",
        text=render_template("home/digest.txt", **told),
        html=render_template("home/digest.html", **told),
        unsubscribe=account_address(base_url),
        name=f"reminders-{digest.person_id}-{digest.period_on.isoformat()}",
    )


def account_address(base_url: str) -> str:
    """Where a person chooses how often reminders come."""
    return f"{base_url}/account/reminders"
