"""What comes after a decision: call-in and effect, what it allows, how long its papers are kept; its statement."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.money import pounds
from app.core.rights import Reader
from app.council import queries as council
from app.council import settings
from app.council.rules import CallInRule
from app.decisions.models import Restriction
from app.decisions.queries.announced import when_announced
from app.decisions.queries.decisions import DecisionFacts, taken_of
from app.decisions.rules import taking
from app.decisions.rules.announced import taken_outside
from app.decisions.rules.notice import CallIn
from app.decisions.rules.taking import Kept, Taken
from app.register.models import Approval, Contract
from app.register.visibility import rows_open_to, sums_open_to
from reports.paper import Paper

WITHHELD = "Withheld: exempt"
OFFICERS_LAW = "Openness of Local Government Bodies Regulations 2014, reg 7"
EXECUTIVE_LAW = "SI 2012/2089, regs 12 and 13"
DIFFERENCES = (taking.ends_otherwise, taking.effective_otherwise)


@dataclass(frozen=True)
class Allows:
    """What the decision allows, as the reader may see it."""

    id: int
    reference: str
    sum_allowed: str
    latest_end_on: date | None
    allows_options: bool
    delegate_post: str | None
    #: The contracts let under it: title and address.
    contracts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class After:
    """What follows from a decision that was taken."""

    call_in: CallIn | None
    #: How the last day of call-in is worked out.
    working: str
    #: The committee system's days are others.
    differences: tuple[str, ...]
    #: It was taken on a day that its notices did not name.
    outside: str | None
    effect: str
    #: Members may still call it in.
    call_in_open: bool
    kept: Kept
    allows: Allows | None


def after(session: Session, one: DecisionFacts, reader: Reader, moment: datetime) -> After | None:
    """None while it is not taken; ``moment`` is the council's own local time."""
    taken = taken_of(one)
    if taken is None:
        return None
    rule, holidays = council.call_in_rule(session, taken.decided_on), council.bank_holidays(session)
    return After(
        taking.in_force(taken, rule, holidays),
        _working(taken, rule),
        tuple(filter(None, (one_of(taken, rule, holidays) for one_of in DIFFERENCES))),
        taken_outside(when_announced(session, one), taken.decided_on),
        in_effect(one),
        _is_open(one, taking.in_force(taken, rule, holidays), moment),
        kept_until(session, taken.decided_on),
        _allows(session, one.approval_id, reader, moment.date()),
    )


def _is_open(one: DecisionFacts, period: CallIn | None, moment: datetime) -> bool:
    """By the hour of the last day, where there is one."""
    return period is not None and one.called_in_on is None and period.is_open_at(moment)


def _working(taken: Taken, rule: CallInRule) -> str:
    if taken.ends_entered_on is not None:
        return "As the committee system says it"
    hour = f", until {rule.cut_off:%H:%M} on the last day" if rule.cut_off else ""
    return f"{rule.days} {rule.basis} days after {rule.trigger}{hour}: a setting of the council (LGA 2000, s.9F)"


def in_effect(one: DecisionFacts) -> str:
    """From when it may be acted on, or what holds it up."""
    if one.effective_on is not None:
        return f"From {day(one.effective_on)}"
    if one.called_in_on is not None:
        came = f": {one.call_in_outcome}" if one.call_in_outcome else ": not resolved yet"
        return f"Held up by the call-in of {day(one.called_in_on)}{came}"
    return "Not yet: its written statement is not published"


def kept_until(session: Session, decided_on: date) -> Kept:
    return taking.kept_until(
        decided_on,
        record_years=council.value_on(session, settings.RECORD_YEARS, decided_on),
        background_years=council.value_on(session, settings.BACKGROUND_YEARS, decided_on),
    )


def _allows(session: Session, approval_id: int | None, reader: Reader, today: date) -> Allows | None:
    found = session.get(Approval, approval_id) if approval_id is not None else None
    if found is None:
        return None
    is_open = session.scalar(select(sums_open_to(reader)).select_from(Approval).where(Approval.id == found.id))
    let = select(Contract.title, Contract.id).where(Contract.approval_id == found.id, rows_open_to(reader, today))
    return Allows(
        found.id,
        found.reference,
        (pounds(found.sum_allowed) or "No sum named") if is_open else "Exempt",
        found.latest_end_on,
        found.allows_options,
        found.delegate_post,
        tuple((title, f"/contracts/{number}") for title, number in session.execute(let.order_by(Contract.id))),
    )


# The written statement


@dataclass(frozen=True)
class Statement:
    """The written statement of a decision, as page and paper say it."""

    council: str
    law: str
    facts: tuple[tuple[str, str], ...]
    paper: Paper


def statement(session: Session, one: DecisionFacts, reader: Reader, moment: datetime) -> Statement:
    """The heads the law names, with what the reader may not know left out and said to be."""
    name = council.the_council(session).name
    known = after(session, one, reader, moment)
    facts = tuple(_facts(one, known))
    parts = tuple(
        (head.title, tuple((WITHHELD if head.withheld else head.words or "Not recorded").splitlines()))
        for head in one.heads
    )
    law = OFFICERS_LAW if one.is_officers_record else EXECUTIVE_LAW
    title = f"Record of a decision: {one.title}"
    paper = Paper(title, f"{name}. {law}", facts, parts, name, one.decided_on or moment.date())
    return Statement(name, law, facts, paper)


def _facts(one: DecisionFacts, known: After | None) -> list[tuple[str, str]]:
    found = [
        ("Decision", str(one.kind).capitalize()),
        ("Reference", one.reference or "Not recorded"),
        ("Date of the decision", day(one.decided_on)),
        ("Decision taker", one.taker or "Not recorded"),
        ("Members", "; ".join(one.members)),
        ("Under decision", one.delegated_by or ""),
        ("Key decision", _key(one)),
        ("Restriction", _restriction(one)),
        ("Published", day(one.published_on) or "Not published yet"),
    ]
    if known is not None:
        found += [
            ("Call-in", _call_in(one, known)),
            ("In effect", known.effect),
            ("Record and reports kept until", day(known.kept.record_until)),
            ("Background papers kept until", day(known.kept.background_until)),
        ]
    return [(name, text) for name, text in found if text]


def _call_in(one: DecisionFacts, known: After) -> str:
    if one.not_called_in_reason:
        return f"Not subject to it: {one.not_called_in_reason}"
    if one.called_in_on is not None:
        return (
            f"Called in on {day(one.called_in_on)} by {one.called_in_by}: {one.call_in_outcome or 'not resolved yet'}"
        )
    return f"Until {day(known.call_in.ends_on)}" if known.call_in else "Begins when this statement is published"


def _key(one: DecisionFacts) -> str:
    if not one.is_key:
        return "No: it carries out a decision already taken" if one.is_officers_record else "No"
    if one.without_notice_reason:
        return "Yes, taken without the notice the law asks for"
    return f"Yes, by {one.route}" if one.route else "Yes"


def _restriction(one: DecisionFacts) -> str:
    said = str(one.restriction).capitalize()
    return said if one.restriction is Restriction.OPEN else f"{said}: {one.restriction_ground}"
