"""What a notice says: the particulars its draft and its decision hold, and the amounts that may not be in it."""

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.council import queries as council
from app.decisions.models import Activity, Notice, Restriction
from app.decisions.models.taking import TakerKind
from app.decisions.queries.activities import answer_now
from app.decisions.rules.key_decisions import Ground, KeyDecisionAnswer
from app.decisions.rules.notice_words import tidied
from app.decisions.rules.particulars import OWN, Particulars, amounts_in
from app.decisions.rules.timing import Timing
from app.register.models import Contract

BODIES = frozenset({TakerKind.CABINET, TakerKind.COMMITTEE, TakerKind.COUNCIL})


def particulars_of(session: Session, notice: Notice, today: date) -> Particulars:
    """Everything the draft and its decision say, as they stand now."""
    decision = notice.decision
    activity = decision.activity
    return Particulars(
        council=council.the_council(session).name,
        title=activity.title,
        reference=decision.reference,
        grounds=grounds_of(session, activity, today),
        taker=decision.taker,
        taker_is_body=decision.taker_kind in BODIES if decision.taker_kind else None,
        members=tidied(decision.taker_members),
        when=Timing(decision.timing, decision.expected_on),
        restriction=decision.restriction,
        is_restricted=decision.restriction is not Restriction.OPEN,
        restriction_ground=decision.restriction_ground,
        **{name: getattr(notice, name) for name in OWN},
    )


def grounds_of(session: Session, activity: Activity, today: date) -> tuple[str, ...]:
    """Why it is a key decision, as the public may read it: the threshold's amount, never the activity's own."""
    answer = answer_now(session, activity, today)
    if not answer.is_needed:
        return ()
    on = activity.expected_on or today
    threshold = council.key_threshold(session, on)
    money = f" ({threshold})" if council.key_threshold(session, on, capital=True) == threshold else ""
    return tuple(_ground(ground, activity, answer, money) for ground in answer.grounds)


def _ground(ground: Ground, activity: Activity, answer: KeyDecisionAnswer, money: str) -> str:
    if ground in {Ground.EXPENDITURE, Ground.SAVINGS}:
        return f"{ground}{money}"
    said = activity.two_divisions_reason if ground is Ground.TWO_DIVISIONS else activity.other_ground
    if ground is Ground.OTHER and answer.judged and not said:
        said = activity.judgement_reason
    return f"{ground}: {said}" if said and not amounts_in(said) else ground.value


def amounts_told(session: Session, notice: Notice, said: Particulars) -> tuple[str, ...]:
    """The amounts in the words, where the amounts of the matter are exempt: they may not be published."""
    if not amounts_are_exempt(session, notice.decision.activity):
        return ()
    own = (text for name in OWN if isinstance(text := getattr(said, name), str))
    return amounts_in(said.title, said.restriction_ground, *own)


def amounts_are_exempt(session: Session, activity: Activity) -> bool:
    """The activity's own, or those of any contract it is about."""
    wanted = select(func.count()).where(_about(activity), Contract.exempt.is_(True))
    return activity.exempt or bool(session.scalar(wanted))


def embargoed_until(session: Session, activity: Activity, today: date) -> date | None:
    """The day before which nobody may publish that it is coming."""
    wanted = select(func.max(Contract.embargoed_until)).where(_about(activity), Contract.embargoed_until > today)
    return session.scalar(wanted)


def _about(activity: Activity) -> ColumnElement[bool]:
    """The contracts, or the contracts of the arrangement, that the activity is about."""
    of = ((Contract.id, activity.contract_id), (Contract.arrangement_id, activity.arrangement_id))
    further = Contract.id.in_([one.contract_id for one in activity.also])
    return or_(further, *(column == number for column, number in of if number is not None))
