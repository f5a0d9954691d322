"""What the tests of decisions are about: a council, its units, contracts and activities."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.core.rights import Grant, Permission, Reader
from app.council import commands as council
from app.council.models import Committee, CommitteeKind, Directorate, Division, Remit
from app.decisions import commands
from app.decisions.commands import ActivityWanted, DecisionWanted, ValueWanted, WhatWanted, WhenWanted, WhoWanted
from app.decisions.models import Activity, ActivityKind, Decision, Notice, NoticeKind, NoticeState
from app.decisions.rules.key_decisions import Line, LineKind
from app.decisions.rules.timing import Timing
from app.register.models import Arrangement, ArrangementKind, Contract, ContractForm, ContractStage
from app.register.settling import settle
from tests.makers import added

TODAY = date(2026, 11, 22)
EVERYTHING = Reader(1, "All", grants=(Grant(frozenset(Permission), exempt=True),))
READS = Reader(2, "Reads", grants=(Grant(frozenset({Permission.READ})),))


@dataclass
class Place:
    """A council with two directorates, a division and a committee for the first."""

    adults: Directorate
    care: Division
    place: Directorate
    committee: Committee


def a_place(session: Session) -> Place:
    council.create_council(session, "Wold Council", today=TODAY)
    adults = added(session, Directorate(name="Adults", position=1))
    care = added(session, Division(name="Care", directorate_id=adults.id))
    place = added(session, Directorate(name="Place", position=2))
    committee = Committee(name="Adults Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE)
    committee.remits = [Remit(directorate_id=adults.id)]
    return Place(adults, care, place, added(session, committee))


def a_contract(session: Session, directorate: Directorate, title: str = "Home care", **more: Any) -> Contract:
    """Four years to the end of March 2028, £6m."""
    facts: dict[str, Any] = {
        "form": ContractForm.CONTRACT,
        "stage": ContractStage.AWARDED,
        "starts_on": date(2024, 4, 1),
        "awarded_end_on": date(2028, 3, 31),
        "awarded_low": Decimal(6_000_000),
        **more,
    }
    facts.setdefault("awarded_high", facts["awarded_low"])
    contract = Contract(title=title, directorate_id=directorate.id, **facts)
    session.add(contract)
    settle(contract)
    session.flush()
    return contract


def an_arrangement(session: Session, directorate: Directorate, title: str = "Care homes", **more: Any) -> Arrangement:
    kind = ArrangementKind.MANY_PROVIDERS
    return added(session, Arrangement(title=title, directorate_id=directorate.id, **{"kind": kind, **more}))


def an_activity(
    session: Session,
    directorate: Directorate,
    title: str = "Home care anew",
    *,
    pounds: int | None = 2_000_000,
    timing: Timing | None = None,
    **more: Any,
) -> Activity:
    """A re-procurement of £2m, expected in Q4 2026-27."""
    amount = Decimal(pounds or 0)
    value: dict[str, Any] = {name: more.pop(name) for name in ("exempt", "exempt_ground") if name in more}
    lines = (Line(LineKind.REVENUE, amount, amount),) if pounds is not None else ()
    wanted = ActivityWanted(
        what=WhatWanted(
            title=title, purpose="To keep people at home", kind=ActivityKind.REPROCURE, directorate_id=directorate.id
        ),
        value=ValueWanted(lines=lines, **value),
        who=WhoWanted(decision_taker="Cabinet", committee_id=more.pop("committee_id", None)),
        when=WhenWanted(timing=timing or Timing.parse("Q4 2026-27")),
        **more,
    )
    return commands.add_activity(session, wanted)


def a_notice_of(
    session: Session, decision: Decision, *, published_on: date, kind: NoticeKind = NoticeKind.KEY_DECISION, **more: Any
) -> Notice:
    """One that is published, as its words were."""
    facts = {
        "state": NoticeState.PUBLISHED,
        "published_on": published_on,
        "words": "A key decision is to be made",
        **more,
    }
    notice = Notice(decision_id=decision.id, activity_id=decision.activity_id, kind=kind, **facts)
    return added(session, notice)


def taken(session: Session, activity: Activity, decided_on: date, reference: str = "26/1", **more: Any) -> Decision:
    """Its main decision, taken with sixty days' notice."""
    decision = commands.main_decision(activity)
    a_notice_of(session, decision, published_on=decided_on - timedelta(days=60))
    wanted = DecisionWanted(decided_on=decided_on, reference=reference, **more)
    commands.record_decision(session, decision, wanted, today=TODAY)
    session.flush()
    return decision
