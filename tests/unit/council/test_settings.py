"""What each dated setting may say."""

from datetime import time
from decimal import Decimal

import pytest

from app.core.errors import Refusal
from app.council import rules, settings
from app.council.calendar import DayBasis, Span, Unit
from app.council.definitions import Days, Definition, read_threshold
from app.council.rules import Operator, Threshold, ThresholdBasis
from app.council.settings import CATALOGUE


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("more than £1,000,000", Threshold(Decimal(1_000_000))),
        ("More than 1m", Threshold(Decimal(1_000_000))),
        ("at least £500,000", Threshold(Decimal(500_000), Operator.AT_LEAST)),
        ("at least £250k a year", Threshold(Decimal(250_000), Operator.AT_LEAST, ThresholdBasis.ANNUAL)),
        ("more than £2m whole life with options", Threshold(Decimal(2_000_000))),
        ("more than £2m whole life", Threshold(Decimal(2_000_000))),
        ("more than £90,000 annual", Threshold(Decimal(90_000), basis=ThresholdBasis.ANNUAL)),
    ],
)
def test_a_threshold_is_read_as_constitutions_write_it(text: str, means: Threshold) -> None:
    assert read_threshold(text) == means
    assert read_threshold(str(means)) == means


@pytest.mark.parametrize(
    ("definition", "text", "means"),
    [
        (settings.KEY_THRESHOLD_CAPITAL, "None", None),
        (settings.TOLERANCE_AT_MOST, "£50,000", Decimal(50_000)),
        (settings.TOLERANCE_PER_CENT, "10%", Decimal(10)),
        (settings.NOTICE_DAYS, "28 calendar days", Days(28, DayBasis.CALENDAR)),
        (settings.EXCEPTION_DAYS, "5 working days", Days(5, DayBasis.WORKING)),
        (settings.CALL_IN_CUT_OFF, "17:00", time(17)),
        (settings.CALL_IN_CUT_OFF, "none", None),
        (settings.BEFORE_DECISION[0].definition, "2 months", Span(2, Unit.MONTHS)),
        (settings.AFTER_DECISION[2].definition, "8 working days", Span(8, Unit.WORKING_DAYS)),
        (settings.BEFORE_DECISION[1].definition, "1 day", Span(1, Unit.DAYS)),
        (settings.HORIZON_YEARS, " 3 ", 3),
    ],
)
def test_a_setting_reads_what_people_write(definition: Definition[object], text: str, means: object) -> None:
    assert definition.read(text) == means


@pytest.mark.parametrize("definition", CATALOGUE, ids=lambda definition: definition.name)
def test_every_setting_refuses_nonsense_and_says_what_would_work(definition: Definition[object]) -> None:
    with pytest.raises(Refusal) as refused:
        definition.read("about a fortnight")
    assert refused.value.field == "value"
    assert len(refused.value.message) > 20


@pytest.mark.parametrize("text", ["0", "-1", "2.5", "three", ""])
def test_a_number_of_years_is_whole_and_above_nothing(text: str) -> None:
    with pytest.raises(Refusal):
        settings.HORIZON_YEARS.read(text)


@pytest.mark.parametrize("text", ["28 days", "28", "working days"])
def test_a_notice_period_must_say_which_days_count(text: str) -> None:
    with pytest.raises(Refusal, match="28 calendar days"):
        settings.NOTICE_DAYS.read(text)


def test_what_is_shipped_agrees_with_the_rules() -> None:
    assert settings.ANNEX_THRESHOLD.first_value == rules.FIRST_ANNEX_THRESHOLD
    assert settings.KEY_THRESHOLD.first_value == rules.FIRST_KEY_DECISION_THRESHOLD
    assert settings.HORIZON_YEARS.first_value == rules.FIRST_HORIZON_YEARS
    assert settings.NOTICE_DAYS.first_value.number == rules.FIRST_NOTICE_PERIODS.clear_days
    assert settings.EXCEPTION_DAYS.first_value.basis is rules.FIRST_NOTICE_PERIODS.exception_basis
    assert settings.CALL_IN_DAYS.first_value.number == rules.FIRST_CALL_IN_RULE.days
    for setting in (*settings.BEFORE_DECISION, *settings.AFTER_DECISION):
        assert setting.definition.first_value == setting.stage.span


def test_every_setting_has_one_name_and_a_source() -> None:
    assert len(settings.BY_NAME) == len(CATALOGUE)
    assert all(definition.source and definition.hint for definition in CATALOGUE)
