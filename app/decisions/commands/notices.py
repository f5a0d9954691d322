"""What people do with notices of decisions: draft, publish, withdraw, replace. Nothing here commits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.dates import day
from app.core.errors import Refusal
from app.council import queries as council
from app.council.rules import NoticePeriods
from app.decisions.models import Decision, DecisionState, Notice, NoticeKind, NoticeState
from app.decisions.queries.particulars import amounts_told, embargoed_until, particulars_of
from app.decisions.rules.notice import Route
from app.decisions.rules.notice_words import when_said, words_of
from app.decisions.rules.particulars import (
    OTHER_DOCUMENTS,
    OWN,
    DraftParticulars,
    Particular,
    Particulars,
    earliest_said,
    missing,
    too_soon,
)


@dataclass(frozen=True, kw_only=True)
class PublicationWanted:
    """When and where a notice is published."""

    published_on: date
    #: At an address of the register's own.
    public: bool = False
    system_reference: str | None = None
    system_url: str | None = None
    #: The earliest day of the decision as the committee system has it.
    earliest_entered_on: date | None = None


def prefilled(session: Session, decision: Decision, kind: NoticeKind, today: date) -> DraftParticulars:
    """What a new draft begins with: the matter from the activity, what the council's notices say alike."""
    activity, alike = decision.activity, council.notice_defaults(session, today)
    of_key = kind is NoticeKind.KEY_DECISION
    before = _standing(session, decision, NoticeKind.PRIVATE_MEETING)
    return DraftParticulars(
        matter=f"{activity.title}. {activity.purpose}",
        address=alike.address if of_key else None,
        other_documents=OTHER_DOCUMENTS if of_key else None,
        how_to_ask=alike.how_to_ask if of_key else None,
        meeting_on=before.meeting_on if before and kind.is_of_private_meeting else None,
        reasons=before.reasons if before and kind is NoticeKind.PRIVATE_MEETING_REASONS else None,
    )


def _standing(session: Session, decision: Decision, kind: NoticeKind) -> Notice | None:
    wanted = select(Notice).where(
        Notice.decision_id == decision.id, Notice.kind == kind, Notice.state == NoticeState.PUBLISHED
    )
    return session.scalars(wanted.order_by(Notice.id.desc())).first()


def draft_of(session: Session, decision: Decision, kind: NoticeKind) -> Notice | None:
    """The one draft there may be of a kind."""
    wanted = select(Notice).where(
        Notice.decision_id == decision.id, Notice.kind == kind, Notice.state == NoticeState.DRAFT
    )
    return session.scalars(wanted.order_by(Notice.id)).first()


def draft_notice(
    session: Session, decision: Decision, kind: NoticeKind, wanted: DraftParticulars, *, today: date
) -> Notice:
    """Begin a notice."""
    if decision.state is DecisionState.WITHDRAWN:
        raise Refusal("The decision is withdrawn: restore it first")
    if draft_of(session, decision, kind) is not None:
        raise Refusal("There is a draft of this notice already: change that one")
    notice = Notice(
        decision=decision, activity_id=decision.activity_id, kind=kind, state=NoticeState.DRAFT, public=False
    )
    session.add(notice)
    change_notice(session, notice, wanted, today=today)
    return notice


def change_notice(session: Session, notice: Notice, wanted: DraftParticulars, *, today: date) -> None:
    """Change a draft's particulars; an exempt amount does not get in."""
    if notice.state is not NoticeState.DRAFT:
        raise Refusal("It is published, so its words stand: make a new version of it")
    with session.no_autoflush:
        for name in OWN:
            setattr(notice, name, getattr(wanted, name))
        _check_amounts(session, notice, particulars_of(session, notice, today))
    flag_modified(notice, "matter")
    session.flush()


def _check_amounts(session: Session, notice: Notice, said: Particulars) -> None:
    told = amounts_told(session, notice, said)
    if told:
        raise Refusal(
            f"The amounts of this matter are exempt: take {' and '.join(told)} out of what the public will read",
            field="matter",
        )


def publish_notice(session: Session, notice: Notice, wanted: PublicationWanted, *, by: str, today: date) -> None:
    """Publish it, and freeze its words; refused while a particular is missing or the dates are unlawful."""
    said = particulars_of(session, notice, today)
    check_may_publish(session, notice, said, wanted, today=today)
    before = _standing(session, notice.decision, notice.kind)
    periods, holidays = _periods(session, notice, said, wanted.published_on), council.bank_holidays(session)
    earliest = earliest_said(notice.kind, wanted.published_on, notice.urgent_meeting_on, periods, holidays)
    replaces_on = before.published_on if before else None
    words = words_of(notice.kind, said, published_on=wanted.published_on, earliest=earliest, replaces_on=replaces_on)
    _freeze(notice, said, words.text)
    notice.published_on, notice.published_by, notice.public = wanted.published_on, by, wanted.public
    refer_to_system(notice, wanted.system_reference, wanted.system_url, wanted.earliest_entered_on)
    notice.state = NoticeState.PUBLISHED
    session.flush()
    if before is not None:
        before.state, before.replaced_by_id = NoticeState.SUPERSEDED, notice.id
        session.flush()


def _freeze(notice: Notice, said: Particulars, text: str) -> None:
    decision = notice.decision
    notice.words, notice.expected_words = text, when_said(notice.kind, said)
    notice.title, notice.purpose, notice.decision_reference = said.title, decision.activity.purpose, said.reference
    notice.taker, notice.taker_members = decision.taker, decision.taker_members
    notice.restriction, notice.restriction_ground = decision.restriction, decision.restriction_ground
    notice.timing, notice.expected_on = decision.timing, decision.expected_on


def check_may_publish(
    session: Session, notice: Notice, said: Particulars, wanted: PublicationWanted, *, today: date
) -> None:
    if notice.state is not NoticeState.DRAFT:
        raise Refusal("It is published already")
    if not awaits_notice(notice):
        raise Refusal(f"The decision is {notice.decision.state}: there is nothing to give notice of")
    lacking = missing(notice.kind, said)
    if lacking:
        raise Refusal(f"It cannot be published yet. {named(lacking)}")
    _check_amounts(session, notice, said)
    _check_day(session, notice, wanted, today=today)
    periods, holidays = _periods(session, notice, said, wanted.published_on), council.bank_holidays(session)
    problem = too_soon(notice.kind, said, wanted.published_on, periods, holidays)
    if problem:
        raise Refusal(problem, field="published_on")


def _periods(session: Session, notice: Notice, said: Particulars, published_on: date) -> NoticePeriods:
    """In force when it is to be decided, as recording the decision asks for them."""
    planned = said.meeting_on if notice.kind.is_of_private_meeting else said.when.last
    return council.notice_periods(session, planned or published_on)


def awaits_notice(notice: Notice) -> bool:
    """Before the decision; that it was urgent is published as soon as practicable, and so perhaps after (reg 11(2))."""
    if notice.decision.state is DecisionState.TAKEN:
        return notice.kind is NoticeKind.SPECIAL_URGENCY and notice.decision.route is Route.SPECIAL_URGENCY
    return notice.decision.state is DecisionState.EXPECTED


def _check_day(session: Session, notice: Notice, wanted: PublicationWanted, *, today: date) -> None:
    if wanted.published_on > today:
        raise Refusal("Enter a day that is not in the future: come back on the day itself", field="published_on")
    if wanted.public and not council.notice_defaults(session, today).published_here:
        raise Refusal("The council publishes its notices in the committee system: say where it stands", field="where")
    if wanted.public and wanted.published_on != today:
        raise Refusal(f"The register publishes it today, {day(today)}: enter that day", field="published_on")
    for first, on in (("is told", notice.chair_informed_on), ("agrees", notice.agreed_on)):
        if on is not None and on > wanted.published_on:
            raise Refusal(f"The chair {first} first: enter {day(on)} or later", field="published_on")
    embargo = embargoed_until(session, notice.decision.activity, today)
    if embargo is not None:
        raise Refusal(f"A contract it is about is under embargo until {day(embargo)}: lift the embargo first")


def named(lacking: tuple[Particular, ...]) -> str:
    """Each missing particular with its regulation."""
    return " ".join(f"{one.cure} ({one.source})." for one in lacking)


def refer_to_system(notice: Notice, reference: str | None, url: str | None, earliest_entered_on: date | None) -> None:
    """Where the committee system has it, and the earliest day it gives."""
    if url is not None and not url.startswith(("https://", "http://")):
        raise Refusal("Enter the whole address, beginning with https://", field="system_url")
    notice.system_reference, notice.system_url = reference, url
    notice.earliest_entered_on = earliest_entered_on


def withdraw_notice(notice: Notice, reason: str, *, today: date) -> None:
    """Say that it no longer holds; its words stay where they are."""
    if notice.state is not NoticeState.PUBLISHED:
        raise Refusal("Only a notice that stands can be withdrawn")
    if notice.decision.state is DecisionState.TAKEN:
        raise Refusal("The decision is taken: its notice stands as what was given of it")
    notice.state, notice.withdrawn_on, notice.withdrawn_reason = NoticeState.WITHDRAWN, today, reason


def restore_notice(session: Session, notice: Notice, *, today: date) -> None:
    """Take a withdrawal back, unless another notice stands in its place by now.

    What people read here as withdrawn gave them no notice meanwhile, so its clear days cannot go on from before.
    """
    if notice.state is not NoticeState.WITHDRAWN:
        raise Refusal("It is not withdrawn")
    if notice.public and notice.withdrawn_on is not None and notice.withdrawn_on < today:
        raise Refusal(
            f"It has stood here as withdrawn since {day(notice.withdrawn_on)}, so its clear days begin anew: draft a "
            "new version of it"
        )
    if _standing(session, notice.decision, notice.kind) is not None:
        raise Refusal("Another notice of this kind was published since: that one stands")
    notice.state, notice.withdrawn_on, notice.withdrawn_reason = NoticeState.PUBLISHED, None, None


def replace_notice(session: Session, notice: Notice, *, today: date) -> Notice:
    """Draft a new version of a published notice; once published it supersedes this one."""
    if notice.state is NoticeState.DRAFT:
        raise Refusal("It is not published: change it as it is")
    found = draft_of(session, notice.decision, notice.kind)
    if found is not None:
        return found
    wanted = DraftParticulars(**{name: getattr(notice, name) for name in OWN})
    return draft_notice(session, notice.decision, notice.kind, wanted, today=today)


def hold_to_be_key(decision: Decision, held: str | None, reported_on: date | None, *, today: date) -> None:
    """Members hold that a decision should have been treated as key (reg 18), and when the council was told."""
    if decision.state is not DecisionState.TAKEN:
        raise Refusal("It is not taken yet: judge on the activity that it needs a key decision", field="held_to_be_key")
    if reported_on is not None and not held:
        raise Refusal("Say what members hold", field="held_to_be_key")
    if reported_on is not None and reported_on > today:
        raise Refusal("Enter a day that is not in the future", field="reported_on")
    decision.held_to_be_key, decision.reported_on = held, reported_on
