"""Notices of a decision, from draft to what the public reads: refused while a particular is missing, then frozen."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts.roles import Role
from app.core import clock
from app.core.findings import Asked, kind_of
from app.council import commands as council
from app.council import settings
from app.decisions import commands
from app.decisions.models import Activity, Decision, Notice, NoticeKind, NoticeState, Restriction, TakerKind
from app.decisions.queries.lawful import given_of
from app.decisions.rules.lawful import Given
from app.decisions.rules.notice import Route
from app.decisions.rules.timing import Timing, TimingKind
from app.decisions.views.notice_drafts import SLUGS
from tests.integration.decisions.making import (
    EVERYTHING,
    TODAY,
    Place,
    a_contract,
    a_notice_of,
    a_place,
    an_activity,
    taken,
)
from tests.integration.reading import shown_words
from tests.makers import a_person, signed_in

WHOLE = {
    "matter": "Whether to let home care again",
    "taker_kind": "the Cabinet",
    "taker": "Cabinet",
    "taker_members": "Councillor A. Reed, Leader\nCouncillor B. Moss",
    "documents": "Report of the Director of Adults",
    "address": "County Hall, Wold, WD1 1AA",
    "other_documents": "Other documents relevant to the matter may be submitted to the decision taker.",
    "how_to_ask": "Write to democracy@wold.example",
    "restriction": "open",
}


@pytest.fixture
def place(session: Session) -> Place:
    made = a_place(session)
    for definition, value in (
        (settings.NOTICE_ADDRESS, "County Hall, Wold, WD1 1AA"),
        (settings.NOTICE_HOW_TO_ASK, "Write to democracy@wold.example"),
        (settings.NOTICE_HERE, "in the register"),
    ):
        council.add_setting_value(session, definition, value=value, from_on=TODAY, source=None, today=TODAY)
    return made


def a_decision(session: Session, place: Place, when: date = date(2027, 1, 11), **more: object) -> Decision:
    activity: Activity = an_activity(session, place.adults, timing=Timing.on(when), **more)  # type: ignore[arg-type]
    return commands.main_decision(activity)


@pytest.fixture
def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    return signed_in(client, session, Role.CLERK)


def the_notice(session: Session, kind: NoticeKind = NoticeKind.KEY_DECISION) -> Notice:
    session.expire_all()
    return session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id.desc())).first() or Notice()


def version(session: Session, notice: Notice) -> dict[str, str]:
    """As the page of an act on a published notice carries it."""
    session.refresh(notice)
    return {"version": str(notice.version)}


def versions(session: Session, notice: Notice) -> dict[str, str]:
    """As the pages of a draft carry them: its own and those of what it is put together from."""
    session.expire_all()
    return {"version": str(notice.version_of_all)}


def draft(
    clerk: FlaskClient, session: Session, decision: Decision, paper: str = "key-decision", **more: str
) -> TestResponse:
    session.commit()
    session.expire_all()
    held = session.get_one(Decision, decision.id).version
    return clerk.post(f"/decisions/{decision.id}/notices/{paper}", data={**WHOLE, **more, "version": str(held)})


def publish(clerk: FlaskClient, session: Session, notice: Notice, **more: str) -> TestResponse:
    """Here and today, unless said otherwise."""
    sent = {"where": "here", "published_on": "22/11/2026", **more, **versions(session, notice)}
    return clerk.post(f"/decision-notices/{notice.id}/publish", data=sent)


def given(session: Session, decision: Decision) -> tuple[Given, ...]:
    session.expire_all()
    return given_of(session, session.get_one(Decision, decision.id))


def unfit(session: Session) -> list[str]:
    """Why each published notice that no longer fits its decision does not."""
    kind, asked = kind_of("notice-unfit"), Asked(EVERYTHING, TODAY)
    assert kind is not None
    ids = [row[0] for row in session.execute(kind.rows(session, asked).order_by(None))]
    return [words for _, words in sorted(kind.working(session, asked, ids).items())]


def words(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return shown_words(answer.get_data(as_text=True))


def published(
    clerk: FlaskClient, session: Session, decision: Decision, paper: str = "key-decision", **more: str
) -> Notice:
    """Drafted, and published here today."""
    draft(clerk, session, decision, paper, **more)
    notice = the_notice(session, SLUGS[paper])
    assert publish(clerk, session, notice).status_code == 302
    session.refresh(notice)
    return notice


def test_a_notice_is_prefilled_refused_published_and_read_by_everybody(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    decision = a_decision(session, place)
    session.commit()
    form = clerk.get(f"/decisions/{decision.id}/notices/key-decision").get_data(as_text=True)
    for told in ("Home care anew. To keep people at home", "County Hall, Wold, WD1 1AA", "democracy@wold.example"):
        assert told in form

    # Saved half done: each particular that is missing is named with its regulation, and it cannot be published
    half = {"taker_members": "", "documents": ""}
    assert draft(clerk, session, decision, **half).status_code == 302
    notice = the_notice(session)
    shown = words(clerk, f"/decision-notices/{notice.id}")
    for told in ("List the members of the body", "reg 9(1)(c)", "List the documents submitted", "reg 9(1)(e)"):
        assert told in shown
    refused = publish(clerk, session, notice)
    assert "It cannot be published yet. List the members of the body" in refused.get_data(as_text=True)
    assert clerk.get(f"/notices/{notice.uid}").status_code == 404, "a draft is nobody's to read"

    # Who takes it is the decision's own: somebody else's change of it is not lost
    before = versions(session, notice)
    commands.name_taker(session.get_one(Decision, decision.id), "The Leader", commands.TakerWanted())
    session.commit()
    answer = clerk.post(f"/decision-notices/{notice.id}/edit", data={**WHOLE, **before})
    assert "Somebody else saved this record" in answer.get_data(as_text=True)
    clerk.post(f"/decision-notices/{notice.id}/edit", data={**WHOLE, **versions(session, notice)})
    assert publish(clerk, session, notice).status_code == 302
    shown = words(clerk, f"/decision-notices/{notice.id}")
    for told in ("21 December 2026", "28 clear days after 22 November 2026", "Councillor A. Reed, Leader"):
        assert told in shown

    routes = words(clerk, f"/decisions/{decision.id}")
    assert "Notice of 28 clear days: what was given of it allows the decision on 11 January 2027." in routes

    # The public, without signing in: the list and the notice
    clerk.post("/sign-out")
    assert "notices of decisions here too" in words(clerk, "/published")
    assert "Home care anew" in words(clerk, "/notices")
    public = words(clerk, f"/notices/{notice.uid}")
    for told in (
        "A key decision is to be made on behalf of Wold Council",
        "Expenditure over the threshold (more than £1,000,000)",
        "The decision will not be made before 21 December 2026",
        "Write to democracy@wold.example",
    ):
        assert told in public
    assert "2,000,000" not in public
    assert clerk.get(f"/decision-notices/{notice.id}").status_code == 302
    assert given(session, decision) == (Given(Route.NOTICE, TODAY),)


def test_what_is_published_never_changes_and_is_never_removed(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    notice = published(clerk, session, a_decision(session, place))
    for change in ("words = 'other'", "published_on = '2026-01-01'", "state = 'draft'", "taker = NULL"):
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(text(f"UPDATE decision_notice SET {change} WHERE id = {notice.id}"))  # noqa: S608
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(f"DELETE FROM decision_notice WHERE id = {notice.id}"))  # noqa: S608
    edited = clerk.post(f"/decision-notices/{notice.id}/edit", data={**WHOLE, **versions(session, notice)})
    assert "make a new version of it" in edited.get_data(as_text=True)


def test_a_new_version_supersedes_and_a_withdrawal_stays_readable(
    clerk: FlaskClient, session: Session, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = a_decision(session, place)
    first = published(clerk, session, decision)
    assert "It no longer fits its decision" not in words(clerk, f"/decision-notices/{first.id}")

    # Moved away from what was announced: a new notice is asked for
    decision = session.get_one(Decision, decision.id)
    wanted = commands.WhenWanted(timing=Timing.on(date(2027, 3, 1)), reason="The market asked for time")
    commands.reschedule(decision.activity, wanted, commands.Actor("Robin Holt", clock.now()))
    commands.restrict(decision, Restriction.PART, "Schedule 12A, paragraph 3")
    session.commit()
    assert len(unfit(session)) == 1
    assert "It was announced for 11 January 2027; it is now 1 March 2027." in unfit(session)[0]
    listed = words(clerk, "/to-do/notice-unfit")
    assert "which supersedes it once published" in listed
    asked = words(clerk, f"/decision-notices/{first.id}")
    assert "It was announced for 11 January 2027; it is now 1 March 2027." in asked
    assert "It was announced as open; it is now part exempt." in asked
    assert "Notice of a key decision of 22 November 2026. It was announced for 11 January 2027" in words(
        clerk, f"/decisions/{decision.id}"
    )

    assert clerk.post(f"/decision-notices/{first.id}/replace", data=version(session, first)).status_code == 302
    second = the_notice(session)
    assert second.id != first.id
    assert publish(clerk, session, second).status_code == 302
    session.refresh(first)
    session.refresh(second)
    assert unfit(session) == []
    assert (first.state, second.state) == (NoticeState.SUPERSEDED, NoticeState.PUBLISHED)
    old, new = words(clerk, f"/notices/{first.uid}"), words(clerk, f"/notices/{second.uid}")
    assert "This notice was superseded by the notice of 22 November 2026" in old
    assert "11 January 2027" in old, "its words stay"
    assert "It takes the place of the notice published on 22 November 2026" in new
    assert "Other notices of this decision Notice of a key decision, 22 November 2026 Superseded" in new
    assert "Part exempt: Schedule 12A, paragraph 3" in new

    withdrawn = {"reason": "The service stays in-house", **version(session, second)}
    assert clerk.post(f"/decision-notices/{second.id}/withdraw", data=withdrawn).status_code == 302
    assert given(session, decision) == (), "what is withdrawn opens no route"
    for told in ("Withdrawn", "The service stays in-house", "1 March 2027"):
        assert told in words(clerk, f"/notices/{second.uid}")
    listed = words(clerk, "/notices")
    assert all(word in listed for word in ("Superseded", "Withdrawn", "2 notices published"))
    assert "2 notices" not in words(clerk, "/notices?state=withdrawn")
    assert clerk.post(f"/decision-notices/{second.id}/restore", data=version(session, second)).status_code == 302
    session.refresh(second)
    assert second.state is NoticeState.PUBLISHED

    # With its decision withdrawn it must go too; once people have read it as withdrawn overnight, its days begin anew
    commands.withdraw_activity(session.get_one(Decision, decision.id).activity, "Not needed")
    session.commit()
    assert unfit(session) == ["Notice of a key decision, published on 22 November 2026. The decision is withdrawn."]
    assert clerk.post(f"/decision-notices/{second.id}/withdraw", data=withdrawn | version(session, second)).location
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    overnight = clerk.post(f"/decision-notices/{second.id}/restore", data=version(session, second))
    assert "so its clear days begin anew: draft a new version of it" in overnight.text


#: Of Kent: when the notice was published, the decision's day, the earliest day its list gave, and what is said of it.
KENT = (
    (date(2025, 10, 7), date(2025, 11, 5), date(2025, 11, 5), "As reckoned here"),
    (date(2025, 2, 20), date(2025, 3, 21), date(2025, 3, 21), "As reckoned here"),
    (date(2025, 2, 19), date(2025, 3, 20), date(2025, 3, 20), "As reckoned here"),
    (date(2022, 8, 30), date(2022, 9, 28), date(2022, 9, 28), "As reckoned here"),
    (date(2021, 11, 10), date(2021, 12, 9), date(2021, 12, 9), "As reckoned here"),
    (date(2021, 2, 16), date(2021, 3, 17), date(2021, 3, 17), "As reckoned here"),
    (date(2021, 1, 12), date(2021, 2, 10), date(2021, 2, 10), "As reckoned here"),
    (
        date(2025, 9, 2),
        date(2025, 10, 1),
        date(2025, 9, 30),
        "28 clear days after 2 September 2025 gives 1 October 2025: the entered date is 1 clear day short",
    ),
)


def test_the_committee_systems_own_date_stands_beside_the_reckoned_one(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    for published_on, decided_on, entered_on, says in KENT:
        assert draft(clerk, session, a_decision(session, place, decided_on)).status_code == 302
        notice = the_notice(session)
        sent = {
            "where": "in the committee system",
            "published_on": published_on.isoformat(),
            "system_reference": "25/00083",
            "system_url": "https://democracy.example/mgIssue?IId=1",
            "earliest_entered_on": entered_on.isoformat(),
        }
        early = {**sent, "published_on": (published_on + timedelta(days=1)).isoformat()}
        assert "it comes too late for a decision on" in publish(clerk, session, notice, **early).text
        assert publish(clerk, session, notice, **sent).status_code == 302
        shown = words(clerk, f"/decision-notices/{notice.id}")
        for told in (says, "25/00083", "https://democracy.example/mgIssue?IId=1"):
            assert told in shown
    clerk.post("/sign-out")
    elsewhere = the_notice(session)
    assert clerk.get(f"/notices/{elsewhere.uid}").status_code == 404, "it is published elsewhere"


def test_a_notice_is_never_published_for_a_day_before_its_lawful_one(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    decision = a_decision(session, place, date(2026, 12, 20))
    session.commit()
    draft(clerk, session, decision)
    notice = the_notice(session)
    page = words(clerk, f"/decision-notices/{notice.id}")
    assert "If it is published today" in page
    assert "Move it to 21 December 2026 or later" in page
    refused = publish(clerk, session, notice).get_data(as_text=True)
    assert "28 clear days after 22 November 2026 is 21 December 2026" in refused
    assert "or use the general exception or special urgency" in refused
    for day, why in (("23/11/2026", "not in the future"), ("21/11/2026", "publishes it today")):
        assert why in publish(clerk, session, notice, published_on=day).get_data(as_text=True)
    assert the_notice(session).state is NoticeState.DRAFT


def test_the_general_exception_and_special_urgency_have_papers_of_their_own(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    decision = a_decision(session, place, date(2026, 12, 1))
    session.commit()
    told = {"reasons": "The provider has given notice", "chair_informed": "Councillor C. Fenn"}
    draft(clerk, session, decision, "general-exception", **told, chair_informed_on="20/11/2026")
    notice = the_notice(session, NoticeKind.GENERAL_EXCEPTION)
    assert publish(clerk, session, notice).status_code == 302
    shown = words(clerk, f"/notices/{notice.uid}")
    assert "Councillor C. Fenn was informed in writing on 20 November 2026." in shown
    assert "The decision will not be made before 30 November 2026, 5 clear working days" in shown
    assert given(session, decision) == (Given(Route.GENERAL_EXCEPTION, TODAY, date(2026, 11, 20)),)

    urgent = {"reasons": "The roof is unsafe", "agreed_by": "Councillor C. Fenn", "agreed_on": "22/11/2026"}
    draft(clerk, session, decision, "special-urgency", **urgent)
    notice = the_notice(session, NoticeKind.SPECIAL_URGENCY)
    assert "Say as which chair they agreed" in words(clerk, f"/decision-notices/{notice.id}")
    chair = {"agreed_as": "chair of the relevant scrutiny committee"}
    clerk.post(f"/decision-notices/{notice.id}/edit", data={**WHOLE, **urgent, **chair, **versions(session, notice)})
    assert publish(clerk, session, notice).status_code == 302
    shown = words(clerk, f"/notices/{notice.uid}")
    assert "Councillor C. Fenn, chair of the relevant scrutiny committee, on 22 November 2026." in shown
    assert given(session, decision)[1] == Given(Route.SPECIAL_URGENCY, TODAY, TODAY)


def test_a_private_meeting_has_its_notice_and_its_further_notice(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    decision = a_decision(session, place)
    session.commit()
    private = {"reasons": "Tenderers' affairs", "meeting_on": "11/01/2027"}
    draft(clerk, session, decision, "private-meeting", **private)
    notice = the_notice(session, NoticeKind.PRIVATE_MEETING)
    assert publish(clerk, session, notice).status_code == 302
    assert "not be held in private before 21 December 2026" in words(clerk, f"/notices/{notice.uid}")

    form = clerk.get(f"/decisions/{decision.id}/notices/private-meeting-reasons").get_data(as_text=True)
    assert "Tenderers&#39; affairs" in form, "what the first notice said is not keyed twice"
    draft(clerk, session, decision, "private-meeting-reasons", **private)
    notice = the_notice(session, NoticeKind.PRIVATE_MEETING_REASONS)
    shown = words(clerk, f"/decision-notices/{notice.id}")
    assert "Say which representations were received, or that there were none reg 5(5)" in shown
    said = {
        "representations": "A resident asked to hear it",
        "answer": "Bids would be told",
        **versions(session, notice),
    }
    clerk.post(f"/decision-notices/{notice.id}/edit", data={**WHOLE, **private, **said})
    assert publish(clerk, session, notice).status_code == 302
    assert "A resident asked to hear it" in words(clerk, f"/notices/{notice.uid}")


def test_no_exempt_amount_gets_into_the_public_words(clerk: FlaskClient, session: Session, place: Place) -> None:
    decision = a_decision(session, place, pounds=7_654_321, exempt=True, exempt_ground="Schedule 12A, paragraph 3")
    session.commit()
    for amount in ("£7.7m", "7,654,321", "7.6 million"):
        answer = draft(clerk, session, decision, matter=f"A contract of {amount}")
        assert f"take {amount} out of what the public will read" in answer.get_data(as_text=True)
    urgent = {"urgent_because": "£7.7m lapses", "meeting_on": "11/01/2027", "agreed_by": "Councillor C. Fenn"}
    answer = draft(clerk, session, decision, "private-meeting", **urgent)
    assert "take £7.7m out of what the public will read" in answer.get_data(as_text=True)
    restricted = {**WHOLE, "restriction": "fully exempt", "restriction_ground": "Schedule 12A, paragraph 3"}
    notice = published(clerk, session, decision, **restricted)
    clerk.post("/sign-out")
    public = words(clerk, f"/notices/{notice.uid}")
    assert "Fully exempt: Schedule 12A, paragraph 3" in public
    assert "7" not in public.replace("11 January 2027", "").replace("2027", ""), "no figure of it at all"


def test_what_is_under_embargo_is_not_given_notice_of(client: FlaskClient, session: Session, place: Place) -> None:
    signed_in(client, session, a_person(session, Role.CLERK, exempt=True))
    contract = a_contract(session, place.adults, embargoed_until=date(2027, 2, 1), awarded_low=Decimal(5_000_000))
    decision = a_decision(session, place, contract_id=contract.id)
    session.commit()
    draft(client, session, decision)
    notice = the_notice(session)
    refused = publish(client, session, notice).get_data(as_text=True)
    assert "is under embargo until 1 February 2027: lift the embargo first" in refused


def test_the_words_come_as_a_document_and_as_text(clerk: FlaskClient, session: Session, place: Place) -> None:
    notice = published(clerk, session, a_decision(session, place))
    page = clerk.get(f"/decision-notices/{notice.id}").get_data(as_text=True)
    assert "The matter\nWhether to let home care again" in page
    with clerk.get(f"/decision-notices/{notice.id}.docx") as answer:
        packed = zipfile.ZipFile(io.BytesIO(answer.get_data())).read("word/document.xml").decode()
    for told in (
        "Notice of a key decision",
        "Councillor B. Moss",
        "21 December 2026",
        "Whether to let home care again",
    ):
        assert told in packed


def test_a_council_with_a_committee_system_publishes_nothing_here(client: FlaskClient, session: Session) -> None:
    decision = a_decision(session, a_place(session))
    signed_in(client, session, Role.CLERK)
    draft(client, session, decision)
    notice = the_notice(session)
    assert "Here, at an address" not in words(client, f"/decision-notices/{notice.id}/publish")
    assert publish(client, session, notice).status_code == 200
    assert publish(client, session, notice, where="in the committee system").status_code == 302


def test_only_those_who_record_decisions_draft_and_publish(client: FlaskClient, session: Session, place: Place) -> None:
    decision = a_decision(session, place)
    decision.taker_kind, decision.taker = TakerKind.OFFICER, "A. Hale, Director of Adults"
    signed_in(client, session, Role.MEMBER)
    assert client.get(f"/decisions/{decision.id}/notices/key-decision").status_code == 403
    assert "Draft a notice" not in words(client, f"/decisions/{decision.id}")
    assert decision.timing is TimingKind.DAY


def test_the_yearly_report_tells_each_decision_agreed_to_be_urgent(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    decision = a_decision(session, place, date(2026, 11, 21), title="Roof of the care home")
    urgent = {
        "reasons": "The roof is unsafe",
        "agreed_by": "Councillor C. Fenn",
        "agreed_on": "21/11/2026",
        "agreed_as": "chair of the relevant scrutiny committee",
        "matter": "Whether to replace the roof at once",
    }
    # Agreed and taken; its notice follows as soon as practicable
    draft(clerk, session, decision, "special-urgency", **urgent)
    session.expire_all()
    decision = session.get_one(Decision, decision.id)
    wanted = commands.DecisionWanted(decided_on=date(2026, 11, 22), reference="26/00077")
    commands.record_decision(session, decision, wanted, today=TODAY)
    # Agreed to be urgent too, and taken with full notice in the end
    other = taken(session, an_activity(session, place.adults, "Painted fences"), date(2026, 11, 20))
    more = {"agreed_by": "Councillor C. Fenn", "agreed_on": date(2026, 11, 19)}
    a_notice_of(session, other, kind=NoticeKind.SPECIAL_URGENCY, published_on=date(2026, 11, 19), **more)
    session.commit()
    page = words(clerk, "/decisions/urgency?year=2026-27")
    assert "Roof of the care home" in page
    assert "The roof is unsafe" in page
    # The draft's words are not looked through yet for an amount that is exempt
    decision.activity.exempt, decision.activity.exempt_ground = True, "Paragraph 3"
    roof = session.scalars(select(Notice).where(Notice.decision_id == decision.id)).one()
    roof.matter = "To spend £1,234,567"
    session.commit()
    for ending in ("", ".csv"):
        report = clerk.get(f"/decisions/urgency{ending}?year=2026-27").get_data(as_text=True)
        assert "1,234,567" not in report
        assert "Withheld: it tells an amount that is exempt" in report
    assert clerk.get("/decisions/urgency.xlsx?year=2026-27").status_code == 200
    decision.activity.exempt, roof.matter = False, "Whether to replace the roof at once"
    session.commit()
    roof = session.scalars(select(Notice).where(Notice.decision_id == decision.id)).one()
    assert publish(clerk, session, roof).status_code == 302
    kept = clerk.post(
        f"/decision-notices/{roof.id}/withdraw", data={"reason": "No", **version(session, roof)}
    ).get_data(as_text=True)
    assert "its notice stands as what was given of it" in kept
    page = words(clerk, "/decisions/urgency?year=2026-27")
    for told in ("Roof of the care home", "26/00077", "22 November 2026", "The roof is unsafe", "Councillor C. Fenn"):
        assert told in page
    assert "Whether to replace the roof at once" in page
    assert "2,000,000" not in page
    assert "Painted fences" not in page
    file = clerk.get("/decisions/urgency.csv?year=2026-27").get_data(as_text=True)
    assert "Roof of the care home,26/00077,Cabinet,2026-11-22,Councillor C. Fenn" in file
    with clerk.get("/decisions/urgency.docx?year=2026-27") as answer:
        packed = zipfile.ZipFile(io.BytesIO(answer.get_data())).read("word/document.xml").decode()
    assert "Summary of the matter: Whether to replace the roof at once" in packed
    assert "No decision was taken under special urgency in 2025-26" in words(clerk, "/decisions/urgency?year=2025-26")


def test_what_members_hold_to_be_key_is_listed_until_and_after_it_is_reported(
    clerk: FlaskClient, session: Session, place: Place
) -> None:
    decision = a_decision(session, place, date(2026, 11, 20), pounds=300_000, title="Consultation platform")
    commands.record_decision(
        session, decision, commands.DecisionWanted(decided_on=date(2026, 11, 20), reference="26/00078"), today=TODAY
    )
    session.commit()
    url = f"/decisions/{decision.id}/held-to-be-key"
    held = {"held_to_be_key": "It affects every division; it was judged below the threshold"}
    session.refresh(decision)
    assert clerk.post(url, data={**held, "version": str(decision.version)}).status_code == 302
    assert "Still to be reported to the council" in words(clerk, f"/decisions/{decision.id}")
    listed = words(clerk, "/decisions/urgency")
    assert "It affects every division; it was judged below the threshold Not yet" in listed
    session.refresh(decision)
    assert (
        clerk.post(url, data={**held, "reported_on": "22/11/2026", "version": str(decision.version)}).status_code == 302
    )
    assert "judged below the threshold 22 November 2026" in words(clerk, "/decisions/urgency")
