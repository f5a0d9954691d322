"""The demonstration's notices of decisions, the committee system's published list, and an edition of its own."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.text import fold
from app.council import commands as council
from app.council import settings
from app.council.definitions import Definition
from app.decisions.commands import TakerWanted, main_decision, name_taker, settle_activity
from app.decisions.commands import forward_plans as plans
from app.decisions.commands import notices as commands
from app.decisions.commands.activities import Actor
from app.decisions.models import (
    Activity,
    Decision,
    ForwardPlanEdition,
    Notice,
    NoticeKind,
    NoticeState,
    TakerKind,
)
from app.decisions.queries.forward_plans import own_plan
from app.decisions.queries.particulars import particulars_of
from app.decisions.rules.forward_plan import Item
from app.decisions.rules.notice import Route
from app.decisions.rules.notice_words import words_of
from app.decisions.rules.particulars import AgreedAs
from app.decisions.rules.timing import Timing
from app.home.demo.registering import RECORDED_BY, Loading

CLERK = "Winifred Copperthwaite-Lund"
SYSTEM = "https://democracy.wessmoor.example/mgIssueHistoryHome.aspx?IId="
SETTINGS: tuple[tuple[Definition[object], str], ...] = (
    (settings.NOTICE_ADDRESS, "Democratic Services, Wessmoor County Hall, Castle Street, Wessmoor WS1 1CC"),
    (settings.NOTICE_HERE, "in the register"),
    (settings.NOTICE_HOW_TO_ASK, "Write to democratic.services@wessmoor.example or call 01234 567 890"),
)
FULL_NOTICE = timedelta(days=29)


def load_announcements(loading: Loading) -> None:
    session, as_at = loading.session, loading.calendar.as_at
    for definition, value in SETTINGS:
        council.add_setting_value(
            session, definition, value=value, from_on=loading.calendar.first(-24), today=as_at,
            source="Proper officer's decision",
        )  # fmt: skip
    _full_notice(loading)
    _public_notice(loading)
    _half_drafted(loading)
    _urgent_decision(loading)
    session.flush()
    _published_list(loading)
    _own_edition(loading)


def _decision(session: Session, title: str) -> Decision:
    found = session.scalars(select(Activity).where(Activity.title == title)).one()
    return main_decision(found)


def _named(decision: Decision, kind: TakerKind, name: str, members: str | None = None) -> None:
    name_taker(decision, name, TakerWanted(kind=kind, members=members))


def _draft(loading: Loading, decision: Decision, kind: NoticeKind, documents: str | None) -> Notice:
    today = loading.calendar.as_at
    first = commands.prefilled(loading.session, decision, kind, today)
    return commands.draft_notice(loading.session, decision, kind, replace(first, documents=documents), today=today)


def _in_time(decision: Decision, as_at: date) -> date:
    """Two weeks ago, or as long before the decision as the law asks."""
    last = Timing(decision.timing, decision.expected_on).last
    return min(as_at - timedelta(days=14), (last or as_at) - FULL_NOTICE - timedelta(days=7))


def _full_notice(loading: Loading) -> None:
    """In the committee system, whose own earliest date is a day early."""
    session, as_at = loading.session, loading.calendar.as_at
    decision = _decision(session, "Home care from next year")
    _named(decision, TakerKind.MEMBER, "Councillor Petronella Ashgrove, Cabinet Member for Adult Care")
    decision.reference = loading.calendar.reference("{y}/00083")
    settle_activity(decision.activity)
    notice = _draft(loading, decision, NoticeKind.KEY_DECISION, "Report of the Director of Adult Care and Health")
    published_on = _in_time(decision, as_at)
    wanted = commands.PublicationWanted(
        published_on=published_on,
        system_reference=decision.reference,
        system_url=f"{SYSTEM}60083",
        earliest_entered_on=published_on + timedelta(days=28),
    )
    commands.publish_notice(session, notice, wanted, by=CLERK, today=as_at)


def _public_notice(loading: Loading) -> None:
    """Published by the register itself: anybody may read it."""
    session, as_at = loading.session, loading.calendar.as_at
    decision = _decision(session, "Lamps on side roads")
    members = "Councillor Aurelian Wrexley, Leader\nCouncillor Petronella Ashgrove\nCouncillor Leofric Amberstone"
    _named(decision, TakerKind.CABINET, "Cabinet", members)
    documents = "Outline business case for the lamps\nReport of the Director of Place and Environment"
    notice = _draft(loading, decision, NoticeKind.KEY_DECISION, documents)
    last = Timing(decision.timing, decision.expected_on).last
    if last is not None and last >= as_at + FULL_NOTICE:
        wanted = commands.PublicationWanted(published_on=as_at, public=True)
        commands.publish_notice(session, notice, wanted, by=CLERK, today=as_at)


def _half_drafted(loading: Loading) -> None:
    """Nobody has said yet who takes it, nor which documents there are."""
    _draft(loading, _decision(loading.session, "Temporary staff: authority to award"), NoticeKind.KEY_DECISION, None)


def _urgent_decision(loading: Loading) -> None:
    """Taken under special urgency: what the yearly report tells. Its notice is made as it was published then."""
    session = loading.session
    decision = _decision(session, "Family hubs in every district")
    decided_on = decision.decided_on or loading.calendar.as_at
    decision.route = Route.SPECIAL_URGENCY
    _named(decision, TakerKind.MEMBER, "Councillor Rosamund Thistlewood, Cabinet Member for Children and Learning")
    notice = Notice(
        decision=decision,
        activity_id=decision.activity_id,
        kind=NoticeKind.SPECIAL_URGENCY,
        state=NoticeState.DRAFT,
        public=False,
        matter="Whether to sign the leases of seven hubs before the schools' summer holidays.",
        reasons="The landlords' offers lapsed at the end of the week, and the grant with them.",
        agreed_by="Councillor Ignatius Fenwright",
        agreed_as=AgreedAs.SCRUTINY_CHAIR,
        agreed_on=decided_on - timedelta(days=2),
    )
    session.add(notice)
    session.flush()
    said = particulars_of(session, notice, loading.calendar.as_at)
    notice.words = words_of(notice.kind, said, published_on=decided_on).text
    notice.title, notice.taker, notice.decision_reference = said.title, decision.taker, decision.reference
    notice.restriction, notice.timing, notice.expected_on = decision.restriction, decision.timing, decision.expected_on
    notice.expected_words, notice.published_on, notice.published_by = str(said.when), decided_on, CLERK
    notice.state = NoticeState.PUBLISHED


def _published_list(loading: Loading) -> None:
    """As the committee system gave it out a week ago: one date too early, one item nobody knows, one not key."""
    as_at, year = loading.calendar.as_at, loading.calendar.reference("{y}") or ""
    first_on, short_on = as_at - timedelta(days=21), as_at - timedelta(days=12)
    later = _in_time(_decision(loading.session, "Home care from next year"), as_at) + timedelta(days=180)
    items = (
        _item("Home care from next year", f"{year}/00083", "Cabinet Member for Adult Care", later, first_on),
        _item("Replacement of the highways contract", f"{year}/00085", "Cabinet", as_at + timedelta(days=90), first_on),
        _item("Library strategy", f"{year}/00086", "Cabinet", as_at + timedelta(days=40), first_on),
        _item("Bridge repairs at Coxmoor", f"{year}/00087", "Cabinet", short_on + timedelta(days=28), short_on),
        _item(
            "Appointment of school governors", f"{year}/00088", "Leader", as_at + timedelta(days=20), None, key=False
        ),
        _item("Finance and people system", None, "Cabinet", as_at + timedelta(days=120), first_on),
    )
    taken_at = loading.now - timedelta(days=7)
    edition = ForwardPlanEdition(
        own=False,
        title="Forthcoming executive decisions",
        from_on=as_at - timedelta(days=7),
        until_on=None,
        taken_at=taken_at,
        taken_by=CLERK,
        filename="mgListPlanItems.csv",
        items=[plans.line_of(position, item) for position, item in enumerate(items, 1)],
    )
    _keep(loading, edition)
    not_ours = next(one for one in edition.items if fold(one.title).startswith("library"))
    actor = Actor(CLERK, taken_at)
    reason = "A strategy of the council's own: nothing is bought"
    plans.answer_item(loading.session, not_ours, actor, decision_id=None, reason=reason)


def _item(title: str, reference: str | None, taker: str, due: date, first_on: date | None, *, key: bool = True) -> Item:
    return Item(
        title=title,
        reference=reference,
        taker=taker,
        due_words=f"Not before {day(due)}",
        due=Timing.not_before(due),
        first_published_on=first_on,
        status="For Determination",
        is_key=key,
        restriction="Open",
    )


def _own_edition(loading: Loading) -> None:
    """Given out four weeks ago, with one decision fewer and one expected at another time."""
    as_at, then = loading.calendar.as_at, loading.now - timedelta(days=28)
    found = own_plan(loading.session, today=as_at)
    lines = [plans.line_of(place, one.item, one.decision_id) for place, one in enumerate(found.items[1:], 1)]
    if lines:
        lines[-1].due_words = "Timing not yet known"
    edition = ForwardPlanEdition(
        own=True,
        title=f"Forward plan of {day(as_at - timedelta(days=28))}",
        from_on=as_at - timedelta(days=28),
        until_on=found.until_on,
        taken_at=then,
        taken_by=RECORDED_BY,
        items=lines,
    )
    _keep(loading, edition)


def _keep(loading: Loading, edition: ForwardPlanEdition) -> None:
    """With its lines stored, and from then on frozen."""
    loading.session.add(edition)
    loading.session.flush()
    plans.keep_edition(edition, Actor(edition.taken_by, edition.taken_at))
    loading.session.flush()
