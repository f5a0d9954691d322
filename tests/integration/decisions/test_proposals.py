"""What the register proposes by itself, held against the rule that decides it."""

import random
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.rights import Grant, Permission, Reader, ScopeKind
from app.council import commands as council
from app.council import settings
from app.decisions import commands
from app.decisions.commands import About, Actor
from app.decisions.models import ActivityKind, ProposalAnswer
from app.decisions.queries import agreements, proposals
from app.decisions.queries.proposals import Rules, findings, judge_each, judged
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.rules.proposals import Outcome
from app.register.models import ArrangementKind, Contract, ContractForm, ContractStage
from app.register.settling import settle
from app.register.values import ArrangementValuation
from tests.integration.decisions.making import (
    EVERYTHING,
    READS,
    TODAY,
    Place,
    a_contract,
    an_activity,
    an_arrangement,
    taken,
)
from tests.makers import a_person, signed_in

HORIZON = rolling_horizon(TODAY)


def titles(session: Session, outcome: Outcome, reader: Reader = EVERYTHING) -> list[str]:
    session.commit()
    found = findings(session, reader, HORIZON, today=TODAY)
    return [one.title for one in found if one.outcome is outcome and one.dismissal is None]


def generated(session: Session, place: Place, seed: int) -> None:
    """A register of every kind of contract, in any combination, at and around each boundary."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    arrangements = [
        an_arrangement(session, place.adults, f"A{n}", valuation=valuation, value_low=low, value_high=low)
        for n, valuation in enumerate(ArrangementValuation)
        for low in (Decimal(900_000), Decimal(5_000_000))
    ]
    earlier: list[Contract] = []
    for number in range(160):
        ends = chance.choice(
            [None, *(TODAY + timedelta(days=days) for days in (-1, 0, 400, 1095, 1640, 1700, 1826, 1827))]
        )
        if ends and chance.random() < 0.5:
            ends += timedelta(days=chance.randint(-40, 40))
        starts = chance.choice([None, TODAY - timedelta(days=chance.randint(1, 2000)), TODAY + timedelta(days=20)])
        amount = chance.choice(
            [None, *(Decimal(n) for n in (1, 640_000, 799_999, 800_000, 999_999, 1_000_000, 9_000_000))]
        )
        stage = chance.choice([*ContractStage])
        contract = a_contract(
            session,
            chance.choice([place.adults, place.place]),
            f"C{number}",
            form=chance.choice([*ContractForm]),
            stage=stage,
            ended_early_on=TODAY + timedelta(days=chance.randint(-5, 5))
            if stage is ContractStage.ENDED_EARLY
            else None,
            starts_on=min(starts, ends) if starts and ends else starts,
            awarded_end_on=ends,
            rolling=ends is None and chance.random() < 0.5,
            awarded_low=amount if chance.random() < 0.7 else None,
            annual_low=amount if chance.random() < 0.3 else None,
            annual_high=amount,
            review_on=chance.choice([None, None, TODAY, HORIZON.last, HORIZON.last + timedelta(days=1)]),
            expected_term_months=chance.choice([None, None, 1, 12, 120]),
            lead_time_months=chance.choice([None, None, 0, 6, 60]),
            arrangement_id=chance.choice([None, None, None, chance.choice(arrangements).id]),
            exempt=(exempt := chance.random() < 0.2),
            exempt_ground="Paragraph 3" if exempt else None,
            replaces_id=chance.choice([None, None, *(one.id for one in earlier[-3:])]),
        )
        earlier.append(contract)
        if chance.random() < 0.1:
            an_activity(session, place.adults, contract_id=contract.id)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("threshold", [None, "at least £500,000", "more than £250,000 a year"])
def test_the_database_leaves_out_nothing_the_rule_would_show(
    session: Session, place: Place, seed: int, threshold: str | None
) -> None:
    if threshold:
        definition = settings.BY_NAME["key_threshold"]
        council.add_setting_value(
            session, definition, value=threshold, from_on=date(2027, 4, 1), source="Minute 4", today=TODAY
        )
    generated(session, place, seed)
    session.commit()
    every = judge_each(agreements.every_agreement(session, TODAY), Rules.on(session, TODAY), HORIZON, today=TODAY)
    wanted = {(one.key, found.outcome) for one, found in every if found.outcome in proposals.WORTH_SHOWING}
    assert {(one.key, found.outcome) for one, found in judged(session, HORIZON, today=TODAY)} == wanted
    assert {outcome for _, outcome in wanted} == set(proposals.WORTH_SHOWING)
    for reader in (EVERYTHING, READS):
        late = [one for one in proposals.proposals(session, reader, HORIZON, today=TODAY) if one.is_late]
        assert proposals.late_proposals(session, reader, HORIZON, today=TODAY) == late != []


def test_a_contract_ending_within_the_horizon_is_proposed_and_a_late_one_comes_first(
    session: Session, place: Place
) -> None:
    a_contract(session, place.adults, "In time", awarded_end_on=date(2029, 6, 30))
    a_contract(session, place.adults, "Late", awarded_end_on=date(2027, 1, 31))
    a_contract(session, place.adults, "Far off", awarded_end_on=date(2040, 1, 31))
    a_contract(session, place.adults, "Small", awarded_low=Decimal(10_000))
    a_contract(session, place.adults, "Over", awarded_end_on=TODAY - timedelta(days=1))
    assert titles(session, Outcome.PROPOSED) == ["Late", "In time"]


def test_what_nears_the_threshold_is_watched_and_what_cannot_be_told_is_a_gap(session: Session, place: Place) -> None:
    a_contract(session, place.adults, "Near", awarded_low=Decimal(900_000))
    a_contract(session, place.adults, "No value", awarded_low=None)
    a_contract(session, place.adults, "No end", awarded_end_on=None, starts_on=None)
    assert titles(session, Outcome.WATCHED) == ["Near"]
    assert set(titles(session, Outcome.GAP)) == {"No value", "No end"}


def test_an_activity_or_a_live_successor_answers_a_proposal(session: Session, place: Place) -> None:
    under_way = a_contract(session, place.adults, "Under way")
    replaced = a_contract(session, place.adults, "Replaced")
    planned = a_contract(session, place.adults, "Only planned")
    extended = a_contract(session, place.adults, "Extended")
    an_activity(session, place.adults, contract_id=under_way.id)
    follows = {"starts_on": date(2028, 4, 1), "awarded_end_on": date(2045, 3, 31)}
    a_contract(session, place.adults, "Next", replaces_id=replaced.id, **follows)
    a_contract(session, place.adults, "Later", replaces_id=planned.id, stage=ContractStage.PLANNED, **follows)
    decided = an_activity(session, place.adults, contract_id=extended.id)
    decided.kind = ActivityKind.EXTEND
    taken(session, decided, TODAY)
    assert set(titles(session, Outcome.PROPOSED)) == {"Only planned", "Extended"}


def test_an_arrangement_is_proposed_once_and_tested_as_a_whole(session: Session, place: Place) -> None:
    homes = an_arrangement(session, place.adults, "Fifty homes")
    for number in range(5):
        a_contract(session, place.adults, f"Home {number}", awarded_low=Decimal(250_000), arrangement_id=homes.id)
    a_contract(session, place.adults, "Alone", awarded_low=Decimal(250_000))
    assert titles(session, Outcome.PROPOSED) == ["Fifty homes"]


def test_a_framework_ends_its_arrangement_whatever_its_call_offs_do(session: Session, place: Place) -> None:
    lots = an_arrangement(session, place.adults, "Framework", kind=ArrangementKind.FRAMEWORK)
    a_contract(session, place.adults, "F", form=ContractForm.FRAMEWORK, arrangement_id=lots.id)
    for _ in range(3):
        a_contract(session, place.adults, "Call-off", awarded_end_on=date(2030, 3, 31), arrangement_id=lots.id)
    session.commit()
    (found,) = findings(session, EVERYTHING, HORIZON, today=TODAY)
    assert found.ends_on == date(2028, 3, 31)


def test_a_dismissal_stands_until_the_end_or_the_value_changes(session: Session, place: Place) -> None:
    contract = a_contract(session, place.adults)
    session.commit()
    (found,) = findings(session, EVERYTHING, HORIZON, today=TODAY)
    actor = Actor("Sam Rivers", clock.now())
    commands.dismiss_proposal(session, About(contract_id=contract.id), found.finding, "Demand has gone", actor)
    assert titles(session, Outcome.PROPOSED) == []
    contract.note = "Something else"
    assert titles(session, Outcome.PROPOSED) == []
    contract.awarded_end_on = date(2028, 4, 30)
    settle(contract)
    assert titles(session, Outcome.PROPOSED) == ["Home care"]


def test_exempt_amounts_and_embargoed_rows_are_kept_from_readers(session: Session, place: Place) -> None:
    a_contract(session, place.adults, "Exempt", exempt=True, exempt_ground="Paragraph 3")
    a_contract(session, place.adults, "Embargoed", embargoed_until=TODAY + timedelta(days=9))
    narrow = {"exempt": True, "exempt_ground": "Paragraph 3", "awarded_low": Decimal(900_000)}
    a_contract(session, place.adults, "Narrowly under", **narrow)
    session.commit()
    (found,) = findings(session, READS, HORIZON, today=TODAY)
    assert (found.title, found.estimate, found.exempt) == ("Exempt", None, True)
    assert "£" not in " ".join(found.working)
    mine = Reader(
        3, "Own", grants=(Grant(frozenset({Permission.EDIT_REGISTER}), ScopeKind.DIRECTORATE, place.adults.id),)
    )
    assert len(findings(session, mine, HORIZON, today=TODAY)) == 3


def test_contracts_let_together_are_proposed_only_where_an_open_one_ends_on_that_day(
    session: Session, place: Place
) -> None:
    homes = an_arrangement(session, place.adults)
    own = {"arrangement_id": homes.id, "embargoed_until": TODAY + timedelta(days=9)}
    for number in range(2):
        a_contract(session, place.adults, f"Home {number}", awarded_end_on=date(2027, 9, 30), **own)
    other = a_contract(session, place.adults, "Home 3", awarded_end_on=date(2027, 3, 31), arrangement_id=homes.id)
    session.commit()
    assert findings(session, READS, HORIZON, today=TODAY) == []
    assert [one.ends_on for one in findings(session, EVERYTHING, HORIZON, today=TODAY)] == [date(2027, 9, 30)]
    other.awarded_end_on = date(2027, 9, 30)
    settle(other)
    session.commit()
    assert [one.title for one in findings(session, READS, HORIZON, today=TODAY)] == ["Care homes"]


def test_a_person_dismisses_with_a_reason_and_takes_it_back(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults)
    signed_in(client, session)
    address = f"/proposals/contract/{contract.id}"
    assert "Say why" in client.post(f"{address}/dismiss", data={}).text
    assert client.post(f"{address}/dismiss", data={"reason": "Demand has gone"}).status_code == 302
    page = client.get("/forthcoming").text
    assert "Demand has gone" in page
    assert f"{address}/undo" in page
    assert client.post(f"{address}/undo").status_code == 302
    assert "Demand has gone" not in client.get("/forthcoming").text
    assert session.scalars(select(ProposalAnswer)).one().undone_at is not None


def test_accepting_makes_an_activity_of_what_the_register_knows(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults)
    signed_in(client, session)
    form = client.get(f"/activities/new?contract={contract.id}").text
    assert 'value="Home care"' in form
    assert "Q3 2026-27" in form
    answers = {
        "title": "Home care from 2028",
        "kind": "re-procure",
        "purpose": "People stay at home",
        "unit": str(place.adults.id),
        "revenue_low": "6m",
        "certainty": "estimate",
        "decision": "authority to procure",
        "committee_id": str(place.committee.id),
        "timing": "in a quarter",
        "quarter": "Q1 2027-28",
        "likelihood": "firm",
    }
    made = client.post(f"/activities/new?contract={contract.id}", data=answers)
    assert made.status_code == 302, made.text
    record = client.get(made.location).text
    assert "£6,000,000" in record
    assert "Yes." in record
    assert titles(session, Outcome.PROPOSED) == []
    assert session.scalars(select(ProposalAnswer)).one().activity_id is not None


def test_commissioners_answer_only_for_their_own_unit(session: Session, client: FlaskClient, place: Place) -> None:
    contract = a_contract(session, place.place)
    who = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=place.adults.id)
    signed_in(client, session, who)
    answer = client.post(f"/proposals/contract/{contract.id}/dismiss", data={"reason": "No"})
    assert answer.status_code == 403
    assert session.scalars(select(ProposalAnswer)).all() == []


def test_the_command_line_prints_late_ones_first_and_writes_nothing(
    app: Flask, session: Session, place: Place, statements: list[str]
) -> None:
    a_contract(session, place.adults, "In time", awarded_end_on=date(2029, 6, 30))
    a_contract(session, place.adults, "Late one", awarded_end_on=date(2027, 1, 31))
    session.commit()
    statements.clear()
    printed = app.test_cli_runner().invoke(args=["decisions", "propose", "--as-at", "22 November 2026"])
    assert printed.exit_code == 0, printed.output
    assert printed.output.index("Late one") < printed.output.index("In time")
    assert "2 proposals, 1 late" in printed.output
    assert not [one for one in statements if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert app.test_cli_runner().invoke(args=["decisions", "propose", "--as-at", "soon"]).exit_code == 2


def test_the_page_asks_the_same_number_of_questions_however_many_contracts(
    session: Session, client: FlaskClient, place: Place, statements: list[str]
) -> None:
    def asked() -> int:
        statements.clear()
        assert client.get("/forthcoming").status_code == 200
        return len(statements)

    a_contract(session, place.adults)
    an_activity(session, place.adults)
    signed_in(client, session)
    few = asked()
    for number in range(30):
        a_contract(session, place.adults, f"C{number}")
        an_activity(session, place.adults, f"A{number}")
    session.commit()
    assert asked() == few


def test_a_long_list_shows_twenty_five_at_once_and_holds_them_all(
    session: Session, client: FlaskClient, place: Place
) -> None:
    for number in range(30):
        a_contract(session, place.adults, f"Care {number}")
    for number in range(3):
        a_contract(session, place.place, f"Endless {number}", awarded_end_on=None)
    signed_in(client, session, Role.AUDITOR)
    page = client.get(f"/forthcoming?directorate={place.adults.id}").text
    at_once, folded = page.split("Show the next 5 proposals")
    assert at_once.count('">Care ') == 25
    assert folded.count('">Care ') == 5
    more = unescape(page.split("See all 30 proposals")[0].rsplit('href="', 1)[1].split('"')[0])
    assert "Proposed: 30 agreements" in client.get(more).text
    assert "Gaps to mend" not in page
    assert "Show 3 agreements" in client.get(f"/forthcoming?directorate={place.place.id}").text


def test_a_contracts_page_says_what_is_to_be_decided_near_its_top(
    session: Session, client: FlaskClient, place: Place
) -> None:
    contract = a_contract(session, place.adults)
    signed_in(client, session)
    page = client.get(f"/contracts/{contract.id}").text
    assert page.index('id="next"') < page.index('id="decisions-panel"') < page.index('id="facts"')
