"""Committees at work: a member asks, the clerk answers, agendas and packs, what came of it; and who reads what."""

import io
import re
import zipfile
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.roles import Role
from app.core import clock
from app.core.clock import LONDON
from app.core.rights import ScopeKind
from app.council.models import Committee, CommitteeKind, Meeting, Portfolio, Remit
from app.decisions import commands as of_activities
from app.decisions.commands.activities import Actor, WhenWanted
from app.decisions.models import (
    AgendaItem,
    AgendaSection,
    AskReason,
    Following,
    ItemOutcome,
    PreScrutinyRequest,
    RequestState,
)
from app.decisions.queries.committees.beside import Looked, looked_at
from app.decisions.rules.timing import Timing
from app.register.models import Indicator
from app.register.ratings import Rating
from tests.integration.decisions.making import Place, a_contract, a_place, an_activity, an_arrangement
from tests.makers import a_person, added, signed_in

TODAY = date(2026, 11, 22)
ACTOR = Actor("Morgan Ash", datetime(2026, 11, 20, 9, tzinfo=LONDON))


@pytest.fixture
def the_clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What day it is, as the test moves on; the hour goes its own way, so that nobody is signed out."""
    held = SimpleNamespace(today=TODAY)
    monkeypatch.setattr(clock, "today", lambda: held.today)
    return held


@pytest.fixture
def place(session: Session, the_clock: SimpleNamespace) -> Place:  # noqa: ARG001 - the day is fixed first
    made = a_place(session)
    made.committee.meetings = [
        Meeting(meets_on=date(2026, 11, 3)),
        Meeting(meets_on=date(2026, 12, 1), papers_due_on=date(2026, 11, 24)),
        Meeting(meets_on=date(2027, 1, 12), papers_due_on=date(2027, 1, 4), place="10am, Council Chamber"),
    ]
    session.commit()
    return made


def member_of(session: Session, committee: Committee, **more: object) -> Person:
    return a_person(session, Role.MEMBER, scope=ScopeKind.COMMITTEE, scope_id=committee.id, name="Cllr Vane", **more)  # type: ignore[arg-type]  # exempt alone


def meeting_of(place: Place, on: date) -> Meeting:
    return next(one for one in place.committee.meetings if one.meets_on == on)


def words_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        text = packed.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", text)


WORDS_OF_THE_PACK = ("10am, Council Chamber", "Cllr Vane, on how it performs: Carers wait")


def test_a_members_request_becomes_an_outcome_and_an_answer(
    session: Session, client: FlaskClient, place: Place, the_clock: SimpleNamespace
) -> None:
    contract = a_contract(session, place.adults, concern="Visits are missed at weekends")
    added(
        session,
        Indicator(
            contract_id=contract.id, name="Visits on time", measured_from=date(2026, 4, 1),
            next_period_ends_on=date(2026, 12, 31), latest_rating=Rating.REQUIRES_IMPROVEMENT,
            latest_to_on=date(2026, 9, 30),
        ),
    )  # fmt: skip
    activity = an_activity(
        session, place.adults, committee_id=place.committee.id, contract_id=contract.id, timing=Timing.parse("2027-28")
    )
    member, clerk = member_of(session, place.committee), a_person(session, Role.CLERK, name="Clerk Rowe")
    soon, later = (meeting_of(place, on).id for on in (date(2026, 12, 1), date(2027, 1, 12)))

    signed_in(client, session, member)
    page = client.get("/my-committees").text
    for said in ("Home care anew", "£2.0m", "at least £", "Requires improvement", "Visits are missed at weekends"):
        assert said.replace("at least £", "Expenditure of £2,000,000") in page, said
    assert "Comes by default on 12 January 2027" in page
    assert client.post(f"/activities/{activity.id}/follow").status_code == 302
    assert client.post(f"/activities/{activity.id}/follow").status_code == 302
    assert len(session.scalars(select(Following)).all()) == 1
    assert "Stop following" in client.get("/my-committees").text
    wanted = {"committee_id": place.committee.id, "about": AskReason.PERFORMANCE.value, "reason": "Carers wait"}
    warned = client.post(f"/activities/{activity.id}/ask", data={**wanted, "preferred_meeting_id": soon})
    assert "in less than 2 weeks" in warned.text
    assert client.post(f"/activities/{activity.id}/ask", data=wanted).status_code == 302
    assert "wait for the answer" in client.post(f"/activities/{activity.id}/ask", data=wanted).text
    request = session.scalars(select(PreScrutinyRequest)).one()
    assert client.get(f"/pre-scrutiny/{request.id}/accept").status_code == 403

    signed_in(client, session, clerk)
    assert "Accept" in client.get("/pre-scrutiny").text
    answer = {"version": request.version, "meeting_id": later, "words": "The provider will come"}
    assert client.post(f"/pre-scrutiny/{request.id}/accept", data=answer).status_code == 302
    session.expire_all()
    item = session.scalars(select(AgendaItem)).one()
    assert (item.meeting_id, item.section, request.state) == (later, AgendaSection.DECISIONS, RequestState.ACCEPTED)
    agenda = client.get(f"/meetings/{later}").text
    assert "B. Key or significant decisions for recommendation or endorsement" in agenda
    pack = client.get(f"/meetings/{later}/pack").text
    document = words_of(client.get(f"/meetings/{later}/pack.docx").data)
    for said in ("B1", "£2,000,000", "Visits on time", "31 March 2028", "Take the decision", *WORDS_OF_THE_PACK):
        assert said in pack, said
        assert said in document, said
    early = {"version": item.version, "outcome": "endorsed with changes", "recommendations": "Smaller lots"}
    assert "has not met yet" in client.post(f"/agenda-items/{item.id}/outcome", data=early).text

    the_clock.today = date(2027, 1, 13)
    assert "heard, outcome to record" in client.get("/").text
    bare = {"version": item.version, "outcome": "endorsed with changes"}
    assert "what the committee recommended" in client.post(f"/agenda-items/{item.id}/outcome", data=bare).text
    assert client.post(f"/agenda-items/{item.id}/outcome", data=early).status_code == 302

    session.expire_all()
    signed_in(
        client, session, a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=place.adults.id)
    )
    answered = {
        "version": item.version, "response": "Four lots, not one", "responded_by": "Head of Care",
        "responded_on": "13 January 2027", "changed": "The activity's purpose",
    }  # fmt: skip
    assert client.post(f"/agenda-items/{item.id}/response", data=answered).status_code == 302

    signed_in(client, session, member)
    for address in (
        "/my-committees",
        f"/activities/{activity.id}",
        f"/agenda-items/{item.id}",
        f"/committees/{place.committee.id}/said-and-done",
    ):
        told = client.get(address).text
        assert "Smaller lots" in told, address
        assert "Four lots, not one" in told, address
    assert "The provider will come" in client.get(f"/pre-scrutiny/{request.id}").text
    assert "Endorsed with changes" in client.get(f"/contracts/{contract.id}").text


def test_what_covers_several_contracts_tells_how_the_worst_of_them_runs(
    session: Session, client: FlaskClient, place: Place
) -> None:
    homes = an_arrangement(session, place.adults, "Care homes")
    for title, rating, concern in (
        ("Ash House", Rating.GOOD, None),
        ("Elm House", Rating.INADEQUATE, "Two falls went unreported"),
    ):
        home = a_contract(session, place.adults, title, arrangement_id=homes.id, concern=concern)
        rated = {"measured_from": date(2026, 4, 1), "next_period_ends_on": date(2026, 12, 31), "latest_rating": rating}
        added(session, Indicator(contract_id=home.id, name="Inspection", **rated))
    a_contract(
        session,
        place.adults,
        "Oak House",
        arrangement_id=homes.id,
        concern="Shut",
        awarded_end_on=TODAY.replace(year=2025),
    )
    about = an_activity(session, place.adults, arrangement_id=homes.id, committee_id=place.committee.id)
    signed_in(client, session, member_of(session, place.committee))
    held = meeting_of(place, date(2026, 12, 1))
    for address in ("/my-committees", f"/meetings/{held.id}/pack"):
        page = client.get(address).text
        assert about.title in page
        for said in ("Inadequate", "Elm House: Inspection", "Elm House: Two falls went unreported"):
            assert said in page, (address, said)
        assert "Oak House" not in page


def test_a_chair_answers_what_their_own_committee_is_asked_and_no_other(
    session: Session, client: FlaskClient, place: Place
) -> None:
    other = added(session, Committee(name="Roads Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE))
    asker, contract = member_of(session, place.committee), a_contract(session, place.adults)
    own, twin, theirs = (
        added(
            session,
            PreScrutinyRequest(
                committee_id=committee.id, contract_id=contract.id, asked_by_id=asker.id, asked_by="Cllr Vane",
                asked_at=clock.now(), about=AskReason.VALUE, reason=reason,
            ),
        )
        for committee, reason in ((place.committee, "It grew"), (place.committee, "It shrank"), (other, "It moved"))
    )  # fmt: skip
    signed_in(client, session, asker)
    assert "as chair" not in client.get("/my-committees").text
    assert client.post(f"/pre-scrutiny/{own.id}/decline", data={"reason": "No"}).status_code == 403
    signed_in(client, session, member_of(session, place.committee, is_chair=True))
    assert "requests wait for my answer" in client.get("/").text
    page = client.get("/my-committees").text
    for request, may in ((own, True), (twin, True), (theirs, False)):
        assert (f"/pre-scrutiny/{request.id}/accept" in page) is may
        for answer in ("accept", "decline", "merge"):
            assert client.get(f"/pre-scrutiny/{request.id}/{answer}").status_code == (200 if may else 403)
    merged = {"version": twin.version, "into": own.id, "reason": "One matter"}
    assert client.post(f"/pre-scrutiny/{twin.id}/merge", data=merged).status_code == 302
    assert client.post(f"/pre-scrutiny/{own.id}/accept", data={"version": own.version}).status_code == 302
    session.expire_all()
    assert [one.state for one in (own, twin, theirs)] == [
        RequestState.ACCEPTED,
        RequestState.MERGED,
        RequestState.ASKED,
    ]
    assert own.answered_by == "Cllr Vane"
    assert client.get(f"/agenda-items/{own.item_id}/change").status_code == 403
    assert "Cllr Vane" in client.get(f"/history/pre_scrutiny_request/{own.id}").text


def test_key_decisions_come_by_default_unless_left_out_for_urgency(
    session: Session, client: FlaskClient, place: Place
) -> None:
    by_remit = an_activity(session, place.adults, "By its remit", timing=Timing.parse("1 June 2027"))
    an_activity(session, place.adults, "Small", pounds=10_000, timing=Timing.parse("1 June 2027"))
    added(session, Committee(name="Commissioning Board", kind=CommitteeKind.MEMBER_BOARD))
    board = session.scalars(select(Committee).where(Committee.name == "Commissioning Board")).one()
    held = meeting_of(place, date(2027, 1, 12))
    signed_in(client, session, Role.CLERK)
    programme = f"/committees/{place.committee.id}/programme"
    assert "By its remit" in client.get(programme).text
    assert "Small" not in client.get(programme).text
    assert "do not come to this body by default" in client.get(f"/committees/{board.id}/programme").text
    assert "By its remit" in client.get(f"/meetings/{held.id}/pack").text
    assert "Say what is urgent" in client.post(f"/activities/{by_remit.id}/leave-out", data={"reason": "Late"}).text
    urgent = {"urgency": "The roof is off", "reason": "No meeting in time"}
    assert client.post(f"/activities/{by_remit.id}/leave-out", data=urgent).status_code == 302
    page = client.get(programme).text
    assert "The roof is off" in page
    assert "By its remit" not in client.get(f"/meetings/{held.id}").text
    assert client.post(f"/activities/{by_remit.id}/bring-back").status_code == 302
    assert client.post(f"/meetings/{held.id}/take-up").status_code == 302
    item = session.scalars(select(AgendaItem)).one()
    assert (item.activity_id, item.meeting_id) == (by_remit.id, held.id)
    assert client.post(f"/agenda-items/{item.id}/remove", data={"version": item.version}).status_code == 200
    gone = {"version": item.version, "reason": "Withdrawn by the director"}
    assert client.post(f"/agenda-items/{item.id}/remove", data=gone).status_code == 302
    assert "Withdrawn by the director" in client.get(f"/agenda-items/{item.id}").text
    assert client.post(f"/agenda-items/{item.id}/put-back").status_code == 302
    session.expire_all()
    item.meeting_id, item.outcome = meeting_of(place, date(2026, 11, 3)).id, ItemOutcome.NOTED
    session.commit()
    assert "By default" not in client.get(programme).text
    item.outcome = ItemOutcome.FURTHER_REPORT
    session.commit()
    assert "By default" in client.get(programme).text, "it comes again"
    signed_in(client, session, member_of(session, place.committee))
    assert "Comes again by default on 12 January 2027" in client.get("/my-committees").text


def test_an_agenda_is_put_in_order_by_buttons(session: Session, client: FlaskClient, place: Place) -> None:
    held = meeting_of(place, date(2027, 1, 12))
    signed_in(client, session, Role.CLERK)
    for title in ("First", "Second"):
        wanted = {"title": title, "section": "other items", "meeting_id": held.id}
        assert client.post(f"/committees/{place.committee.id}/items/new", data=wanted).status_code == 302
    second = session.scalars(select(AgendaItem).where(AgendaItem.title == "Second")).one()
    page = client.get(f"/meetings/{held.id}").text
    assert page.index(">First<") < page.index(">Second<")
    client.post(f"/agenda-items/{second.id}/up")
    page = client.get(f"/meetings/{held.id}").text
    assert page.index(">Second<") < page.index(">First<")


def test_a_request_is_declined_merged_and_taken_back_in_the_askers_sight(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults)
    member = member_of(session, place.committee)
    other = a_person(session, Role.MEMBER, name="Cllr Other")
    session.commit()
    wanted = {"committee_id": place.committee.id, "about": "its value", "reason": "It grew"}
    for who in (member, other):
        signed_in(client, session, who)
        assert client.post(f"/contracts/{contract.id}/ask", data=wanted).status_code == 302
    first, second = session.scalars(select(PreScrutinyRequest).order_by(PreScrutinyRequest.id))
    assert "Cllr Vane, who asked" in client.post(f"/pre-scrutiny/{first.id}/take-back").text
    signed_in(client, session, Role.CLERK)
    merged = {"version": second.version, "into": first.id, "reason": "The same matter"}
    assert client.post(f"/pre-scrutiny/{second.id}/merge", data=merged).status_code == 302
    nothing_beside = client.get(f"/pre-scrutiny/{first.id}/merge").text
    assert "There is no other request" in nothing_beside
    assert "Which request" not in nothing_beside
    assert "Say why" in client.post(f"/pre-scrutiny/{first.id}/decline", data={"version": first.version}).text
    declined = {"version": first.version, "reason": "It came in September"}
    assert client.post(f"/pre-scrutiny/{first.id}/decline", data=declined).status_code == 302
    signed_in(client, session, member)
    assert "It came in September" in client.get("/my-committees").text
    signed_in(client, session, other)
    assert client.post(f"/pre-scrutiny/{second.id}/take-back").status_code == 302
    session.expire_all()
    assert (first.state, second.state) == (RequestState.DECLINED, RequestState.TAKEN_BACK)


def test_a_members_page_marks_what_is_new_changed_and_slipped_since_the_last_meeting(
    session: Session, client: FlaskClient, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (datetime(2026, 11, day, 9, tzinfo=LONDON) for day in (2, 10))
    monkeypatch.setattr(clock, "now", lambda: before)
    old, slipped, touched = (
        an_activity(session, place.adults, title, committee_id=place.committee.id)
        for title in ("Standing still", "Putting off", "Put right")
    )
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: after)
    an_activity(session, place.adults, "Brand new", committee_id=place.committee.id)
    touched.purpose = "In better words"
    later = WhenWanted(timing=Timing.parse("Q2 2027-28"), reason="Tenders were late")
    of_activities.reschedule(slipped, later, Actor("Sam", after))
    monkeypatch.undo()
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    signed_in(client, session, member_of(session, place.committee))

    def marked(words: str) -> list[str]:
        page = client.get(f"/my-committees?mark={words}").text
        every = (old.title, slipped.title, touched.title, "Brand new")
        return [title for title in every if f">{title}</a>" in page.split('id="followed"')[0]]

    assert marked("New") == ["Brand new"]
    assert marked("Changed") == ["Put right"]
    assert marked("Slipped") == ["Putting off"]
    assert marked("anything else") == [old.title, slipped.title, touched.title, "Brand new"]


def test_a_cabinet_member_sees_what_their_portfolio_is_looked_after_by(
    session: Session, client: FlaskClient, place: Place
) -> None:
    portfolio = added(session, Portfolio(name="Care", position=1, member_title="Cabinet Member for Care"))
    place.committee.remits.append(Remit(portfolio_id=portfolio.id))
    an_activity(session, place.adults, "Coming", committee_id=place.committee.id)
    for title, taker in (("By its taker", "Councillor Ash, Cabinet Member for Care"), ("Of nobody", "Head of Roads")):
        an_activity(session, place.place, title).decision_taker = taker
    cabinet = a_person(session, Role.MEMBER, scope=ScopeKind.PORTFOLIO, scope_id=portfolio.id)
    signed_in(client, session, cabinet)
    page = client.get("/my-committees").text
    for title, comes in (("Coming", True), ("By its taker", True), ("Of nobody", False)):
        assert (title in page) is comes, title
    signed_in(client, session, Role.FINANCE)
    assert "You sit on no committee" in client.get("/my-committees").text


def test_annex_3_says_which_meeting_and_what_it_made_of_it(session: Session, client: FlaskClient, place: Place) -> None:
    seen = {
        title: an_activity(session, place.adults, title, committee_id=place.committee.id)
        for title in ("Heard", "Coming up", "Asked about", "Unseen")
    }
    for title, on, outcome in (("Heard", date(2026, 11, 3), "noted"), ("Coming up", date(2027, 1, 12), None)):
        item = AgendaItem(committee_id=place.committee.id, activity_id=seen[title].id, title=title, outcome=outcome)
        item.meeting_id = meeting_of(place, on).id
        added(session, item)
    added(
        session,
        PreScrutinyRequest(
            committee_id=place.committee.id, activity_id=seen["Asked about"].id, asked_by="Cllr Vane",
            asked_by_id=a_person(session, Role.MEMBER).id, asked_at=clock.now(), about=AskReason.VALUE, reason="It",
        ),
    )  # fmt: skip
    found = looked_at(session, {one.id for one in seen.values()}, TODAY)
    told = {title: found.get(one.id) for title, one in seen.items()}
    assert told == {
        "Heard": Looked(date(2026, 11, 3), "Noted"),
        "Coming up": Looked(date(2027, 1, 12), "On the agenda"),
        "Asked about": Looked(None, "Asked for"),
        "Unseen": None,
    }
    assert looked_at(session, {seen["Heard"].id}, date(2026, 11, 1))[seen["Heard"].id].words == "On the agenda"
    signed_in(client, session)
    printed = client.get("/annexes/2026-27/adults").text
    assert re.search(r"Coming up.*12 January 2027.*On the agenda", printed, re.DOTALL)


GROUND = "Schedule 12A, paragraph 3"
SECRETS = ("7,654,321", "7.7m", "Two bids are in", "Lot three fails", "We moved the money")


def test_exempt_items_are_read_by_those_entitled_and_by_nobody_else(
    session: Session, client: FlaskClient, place: Place
) -> None:
    activity = an_activity(
        session, place.adults, "Secret award", pounds=7_654_321, exempt=True, exempt_ground=GROUND,
        committee_id=place.committee.id,
    )  # fmt: skip
    held, heard = (meeting_of(place, on) for on in (date(2027, 1, 12), date(2026, 11, 3)))
    kept = {"exempt": True, "exempt_ground": GROUND, "committee_id": place.committee.id, "asked_to": "Endorse it"}
    ahead = added(
        session,
        AgendaItem(meeting_id=held.id, activity_id=activity.id, title="Secret award", note="Two bids are in", **kept),
    )
    past = added(
        session,
        AgendaItem(
            meeting_id=heard.id, activity_id=activity.id, title="Secret award", outcome="endorsed",
            recommendations="Lot three fails", response="We moved the money", responded_by="A", responded_on=TODAY,
            **kept,
        ),
    )  # fmt: skip
    added(session, AgendaItem(meeting_id=held.id, committee_id=place.committee.id, title="Open matter"))
    session.commit()
    pages = (
        *("/my-committees", "/", f"/activities/{activity.id}", f"/agenda-items/{ahead.id}", f"/agenda-items/{past.id}"),
        *(f"/meetings/{one.id}" for one in (held, heard)),
        *(f"/meetings/{one.id}/pack" for one in (held, heard)),
        f"/committees/{place.committee.id}/programme",
        f"/committees/{place.committee.id}/said-and-done",
        *(f"/history/agenda_item/{one.id}" for one in (ahead, past)),
    )
    entitled = member_of(session, place.committee, exempt=True)
    for who in (member_of(session, place.committee), a_person(session, Role.FINANCE), entitled):
        signed_in(client, session, who)
        reads = who is entitled
        told = {address: client.get(address).text for address in pages}
        told["docx"] = words_of(client.get(f"/meetings/{held.id}/pack.docx").data)
        for address, text in told.items():
            if not reads or "pack" in address or address == "docx":
                assert not [secret for secret in SECRETS if secret in text], (address, who.id)
        assert "in the exempt pack" in told["docx"]
        assert GROUND in told["docx"]
        for address in (f"/meetings/{held.id}/exempt-pack", f"/meetings/{held.id}/exempt-pack.docx"):
            assert client.get(address).status_code == (200 if reads else 404), address
    exempt = client.get(f"/meetings/{held.id}/exempt-pack").text
    document = words_of(client.get(f"/meetings/{held.id}/exempt-pack.docx").data)
    for text in (exempt, document):
        assert "Two bids are in" in text
        assert "7,654,321" in text
        assert "Open matter" not in text
    assert "Lot three fails" in client.get(f"/agenda-items/{past.id}").text


def test_no_words_that_everybody_reads_tell_an_exempt_amount(
    session: Session, client: FlaskClient, place: Place, the_clock: SimpleNamespace
) -> None:
    about = an_activity(
        session, place.adults, "Secret award", exempt=True, exempt_ground=GROUND, committee_id=place.committee.id
    )
    held = meeting_of(place, date(2027, 1, 12))
    refused, told = "leave figures out", "£7.7m is too much"
    signed_in(client, session, member_of(session, place.committee, exempt=True))
    asking = {"committee_id": place.committee.id, "about": AskReason.VALUE.value, "reason": told}
    assert refused in client.post(f"/activities/{about.id}/ask", data=asking).text
    assert client.post(f"/activities/{about.id}/ask", data={**asking, "reason": "Too much"}).status_code == 302
    request = session.scalars(select(PreScrutinyRequest)).one()
    signed_in(client, session, a_person(session, Role.CLERK, exempt=True))
    answer = {"version": request.version, "meeting_id": held.id}
    for path, words in (("accept", "words"), ("decline", "reason")):
        assert refused in client.post(f"/pre-scrutiny/{request.id}/{path}", data={**answer, words: told}).text
    assert client.post(f"/pre-scrutiny/{request.id}/accept", data=answer).status_code == 302
    session.expire_all()
    item = session.scalars(select(AgendaItem)).one()
    assert not item.exempt, "the row is open: its amount alone is withheld"
    pack = client.get(f"/meetings/{held.id}/pack").text
    assert f"Exempt: {GROUND}" in pack
    assert "Cllr Vane, on its value: Too much" in pack
    written = {"version": item.version, "title": item.title, "section": item.section.value, "meeting_id": held.id}
    assert refused in client.post(f"/agenda-items/{item.id}/change", data={**written, "note": told}).text
    the_clock.today = date(2027, 1, 13)
    outcome = {"version": item.version, "outcome": "noted", "comments": told}
    assert refused in client.post(f"/agenda-items/{item.id}/outcome", data=outcome).text
    shut = {**written, "note": told, "exempt": "y", "exempt_ground": GROUND}
    assert client.post(f"/agenda-items/{item.id}/change", data=shut).status_code == 302
    session.expire_all()
    assert client.post(f"/agenda-items/{item.id}/outcome", data={**outcome, "version": item.version}).status_code == 302


def test_an_exempt_matter_of_its_own_is_read_by_the_committees_entitled_members(
    session: Session, client: FlaskClient, place: Place
) -> None:
    held = meeting_of(place, date(2027, 1, 12))
    own = {"committee_id": place.committee.id, "meeting_id": held.id, "exempt": True, "exempt_ground": GROUND}
    item = added(session, AgendaItem(title="Conduct of a provider", note="Lot three fails", **own))
    gone = added(session, AgendaItem(title="Taken off", removed_at=ACTOR.now, removed_reason="Lot three fails", **own))
    other = added(session, Committee(name="Roads Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE))
    for where, marked in ((place.committee, True), (place.committee, False), (other, True)):
        signed_in(client, session, member_of(session, where, exempt=marked))
        reads = where is place.committee and marked
        for address in (f"/agenda-items/{item.id}", f"/agenda-items/{gone.id}", f"/history/agenda_item/{item.id}"):
            assert ("Lot three fails" in client.get(address).text) is reads, address
        assert ("Exempt pack" in client.get(f"/meetings/{held.id}").text) is reads
        assert ("Lot three fails" in client.get(f"/meetings/{held.id}/exempt-pack").text) is reads
        assert "Lot three fails" not in client.get(f"/meetings/{held.id}/pack").text


def test_what_is_under_embargo_is_on_nobodys_agenda(session: Session, client: FlaskClient, place: Place) -> None:
    contract = a_contract(session, place.adults, "Zirconium line", embargoed_until=date(2099, 1, 1))
    activity = an_activity(
        session, place.adults, "Zirconium anew", contract_id=contract.id, committee_id=place.committee.id
    )
    held = meeting_of(place, date(2027, 1, 12))
    item = added(
        session,
        AgendaItem(
            committee_id=place.committee.id, meeting_id=held.id, contract_id=contract.id, title="Zirconium in trouble"
        ),
    )
    signed_in(client, session, member_of(session, place.committee))
    for address in ("/my-committees", f"/meetings/{held.id}", f"/meetings/{held.id}/pack", "/meetings"):
        assert "Zirconium" not in client.get(address).text, address
    for address in (f"/agenda-items/{item.id}", f"/contracts/{contract.id}/ask", f"/activities/{activity.id}/ask"):
        assert client.get(address).status_code == 404, address
    signed_in(client, session, Role.PROCUREMENT)
    assert "Zirconium in trouble" in client.get(f"/meetings/{held.id}").text
    assert "Zirconium" not in client.get(f"/meetings/{held.id}/pack").text


def test_findings_of_committees_count_what_they_list(session: Session, client: FlaskClient, place: Place) -> None:
    soon, past = (meeting_of(place, on) for on in (date(2026, 12, 1), date(2026, 11, 3)))
    place.committee.meetings.append(Meeting(meets_on=date(2026, 9, 1)))
    activity = an_activity(session, place.adults, "No words", pounds=None, committee_id=place.committee.id)
    late = an_activity(session, place.adults, "Too late", timing=Timing.parse("25 November 2026"))
    session.flush()
    items = (
        AgendaItem(meeting_id=soon.id, activity_id=activity.id, title="No words"),
        AgendaItem(meeting_id=past.id, title="Heard and forgotten", asked_to="Comment"),
        AgendaItem(
            meeting_id=place.committee.meetings[-1].id, title="Unanswered", asked_to="Comment", outcome="noted",
            recommendations="Tell us more",
        ),
    )  # fmt: skip
    for item in items:
        item.committee_id = place.committee.id
        added(session, item)
    contract = a_contract(session, place.adults)
    added(
        session,
        PreScrutinyRequest(
            committee_id=place.committee.id, contract_id=contract.id, asked_by_id=a_person(session, Role.MEMBER).id,
            asked_by="Cllr Vane", asked_at=clock.now(), about=AskReason.VALUE, reason="It grew",
        ),
    )  # fmt: skip
    signed_in(client, session, member_of(session, place.committee))
    assert client.get("/my-committees").text.count("No meeting in time") == 1
    signed_in(client, session)
    for code, title, why in (
        ("papers-lack", "No words", "what the committee is asked to do, its expenditure or savings"),
        ("outcome-missing", "Heard and forgotten", "met on 3 November 2026"),
        ("response-overdue", "Unanswered", "within 42 days"),
        ("request-waits", "Home care", "Cllr Vane asked"),
        ("committee-item", late.title, "No meeting of Adults Cabinet Committee"),
    ):
        page = client.get(f"/to-do/{code}").text
        assert title in page, code
        assert why in page, code
        assert re.search(r"<h1[^>]*>\s*(<span.*?</span>\s*)?1 ", page, re.DOTALL), code


def test_a_meeting_is_cancelled_only_when_its_agenda_is_empty(
    session: Session, client: FlaskClient, place: Place
) -> None:
    held, contract = meeting_of(place, date(2027, 1, 12)), a_contract(session, place.adults)
    item = AgendaItem(committee_id=place.committee.id, meeting_id=held.id, title="Verges")
    wish = PreScrutinyRequest(
        committee_id=place.committee.id, contract_id=contract.id, asked_by_id=a_person(session, Role.MEMBER).id,
        asked_by="Cllr Vane", asked_at=clock.now(), about=AskReason.VALUE, reason="It", preferred_meeting_id=held.id,
    )  # fmt: skip
    session.add_all([item, wish])
    signed_in(client, session, Role.ADMINISTRATOR)
    assert "has items on its agenda" in client.post(f"/admin/meetings/{held.id}/cancel").text
    item.removed_at, item.removed_reason = clock.now(), "Not now"
    session.commit()
    assert client.post(f"/admin/meetings/{held.id}/cancel").status_code == 302
    session.expire_all()
    assert (item.meeting_id, wish.preferred_meeting_id) == (None, None)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("is_about_one", {"contract_id": None}),
        ("answer_has_a_reason", {"state": RequestState.DECLINED}),
        ("merged_says_into_what", {"state": RequestState.MERGED, "answer": "The same"}),
    ],
)
def test_the_database_refuses_a_request_that_says_half(
    session: Session, place: Place, name: str, wrong: dict[str, object]
) -> None:
    contract, member = a_contract(session, place.adults), a_person(session, Role.MEMBER)
    facts = {"contract_id": contract.id, **wrong}
    session.add(
        PreScrutinyRequest(
            committee_id=place.committee.id, asked_by_id=member.id, asked_by="Cllr Vane", asked_at=clock.now(),
            about=AskReason.VALUE, reason="It grew", **facts,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=name):
        session.flush()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("outcome_has_a_meeting", {"outcome": "noted"}), ("removal_has_a_reason", {"removed_at": ACTOR.now})],
)
def test_the_database_refuses_an_item_that_says_half(
    session: Session, place: Place, name: str, wrong: dict[str, object]
) -> None:
    session.add(AgendaItem(committee_id=place.committee.id, title="Verges", **wrong))
    with pytest.raises(IntegrityError, match=name):
        session.flush()
