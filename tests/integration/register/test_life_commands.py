"""``flask register extend`` and its like: the acts of a contract's pages, on the command line and both databases."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import Change
from app.register.models import Contract, ContractStage, EventKind, ExtensionOption
from app.register.settling import settle
from tests.register_makers import a_contract, a_council, a_directorate, a_provider

pytestmark = pytest.mark.usefixtures("client")
REASON = ("--reason", "It was agreed")


def run(app: Flask, *args: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["register", *args])
    return done.exit_code, done.output


@pytest.fixture
def contract(session: Session) -> Contract:
    a_council(session)
    made = a_contract(
        session,
        a_directorate(session),
        title="Home care",
        reference="HC/1",
        value=1_000_000,
        starts_on=date(2022, 4, 1),
        ends_on=date(2027, 3, 31),
        providers=(a_provider(session),),
    )
    made.options = [
        ExtensionOption(position=0, months=12, value=Decimal(200_000)),
        ExtensionOption(position=1, months=12, value=Decimal(200_000)),
    ]
    settle(made)
    session.commit()
    return made


def test_an_option_is_taken_up_after_it_was_looked_at(app: Flask, session: Session, contract: Contract) -> None:
    code, said = run(app, "extend", "HC/1", *REASON, "--dry-run")
    assert (code, said.splitlines()[-1]) == (0, "Nothing was changed.")
    assert "Ends: 31 March 2027 becomes 31 March 2028" in said
    assert "Value now: £1,000,000 becomes £1,200,000" in said
    session.refresh(contract)
    assert contract.current_end_on == date(2027, 3, 31)

    code, again = run(app, "extend", "hc/1", *REASON)
    assert (code, again) == (0, said.removesuffix("Nothing was changed.\n"))
    session.refresh(contract)
    assert (contract.current_end_on, contract.current_high) == (date(2028, 3, 31), Decimal(1_200_000))
    assert [event.recorded_by for event in contract.events] == ["command line"]
    newest = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert newest is not None
    assert (newest.actor_name, newest.reason) == ("command line", "It was agreed")


def test_what_a_page_warns_of_is_refused_until_it_is_said_to_be_right(
    app: Flask, session: Session, contract: Contract
) -> None:
    more = ("vary", f"{contract.id}", "--value-change", "900k", "--ground", "below-threshold modification", *REASON)
    code, said = run(app, *more)
    assert code == 2
    assert "--anyway" in said
    session.refresh(contract)
    assert contract.current_high == Decimal(1_000_000)
    code, said = run(app, *more, "--anyway", "The regulator asked for it")
    assert code == 0, said
    session.refresh(contract)
    assert contract.current_high == Decimal(1_900_000)
    assert contract.events[-1].reason == "It was agreed. The regulator asked for it"


def test_an_award_is_corrected_and_keeps_what_it_said(app: Flask, session: Session, contract: Contract) -> None:
    code, said = run(app, "correct", "Home care", "--value", "£1.1m", "--starts", "1 May 2022", *REASON)
    assert code == 0, said
    assert "Value as awarded: £1,000,000 becomes £1,100,000" in said
    session.refresh(contract)
    assert contract.starts_on == date(2022, 5, 1)
    assert contract.events[-1].corrected == {
        "starts_on": ["2022-04-01", "2022-05-01"],
        "awarded_low": ["1000000.00", "1100000.00"],
        "awarded_high": ["1000000.00", "1100000.00"],
    }


def test_it_is_suspended_resumed_ended_and_runs_again(app: Flask, session: Session, contract: Contract) -> None:
    for args, stage, kind in (
        (("suspend", "HC/1"), ContractStage.SUSPENDED, EventKind.SUSPENSION),
        (("resume", "HC/1", "--from", "1/12/2026"), ContractStage.AWARDED, EventKind.RESUMPTION),
        (("end", "HC/1", "--on", "31 January 2027"), ContractStage.ENDED_EARLY, EventKind.EARLY_END),
        (("resume", "HC/1"), ContractStage.AWARDED, EventKind.EARLY_END_TAKEN_BACK),
    ):
        code, said = run(app, *args, *REASON)
        assert code == 0, said
        session.refresh(contract)
        assert contract.stage is stage
        assert kind in {event.kind for event in contract.events}


def test_an_option_lapses_and_a_record_is_confirmed(app: Flask, session: Session, contract: Contract) -> None:
    assert run(app, "lapse", "HC/1", "--option", "2", *REASON)[0] == 0
    assert run(app, "confirm", "HC/1")[0] == 0
    session.refresh(contract)
    assert [option.lapsed for option in contract.options] == [False, True]
    assert (contract.confirmed_on, contract.confirmed_by) == (clock.today(), "command line")


@pytest.mark.parametrize(
    ("args", "why"),
    [
        pytest.param(("confirm", "HC/9"), "No contract has “HC/9”", id="no such contract"),
        pytest.param(("lapse", "HC/1", "--option", "3", *REASON), "has no option 3", id="no such option"),
        pytest.param(("resume", "HC/1", *REASON), "neither suspended nor ended", id="nothing to resume"),
        pytest.param(("end", "HC/1", "--on", "1 June 2027", *REASON), "a day before 31 March 2027", id="too late"),
        pytest.param(("end", "HC/1", "--on", "31/2/2027", *REASON), "28 days", id="no such day"),
        pytest.param(("extend", "HC/1", "--to", "1/1/2026", *REASON), "a day after", id="no longer than it is"),
        pytest.param(("extend", "HC/1", "--adds", "-5", *REASON), "less than nothing", id="an extension takes off"),
        pytest.param(("extend", "HC/1", "--approval", "K1", *REASON), "No approval", id="no such approval"),
        pytest.param(
            ("vary", "HC/1", "--ground", "no ground recorded", *REASON), "Say what changes", id="nothing varied"
        ),
        pytest.param(("correct", "HC/1", *REASON), "Nothing is different", id="nothing corrected"),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_a_page_refuses_is_refused(
    app: Flask, session: Session, contract: Contract, args: tuple[str, ...], why: str
) -> None:
    code, said = run(app, *args)
    assert code == 2, said
    assert why in said
    session.refresh(contract)
    assert (contract.events, contract.confirmed_on) == ([], None)


def test_two_contracts_of_one_reference_are_told_apart_by_number(
    app: Flask, session: Session, contract: Contract
) -> None:
    other = a_contract(session, contract.directorate, title="Day care", reference="HC/1")
    session.commit()
    code, said = run(app, "confirm", "HC/1")
    assert code == 2
    assert f"Day care (no. {other.id})" in said
    assert run(app, "confirm", f"{contract.id}")[0] == 0
