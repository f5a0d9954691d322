"""A contract from award to its successor: what is added, corrected, lapsed, overridden and found, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Integer, literal, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dates import add_months, day
from app.core.days_in_sql import months_before
from app.core.findings import Asked, kind_of
from app.core.rights import Grant, Permission, Reader
from app.council import settings as catalogue
from app.council.models import Setting
from app.register import reckoning
from app.register.findings import life
from app.register.findings.of_contracts import ContractFinding
from app.register.models import (
    Approval,
    Contract,
    ContractForm,
    ContractStage,
    EventKind,
    ExtensionOption,
    SignalOverride,
)
from app.register.queries import contract_record
from app.register.settling import settle
from app.register.signals import Level, ProcurementStatus, SignalKind
from tests.makers import added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider
from tests.sending import inputs, send, squeezed

NO_GROUND = "no ground recorded"
#: Sees everything.
EVERYBODY = Reader(None, "everybody", (Grant(frozenset(Permission)),))


def the_contract(session: Session, title: str = "Home care") -> Contract:
    session.expire_all()
    return session.scalars(select(Contract).where(Contract.title == title)).one()


def a_ladder(session: Session, *, months_left: int = 14, sum_allowed: int = 900_000) -> Contract:
    """Three years with two options of a year, under a decision."""
    a_council(session)
    adults = a_directorate(session, name="Adults")
    end = add_months(clock.today(), months_left)
    decision = added(
        session,
        Approval(
            reference="24/00017", title="Home care", directorate_id=adults.id, sum_allowed=Decimal(sum_allowed),
            allows_options=True, delegate_post="Director of Adults", latest_end_on=add_months(end, 24),
        ),
    )  # fmt: skip
    contract = a_contract(
        session, adults, title="Home care", value=600_000, starts_on=add_months(end, -36) + timedelta(days=1),
        ends_on=end, approval=decision, providers=(a_provider(session, name="Quenby Homecare Ltd"),),
    )  # fmt: skip
    contract.options = [
        ExtensionOption(position=0, months=12, value=Decimal(200_000), notice_months=9),
        ExtensionOption(position=1, months=12, value=Decimal(200_000)),
    ]
    settle(contract)
    session.flush()
    return contract


def test_the_ladder_says_by_when_who_may_and_what_it_comes_to(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session)
    end = contract.current_end_on
    assert end is not None
    signed_in(client, session)
    text = squeezed(client.get(f"/contracts/{contract.id}"))
    assert f"9 months for the provider&#39;s notice before {day(end)} is {day(add_months(end, -9))}" in text
    assert "Director of Adults, under decision 24/00017" in text
    assert "Decision 24/00017 allows £900,000" in text
    assert "£100,000 more than the sum approved" in text
    assert "£1,000,000" in text


def test_an_option_lapses_and_is_opened_again(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session)
    signed_in(client, session)
    url = f"/contracts/{contract.id}/options/{contract.options[1].id}"
    assert send(client, f"{url}/lapse", reason="Too dear").status_code == 302
    saved = the_contract(session)
    assert saved.options[1].lapsed
    assert saved.maximum_high == Decimal(800_000)
    assert [(event.kind, event.reason) for event in saved.events] == [(EventKind.LAPSE, "Too dear")]
    assert "already" in squeezed(send(client, f"{url}/lapse", reason="Again"))
    assert send(client, f"{url}/reopen", reason="Prices fell").status_code == 302
    saved = the_contract(session)
    assert not saved.options[1].lapsed
    assert saved.maximum_high == Decimal(1_000_000)
    assert [event.kind for event in saved.events] == [EventKind.LAPSE, EventKind.REOPENING]


def test_notice_given_too_late_is_passed_only_with_a_reason(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session, months_left=6)
    signed_in(client, session)
    url = f"/contracts/{contract.id}/extend"
    late = {"uses_option": "yes", "notice_given_on": clock.today().isoformat(), "reason": "It goes well"}
    text = squeezed(send(client, url, **late))
    assert "The provider must have 9 months notice" in text
    assert the_contract(session).events == []
    assert send(client, url, **late, passing="The provider agreed").status_code == 302
    (event,) = the_contract(session).events
    assert (event.notice_given_on, event.ground) == (clock.today(), None)


def test_an_extension_through_another_approval_counts_against_that_one(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session, sum_allowed=600_000)
    end = contract.current_end_on
    assert end is not None
    wider = added(
        session,
        Approval(
            reference="26/00090", title="Home care for longer", directorate_id=contract.directorate_id,
            sum_allowed=Decimal(2_000_000), latest_end_on=add_months(end, 60),
        ),
    )  # fmt: skip
    signed_in(client, session)
    answer = send(
        client, f"/contracts/{contract.id}/extend", uses_option="no", ends_on=add_months(end, 6).isoformat(),
        value_added="300k", approval_id=wider.id, reason="No tender in time",
    )  # fmt: skip
    assert answer.status_code == 302, squeezed(answer)
    saved = the_contract(session)
    assert (saved.events[0].approval_id, saved.events[0].ground) == (wider.id, NO_GROUND)
    assert saved.approval is not None
    assert saved.approval.reference == "24/00017"
    text = squeezed(client.get(f"/contracts/{contract.id}"))
    assert "Decision 26/00090 allows £2,000,000" in text
    assert "Outside the options" in text


def test_a_variation_says_its_percentage_before_it_is_saved(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session, sum_allowed=5_000_000)
    added(session, a_provider(session, name="Tarnshaw Care Ltd"))
    signed_in(client, session)
    url = f"/contracts/{contract.id}/vary"
    more = {
        "way": "it goes up", "amount": "30000", "scope_change": "Night visits as well",
        "ground": "the supplier was restructured", "uk10": "yes, it is needed",
        "uk10_reason": "Always, for a restructured supplier",
        "parties": "one takes over from another", "provider_joins": "Tarnshaw Care Ltd",
        "provider_leaves": contract.providers[0].provider_id, "reason": "It was bought",
    }  # fmt: skip
    text = squeezed(send(client, url, **more))
    assert "+£30,000, +5.0 per cent of the £600,000 awarded" in text
    assert the_contract(session).events == []
    assert send(client, url, **more, seen="30000.00").status_code == 302
    saved = the_contract(session)
    (event,) = saved.events
    assert (event.provider_left, event.provider_joined) == ("Quenby Homecare Ltd", "Tarnshaw Care Ltd")
    assert (event.uk10_needed, event.uk10_reason) == (True, "Always, for a restructured supplier")
    assert [one.provider.name for one in saved.providers] == ["Tarnshaw Care Ltd"]
    assert saved.awarded_high == Decimal(600_000)
    shown = squeezed(client.get(f"/contracts/{contract.id}"))
    assert "Tarnshaw Care Ltd takes over from Quenby Homecare Ltd" in shown
    assert "What is supplied: Night visits as well" in shown
    later = send(client, url, way="it goes up", amount="30000", ground=NO_GROUND, reason="More", seen="")
    assert "with the changes before it +£60,000, +10.0 per cent" in squeezed(later)


def test_a_correction_shows_old_beside_new_and_is_marked_as_one(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session)
    end = contract.awarded_end_on
    assert end is not None
    signed_in(client, session)
    url = f"/contracts/{contract.id}/correct"
    assert "Nothing is different" in squeezed(send(client, url, reason="A slip"))
    wrong = {"awarded_low": "650,000", "reason": "The signed contract says 650"}
    shown = send(client, url, **wrong)
    assert "£600,000" in shown.text
    assert "£650,000" in shown.text
    assert the_contract(session).awarded_high == Decimal(600_000)
    seen = inputs(shown.text)["seen"]
    assert send(client, url, **wrong, seen=seen).status_code == 302
    saved = the_contract(session)
    (event,) = saved.events
    assert saved.awarded_high == Decimal(650_000)
    assert (event.kind, event.corrected) == (
        EventKind.CORRECTION,
        {"awarded_low": ["600000.00", "650000.00"], "awarded_high": ["600000.00", "650000.00"]},
    )
    record = squeezed(client.get(f"/contracts/{contract.id}"))
    assert "Value as awarded: was £600,000, is £650,000" in record
    assert "Correction: The signed contract says 650" in squeezed(client.get(f"/contracts/{contract.id}/history"))


def test_an_extension_recorded_by_mistake_is_struck_out(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session)
    was = contract.current_end_on
    signed_in(client, session)
    assert send(client, f"/contracts/{contract.id}/extend", uses_option="yes", reason="It goes well").status_code == 302
    (event,) = the_contract(session).events
    strike = f"/contracts/{contract.id}/events/{event.id}/strike-out"
    assert send(client, strike, reason="It was another contract").status_code == 302
    saved = the_contract(session)
    assert saved.current_end_on == was
    assert not saved.options[0].taken
    assert len(saved.events) == 2
    assert "Struck out" in client.get(f"/contracts/{contract.id}").text
    assert "Only an extension or a variation that counts" in squeezed(send(client, strike, reason="Twice"))


def test_a_suspension_and_what_ends_it_stay_on_record(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session)
    signed_in(client, session)
    assert send(client, f"/contracts/{contract.id}/suspend", reason="An inspection").status_code == 302
    assert the_contract(session).stage is ContractStage.SUSPENDED
    assert send(client, f"/contracts/{contract.id}/resume", reason="All is well").status_code == 302
    saved = the_contract(session)
    assert saved.stage is ContractStage.AWARDED
    assert [event.kind for event in saved.events] == [EventKind.SUSPENSION, EventKind.RESUMPTION]


def test_a_successor_is_planned_linked_and_unlinked_and_the_clock_follows(
    client: FlaskClient, session: Session
) -> None:
    contract = a_ladder(session, months_left=-2)
    signed_in(client, session)
    here = f"/contracts/{contract.id}"
    assert "no awarded contract follows it" in squeezed(client.get(here))
    assert send(client, f"{here}/successor", title="Home care anew").status_code == 302
    planned = the_contract(session, "Home care anew")
    assert (planned.stage, planned.replaces_id) == (ContractStage.PLANNED, contract.id)
    assert (planned.directorate_id, planned.manager_post) == (contract.directorate_id, contract.manager_post)
    assert "no awarded contract follows it" in squeezed(client.get(here))
    live = a_contract(session, contract.directorate, title="Home care now", starts_on=date(2026, 1, 1))
    answer = send(client, f"{here}/successor", follows="one that is in the register already", successor="Home care now")
    assert answer.status_code == 302, squeezed(answer)
    assert "reads “Replaced”: Home care now follows it" in squeezed(client.get(here))
    assert "no awarded contract follows it" not in squeezed(client.get(here))
    assert send(client, f"/contracts/{live.id}/unlink", reason="Another service").status_code == 302
    assert the_contract(session, "Home care now").replaces_id is None
    assert "no awarded contract follows it" in squeezed(client.get(here))


def test_a_framework_shows_its_lots_and_takes_call_offs(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, north = a_directorate(session), a_provider(session, name="North Care")
    south = a_provider(session, name="South Care")
    framework = a_contract(
        session, adults, title="Home care", form=ContractForm.FRAMEWORK, providers=(north, south), manager_post="Lead"
    )
    framework.providers[0].lot, framework.providers[1].lot = "Lot 1, the north", "Lot 2, the south"
    session.flush()
    signed_in(client, session)
    url = f"/contracts/{framework.id}/call-off"
    answer = send(client, url, title="Home care: Wold", provider=north.id, lot="Lot 1, the north", value="40k")
    assert answer.status_code == 302, squeezed(answer)
    call_off = the_contract(session, "Home care: Wold")
    assert (call_off.parent_id, call_off.lot, call_off.manager_post) == (framework.id, "Lot 1, the north", "Lead")
    assert call_off.form is ContractForm.CALL_OFF
    text = squeezed(client.get(f"/contracts/{framework.id}"))
    lots = text[text.index(">Lots<") :]
    assert lots.index("Lot 1, the north") < lots.index("North Care") < lots.index("£40,000")
    assert "None yet" in lots


def test_the_regime_says_what_it_asks_for_and_the_value_with_vat(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session)
    signed_in(client, session)
    here = f"/contracts/{contract.id}"
    text = squeezed(client.get(here))
    assert "nothing says which notices and dates apply" in text
    assert "Cannot be said until its VAT treatment and value are recorded" in text
    law = {"regime": "public contract", "procurement_began_on": "1/2/2025", "supply": "services"}
    assert send(client, f"{here}/edit/law", **law).status_code == 302
    assert send(client, f"{here}/edit/value", vat_treatment="standard rate").status_code == 302
    text = squeezed(client.get(here))
    assert "£1,200,000" in text
    assert "Contract details notice (UK7)" in text
    assert "before the Procurement Act 2023 came into force on 24 February 2025" in text


def test_an_end_in_words_stands_wherever_an_end_is_printed(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(
        session, a_directorate(session), ends_on=None, end_condition="When the last resident leaves",
    )  # fmt: skip
    signed_in(client, session)
    text = squeezed(client.get(f"/contracts/{contract.id}"))
    assert text.lower().count("when the last resident leaves") >= 3


def test_a_signal_reads_as_a_person_says_until_its_day(client: FlaskClient, session: Session) -> None:
    contract = a_ladder(session, months_left=-2)
    signed_in(client, session)
    here, until = f"/contracts/{contract.id}", clock.today() + timedelta(days=10)
    said = {"kind": "expiry clock", "level": "fine", "by": "Ada Marsh, Head of Care", "reason": "It closed in May"}
    late = send(client, f"{here}/override", **said, until_on="1/1/2020")
    assert "Enter a day the override ends" in squeezed(late)
    assert send(client, f"{here}/override", **said, until_on=until.isoformat()).status_code == 302
    text = squeezed(client.get(here))
    assert f"It closed in May (Ada Marsh, Head of Care, until {day(until)}). Otherwise: Ended on" in text
    saved = the_contract(session)
    assert reckoning.overrides_in_force(saved, until)
    assert not reckoning.overrides_in_force(saved, until + timedelta(days=1))
    assert found(session, life.OVERRIDE) == {contract.id}
    assert found(session, life.ENDED) == set()
    assert send(client, f"{here}/override/end", reason="It did not").status_code == 302
    assert "Otherwise: Ended on" not in squeezed(client.get(here))
    assert session.scalars(select(SignalOverride.ended_by)).one() is not None
    assert "No override counts" in client.get(f"{here}/override/end", follow_redirects=True).text


# Findings


def found(session: Session, finding: ContractFinding) -> set[int]:
    session.flush()
    kind = kind_of(finding.code)
    assert kind is not None
    asked = Asked(EVERYBODY, clock.today())
    ids = {row[0] for row in session.execute(kind.rows(session, asked))}
    workings = kind.working(session, asked, sorted(ids))
    assert all(workings[number] for number in ids)
    return ids


@pytest.mark.parametrize(
    ("months_left", "expected"),
    [
        pytest.param(30, set(), id="in good time"),
        pytest.param(15, {"free-choice"}, id="the free choice has passed"),
        pytest.param(11, {"free-choice", "CM2"}, id="the option's last day is near"),
        pytest.param(-1, {"option-open"}, id="ended with the option open"),
    ],
)
def test_an_option_is_found_as_its_days_come(session: Session, months_left: int, expected: set[str]) -> None:
    a_ladder(session, months_left=months_left)
    assert codes(session) == expected


def codes(session: Session) -> set[str]:
    ours = (
        life.CM1,
        life.REPLACING,
        life.CM2,
        life.FREE_CHOICE,
        life.OPTION_OPEN,
        life.ENDED,
        life.OVER_SUM,
        life.OVERRIDE,
    )
    return {finding.code for finding in ours if found(session, finding)}


def test_an_end_with_nothing_after_it_is_found_until_something_follows(session: Session) -> None:
    a_council(session)
    adults, today = a_directorate(session), clock.today()
    soon = a_contract(session, adults, title="Soon", starts_on=date(2020, 1, 1), ends_on=add_months(today, 3))
    over = a_contract(session, adults, title="Over", starts_on=date(2020, 1, 1), ends_on=today - timedelta(days=1))
    a_contract(session, adults, title="Long ago", starts_on=date(2010, 1, 1), ends_on=date(2012, 1, 1))
    assert found(session, life.CM1) == {soon.id}
    assert found(session, life.ENDED) == {over.id}
    for one in (soon, over):
        end = one.current_end_on
        assert end is not None
        a_contract(
            session,
            adults,
            starts_on=end + timedelta(days=1),
            ends_on=None,
            end_condition="When the last leaves",
            replaces_id=one.id,
        )
    assert codes(session) == set()


@pytest.mark.parametrize(
    ("own", "following", "expected"),
    [
        pytest.param(None, None, "CM1", id="planned, and no procurement begun"),
        pytest.param(ProcurementStatus.NOT_STARTED, ProcurementStatus.NOT_STARTED, "CM1", id="both say not started"),
        pytest.param(None, ProcurementStatus.TENDER, "replacing", id="the successor is out to tender"),
        pytest.param(ProcurementStatus.PLANNING, None, "replacing", id="begun, as the contract itself says"),
    ],
)
def test_a_replacement_under_way_is_told_apart_from_nothing_at_all(
    session: Session, own: ProcurementStatus | None, following: ProcurementStatus | None, expected: str
) -> None:
    a_council(session)
    adults, end = a_directorate(session), add_months(clock.today(), 3)
    soon = a_contract(session, adults, title="Soon", starts_on=date(2020, 1, 1), ends_on=end, procurement_status=own)
    after = a_contract(
        session,
        adults,
        starts_on=end + timedelta(days=1),
        replaces_id=soon.id,
        stage=ContractStage.PLANNED,
        procurement_status=following,
    )
    assert codes(session) == {expected}
    after.withdrawn_at, after.withdrawn_reason = clock.now(), "Not needed"
    assert codes(session) == {"CM1"}


def test_a_sum_passed_is_found_beyond_the_tolerance_only(session: Session) -> None:
    contract = a_ladder(session, months_left=30, sum_allowed=590_000)
    assert found(session, life.OVER_SUM) == {contract.id}
    added(session, Setting(name=catalogue.TOLERANCE_PER_CENT.name, from_on=date(2020, 1, 1), value="5"))
    assert found(session, life.OVER_SUM) == set()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    last=st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    months=st.integers(0, 120),
)
def test_months_are_counted_back_alike_in_sql_and_in_python(session: Session, last: date, months: int) -> None:
    said = session.scalar(select(months_before(literal(last), literal(months, Integer))))
    assert said == add_months(last, -months)


def test_the_clock_of_the_page_and_the_findings_agree(session: Session) -> None:
    contract = a_ladder(session, months_left=15)
    read = contract_record.settings_on(session, clock.today())
    signal = reckoning.signals_of(contract, read, None, today=clock.today())[0]
    assert (signal.kind, signal.level) == (SignalKind.CLOCK, Level.ACT)
    assert found(session, life.FREE_CHOICE) == {contract.id}
