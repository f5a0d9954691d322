"""The demo council has something of everything, and holds together."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import Person, RoleHeld, SavedView
from app.accounts.roles import Role
from app.core.base import Base
from app.core.db import db
from app.core.rights import Grant, Permission, Reader
from app.council import queries
from app.council.models import Committee, CommitteeKind, Meeting
from app.decisions.models import Activity, ActivityKind, ActivityState
from app.decisions.queries import proposals
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.rules.key_decisions import LineKind
from app.decisions.rules.proposals import Outcome
from app.decisions.rules.timing import TimingKind
from app.register.models import (
    Agreement,
    AgreementStatus,
    Arrangement,
    ArrangementKind,
    BulkChange,
    Contract,
    ContractForm,
    ContractStage,
    DeliveryRoute,
    DeliveryState,
    Provider,
    ProviderKind,
    Service,
    SocialValueCommitment,
    SocialValueDelivery,
    SocialValueStatement,
    TradingCompany,
)
from app.register.settling import arrangement_figure, settle
from app.register.values import ArrangementValuation, ValueCertainty
from tests.conftest import NewApp

AS_AT = date(2026, 11, 22)
EVERYBODY = Reader(None, "a test", grants=(Grant(frozenset({Permission.READ}), exempt=True),))


def load_demo_of_november(app: Flask) -> None:
    loaded = app.test_cli_runner().invoke(args=["demo", "load", "--as-at", "22 November 2026"])
    assert loaded.exit_code == 0, loaded.output


@pytest.fixture(scope="module")
def demo_app(new_app: NewApp, engine_name: str) -> Flask:
    return new_app(engine_name, load_demo_of_november)


@pytest.fixture
def demo(demo_app: Flask) -> Iterator[Session]:
    with demo_app.app_context():
        yield db.session()
        db.session.rollback()
        db.engine.dispose()


def contracts(session: Session) -> list[Contract]:
    return list(
        session.scalars(select(Contract).options(selectinload(Contract.events), selectinload(Contract.options)))
    )


def test_the_demo_council_says_that_it_is_one(demo: Session) -> None:
    council = queries.the_council(demo)
    assert (council.name, council.demo) == ("Wessmoor County Council", True)


def test_it_is_not_loaded_over_another_council(demo_app: Flask) -> None:
    again = demo_app.test_cli_runner().invoke(args=["demo", "load"])
    assert again.exit_code == 2
    assert "needs an empty one" in again.output


def test_its_structure_is_a_countys(demo: Session) -> None:
    assert len(queries.structure(demo)) == 4
    assert len(queries.divisions(demo)) == 14
    assert 9 <= len(queries.committees(demo)) <= 10
    assert {committee.kind for committee in queries.committees(demo)} == set(CommitteeKind)


def test_every_committee_meets_on_working_days_with_papers_before(demo: Session) -> None:
    holidays = queries.bank_holidays(demo)
    meetings = demo.scalars(select(Meeting)).all()
    assert {meeting.committee_id for meeting in meetings} == set(demo.scalars(select(Committee.id)))
    assert all(meeting.meets_on.weekday() < 5 and meeting.meets_on not in holidays for meeting in meetings)
    assert all(meeting.papers_due_on and meeting.papers_due_on < meeting.meets_on for meeting in meetings)


def test_the_procurement_lead_shares_views_and_has_changed_many_contracts_at_once(demo: Session) -> None:
    lead = demo.scalars(select(Person).where(Person.email == "procurement@wessmoor.example")).one()
    views = demo.scalars(select(SavedView)).all()
    assert {view.list_path for view in views} == {"/contracts", "/providers"}
    assert all(view.shared and view.person_id == lead.id for view in views)
    bulk = demo.scalars(select(BulkChange)).one()
    assert (bulk.changed > 1, bulk.made_by) == (True, lead.name)


def test_there_are_people_in_every_role(demo: Session) -> None:
    assert set(demo.scalars(select(RoleHeld.role))) == set(Role)


def test_services_take_every_delivery_route(demo: Session) -> None:
    routes = Counter(demo.scalars(select(Service.route)))
    assert set(routes) == set(DeliveryRoute)
    assert 55 <= routes.total() <= 70


def test_contracts_are_of_every_form_stage_and_certainty(demo: Session) -> None:
    found = contracts(demo)
    assert 150 <= len(found) <= 220
    assert {contract.form for contract in found} == set(ContractForm)
    assert {contract.stage for contract in found} == set(ContractStage)
    assert {contract.certainty for contract in found} == {*ValueCertainty, None}


@pytest.mark.parametrize(
    ("what", "is_so"),
    [
        ("a range", lambda c: c.awarded_low != c.awarded_high),
        ("an annual value alone", lambda c: c.awarded_high is None and c.annual_high is not None),
        ("both values", lambda c: c.awarded_high is not None and c.annual_high is not None),
        ("no value", lambda c: c.awarded_high is None and c.annual_high is None),
        ("a partner's share", lambda c: c.share_of is not None),
        ("an exempt value", lambda c: c.exempt),
        ("an embargo", lambda c: c.embargoed_until is not None and c.embargoed_until > AS_AT),
        ("an open option of unknown value", lambda c: c.maximum_at_least),
        ("an extension", lambda c: c.current_end_on != c.awarded_end_on),
        ("a variation", lambda c: c.current_high is not None and c.current_high != c.awarded_high),
        ("a rolling term", lambda c: c.rolling and c.review_on is not None),
        ("a rolling term without a review", lambda c: c.rolling and c.review_on is None),
        ("an end in words", lambda c: c.end_condition is not None),
        ("neither end nor review", lambda c: not c.rolling and c.current_end_on is None and c.review_on is None),
        ("no reference", lambda c: c.reference is None),
        ("a concern", lambda c: c.concern is not None),
        ("a successor", lambda c: c.replaces_id is not None),
        ("an approval", lambda c: c.approval_id is not None),
        ("an end in the past", lambda c: c.current_end_on is not None and c.current_end_on < AS_AT),
        (
            "an end within a year",
            lambda c: c.current_end_on is not None and AS_AT <= c.current_end_on <= date(2027, 11, 21),
        ),
        ("exactly the threshold", lambda c: c.current_high == Decimal(1_000_000)),
        ("a penny over it", lambda c: c.current_high == Decimal("1000000.01")),
        ("a reason it was withdrawn", lambda c: c.withdrawn_reason is not None),
    ],
)
def test_some_contract_has(demo: Session, what: str, is_so: Callable[[Contract], bool]) -> None:
    assert any(is_so(contract) for contract in contracts(demo)), what


def test_settling_again_changes_nothing(demo: Session) -> None:
    for contract in contracts(demo):
        settle(contract)
    assert not demo.dirty or not any(demo.is_modified(record) for record in demo.dirty)


def test_the_register_finds_nothing_to_settle_in_it(demo_app: Flask) -> None:
    checked = demo_app.test_cli_runner().invoke(args=["register", "check"])
    assert checked.exit_code == 0, checked.output


def test_together_they_come_to_several_hundred_million_pounds(demo: Session) -> None:
    running = [contract for contract in contracts(demo) if contract.runs_on(AS_AT) and contract.arrangement_id is None]
    total = sum((contract.current_high or Decimal(0) for contract in running), Decimal(0))
    assert Decimal(300_000_000) < total < Decimal(900_000_000)


def test_arrangements_are_of_every_kind_and_valued_once(demo: Session) -> None:
    found = demo.scalars(select(Arrangement)).all()
    assert {arrangement.kind for arrangement in found} == set(ArrangementKind)
    assert {arrangement.valuation for arrangement in found} == set(ArrangementValuation)
    homes = next(arrangement for arrangement in found if arrangement.title == "Care homes for older people")
    assert len(homes.contracts) >= 27
    assert all(arrangement_figure(arrangement).high for arrangement in found)


def test_providers_are_of_every_kind_and_known_by_numbers_nobody_holds(demo: Session) -> None:
    found = demo.scalars(select(Provider).options(selectinload(Provider.identifiers))).all()
    assert {provider.kind for provider in found} == set(ProviderKind)
    companies = [number.value for provider in found for number in provider.identifiers if number.scheme == "GB-COH"]
    assert companies
    assert all(number.startswith("99") and len(number) == 8 for number in companies)


def test_three_trading_companies_have_agreements_in_place_and_on_the_way(demo: Session) -> None:
    assert len(demo.scalars(select(TradingCompany)).all()) == 3
    agreements = demo.scalars(select(Agreement)).all()
    assert {AgreementStatus.IN_PLACE, AgreementStatus.BEING_PUT_IN_PLACE} <= {one.status for one in agreements}
    assert all(agreement.standards and agreement.contract.form.is_agreement for agreement in agreements)


def test_social_value_is_stated_promised_and_delivered(demo: Session) -> None:
    year = 2026
    stated = set(demo.scalars(select(SocialValueStatement.directorate_id).where(SocialValueStatement.year == year)))
    assert len(stated) == 4
    assert None in set(demo.scalars(select(SocialValueCommitment.contract_id)))
    assert set(demo.scalars(select(SocialValueDelivery.state))) == set(DeliveryState)


def test_activities_are_early_and_late_and_ended_in_every_way(demo: Session) -> None:
    found = demo.scalars(select(Activity)).all()
    assert {activity.state for activity in found} == set(ActivityState)
    assert {activity.timing for activity in found} == set(TimingKind)
    assert {line.kind for activity in found for line in activity.lines} == set(LineKind)
    assert set(ActivityKind) - {activity.kind for activity in found} <= {ActivityKind.VARY}
    assert any(len(activity.moves) > 1 for activity in found)
    assert any(activity.exempt for activity in found)
    assert all(activity.decided_on <= AS_AT for activity in found if activity.decided_on)


def test_the_register_proposes_some_late_more_early_and_a_dismissed_one(demo: Session) -> None:
    every = proposals.findings(demo, EVERYBODY, rolling_horizon(AS_AT), today=AS_AT)
    found = proposals.not_dismissed(every, Outcome.PROPOSED)
    assert 5 <= sum(one.is_late for one in found) <= 15
    assert len(found) > 30
    assert proposals.dismissed(every)
    assert proposals.not_dismissed(every, Outcome.WATCHED)
    assert proposals.not_dismissed(every, Outcome.GAP)


def test_nobody_and_nothing_in_it_is_real(demo: Session) -> None:
    emails = demo.scalars(select(Base.metadata.tables["person"].c.email)).all()
    assert emails
    assert all(email.endswith("@wessmoor.example") for email in emails)


@pytest.mark.parametrize("as_at", ["1 April 2026", "31 March 2027", "29 February 2028"])
def test_it_loads_on_any_day(new_app: NewApp, as_at: str) -> None:
    app = new_app("sqlite")
    loaded = app.test_cli_runner().invoke(args=["demo", "load", "--as-at", as_at])
    assert loaded.exit_code == 0, loaded.output
    with app.app_context():
        db.engine.dispose()
