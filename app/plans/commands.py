"""What people do about returns: open a round, answer its parts, send, sign off, chase. Never commits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import audit
from app.core.dates import day
from app.core.errors import Refusal
from app.core.rights import Reader
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.council.models import Division
from app.plans import rules
from app.plans.models import PlanningRound, Return, ReturnChase, ReturnPart
from app.plans.queries import holdings, returns
from app.plans.queries.gaps import EVERYBODY, GapsAsked, missing_of, total
from app.plans.queries.gaps import by_part as missing_by_part
from app.plans.queries.holdings import Holding
from app.plans.rules import Answer, Part, ReturnState


@dataclass(frozen=True)
class Actor:
    """Who does it, and when."""

    reader: Reader
    today: date
    now: datetime

    @property
    def name(self) -> str:
        return self.reader.name


@dataclass(frozen=True, kw_only=True)
class RoundWanted:
    """A planning round, as a form or the command line describes it."""

    year: FinancialYear
    returns_due_on: date
    division_ids: Collection[int] = ()
    approved_by: str | None = None
    approved_on: date | None = None
    note: str | None = None


# Rounds


def open_round(session: Session, wanted: RoundWanted, actor: Actor) -> PlanningRound:
    """Ask every directorate that stands, and the divisions named, for a return."""
    if returns.round_of(session, wanted.year) is not None:
        raise Refusal(f"There is a planning round for {wanted.year} already: change that one", field="year")
    directorates = council.directorates(session, on=actor.today)
    rules.check_round(wanted.returns_due_on, actor.today, len(directorates))
    found = PlanningRound(
        year=wanted.year.start,
        approved_by=wanted.approved_by,
        approved_on=wanted.approved_on,
        returns_due_on=wanted.returns_due_on,
        note=wanted.note,
        opened_at=actor.now,
        opened_by=actor.name,
    )
    session.add(found)
    session.flush()
    for one in directorates:
        session.add(_return(found, one.id))
    _ask_divisions(session, found, wanted.division_ids, actor.today)
    session.flush()
    return found


def _return(found: PlanningRound, directorate_id: int, division_id: int | None = None) -> Return:
    parts = [ReturnPart(part=part) for part in Part]
    return Return(round_id=found.id, directorate_id=directorate_id, division_id=division_id, parts=parts)


def _ask_divisions(session: Session, found: PlanningRound, ids: Iterable[int], today: date) -> int:
    """Ask these divisions as well; those asked before stay asked, and one that was let off is asked again."""
    wanted, asked = set(ids), {one.division_id: one for one in returns.returns_of(session, found, withdrawn=True)}
    standing = {one.id: one for one in council.divisions(session, on=today)}
    for division in sorted((standing[number] for number in wanted & standing.keys()), key=lambda one: one.id):
        before = asked.get(division.id)
        if before is None:
            session.add(_return(found, division.directorate_id, division.id))
        else:
            before.withdrawn_at = before.withdrawn_reason = None
    session.flush()
    return len(wanted)


@dataclass(frozen=True, kw_only=True)
class RoundChanged:
    """What can be changed of a round that is open."""

    returns_due_on: date
    approved_by: str | None
    approved_on: date | None
    note: str | None
    division_ids: Collection[int] = ()


def change_round(session: Session, found: PlanningRound, wanted: RoundChanged, actor: Actor) -> None:
    check_round_open(found)
    rules.check_round(wanted.returns_due_on, found.opened_at.date(), 1)
    found.returns_due_on, found.note = wanted.returns_due_on, wanted.note
    found.approved_by, found.approved_on = wanted.approved_by, wanted.approved_on
    _ask_divisions(session, found, wanted.division_ids, actor.today)
    flag_modified(found, "id")


def close_round(found: PlanningRound, actor: Actor) -> None:
    """Nothing of it is answered, sent or signed any more."""
    check_round_open(found)
    found.closed_at, found.closed_by = actor.now, actor.name


def reopen_round(found: PlanningRound) -> None:
    found.closed_at = found.closed_by = None


def check_round_open(found: PlanningRound) -> None:
    if found.closed_at is not None:
        raise Refusal(
            f"The planning round for {found.plan_year} was closed on {day(found.closed_at.date())} by "
            f"{found.closed_by}: ask the planning co-ordinator to open it again"
        )


def division_called(session: Session, name: str, today: date) -> Division:
    """The one division of that name; refuse and name those there are."""
    found = [one for one in council.divisions(session, on=today) if one.name.casefold() == name.strip().casefold()]
    if len(found) != 1:
        names = ", ".join(one.name for one in council.divisions(session, on=today))
        said = "Several divisions are" if found else "No division is"
        raise Refusal(f"{said} called “{name}”. The divisions are: {names or 'none'}")
    return found[0]


# Returns


def _touch(made: Return) -> None:
    """A change of a part is a change of its return: whoever has the page open is told."""
    flag_modified(made, "id")  # nothing that the history would tell


def check_live(made: Return) -> None:
    check_round_open(made.round)
    if made.withdrawn_at is not None:
        raise Refusal(f"{made.name} makes no return of its own any more: {made.withdrawn_reason}")


def answer_part(
    session: Session, made: Return, part: Part, answer: Answer, note: str | None, holding: Holding, actor: Actor
) -> None:
    """Say that a part is complete, or that there is nothing; ``holding`` is what the register holds for it."""
    check_live(made)
    rules.check_open(made.state)
    rules.check_answer(answer, holding.number, holding.words)
    audit.give_reason(session, f"Annex {part.annex}: {part}")
    found = made.part(part)
    found.answer, found.note = answer, note
    found.answered_at, found.answered_by = actor.now, actor.name
    _touch(made)
    audit.give_reason(session, None)


def send(session: Session, made: Return, reason: str | None, actor: Actor) -> None:
    """Hand it to the director."""
    check_live(made)
    asked = _asked(made, actor)
    missing = missing_of(session, asked, returns.whose(made))
    rules.check_send(made.state, {one.part: one.answer for one in made.parts}, total(missing), reason)
    rules.check_nils(_wrong_nils(session, made, asked))
    made.state = ReturnState.SENT
    made.sent_at, made.sent_by = actor.now, actor.name
    made.sent_despite = reason if missing else None
    made.sent_back_reason = None
    session.flush()


def send_back(session: Session, made: Return, reason: str) -> None:
    """Ask for something to be put right; of what was signed, the signature goes and the history keeps it."""
    check_live(made)
    rules.move(made.state, ReturnState.SENT_BACK, reason=reason)
    audit.give_reason(session, reason)
    made.state, made.sent_back_reason = ReturnState.SENT_BACK, reason
    made.signed_off_at = made.signed_off_by = made.signed_off_post = None
    for one in made.parts:
        one.rows_signed = one.missing_signed = None
    session.flush()


def sign_off(session: Session, made: Return, actor: Actor) -> None:
    """Sign for the part of the council; how the register stood is kept beside each answer."""
    check_live(made)
    rules.check_sign_off(made.state, [returns.under(one) for one in returns.divisions_returns(session, made)])
    rules.check_nils(_wrong_nils(session, made, _asked(made, actor)))
    _keep_counts(session, made, actor)
    made.state = ReturnState.SIGNED_OFF
    made.signed_off_at, made.signed_off_by, made.signed_off_post = actor.now, actor.name, actor.reader.post
    session.flush()


def _wrong_nils(session: Session, made: Return, asked: GapsAsked) -> list[Part]:
    held = _holdings(session, made, asked)
    return [one.part for one in made.parts if one.answer is Answer.NIL and held[one.part].number]


def _keep_counts(session: Session, made: Return, actor: Actor) -> None:
    """As far as everybody may know them: a figure that is kept must tell nobody of what is kept back."""
    asked = GapsAsked(EVERYBODY, actor.today, made.round.plan_year)
    held = _holdings(session, made, asked)
    missing = missing_by_part(missing_of(session, asked, returns.whose(made)))
    for one in made.parts:
        one.rows_signed, one.missing_signed = held[one.part].number, missing[one.part]


def _asked(made: Return, actor: Actor) -> GapsAsked:
    return GapsAsked(actor.reader, actor.today, made.round.plan_year)


def _holdings(session: Session, made: Return, asked: GapsAsked) -> Mapping[Part, Holding]:
    return holdings.holdings_of(session, asked, returns.whose(made), made.path)


def withdraw(session: Session, made: Return, reason: str, actor: Actor) -> None:
    """Let a division off: its directorate answers for it."""
    check_live(made)
    if made.division_id is None:
        raise Refusal("A directorate always makes a return; close the round if none is wanted any more")
    audit.give_reason(session, reason)
    made.withdrawn_at, made.withdrawn_reason = actor.now, reason
    session.flush()


# Chasing


def check_chase(made: Return, names: Sequence[str]) -> None:
    check_live(made)
    if made.state in rules.MADE:
        raise Refusal(f"This return is {made.state}: there is nothing to chase")
    if not names:
        raise Refusal("Choose who is asked, or write who it is", field="people")


def chase(session: Session, made: Return, names: Sequence[str], how: str, actor: Actor) -> ReturnChase:
    """Record who was asked, how, and what was missing then."""
    check_chase(made, names)
    asked = GapsAsked(EVERYBODY, actor.today, made.round.plan_year)
    found = ReturnChase(
        chased_at=actor.now,
        chased_by=actor.name,
        whom=", ".join(names)[:1000],
        how=how,
        missing=total(missing_of(session, asked, returns.whose(made))),
    )
    made.chases.insert(0, found)
    _touch(made)
    session.flush()
    return found


def round_for(session: Session, year: FinancialYear) -> PlanningRound:
    found = returns.round_of(session, year)
    if found is None:
        years = [str(FinancialYear(one)) for one in session.scalars(select(PlanningRound.year).order_by("year"))]
        raise Refusal(f"There is no planning round for {year}. There is one for: {', '.join(years) or 'no year yet'}")
    return found
