"""The notices standing behind a key decision, and the lawful route they open on a day."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.council import queries as council
from app.decisions.models import Decision, Notice, NoticeKind, NoticeState
from app.decisions.queries.activities import answer_on
from app.decisions.rules.lawful import Given, route_by
from app.decisions.rules.notice import Route

ROUTE_OF = {
    NoticeKind.KEY_DECISION: Route.NOTICE,
    NoticeKind.GENERAL_EXCEPTION: Route.GENERAL_EXCEPTION,
    NoticeKind.SPECIAL_URGENCY: Route.SPECIAL_URGENCY,
}
#: The agreement to special urgency comes first; its notice is published as soon as practicable after (reg 11(3)).
STANDING = (NoticeState.DRAFT, NoticeState.PUBLISHED)


def needs_notice(session: Session, decision: Decision, decided_on: date) -> bool:
    """Key decisions do, by the threshold on their day; carrying out what another decision delegated does not."""
    if decision.delegated_by_id is not None or decision.delegated_by is not None:
        return False
    return answer_on(session, decision.activity, decided_on).is_needed


def lawful_route(session: Session, decision: Decision, decided_on: date) -> Route:
    """The route the decision may take on the day, or a refusal that says what would open one."""
    periods = council.notice_periods(session, decided_on)
    return route_by(given_of(session, decision), decided_on, periods, council.bank_holidays(session))


def given_of(session: Session, decision: Decision) -> tuple[Given, ...]:
    """What was given of it, as the rule reads it; what is superseded or withdrawn opens nothing."""
    wanted = select(Notice).where(
        Notice.decision_id == decision.id, Notice.kind.in_(ROUTE_OF), Notice.state.in_(STANDING)
    )
    return given_from(session.scalars(wanted.order_by(Notice.id)))


def given_from(notices: Iterable[Notice]) -> tuple[Given, ...]:
    return tuple(_given(notices))


def _given(notices: Iterable[Notice]) -> Iterator[Given]:
    for notice in notices:
        if notice.kind not in ROUTE_OF:
            continue
        consent_on = notice.chair_informed_on
        if notice.kind is NoticeKind.SPECIAL_URGENCY:
            consent_on = notice.agreed_on if notice.agreed_by else None
        yield Given(ROUTE_OF[notice.kind], notice.published_on, consent_on)
