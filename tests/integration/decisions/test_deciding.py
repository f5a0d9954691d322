"""From an activity to its decisions, their call-in, the sum approved, and what goes wrong on the way."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.errors import Refusal
from app.core.findings import Asked, kind_of
from app.core.rights import Reader
from app.council import commands as council
from app.council import elections
from app.council.models import Meeting
from app.council.queries import the_council
from app.council.rules import NoticePeriods
from app.council.settings import CATALOGUE
from app.decisions import commands
from app.decisions.commands import AwardWanted, DecisionWanted
from app.decisions.commands.notices import PublicationWanted, draft_notice, publish_notice
from app.decisions.commands.settling import differences
from app.decisions.models import (
    Decision,
    DecisionState,
    Notice,
    NoticeKind,
    NoticeState,
    Restriction,
    TakerKind,
)
from app.decisions.rules.notice import Route, earliest_decision
from app.decisions.rules.particulars import DraftParticulars
from app.decisions.rules.timing import Timing, TimingKind
from app.register.models import Contract, ContractProvider, ContractStage, ExtensionOption
from app.register.queries.changes import history
from app.register.settling import settle
from tests.integration.decisions.making import (
    EVERYTHING,
    READS,
    TODAY,
    Place,
    a_contract,
    a_notice_of,
    an_activity,
    taken,
)
from tests.makers import added, signed_in
from tests.register_makers import a_provider, a_service


def found(session: Session, code: str, reader: Reader = EVERYTHING) -> list[str]:
    """What a finding lists, by title."""
    session.commit()
    kind = kind_of(code)
    assert kind is not None
    return sorted(row[1] for row in session.execute(kind.rows(session, Asked(reader, TODAY))))


def working(session: Session, code: str, number: int) -> str:
    kind = kind_of(code)
    assert kind is not None
    return kind.working(session, Asked(EVERYTHING, TODAY), [number])[number]


def the_record(**more: Any) -> dict[str, Any]:
    return {
        "decided_on": "5 October 2026",
        "reference": "26/00053",
        "resolution": "That home care be procured again",
        "reasons": "The present contract ends",
        "alternatives": "Bring it in-house",
        "interests": "None",
        "dispensations": "None",
        "published_on": "6 October 2026",
        "restriction": "open",
        **more,
    }


def send(session: Session, client: FlaskClient, number: int, name: str, answers: dict[str, Any]) -> Any:
    """Post a decision's form as whoever has it open now. Any: a response."""
    session.expire_all()
    version = session.get_one(Decision, number).version
    return client.post(f"/decisions/{number}/{name}", data={**answers, "version": str(version)})


# The story


def test_an_activity_leads_to_two_decisions_a_call_in_and_an_approval_that_catches_an_extension(  # noqa: PLR0915 - one story
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults, awarded_end_on=date(2026, 12, 31))
    activity = an_activity(session, place.adults, contract_id=contract.id)
    procure = commands.main_decision(activity)
    signed_in(client, session, Role.CLERK)
    address = f"/decisions/{procure.id}"
    refused = send(session, client, procure.id, "record", the_record())
    assert "No notice allows this key decision on 5 October 2026" in refused.text
    a_notice_of(session, procure, published_on=date(2026, 9, 7))
    session.commit()
    too_soon = send(session, client, procure.id, "record", the_record(decided_on="5 October 2026"))
    assert "Decide on or after 6 October 2026, 28 clear days after 7 September 2026" in too_soon.text
    sums = {"allows": "y", "for_contract_id": str(contract.id), "sum_allowed": "6.5m", "latest_end_on": "31 March 2027"}
    lawful = the_record(decided_on="6 October 2026", published_on="7 October 2026", delegate_post="Director", **sums)
    assert send(session, client, procure.id, "record", lawful).status_code == 302
    page = client.get(address).text
    assert "Notice of 28 clear days" in page
    assert "14 October 2026" in page  # the last day of call-in
    assert "From 15 October 2026" in page
    assert "Call-in open" not in page
    assert [one.new for one in history(session, "activity", activity.id) if one.what == "Approval"] == ["26/00053"]
    assert "Lawful route" in page
    assert "£6,500,000" in page
    assert "6 October 2032" in page  # the record is kept
    assert "6 October 2030" in page  # and the background papers

    # What it allows is there to be put right, and cannot go unsaid; nothing takes effect before it is decided
    assert 'value="6,500,000"' in client.get(f"{address}/record").text
    before = send(session, client, procure.id, "record", {**lawful, "effective_entered_on": "1 October 2026"})
    assert "on or after 6 October 2026, when it was decided" in before.text
    unsaid = {name: answer for name, answer in lawful.items() if name != "allows"}
    assert "on record that it allows something" in send(session, client, procure.id, "record", unsaid).text
    again = {**lawful, "reference": "26/00053", "sum_allowed": "6.6m", "for_contract_id": ""}
    assert send(session, client, procure.id, "record", again).status_code == 302
    assert "£6,600,000" in client.get(address).text

    # An officer may award only once it is in effect
    signed_in(client, session, Role.PROCUREMENT)
    assert "checked" not in client.get(f"/activities/{activity.id}/award").text
    award = {"version": "2", "by": "an officer, under the first decision", "delegate_post": "Director of Adults"}
    made = client.post(f"/activities/{activity.id}/award", data={**award, "timing": "not known yet"})
    assert made.status_code == 302, made.text
    second = session.scalars(select(Decision).where(Decision.delegated_by_id == procure.id)).one()
    signed_in(client, session, Role.CLERK)
    called = {"called_in_on": "12 October 2026", "called_in_by": "Five members", "called_in_reason": "Its cost"}
    assert send(session, client, procure.id, "call-in", called).status_code == 302
    assert "Held up by the call-in of 12 October 2026" in client.get(address).text
    officers = the_record(decided_on="2 November 2026", published_on="2 November 2026", reference="26/O7")
    assert "is not in effect" in send(session, client, second.id, "record", officers).text
    upheld = {**called, "call_in_outcome": "decision upheld", "call_in_outcome_on": "30 October 2026"}
    assert send(session, client, procure.id, "call-in", upheld).status_code == 302
    assert "From 30 October 2026" in client.get(address).text
    subject = client.get(f"/decisions/{second.id}/record").text
    assert "It carries out decision 26/00053" in subject
    early = send(session, client, second.id, "record", {**officers, "decided_on": "29 October 2026"})
    assert "on or after 30 October 2026" in early.text
    done = send(session, client, second.id, "record", {**officers, "not_subject": "y", "why_not_subject": "Delegated"})
    assert done.status_code == 302, done.text
    listed = client.get("/decisions?state=taken").text
    assert "26/00053" in listed
    assert "26/O7" in listed

    # Its record, on the page and as a Word document
    statement = client.get(f"/decisions/{second.id}/statement").text
    assert "Openness of Local Government Bodies Regulations 2014" in statement
    paper = docx.Document(io.BytesIO(client.get(f"{address}/statement.docx").data))
    words = "\n".join(one.text for one in paper.paragraphs)
    assert "That home care be procured again" in words
    cells = {row.cells[0].text: row.cells[1].text for row in paper.tables[0].rows}
    assert cells["Call-in"] == "Called in on 12 October 2026 by Five members: decision upheld"
    assert cells["In effect"] == "From 30 October 2026"

    # Extending the contract beyond what was approved is caught
    signed_in(client, session, Role.PROCUREMENT)
    session.expire_all()
    version = str(session.get_one(Contract, contract.id).version)
    beyond = client.post(
        f"/contracts/{contract.id}/extend",
        data={
            "version": version,
            "uses_option": "no",
            "ends_on": "31 December 2027",
            "effective_on": "1 November 2026",
            "reason": "More time",
        },
    )
    assert "after 31 March 2027, the last day decision 26/00053 allows" in beyond.text
    session.expire_all()
    assert session.get_one(Contract, contract.id).approval_id == session.get_one(Decision, procure.id).approval_id
    assert list(differences(session)) == []


# What the commands refuse


def test_a_key_decision_that_was_taken_without_notice_is_recorded_as_such_and_listed(
    session: Session, client: FlaskClient, place: Place
) -> None:
    activity = an_activity(session, place.adults)
    decision = commands.main_decision(activity)
    signed_in(client, session, Role.CLERK)
    said = {"without_notice": "y", "without_notice_reason": "The service had begun"}
    today = the_record(decided_on="22 November 2026", published_on="", **said)
    assert "can still be taken lawfully" in send(session, client, decision.id, "record", today).text
    past = the_record(decided_on="20 November 2026", published_on="", **said)
    assert send(session, client, decision.id, "record", past).status_code == 302
    page = client.get(f"/decisions/{decision.id}").text
    assert "Taken without the notice the law asks for: The service had begun" in page
    assert found(session, "KD2") == found(session, "KD6") == ["Home care anew"]
    assert "Home care anew" in client.get("/decisions?mark=taken+without+notice").text
    assert "missing: the day it was published" in working(session, "KD6", activity.id)


def test_a_small_decision_and_an_officers_award_need_no_notice(session: Session, place: Place) -> None:
    small = commands.main_decision(an_activity(session, place.adults, "Small", pounds=200_000))
    wanted = DecisionWanted(decided_on=TODAY, reference="26/1")
    commands.record_decision(session, small, wanted, today=TODAY)
    assert (small.state, small.route) == (DecisionState.TAKEN, None)
    activity = an_activity(session, place.adults)
    first = taken(session, activity, date(2026, 10, 1), published_on=date(2026, 10, 2))
    award = commands.add_award(session, activity, AwardWanted(timing=Timing.not_known(), delegate_post="Director"))
    commands.record_decision(session, award, DecisionWanted(decided_on=TODAY, reference="26/2"), today=TODAY)
    assert (award.taker, award.taker_kind, award.delegated_by) == ("Director", TakerKind.OFFICER, first)
    with pytest.raises(Refusal, match="recorded already"):
        commands.add_award(session, activity, AwardWanted(timing=Timing.not_known()))
    assert not found(session, "KD7")
    called_in = commands.CallInWanted(called_in_on=date(2026, 10, 9), called_in_by="Scrutiny", reason="Its cost")
    commands.call_in(session, first, called_in, today=TODAY)
    assert found(session, "KD7") == ["Home care anew"], "the call-in was recorded after the officer had acted"
    assert "the decision that delegates it is not in effect" in working(session, "KD7", activity.id)
    # The same taker's award is a key decision of its own
    other = an_activity(session, place.adults, "Another")
    taken(session, other, date(2026, 10, 1), published_on=date(2026, 10, 2))
    own = commands.add_award(session, other, AwardWanted(timing=Timing.not_known()))
    with pytest.raises(Refusal, match="No notice allows"):
        commands.record_decision(session, own, DecisionWanted(decided_on=TODAY, reference="26/3"), today=TODAY)


days = st.dates(date(2026, 6, 1), TODAY)
ROUTES = (NoticeKind.KEY_DECISION, NoticeKind.GENERAL_EXCEPTION, NoticeKind.SPECIAL_URGENCY)
STATES = tuple(one for one in NoticeState if one is not NoticeState.DRAFT)
papers = st.tuples(st.sampled_from(ROUTES), days, st.none() | days, st.sampled_from(STATES))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(papers, max_size=3), days, st.booleans())
def test_no_path_through_the_commands_takes_a_decision_before_its_lawful_day(
    session: Session,
    place: Place,
    given_of_it: list[tuple[NoticeKind, date, date | None, NoticeState]],
    decided_on: date,
    admits: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    decision = commands.main_decision(an_activity(session, place.adults))
    for kind, on, consent_on, state in given_of_it:
        more = {"chair_informed_on": consent_on, "agreed_on": consent_on, "agreed_by": "The scrutiny chair"}
        reason = {"withdrawn_reason": "Withdrawn"} if state is NoticeState.WITHDRAWN else {}
        a_notice_of(session, decision, kind=kind, published_on=on, **{"state": state, **more, **reason})
    why = "It was urgent" if admits else None
    wanted = DecisionWanted(decided_on=decided_on, reference="26/1", without_notice_reason=why)
    try:
        commands.record_decision(session, decision, wanted, today=TODAY)
    except Refusal:
        assert decision.state is DecisionState.EXPECTED
        return
    if decision.route is None:
        assert decision.without_notice_reason == why is not None
        assert decided_on < TODAY
        return
    standing = [one for one in given_of_it if one[3] is NoticeState.PUBLISHED]
    published = [
        on for kind, on, _, state in standing if state is NoticeState.PUBLISHED and kind in OPENED[decision.route]
    ]
    if decision.route is Route.SPECIAL_URGENCY:
        assert any(consent is not None and consent <= decided_on for kind, _, consent, _ in standing)
    else:
        lawful = [
            earliest_decision(on, NoticePeriods(), frozenset(), route=decision.route).lawful_on for on in published
        ]
        assert min(lawful) <= decided_on


OPENED = {
    Route.NOTICE: {NoticeKind.KEY_DECISION},
    Route.GENERAL_EXCEPTION: {NoticeKind.GENERAL_EXCEPTION},
    Route.SPECIAL_URGENCY: {NoticeKind.SPECIAL_URGENCY},
}


def test_the_activity_says_of_its_decision_what_the_decision_says(app: Flask, session: Session, place: Place) -> None:
    activity = an_activity(session, place.adults)
    taken(session, activity, date(2026, 10, 1), "26/9", resolution="Agreed")
    session.commit()
    assert (activity.decided_on, activity.decision_reference, activity.outcome) == (date(2026, 10, 1), "26/9", "Agreed")
    assert app.test_cli_runner().invoke(args=["decisions", "check"]).output == "Differences: 0\n"
    activity.decision_reference = "26/10"
    commands.main_decision(activity).effective_on = date(2030, 1, 1)
    session.commit()
    said = app.test_cli_runner().invoke(args=["decisions", "check"])
    assert said.exit_code == 1
    assert "decision_reference is 26/10, should be 26/9" in said.output
    assert "effective_on is 2030-01-01, should be blank" in said.output


def test_withdrawing_takes_its_decisions_with_it_and_restoring_brings_them_back(session: Session, place: Place) -> None:
    activity = an_activity(session, place.adults)
    first = taken(session, activity, date(2026, 10, 1), published_on=date(2026, 10, 1))
    award = commands.add_award(session, activity, AwardWanted(timing=Timing.not_known(), delegate_post="Director"))
    commands.withdraw_activity(activity, "No longer wanted")
    assert (first.state, award.state) == (DecisionState.TAKEN, DecisionState.WITHDRAWN)
    commands.restore_activity(activity)
    assert (first.state, award.state) == (DecisionState.TAKEN, DecisionState.EXPECTED)


# Who reads what


def test_what_is_exempt_of_a_decision_is_withheld_on_every_page_of_it(
    session: Session, client: FlaskClient, place: Place
) -> None:
    exempt = an_activity(session, place.adults, exempt=True, exempt_ground="Schedule 12A, paragraph 3")
    said = taken(
        session, exempt, date(2026, 10, 1), resolution="Award at £4,321,987", reasons="The best", published_on=TODAY
    )
    full = taken(
        session,
        an_activity(session, place.adults, "Closed"),
        date(2026, 10, 1),
        resolution="Award to the second bidder",
        restriction=Restriction.FULL,
        restriction_ground="Schedule 12A, paragraph 3",
    )
    signed_in(client, session, Role.MEMBER)
    for one, hidden in ((said, "4,321,987"), (full, "second bidder")):
        for address in (f"/decisions/{one.id}", f"/decisions/{one.id}/statement", f"/activities/{one.activity_id}"):
            assert hidden not in client.get(address).text, address
        assert hidden.encode() not in client.get(f"/decisions/{one.id}/statement.docx").data
        assert hidden not in client.get(f"/history/activity/{one.activity_id}").text
    assert "The best" in client.get(f"/decisions/{said.id}").text
    signed_in(client, session, Role.CLERK)
    assert client.get(f"/decisions/{full.id}/record").status_code == 403
    signed_in(client, session, Role.PROCUREMENT)
    assert "second bidder" in client.get(f"/decisions/{full.id}").text


# The back-plan, slipping, elections and reorganisation


def test_the_back_plan_goes_through_the_committees_real_meetings(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults, awarded_end_on=date(2029, 3, 31))
    for meets_on in (date(2027, 1, 14), date(2027, 3, 18), date(2027, 5, 20)):
        papers = meets_on - timedelta(days=20)
        added(session, Meeting(committee_id=place.committee.id, meets_on=meets_on, papers_due_on=papers))
    activity = an_activity(session, place.adults, contract_id=contract.id, committee_id=place.committee.id)
    signed_in(client, session)
    for address in (f"/activities/{activity.id}", f"/contracts/{contract.id}"):
        page = client.get(address).text
        assert "Start by: put it on the committee" in page
        assert "26 February 2027" in page  # the report is due
        assert "18 March 2027" in page  # the last meeting before 31 March 2027
        assert "2 March 2027" in page  # on the forward plan
    late = an_activity(session, place.adults, "Too late", timing=Timing.parse("Q3 2027-28"), contract_id=contract.id)
    session.commit()
    assert found(session, "latest-start") == ["Too late"]
    assert "the decision is needed by 31 March 2027, and it is expected Q3 2027-28" in working(
        session, "latest-start", late.id
    )


def test_what_slipped_is_shown_filtered_and_listed(session: Session, client: FlaskClient, place: Place) -> None:
    activity = an_activity(session, place.adults, timing=Timing.parse("Q1 2026-27"))
    actor = commands.Actor("Sam Rivers", clock.now())
    moved = commands.WhenWanted(timing=Timing.parse("Q2 2026-27"), reason="The market was not ready")
    commands.reschedule(activity, moved, actor)
    an_activity(session, place.adults, "Steady")
    signed_in(client, session)
    page = client.get(f"/activities/{activity.id}").text
    assert "Moved 1 time: from Q1 2026-27 to Q2 2026-27, 3 months later" in page
    assert "The market was not ready" in page
    listed = client.get("/decisions?mark=slipped").text
    assert "Home care anew" in listed
    assert "Steady" not in listed
    assert found(session, "slipped") == ["Home care anew"]
    assert "3 months later" in client.get("/decisions.csv?mark=slipped").text


def test_elections_and_a_reorganisation_are_planned_around(session: Session, client: FlaskClient, place: Place) -> None:
    an_activity(session, place.adults, "Before an election", timing=Timing.parse("14 April 2027"))
    contract = a_contract(session, place.adults, "Long one", awarded_end_on=date(2030, 3, 31))
    optional = a_contract(session, place.place, "May be extended", stage=ContractStage.PLANNED)
    optional.options = [ExtensionOption(position=0, months=12)]
    settle(optional)
    a_contract(session, place.place, "Over by then")
    later = Timing.parse("Q2 2027-28")
    again = an_activity(session, place.adults, "Crosses", contract_id=contract.id, timing=later)
    signed_in(client, session, Role.ADMINISTRATOR)
    period = {"name": "County council election 2027", "from_on": "22 March 2027", "until_on": "6 May 2027"}
    assert client.post("/admin/elections/new", data=period).status_code == 302
    wrong = client.post("/admin/elections/new", data={**period, "until_on": "1 March 2027"})
    assert "not before the first" in wrong.text
    number = elections.periods(session)[0].id
    assert client.post(f"/admin/elections/{number}", data={**period, "name": "Election 2027"}).status_code == 302
    assert "No reorganisation is ahead" in client.get("/decisions/reorganisation").text
    council.change_council(
        the_council(session), name="Wold", vesting_on=date(2028, 4, 1), successor_name="Greater Wold"
    )
    session.commit()
    page = client.get("/decisions/reorganisation").text
    assert "Greater Wold takes over on 1 April 2028" in page
    assert "Revenue of £2,000,000 is more than £100,000" in page
    assert "Long one" in page
    assert "May be extended to 31 March 2029" in page
    assert "Over by then" not in page
    assert "Election 2027" in page
    assert "Long one" not in client.get(f"/decisions/reorganisation?directorate={place.place.id}").text
    file = client.get("/decisions/reorganisation.csv").text
    assert "Contract,May be extended" in file
    assert "Pre-election period,Before an election" in file
    assert found(session, "consent-to-contract") == ["May be extended"]
    assert found(session, "pre-election") == ["Before an election"]
    assert found(session, "successor-consent") == ["Before an election", "Crosses"]
    assert "Before an election" in client.get("/decisions?mark=in+a+pre-election+period").text
    again.exempt, again.exempt_ground = True, "Schedule 12A, paragraph 3"
    assert found(session, "successor-consent", READS) == ["Before an election"]


def test_notice_is_as_long_as_the_setting_of_the_decisions_day_has_it(session: Session, place: Place) -> None:
    setting = next(one for one in CATALOGUE if one.name == "notice_days")
    council.add_setting_value(
        session, setting, value="35 calendar days", from_on=date(2026, 12, 22), source=None, today=TODAY
    )
    drafts = []
    for title, on in (("Before", date(2026, 12, 21)), ("Under the new", date(2026, 12, 22))):
        activity = an_activity(session, place.adults, title, timing=Timing.on(on))
        decision = commands.main_decision(activity)
        decision.taker_kind = TakerKind.MEMBER
        a_notice_of(session, decision, published_on=TODAY)
        said = DraftParticulars(
            matter=title, documents="A report", address="The Hall", other_documents="Some", how_to_ask="Write"
        )
        drafts.append(draft_notice(session, decision, NoticeKind.KEY_DECISION, said, today=TODAY))
    assert found(session, "notice-unfit") == found(session, "KD2") == ["Under the new"]
    wanted = PublicationWanted(published_on=TODAY)
    publish_notice(session, drafts[0], wanted, by="Clerk", today=TODAY)
    with pytest.raises(Refusal, match="35 clear days after 22 November 2026 is 28 December 2026"):
        publish_notice(session, drafts[1], wanted, by="Clerk", today=TODAY)


def test_urgency_without_its_published_notice_is_found(session: Session, place: Place) -> None:
    decision = commands.main_decision(an_activity(session, place.adults, "Roof"))
    agreed: dict[str, Any] = {"kind": NoticeKind.SPECIAL_URGENCY, "agreed_by": "Councillor C. Fenn", "agreed_on": TODAY}
    draft = Notice(decision_id=decision.id, activity_id=decision.activity_id, state=NoticeState.DRAFT, **agreed)
    added(session, draft)
    commands.record_decision(session, decision, DecisionWanted(decided_on=TODAY, reference="26/1"), today=TODAY)
    assert decision.route is Route.SPECIAL_URGENCY
    assert found(session, "urgency-notice") == ["Roof"]
    assert not found(session, "KD4")
    a_notice_of(session, decision, published_on=TODAY, **agreed)
    assert not found(session, "urgency-notice")


def test_the_record_warns_of_a_day_that_no_notice_named(client: FlaskClient, session: Session, place: Place) -> None:
    decision = commands.main_decision(an_activity(session, place.adults))
    spring: dict[str, Any] = {"timing": TimingKind.QUARTER, "expected_on": date(2026, 4, 1)}
    a_notice_of(session, decision, published_on=date(2026, 3, 1), **spring)
    wanted = DecisionWanted(
        decided_on=date(2026, 10, 5), reference="26/1", published_on=date(2026, 10, 6),
        effective_entered_on=date(2026, 10, 13),
    )  # fmt: skip
    commands.record_decision(session, decision, wanted, today=TODAY)
    session.commit()
    page = signed_in(client, session, Role.CLERK).get(f"/decisions/{decision.id}").text
    assert "It was announced for Q1 2026-27, and taken on 5 October 2026." in page
    assert "by call-in it may be acted on from 14 October 2026: the entered date is 1 day earlier" in page
    a_notice_of(session, decision, published_on=date(2026, 8, 1), **{**spring, "expected_on": date(2026, 10, 1)})
    session.commit()
    assert "It was announced for" not in client.get(f"/decisions/{decision.id}").text


def test_contracts_split_below_the_threshold_are_found_together(session: Session, place: Place) -> None:
    service, provider = a_service(session, place.adults), a_provider(session)
    for title, starts_on, amount in (
        ("First", date(2025, 4, 1), 600_000),
        ("Second", date(2026, 3, 31), 500_000),
        ("A year later", date(2027, 4, 1), 300_000),
    ):
        a_contract(
            session, place.adults, title, starts_on=starts_on, awarded_low=Decimal(amount), lead_service_id=service.id,
            awarded_end_on=date(2028, 3, 31), providers=[ContractProvider(provider=provider, position=0)],
        )  # fmt: skip
    assert found(session, "KD8") == ["First", "Second"]
    first = session.scalars(select(Contract).where(Contract.title == "First")).one()
    told = working(session, "KD8", first.id)
    assert "service as Second from 31 March 2026. Within 12 months" in told, "one of another year does not belong to it"


@pytest.mark.parametrize(
    ("says", "amounts", "is_found"),
    [
        pytest.param("more than £1m", (500_000, 500_000), False, id="together the sum itself"),
        pytest.param("more than £1m", (500_000, 500_001), True, id="together a pound more"),
        pytest.param("more than £1m", (1_000_000, 1), True, id="the sum itself does not pass alone"),
        pytest.param("more than £1m", (1_000_001, 1), False, id="one passes alone"),
        pytest.param("at least £1m", (500_000, 500_000), True, id="at least: together the sum itself"),
        pytest.param("at least £1m", (500_000, 499_999), False, id="at least: together a pound less"),
        pytest.param("at least £1m", (1_000_000, 1), False, id="at least: the sum itself passes alone"),
    ],
)
def test_splitting_is_held_against_the_threshold_as_it_is_worded(
    session: Session, place: Place, says: str, amounts: tuple[int, int], *, is_found: bool
) -> None:
    setting = next(one for one in CATALOGUE if one.name == "key_threshold")
    council.add_setting_value(session, setting, value=says, from_on=TODAY, source=None, today=TODAY)
    service, provider = a_service(session, place.adults), a_provider(session)
    for title, amount in zip(("First", "Second"), amounts, strict=True):
        a_contract(
            session, place.adults, title, starts_on=date(2026, 4, 1), awarded_low=Decimal(amount),
            lead_service_id=service.id, providers=[ContractProvider(provider=provider, position=0)],
        )  # fmt: skip
    assert found(session, "KD8") == (["First", "Second"] if is_found else [])


def test_the_months_in_which_splitting_is_looked_for_are_the_councils(session: Session, place: Place) -> None:
    service, provider = a_service(session, place.adults), a_provider(session)
    for title, starts_on in (("First", date(2025, 4, 1)), ("Second", date(2026, 4, 1))):
        a_contract(
            session, place.adults, title, starts_on=starts_on, awarded_low=Decimal(600_000),
            lead_service_id=service.id, providers=[ContractProvider(provider=provider, position=0)],
        )  # fmt: skip
    assert found(session, "KD8") == []
    setting = next(one for one in CATALOGUE if one.name == "split_months")
    council.add_setting_value(session, setting, value="13", from_on=TODAY, source=None, today=TODAY)
    assert found(session, "KD8") == ["First", "Second"]


def test_a_contract_that_starts_before_its_decision_takes_effect_is_found(session: Session, place: Place) -> None:
    contract = a_contract(session, place.adults, starts_on=date(2026, 10, 3))
    activity = an_activity(session, place.adults)
    decision = taken(session, activity, date(2026, 10, 1), published_on=date(2026, 10, 2))
    commands.approve(session, decision, commands.ApprovalWanted(contract_id=contract.id))
    assert found(session, "KD7") == ["Home care anew"]
    assert (
        "Home care started on 3 October 2026; the decision it is let under takes effect on 10 October 2026"
        in working(session, "KD7", activity.id)
    )


def test_the_routes_that_lack_their_word_are_found(session: Session, place: Place) -> None:
    activity = an_activity(session, place.adults, timing=Timing.on(TODAY + timedelta(days=9)))
    decision = commands.main_decision(activity)
    assert found(session, "KD2") == ["Home care anew"]
    a_notice_of(session, decision, kind=NoticeKind.GENERAL_EXCEPTION, published_on=TODAY)
    a_notice_of(session, decision, kind=NoticeKind.SPECIAL_URGENCY, published_on=TODAY)
    assert found(session, "KD3") == found(session, "KD4") == ["Home care anew"]
    decision.restriction, decision.restriction_ground = Restriction.FULL, "Schedule 12A, paragraph 3"
    decision.taker_kind = TakerKind.CABINET
    assert found(session, "KD5") == ["Home care anew"]
    small = an_activity(session, place.adults, "Small", pounds=5_000, timing=Timing.on(date(2027, 1, 4)))
    private = commands.main_decision(small)
    private.restriction, private.restriction_ground = Restriction.FULL, "Schedule 12A, paragraph 3"
    private.taker_kind = TakerKind.CABINET
    assert found(session, "KD5") == ["Home care anew", "Small"], "a private meeting needs its notices, key or not"
    a_notice_of(session, private, kind=NoticeKind.PRIVATE_MEETING, published_on=TODAY)
    assert found(session, "KD5") == ["Home care anew"]
    private.expected_on = small.expected_on = date(2026, 12, 14)
    assert found(session, "KD5") == ["Home care anew", "Small"]
    assert "private meeting is due by 4 December 2026" in working(session, "KD5", small.id)
