"""The last lawful day of each notice, as the Procurement Act 2023 counts it, and what each duty hangs on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.register import notices
from app.register.notices import ACT_IN_FORCE, Duties, Let
from app.register.regime import Regime
from app.register.vat import FIRST_VAT_RATES, VatTreatment, gross

DUTIES = Duties()
ENTERED = date(2026, 3, 2)
SIX_MILLION = Decimal(6_000_000)
R = Regime


def let(regime: Regime | None = R.PUBLIC, **more: object) -> Let:
    told = {"regime": regime, "entered_on": ENTERED, "value": SIX_MILLION, "vat": VatTreatment.STANDARD}
    return Let(**{**told, **more})  # type: ignore[arg-type]  # a test's own facts


@pytest.mark.parametrize(
    ("regime", "due"),
    [
        pytest.param(R.PUBLIC, date(2026, 3, 31), id="thirty days beginning with the day"),
        pytest.param(R.LIGHT_TOUCH, date(2026, 6, 29), id="a hundred and twenty for light touch"),
        pytest.param(R.USER_CHOICE, None, id="the individual chose the provider"),
        pytest.param(R.BELOW_NOTIFIABLE, None, id="below the threshold: as soon as practicable"),
        pytest.param(R.BELOW, None, id="below £30,000"),
        pytest.param(R.EXEMPT_VERTICAL, None, id="the council's own company"),
        pytest.param(R.HEALTH, None, id="health care has a regime of its own"),
        pytest.param(R.BEFORE_THE_ACT, None, id="begun before the Act"),
        pytest.param(R.GRANT, None, id="a grant"),
        pytest.param(None, None, id="nobody has said which law governs it"),
    ],
)
def test_contract_details_are_told_within_the_regimes_days(regime: Regime | None, due: date | None) -> None:
    assert notices.details_due(let(regime), DUTIES) == due


def test_nothing_is_due_until_the_contract_is_entered_into() -> None:
    assert notices.details_due(let(entered_on=None), DUTIES) is None
    assert notices.copy_due(let(entered_on=None), DUTIES) is None


@pytest.mark.parametrize(
    ("value", "vat", "due"),
    [
        pytest.param("6000000", VatTreatment.STANDARD, date(2026, 5, 30), id="over, ninety days"),
        pytest.param("4166666.67", VatTreatment.STANDARD, None, id="exactly £5m with VAT is not over"),
        pytest.param("4166666.68", VatTreatment.STANDARD, date(2026, 5, 30), id="a penny over with VAT"),
        pytest.param("4166666.68", VatTreatment.EXEMPT, None, id="the same without VAT"),
        pytest.param("5000000", None, None, id="VAT not recorded, not over before it"),
        pytest.param("5000000.01", None, date(2026, 5, 30), id="VAT not recorded, over whatever it is"),
    ],
)
def test_a_copy_of_a_contract_over_five_million_with_vat_is_published(
    value: str, vat: VatTreatment | None, due: date | None
) -> None:
    assert notices.copy_due(let(value=Decimal(value), vat=vat), DUTIES) == due


def test_the_copy_of_a_light_touch_contract_has_a_hundred_and_eighty_days() -> None:
    assert notices.copy_due(let(R.LIGHT_TOUCH), DUTIES) == ENTERED + timedelta(days=179)


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        pytest.param({}, True, id="over £5m"),
        pytest.param({"framework": True}, False, id="a framework"),
        pytest.param({"concession": True}, False, id="a concession"),
        pytest.param({"regime": R.LIGHT_TOUCH}, False, id="light touch"),
        pytest.param({"value": Decimal(4_000_000)}, False, id="under £5m"),
        pytest.param({"value": None}, False, id="no value"),
    ],
)
def test_indicators_are_set_for_a_large_public_contract(changes: dict[str, object], needed: bool) -> None:  # noqa: FBT001 - a truth table
    assert notices.needs_indicators(let(**changes), DUTIES) is needed  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("starts", "latest", "due"),
    [
        pytest.param(date(2026, 4, 1), None, date(2027, 3, 31), id="a year from its start"),
        pytest.param(date(2025, 4, 1), None, date(2026, 12, 31), id="since the duty came into force"),
        pytest.param(date(2026, 4, 1), date(2027, 1, 10), date(2028, 1, 9), id="a year from the last notice"),
    ],
)
def test_performance_is_assessed_once_in_every_twelve_months(starts: date, latest: date | None, due: date) -> None:
    assert notices.assessment_due(let(starts_on=starts), latest, DUTIES) == due


@pytest.mark.parametrize(
    ("regime", "due"),
    [
        pytest.param(R.PUBLIC, date(2026, 4, 29), id="expiry counts"),
        pytest.param(R.LIGHT_TOUCH, date(2026, 4, 29), id="light touch too"),
        pytest.param(R.USER_CHOICE, None, id="not where the individual chose"),
        pytest.param(R.BELOW_NOTIFIABLE, None, id="not below the threshold"),
    ],
)
def test_the_end_is_told_within_thirty_days(regime: Regime, due: date | None) -> None:
    assert notices.termination_due(let(regime, ended_on=date(2026, 3, 31)), DUTIES) == due


def test_payments_of_a_quarter_are_told_within_thirty_days_beginning_with_its_last() -> None:
    # The first of them: the quarter to 30 June 2026, by 29 July 2026.
    quarter = date(2026, 6, 30)
    assert notices.payments_due(let(began_on=date(2026, 4, 1)), quarter, DUTIES) == date(2026, 7, 29)
    assert notices.payments_due(let(began_on=date(2026, 3, 31)), quarter, DUTIES) is None
    assert notices.payments_due(let(began_on=date(2026, 4, 1), concession=True), quarter, DUTIES) is None


@pytest.mark.parametrize(
    ("needed", "published", "late"),
    [
        pytest.param(True, None, True, id="none published"),
        pytest.param(True, date(2026, 5, 1), False, id="before the change"),
        pytest.param(True, date(2026, 5, 2), False, id="on the day"),
        pytest.param(True, date(2026, 5, 3), True, id="after it"),
        pytest.param(False, None, False, id="somebody said none is needed"),
        pytest.param(None, None, False, id="nobody has said"),
    ],
)
def test_a_change_notice_comes_before_the_change(needed: bool | None, published: date | None, late: bool) -> None:  # noqa: FBT001 - a truth table
    assert notices.change_notice_late(date(2026, 5, 2), published, needed=needed) is late


@pytest.mark.parametrize(
    ("published", "ends"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 11), id="a Monday is the first of the eight"),
        pytest.param(date(2026, 3, 31), date(2026, 4, 13), id="over Easter"),
        pytest.param(date(2026, 3, 7), date(2026, 3, 18), id="published on a Saturday"),
    ],
)
def test_a_standstill_is_eight_working_days_beginning_with_the_day(published: date, ends: date) -> None:
    easter = {date(2026, 4, 3), date(2026, 4, 6)}
    assert notices.standstill_ends(published, 8, easter) == ends


@pytest.mark.parametrize(("entered", "early"), [(10, True), (11, True), (12, False)])
def test_a_contract_entered_into_in_its_standstill_is_entered_too_early(entered: int, early: bool) -> None:  # noqa: FBT001 - a truth table
    assert notices.entered_too_early(date(2026, 3, entered), date(2026, 3, 11)) is early


@pytest.mark.parametrize(
    ("regime", "value", "notifiable"),
    [
        pytest.param(R.BELOW_NOTIFIABLE, "25000", True, id="£30,000 with VAT"),
        pytest.param(R.BELOW_NOTIFIABLE, "24999", False, id="less than £30,000 with VAT"),
        pytest.param(R.BELOW, "25000", False, id="another regime"),
    ],
)
def test_a_small_contract_is_notifiable_from_thirty_thousand_with_vat(
    regime: Regime,
    value: str,
    notifiable: bool,  # noqa: FBT001 - a truth table
) -> None:
    assert notices.is_notifiable(let(regime, value=Decimal(value)), DUTIES) is notifiable


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        pytest.param({"began_on": ACT_IN_FORCE}, True, id="begun on the day the Act came into force"),
        pytest.param({"began_on": ACT_IN_FORCE - timedelta(days=1)}, False, id="begun the day before"),
        pytest.param({"began_on": ACT_IN_FORCE, "value": Decimal(20_000)}, False, id="too small to ask"),
        pytest.param({"began_on": ACT_IN_FORCE, "regime": R.PUBLIC}, False, id="somebody has said"),
    ],
)
def test_the_regime_is_asked_and_never_inferred(changes: dict[str, object], asked: bool) -> None:  # noqa: FBT001 - a truth table
    assert notices.needs_a_regime(let(**{"regime": None, **changes}), DUTIES) is asked  # type: ignore[arg-type]  # as above


@given(
    amount=st.decimals(min_value=1, max_value=10**9, places=2),
    treatment=st.one_of(st.none(), st.sampled_from(VatTreatment)),
)
def test_the_net_that_a_database_compares_with_is_the_largest_that_is_not_over(
    amount: Decimal, treatment: VatTreatment | None
) -> None:
    net = notices.most_net_within(amount, treatment, FIRST_VAT_RATES)
    assert (gross(net, treatment) or net) <= amount
    assert (gross(net + Decimal("0.01"), treatment) or net + Decimal("0.01")) > amount


@given(first=st.dates(date(2025, 1, 1), date(2100, 1, 1)), days=st.integers(1, 400))
def test_a_period_of_days_begins_with_its_first_day(first: date, days: int) -> None:
    last = notices.last_day(first, days)
    assert (last - first).days + 1 == days


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 3, 31), "due by 31 March 2026, 1 day ago"),
        (date(2026, 4, 1), "due by 1 April 2026, today"),
        (date(2026, 4, 13), "due by 13 April 2026, in 12 days"),
    ],
)
def test_what_is_due_says_how_far_off_it_is(due: date, said: str) -> None:
    assert notices.due_in_words(due, date(2026, 4, 1)) == said
