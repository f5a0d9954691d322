"""Which duties a legal regime switches on, as law.md's table has it."""

from datetime import date
from decimal import Decimal

import pytest

from app.register.regime import Duty, Facts, Regime, Reservation, Says, doubts, what_it_switches_on

LARGE = Facts(began_on=date(2026, 4, 1), gross=Decimal("5000000.01"), net=Decimal("5000000.01"))
ACT = {
    *(Duty.AWARD, Duty.DETAILS, Duty.COPY, Duty.INDICATORS, Duty.PAYMENTS, Duty.PERFORMANCE, Duty.BREACH),
    *(Duty.CHANGE, Duty.TERMINATION, Duty.PAID_IN_TIME, Duty.CODE),
}
LIGHT = ACT - {Duty.INDICATORS, Duty.PERFORMANCE, Duty.BREACH, Duty.CHANGE}


def asked_for(regime: Regime | None, facts: Facts = LARGE) -> set[Duty]:
    return {one.duty for one in what_it_switches_on(regime, facts) if one.says is Says.YES}


@pytest.mark.parametrize(
    ("regime", "duties"),
    [
        (None, set()),
        (Regime.PUBLIC, ACT),
        (Regime.LIGHT_TOUCH, LIGHT),
        (Regime.USER_CHOICE, LIGHT - {Duty.AWARD, Duty.DETAILS, Duty.COPY, Duty.TERMINATION}),
        (Regime.BELOW_NOTIFIABLE, {Duty.DETAILS, Duty.PAID_IN_TIME, Duty.CODE}),
        (Regime.BELOW, {Duty.PAID_IN_TIME, Duty.CODE}),
        (Regime.EXEMPT_VERTICAL, {Duty.CODE}),
        (Regime.EXEMPT_HORIZONTAL, {Duty.CODE}),
        (Regime.EXEMPT_OTHER, {Duty.CODE}),
        (Regime.HEALTH, {Duty.OTHER_RULES, Duty.CODE}),
        (Regime.BEFORE_THE_ACT, {Duty.CHANGE_UNDER_2015, Duty.CODE}),
        (Regime.GRANT, {Duty.GRANTS}),
        (Regime.INTERNAL, set()),
    ],
)
def test_each_regime_asks_for_its_own(regime: Regime | None, duties: set[Duty]) -> None:
    assert asked_for(regime) == duties


def test_every_regime_is_in_the_table() -> None:
    assert all(what_it_switches_on(regime, LARGE) for regime in Regime if regime is not Regime.INTERNAL)


@pytest.mark.parametrize(
    ("facts", "spared"),
    [
        pytest.param({"concession": True}, {Duty.INDICATORS, Duty.PERFORMANCE, Duty.PAYMENTS}, id="a concession"),
        pytest.param({"framework": True}, {Duty.INDICATORS, Duty.PERFORMANCE, Duty.PAYMENTS}, id="a framework"),
        pytest.param({"call_off": True}, {Duty.AWARD}, id="a call-off has no standstill"),
        pytest.param({"began_on": date(2026, 3, 31)}, {Duty.PAYMENTS}, id="begun the day before payments count"),
        pytest.param({"gross": Decimal(5_000_000)}, {Duty.COPY, Duty.INDICATORS, Duty.PERFORMANCE}, id="exactly £5m"),
        pytest.param({"net": Decimal(5_000)}, {Duty.CODE}, id="exactly £5,000"),
    ],
)
def test_a_fact_spares_a_public_contract_some_duties(facts: dict[str, object], spared: set[Duty]) -> None:
    changed = Facts(**{**LARGE.__dict__, **facts})
    assert asked_for(Regime.PUBLIC, changed) == ACT - spared


def test_what_is_not_known_is_not_guessed() -> None:
    unknown = {one.duty for one in what_it_switches_on(Regime.PUBLIC, Facts()) if one.says is Says.CANNOT_TELL}
    assert unknown == {Duty.COPY, Duty.INDICATORS, Duty.PERFORMANCE, Duty.PAYMENTS, Duty.CODE}


@pytest.mark.parametrize("regime", [*Regime])
def test_each_duty_says_when_and_where_it_stands(regime: Regime) -> None:
    assert all(one.when and one.section for one in what_it_switches_on(regime, LARGE))


@pytest.mark.parametrize(
    ("regime", "began", "reserved", "number"),
    [
        pytest.param(Regime.PUBLIC, date(2025, 2, 23), None, 1, id="the Act, begun the day before it"),
        pytest.param(Regime.PUBLIC, date(2025, 2, 24), None, 0, id="the Act, begun on its day"),
        pytest.param(Regime.BEFORE_THE_ACT, date(2025, 2, 24), None, 1, id="the Regulations, begun too late"),
        pytest.param(Regime.BEFORE_THE_ACT, date(2025, 2, 23), None, 0, id="the Regulations, begun in time"),
        pytest.param(Regime.GRANT, date(2020, 1, 1), None, 0, id="a grant has no such day"),
        pytest.param(Regime.PUBLIC, None, Reservation.LOCAL, 1, id="reserved, above the threshold"),
        pytest.param(Regime.BELOW, None, Reservation.LOCAL, 0, id="reserved, below the threshold"),
        pytest.param(Regime.PUBLIC, None, Reservation.NONE, 0, id="not reserved"),
        pytest.param(None, date(2020, 1, 1), Reservation.UK, 0, id="no regime, no doubt"),
    ],
)
def test_facts_that_do_not_go_together_are_doubted(
    regime: Regime | None, began: date | None, reserved: Reservation | None, number: int
) -> None:
    assert len(doubts(regime, Facts(began_on=began), reserved)) == number
