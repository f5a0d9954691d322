"""Activities from first record to decision: who may, what is asked again, what is kept."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.errors import Refusal
from app.core.rights import Reader, ScopeKind
from app.council.calendar import FinancialYear
from app.decisions import commands
from app.decisions.commands import Actor, WhenWanted
from app.decisions.models import Activity, ActivityState
from app.decisions.queries.activities import activities, forthcoming_activities, standing_activities
from app.decisions.rules.horizon import Standing, plan_horizon, rolling_horizon
from app.decisions.rules.key_decisions import Effects, Judgement
from app.decisions.rules.timing import Timing
from app.register.models import Approval, Contract
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
from tests.makers import a_person, signed_in

ACTOR = Actor("Sam Rivers", clock.now())


def forthcoming(session: Session, reader: Reader = EVERYTHING) -> dict[str, Standing]:
    session.commit()
    found = forthcoming_activities(session, reader, rolling_horizon(TODAY), as_at=TODAY, today=TODAY)
    return {one.title: where for one, where in found}


def again(session: Session, activity: Activity) -> Activity:
    session.expire_all()
    return session.get_one(Activity, activity.id)


# What is forthcoming


def test_forthcoming_is_what_needs_a_key_decision_within_the_horizon(session: Session, place: Place) -> None:
    an_activity(session, place.adults, "Coming")
    an_activity(session, place.adults, "Undated", timing=Timing.not_known())
    an_activity(session, place.adults, "Small", pounds=10_000)
    an_activity(session, place.adults, "Far off", timing=Timing.parse("2035-36"))
    small = an_activity(session, place.adults, "Wide effect", pounds=10_000)
    commands.state_effects(small, Effects(two_divisions=True, two_divisions_reason="Two towns"))
    gone = an_activity(session, place.adults, "Withdrawn")
    commands.withdraw_activity(gone, "Not wanted")
    assert set(forthcoming(session)) == {"Coming", "Undated", "Wide effect"}
    assert forthcoming(session)["Undated"] is Standing.UNDATED


def test_an_annex_as_at_a_day_shows_what_was_taken_since(session: Session, place: Place) -> None:
    activity = an_activity(session, place.adults, "Home care", timing=Timing.parse("Q2 2026-27"))
    taken(session, activity, date(2026, 9, 9), "26/9")
    session.commit()
    horizon = plan_horizon(FinancialYear(2026), years=3)
    ((one, where),) = standing_activities(
        session, EVERYTHING, horizon, as_at=date(2026, 6, 1), today=TODAY, directorate_ids={place.adults.id}
    )
    assert where is Standing.TAKEN_SINCE
    assert one.when(date(2026, 6, 1)) == "taken on 9 September 2026"
    assert one.standing(horizon, as_at=TODAY) is Standing.DECIDED
    other = standing_activities(
        session, EVERYTHING, horizon, as_at=TODAY, today=TODAY, directorate_ids={place.place.id}
    )
    assert other == []


def test_the_page_groups_by_quarter_and_counts_what_it_lists(
    session: Session, client: FlaskClient, place: Place
) -> None:
    an_activity(session, place.adults, "Coming", committee_id=place.committee.id)
    an_activity(session, place.place, "Roads", timing=Timing.parse("2027-28"), pounds=5_000_000)
    an_activity(session, place.place, "Some day", timing=Timing.not_known())
    signed_in(client, session, Role.AUDITOR)
    page = client.get("/forthcoming").text
    assert "3 key decisions expected by 21 November 2029, £9.0m" in page
    assert "Q4 2026-27 (January to March 2027): 1 key decision, £2.0m" in page
    assert "Some time in 2027-28: 1 key decision, £5.0m" in page
    assert page.index("Roads") < page.index("Timing not yet known") < page.index("Some day")
    assert "Accept" not in page
    narrowed = client.get(f"/forthcoming?directorate={place.place.id}").text
    assert "2 key decisions" in narrowed
    assert "Coming</a>" not in narrowed
    assert "Roads</a>" not in client.get("/forthcoming?to=31+March+2027").text


def test_a_member_sees_their_committee_first_and_every_one_by_a_link(
    session: Session, client: FlaskClient, place: Place
) -> None:
    an_activity(session, place.adults, "Mine", committee_id=place.committee.id)
    an_activity(session, place.place, "Another's")
    member = a_person(session, Role.MEMBER, scope=ScopeKind.COMMITTEE, scope_id=place.committee.id)
    signed_in(client, session, member)
    page = client.get("/forthcoming").text
    assert "Mine</a>" in page
    assert "Another&#39;s</a>" not in page
    assert "Show every committee" in page
    assert '<option value="">My own committees</option>' in page
    assert "Another&#39;s</a>" in client.get("/forthcoming?committee=all").text
    assert f"Coming for decision: {place.committee.name}" in client.get("/").text


def test_the_files_hold_the_rows_of_the_page(session: Session, client: FlaskClient, place: Place) -> None:
    an_activity(session, place.adults, "=Coming")
    a_contract(session, place.adults, "Proposed care")
    signed_in(client, session)
    text = client.get("/forthcoming.csv").get_data().decode("utf-8-sig")
    assert "'=Coming" in text
    assert "2000000.00" in text
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/forthcoming.xlsx").get_data()))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["=Coming", "Proposed care"]
    assert rows[1][7] == 2_000_000
    assert "Coming" in client.get("/decisions.csv").text
    assert "Proposed care" in client.get("/proposals.csv").text


# Amounts that are not everybody's


def test_an_exempt_amount_leaves_no_trace_for_those_not_entitled(
    session: Session, client: FlaskClient, place: Place
) -> None:
    activity = an_activity(session, place.adults, "Secret", pounds=7_654_321, exempt=True, exempt_ground="Paragraph 3")
    contract = a_contract(session, place.adults)
    activity.contract_id = contract.id
    signed_in(client, session, Role.MEMBER)
    for address in (
        f"/activities/{activity.id}",
        "/forthcoming",
        "/decisions",
        "/forthcoming.csv",
        "/decisions.csv",
        "/",
    ):
        text = client.get(address).text
        assert "7,654,321" not in text, address
        assert "7.7m" not in text, address
        assert "7654321" not in text, address
    assert "1 exempt" in client.get("/forthcoming").text
    planner = a_person(session, Role.PLANNER)
    signed_in(client, session, planner)
    assert client.get(f"/activities/{activity.id}/value").status_code == 403
    signed_in(client, session, Role.AUDITOR)
    assert "7,654,321" in client.get(f"/activities/{activity.id}").text


def test_an_activity_about_an_embargoed_contract_is_kept_back_with_it(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults, embargoed_until=TODAY + timedelta(days=5))
    activity = an_activity(session, place.adults, "Kept back", contract_id=contract.id)
    session.commit()
    assert forthcoming(session, READS) == {}
    assert set(forthcoming(session)) == {"Kept back"}
    signed_in(client, session, Role.MEMBER)
    assert client.get(f"/activities/{activity.id}").status_code == 404


# Changing one


def test_moving_a_decision_keeps_the_old_date_and_asks_why(session: Session, client: FlaskClient, place: Place) -> None:
    activity = an_activity(session, place.adults)
    signed_in(client, session)
    answers = {"version": "1", "timing": "in a quarter", "quarter": "Q2 2027-28", "likelihood": "likely"}
    assert "Say why it moves" in client.post(f"/activities/{activity.id}/when", data=answers).text
    moved = client.post(f"/activities/{activity.id}/when", data={**answers, "reason": "The market was not ready"})
    assert moved.status_code == 302
    record = client.get(f"/activities/{activity.id}").text
    assert "From Q4 2026-27 to Q2 2027-28: The market was not ready" in record
    assert "Slipped" in record
    assert "originally Q4 2026-27" in client.get("/forthcoming").text


def test_a_date_that_first_becomes_known_needs_no_reason(session: Session, place: Place) -> None:
    activity = an_activity(session, place.adults, timing=Timing.not_known())
    commands.reschedule(activity, WhenWanted(timing=Timing.parse("Q1 2027-28")), ACTOR)
    session.commit()
    (one,) = activities(session, EVERYTHING, today=TODAY)
    assert (one.original, one.moves, one.is_slipped) == (Timing.parse("Q1 2027-28"), 0, False)
    with pytest.raises(Refusal, match="Say why it moves from “Q1 2027-28”"):
        commands.reschedule(activity, WhenWanted(timing=Timing.not_known()), ACTOR)
    later = WhenWanted(timing=Timing.parse("Q3 2027-28"), reason="The market was not ready")
    commands.reschedule(activity, later, ACTOR)
    session.commit()
    (one,) = activities(session, EVERYTHING, today=TODAY)
    assert (len(activity.moves), one.moves, one.is_slipped) == (2, 1, True)


def test_a_judgement_is_asked_again_when_the_value_moves(session: Session, client: FlaskClient, place: Place) -> None:
    activity = an_activity(session, place.adults)
    signed_in(client, session)
    address = f"/activities/{activity.id}"
    no_reason = client.post(f"{address}/judgement", data={"version": "1", "judgement": Judgement.NOT_NEEDED.value})
    assert "Say why the computed answer does not hold" in no_reason.text
    answers = {"version": "1", "judgement": Judgement.NOT_NEEDED.value, "judgement_reason": "Allowed before"}
    assert client.post(f"{address}/judgement", data=answers).status_code == 302
    assert "A person has judged so" in client.get(address).text
    assert forthcoming(session) == {}
    version = again(session, activity).version
    value = {"version": str(version), "revenue_low": "3m", "certainty": "estimate"}
    asked = client.post(f"{address}/value", data=value)
    assert asked.location.endswith("/judgement")
    assert set(forthcoming(session)) == {activity.title}
    assert "judge it again" in client.get(address).text


def test_two_people_editing_lines_see_both_versions(session: Session, client: FlaskClient, place: Place) -> None:
    activity = an_activity(session, place.adults)
    signed_in(client, session)
    first = {"version": "1", "revenue_low": "3m", "certainty": "estimate"}
    assert client.post(f"/activities/{activity.id}/value", data=first).status_code == 302
    second = client.post(f"/activities/{activity.id}/value", data={**first, "revenue_low": "4m"})
    assert second.status_code == 200
    assert "Saved meanwhile" in second.text
    assert "3,000,000" in second.text
    assert [line.high for line in again(session, activity).lines] == [Decimal(3_000_000)]


def test_a_range_runs_upwards(session: Session, client: FlaskClient, place: Place) -> None:
    activity = an_activity(session, place.adults)
    signed_in(client, session)
    answers = {"version": "1", "savings_low": "3m", "savings_high": "2m", "certainty": "estimate"}
    assert "Enter £3,000,000 or more" in client.post(f"/activities/{activity.id}/value", data=answers).text


@pytest.mark.parametrize("section", ["what", "value", "who", "when", "effect", "judgement"])
def test_every_section_opens_with_what_is_saved(
    session: Session, client: FlaskClient, place: Place, section: str
) -> None:
    activity = an_activity(session, place.adults)
    signed_in(client, session)
    assert client.get(f"/activities/{activity.id}/{section}").status_code == 200
    signed_in(
        client, session, a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=place.place.id)
    )
    assert client.get(f"/activities/{activity.id}/{section}").status_code == 403
    signed_in(client, session, Role.MEMBER)
    assert client.get(f"/activities/{activity.id}/{section}").status_code == 403


def test_withdrawing_needs_a_reason_and_can_be_undone(session: Session, client: FlaskClient, place: Place) -> None:
    contract = a_contract(session, place.adults)
    activity = an_activity(session, place.adults, contract_id=contract.id)
    signed_in(client, session)
    address = f"/activities/{activity.id}"
    assert "Say why" in client.post(f"{address}/withdraw", data={"version": "1"}).text
    assert client.post(f"{address}/withdraw", data={"version": "1", "reason": "Not wanted"}).status_code == 302
    assert again(session, activity).state is ActivityState.WITHDRAWN
    assert f"/activities/new?contract={contract.id}" in client.get("/forthcoming").text
    assert client.post(f"{address}/restore").status_code == 302
    assert again(session, activity).state is ActivityState.EXPECTED


# Decisions


def test_a_clerk_records_a_decision_and_carries_its_approval_to_the_contract(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults)
    activity = an_activity(session, place.adults, contract_id=contract.id)
    answers: dict[str, Any] = {
        "version": "1",
        "decided_on": "20 November 2026",
        "reference": "26/00053",
        "resolution": "Agreed",
        "restriction": "open",
        "allows": "y",
        "for_contract_id": str(contract.id),
        "sum_allowed": "7m",
        "latest_end_on": "31 March 2030",
        "allows_options": "y",
        "delegate_post": "Director of Adults",
    }
    decision = commands.main_decision(activity)
    a_notice_of(session, decision, published_on=date(2026, 10, 1))
    address = f"/decisions/{decision.id}/record"
    signed_in(client, session, Role.PROCUREMENT)
    assert client.post(address, data=answers).status_code == 403
    signed_in(client, session, Role.CLERK)
    tomorrow = client.post(address, data={**answers, "decided_on": "23 November 2026"})
    assert "not in the future" in tomorrow.text
    assert client.get(address).status_code == 200
    saved = client.post(address, data=answers)
    assert saved.status_code == 302, saved.text
    assert client.get(f"/activities/{activity.id}/decision").location == f"/decisions/{decision.id}"
    approval = session.scalars(select(Approval)).one()
    assert (approval.sum_allowed, approval.latest_end_on) == (Decimal(7_000_000), date(2030, 3, 31))
    session.expire_all()
    assert session.get_one(Contract, contract.id).approval_id == approval.id
    assert forthcoming(session) == {}
    assert "26/00053" in client.get("/decisions?state=taken").text


def test_decisions_lists_what_needs_one_by_state(session: Session, client: FlaskClient, place: Place) -> None:
    an_activity(session, place.adults, "Coming")
    an_activity(session, place.adults, "Date is past", timing=Timing.parse("Q1 2026-27"))
    an_activity(session, place.adults, "Small", pounds=10_000)
    signed_in(client, session)
    page = client.get("/decisions").text
    assert "2 decisions, £4.0m" in page
    assert "Small</a>" not in page
    assert "Small</a>" in client.get("/decisions?key=every+activity").text
    late = client.get("/decisions?state=date+passed").text
    assert "Date is past</a>" in late
    assert "Coming</a>" not in late
    up, down = (client.get(f"/decisions?sort={sort}").text for sort in ("title", "-title"))
    assert up.index("Coming</a>") < up.index("Date is past</a>")
    assert down.index("Coming</a>") > down.index("Date is past</a>")


def test_the_record_shows_the_chain_and_the_routes_that_remain(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults)
    soon = an_activity(session, place.adults, timing=Timing.on(date(2026, 12, 7)), contract_id=contract.id)
    signed_in(client, session)
    page = client.get(f"/activities/{soon.id}").text
    assert "Take the decision" in page
    assert "Already past" in page
    assert "Full notice comes too late" in page
    assert "General exception: the scrutiny chair is told" in page


def test_the_home_page_counts_open_their_lists(session: Session, client: FlaskClient, place: Place) -> None:
    a_contract(session, place.adults, "Late", awarded_end_on=date(2027, 1, 31))
    an_activity(session, place.adults, "Date is past", timing=Timing.parse("Q1 2026-27"))
    signed_in(client, session)
    page = client.get("/").text
    assert "/proposals?which=late" in page
    assert "Late</a>" in client.get("/proposals?which=late").text


@pytest.mark.parametrize(
    ("change", "law"),
    [
        ({"state": ActivityState.TAKEN}, "taken_says_when"),
        ({"exempt": True}, "exemption_has_a_ground"),
        ({"two_divisions": True}, "effect_has_a_reason"),
        ({"judgement": Judgement.NEEDED}, "judgement_has_a_reason"),
        ({"expected_on": None}, "timing_says_when"),
    ],
)
def test_the_database_holds_an_activity_together(
    session: Session, place: Place, change: dict[str, Any], law: str
) -> None:
    activity = an_activity(session, place.adults)
    for name, value in change.items():
        setattr(activity, name, value)
    with pytest.raises(IntegrityError, match=law):
        session.flush()


def test_reading_many_asks_no_more_than_reading_one(session: Session, place: Place, statements: list[str]) -> None:
    def asked() -> int:
        session.commit()
        statements.clear()
        activities(session, EVERYTHING, today=TODAY)
        return len(statements)

    an_activity(session, place.adults, contract_id=a_contract(session, place.adults).id)
    few = asked()
    for number in range(20):
        an_activity(session, place.adults, f"A{number}", contract_id=a_contract(session, place.adults).id)
    assert asked() == few
