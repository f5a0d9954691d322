"""The yearly report of special urgency (SI 2012/2089, reg 19), and what members held to be key (reg 18)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.rights import Reader
from app.council.calendar import FinancialYear
from app.decisions.models import Activity, Decision, Notice, NoticeKind, NoticeState
from app.decisions.queries.decisions import tells_an_amount
from app.decisions.queries.visibility import amounts_of_activities_open_to, open_to
from app.decisions.rules.notice import Route
from app.decisions.rules.notice_words import tidied

WITHHELD = "Withheld: it tells an amount that is exempt"


@dataclass(frozen=True)
class UrgentDecision:
    """A decision whose making was agreed as urgent under reg 11."""

    decision_id: int
    title: str
    reference: str | None
    #: A summary of the matter, as its notice published it.
    matter: str
    taker: str | None
    decided_on: date | None
    agreed_by: str | None
    agreed_as: str | None
    agreed_on: date | None
    reasons: str
    published_on: date | None
    restriction: str

    @property
    def decided(self) -> str:
        return day(self.decided_on) if self.decided_on else "Not taken yet"

    @property
    def agreement(self) -> str:
        on = f", on {day(self.agreed_on)}" if self.agreed_on else ""
        return f"{self.agreed_by or 'Not recorded'}{f', {self.agreed_as}' if self.agreed_as else ''}{on}"


def urgent_decisions(session: Session, reader: Reader, year: FinancialYear, today: date) -> list[UrgentDecision]:
    """Those of a year, by the day they were taken; what is not taken yet, by the day it was agreed."""
    wanted = (
        select(Notice)
        .join(Activity, Activity.id == Notice.activity_id)
        .join(Decision, Decision.id == Notice.decision_id)
        .where(Notice.kind == NoticeKind.SPECIAL_URGENCY, open_to(reader, today))
        .where(or_(and_(Notice.state == NoticeState.PUBLISHED, ~taken_otherwise()), taken_before_its_notice()))
        .order_by(Notice.id)
    )
    told = amounts_of_activities_open_to(reader).label("told")
    found = [_urgent(notice, told=told) for notice, told in session.execute(wanted.add_columns(told))]
    within = [one for one in found if (on := one.decided_on or one.agreed_on) and year.first <= on <= year.last]
    return sorted(within, key=lambda one: (one.decided_on or one.agreed_on or date.max, one.decision_id))


def taken_otherwise() -> ColumnElement[bool]:
    """Agreed to be urgent, and in the end taken by another route: it was not made under reg 11."""
    return and_(Decision.decided_on.is_not(None), Decision.route.is_distinct_from(Route.SPECIAL_URGENCY))


def taken_before_its_notice() -> ColumnElement[bool]:
    """Agreed and taken, and its notice is still to be published as soon as practicable (reg 11(2))."""
    return and_(Notice.state == NoticeState.DRAFT, Decision.route == Route.SPECIAL_URGENCY)


def _urgent(notice: Notice, *, told: bool) -> UrgentDecision:
    decision = notice.decision

    def said(words: str | None) -> str:
        """A draft is not looked through for exempt amounts until it is published."""
        tidy = " ".join(tidied(words))
        return tidy if told or notice.state is not NoticeState.DRAFT or not tells_an_amount(tidy) else WITHHELD

    return UrgentDecision(
        decision_id=decision.id,
        title=notice.title or decision.activity.title,
        reference=decision.reference or notice.decision_reference,
        matter=said(notice.matter),
        taker=notice.taker or decision.taker,
        decided_on=decision.decided_on,
        agreed_by=notice.agreed_by,
        agreed_as=notice.agreed_as,
        agreed_on=notice.agreed_on,
        reasons=said(notice.reasons),
        published_on=notice.published_on,
        restriction=str(notice.restriction or decision.restriction),
    )


@dataclass(frozen=True)
class HeldToBeKey:
    """A decision that was not treated as key, and that members held to be."""

    decision_id: int
    title: str
    reference: str | None
    taker: str | None
    decided_on: date | None
    #: What members said, and why it was not treated as key.
    held: str
    reported_on: date | None


def held_to_be_key(session: Session, reader: Reader, today: date) -> list[HeldToBeKey]:
    """Those still to be reported to the council first, then the latest."""
    wanted = (
        select(Decision)
        .join(Activity, Activity.id == Decision.activity_id)
        .where(Decision.held_to_be_key.is_not(None), open_to(reader, today))
        .order_by(Decision.reported_on.desc().nulls_first(), Decision.decided_on.desc().nulls_last(), Decision.id)
    )
    return [
        HeldToBeKey(
            one.id,
            one.activity.title,
            one.reference,
            one.taker,
            one.decided_on,
            one.held_to_be_key or "",
            one.reported_on,
        )
        for one in session.scalars(wanted)
    ]
