"""Whatever a clerk does on the pages, no key decision is announced or recorded before its lawful day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.findings import Asked, kind_of
from app.core.rights import Grant, Permission, Reader
from app.decisions import commands
from app.decisions.commands import ValueWanted
from app.decisions.commands.notices import draft_of
from app.decisions.models import Decision, DecisionState, Notice, NoticeKind, NoticeState
from app.decisions.rules.key_decisions import Line, LineKind
from app.decisions.rules.notice import Route
from app.decisions.rules.timing import Timing
from tests.integration.decisions.making import TODAY, Place, an_activity
from tests.makers import signed_in

SAID = {
    "matter": "Whether to let home care again",
    "taker_kind": "a Cabinet Member",
    "taker": "Councillor D. Vale, Cabinet Member for Care",
    "restriction": "open",
    "documents": "A report",
    "address": "County Hall",
    "other_documents": "Others may be submitted",
    "how_to_ask": "Write to us",
    "reasons": "The provider has given notice",
    "chair_informed": "Councillor C. Fenn",
    "agreed_by": "Councillor C. Fenn",
    "agreed_as": "chair of the relevant scrutiny committee",
}
PAPERS = {
    "key-decision": (NoticeKind.KEY_DECISION, Route.NOTICE),
    "general-exception": (NoticeKind.GENERAL_EXCEPTION, Route.GENERAL_EXCEPTION),
    "special-urgency": (NoticeKind.SPECIAL_URGENCY, Route.SPECIAL_URGENCY),
}


@pytest.fixture
def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    return signed_in(client, session, Role.CLERK)


# What the law says, reckoned day by day


def clear_days(first: date, last: date, *, working: bool) -> int:
    between = (first + timedelta(days=n) for n in range(1, (last - first).days))
    return sum(1 for day in between if not working or day.weekday() < 5)


def allows(paper: str, given_on: date, decided_on: date) -> bool:
    """No holiday falls into these months; what is counted in working days ends in one."""
    if paper == "special-urgency":
        return given_on <= decided_on
    if paper == "key-decision":
        return clear_days(given_on, decided_on, working=False) >= 28
    return clear_days(given_on, decided_on + timedelta(days=1), working=True) >= 6


@dataclass
class Clerk:
    """Somebody at the pages of one decision, who keeps a book of what was accepted there."""

    pages: FlaskClient
    session: Session
    decision_id: int
    #: Of each paper that is published, the day it counts from.
    standing: dict[str, date] = field(default_factory=dict)
    #: Urgency that is agreed, and its notice is not published yet.
    agreed_on: date | None = None

    @property
    def decision(self) -> Decision:
        self.session.expire_all()
        return self.session.get_one(Decision, self.decision_id)

    def send(self, address: str, version: int, **answers: str) -> bool:
        answer = self.pages.post(address, data={**SAID, **answers, "version": str(version)})
        assert answer.status_code in {200, 302}, address
        return answer.status_code == 302

    def draft(self, paper: str, consent_on: date) -> Notice:
        told = {"chair_informed_on": consent_on.isoformat(), "agreed_on": consent_on.isoformat()}
        there = draft_of(self.session, self.decision, PAPERS[paper][0])
        if there is None:
            assert self.send(f"/decisions/{self.decision_id}/notices/{paper}", self.decision.version, **told)
        else:
            assert self.send(f"/decision-notices/{there.id}/edit", there.version_of_all, **told)
        drafted = draft_of(self.session, self.decision, PAPERS[paper][0])
        assert drafted is not None
        return drafted

    def publish(self, paper: str, published_on: date, consent_on: date) -> None:
        """In the committee system, on whatever day it was."""
        drafted, expected_on = self.draft(paper, consent_on), self.decision.expected_on
        sent = {"where": "in the committee system", "published_on": published_on.isoformat()}
        accepted = self.send(f"/decision-notices/{drafted.id}/publish", drafted.version_of_all, **sent)
        told_first = paper == "key-decision" or consent_on <= published_on
        in_time = paper == "special-urgency" or allows(paper, published_on, expected_on or TODAY)
        assert accepted == (told_first and in_time), (paper, published_on, consent_on, expected_on)
        if accepted:
            self.standing[paper] = consent_on if paper == "special-urgency" else published_on
        if paper == "special-urgency":
            self.agreed_on = None if accepted else consent_on

    def withdraw(self, paper: str) -> None:
        for notice in self.session.query(Notice).filter_by(decision_id=self.decision_id, kind=PAPERS[paper][0]):
            self.session.refresh(notice)
            if notice.state is NoticeState.PUBLISHED:
                assert self.send(f"/decision-notices/{notice.id}/withdraw", notice.version, reason="A mistake")
                self.standing.pop(paper, None)

    def lawful(self, decided_on: date) -> set[Route]:
        counted = [*self.standing.items(), *([("special-urgency", self.agreed_on)] if self.agreed_on else [])]
        return {PAPERS[paper][1] for paper, on in counted if allows(paper, on, decided_on)}

    def record(self, decided_on: date, **more: str) -> bool:
        sent = {"decided_on": decided_on.isoformat(), "reference": "26/1", "resolution": "So be it", **more}
        return self.send(f"/decisions/{self.decision_id}/record", self.decision.version, **sent)


days = st.dates(date(2026, 9, 28), TODAY)
acts = st.tuples(st.sampled_from([*PAPERS]), days, days, st.booleans())
OCTOBER = date(2026, 10, 7)
BREACH = {"without_notice": "y", "without_notice_reason": "The service had begun"}


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a failing walk is short enough to read as it is
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(acts, max_size=3), days, st.dates(date(2026, 10, 10), date(2026, 12, 20)))
@example([("key-decision", OCTOBER, OCTOBER, False)], date(2026, 11, 5), date(2026, 11, 5))
@example([("key-decision", OCTOBER, OCTOBER, False)], date(2026, 11, 4), date(2026, 11, 5))
@example([("key-decision", OCTOBER, OCTOBER, False)], date(2026, 11, 5), date(2026, 11, 4))
@example([("key-decision", OCTOBER, OCTOBER, True)], date(2026, 11, 5), date(2026, 11, 5))
@example([("general-exception", OCTOBER, OCTOBER, False)], date(2026, 10, 15), date(2026, 10, 15))
@example([("general-exception", OCTOBER, date(2026, 10, 1), False)], date(2026, 10, 14), date(2026, 10, 15))
@example([], TODAY, TODAY)
@example([("special-urgency", OCTOBER, OCTOBER, False)], date(2026, 10, 6), date(2026, 10, 10))
def test_no_path_through_the_pages_takes_a_decision_before_its_lawful_day(
    clerk: FlaskClient,
    session: Session,
    place: Place,
    done: list[tuple[str, date, date, bool]],
    decided_on: date,
    expected_on: date,
) -> None:
    decision = commands.main_decision(an_activity(session, place.adults, timing=Timing.on(expected_on)))
    session.commit()
    at = Clerk(clerk, session, decision.id)
    for paper, published_on, consent_on, withdrawn in done:
        at.publish(paper, published_on, consent_on)
        if withdrawn:
            at.withdraw(paper)
    lawful = at.lawful(decided_on)
    assert at.record(decided_on) == bool(lawful), (at.standing, at.agreed_on, decided_on)
    if lawful:
        assert at.decision.route in lawful
        return
    assert at.decision.state is DecisionState.EXPECTED
    # Only what is past can be recorded as taken without its notice, with a person's word for it
    assert at.record(decided_on, **BREACH) == (decided_on < TODAY)
    recorded: Any = (at.decision.state, at.decision.route, at.decision.without_notice_reason)
    breach = (DecisionState.TAKEN, None, BREACH["without_notice_reason"])
    assert recorded == (breach if decided_on < TODAY else (DecisionState.EXPECTED, None, None))


def test_a_decision_that_proves_to_be_key_once_it_is_taken_is_found(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    activity = an_activity(session, place.adults, pounds=200_000)
    session.commit()
    at = Clerk(clerk, session, commands.main_decision(activity).id)
    assert at.record(date(2026, 11, 20))
    assert not found(session, "KD2")
    line = Line(LineKind.REVENUE, Decimal(2_000_000), Decimal(2_000_000))
    commands.value(at.decision.activity, ValueWanted(lines=(line,)))
    session.commit()
    assert found(session, "KD2") == [
        "Taken on 20 November 2026, and as it stands now it is a key decision: no route is recorded."
    ]


def found(session: Session, code: str) -> list[str]:
    kind, asked = kind_of(code), Asked(Reader(1, "All", grants=(Grant(frozenset(Permission), exempt=True),)), TODAY)
    assert kind is not None
    ids = [row[0] for row in session.execute(kind.rows(session, asked))]
    return sorted(kind.working(session, asked, ids).values())
