"""What is worked out of one contract, before and after an edit."""

from datetime import date
from decimal import Decimal

import pytest

from app.council.rules import LeadTimes, Operator, Threshold, ThresholdBasis
from app.register import reckoning
from app.register.models import (
    Approval,
    Arrangement,
    ArrangementKind,
    Contract,
    ContractEvent,
    ContractForm,
    ContractStage,
    EventKind,
    ExtensionOption,
)
from app.register.reckoning import NO_DECISION, ArrangementPart, Caution, Settings
from app.register.thresholds import Answer
from app.register.values import ArrangementValuation

TODAY = date(2026, 11, 22)
SETTINGS = Settings(Threshold(Decimal(1_000_000)), Threshold(Decimal(1_000_000)), LeadTimes())


def a_contract(
    *, value: int | None = 500_000, stage: ContractStage = ContractStage.AWARDED, approval: Approval | None = None
) -> Contract:
    amount = None if value is None else Decimal(value)
    contract = Contract(
        title="Home care",
        form=ContractForm.CONTRACT,
        stage=stage,
        starts_on=date(2025, 4, 1),
        awarded_end_on=date(2030, 3, 31),
        awarded_low=amount,
        awarded_high=amount,
        rolling=False,
    )
    contract.approval = approval
    return contract


def extended(contract: Contract, *, to: date, by: int) -> Contract:
    contract.events = [
        ContractEvent(
            kind=EventKind.EXTENSION, effective_on=TODAY, ends_on=to, value_change=Decimal(by), reason="It goes well"
        )
    ]
    return contract


@pytest.mark.parametrize(
    ("value", "stage", "about"),
    [
        pytest.param(1_000_000, ContractStage.AWARDED, [], id="exactly the threshold"),
        pytest.param(1_000_001, ContractStage.AWARDED, [NO_DECISION], id="over it"),
        pytest.param(1_000_001, ContractStage.PLANNED, [], id="over it, only planned"),
        pytest.param(None, ContractStage.AWARDED, [], id="no value"),
    ],
)
def test_a_value_over_the_threshold_wants_a_decision(value: int | None, stage: ContractStage, about: list[str]) -> None:
    contract = a_contract(value=value, stage=stage)
    reckoned = reckoning.reckon(contract, SETTINGS, today=TODAY)
    assert [one.about for one in reckoning.cautions_of(contract, reckoned, SETTINGS)] == about


def test_what_stood_before_is_no_news() -> None:
    before, after = (Caution("sum", "Over by £1"),), (Caution("sum", "Over by £2"), Caution("term", "Too long"))
    assert reckoning.news(before, after) == ("Too long",)


def test_a_contract_within_its_decision_needs_nothing_more() -> None:
    decision = Approval(reference="15/1", sum_allowed=Decimal(500_000), latest_end_on=None, allows_options=False)
    assert reckoning.beyond_approval(a_contract(approval=decision), SETTINGS) == ()


def test_an_extension_is_held_against_sum_term_and_options() -> None:
    decision = Approval(
        reference="15/1", sum_allowed=Decimal(500_000), latest_end_on=date(2031, 3, 31), allows_options=True
    )
    within = extended(a_contract(approval=decision), to=date(2031, 3, 31), by=0)
    assert reckoning.beyond_approval(within, SETTINGS) == ()
    beyond = extended(a_contract(approval=decision), to=date(2031, 4, 1), by=1)
    assert len(reckoning.beyond_approval(beyond, SETTINGS)) == 2


def test_an_open_option_without_a_value_makes_the_maximum_a_floor() -> None:
    contract = a_contract()
    contract.options = [ExtensionOption(position=0, months=24)]
    reckoned = reckoning.reckon(contract, SETTINGS, today=TODAY)
    assert reckoned.maximum == "At least £500,000"
    assert reckoned.length == "7 years (5 + 2)"
    assert [test.passing.answer for test in reckoned.tests] == [Answer.CANNOT_TELL, Answer.CANNOT_TELL]


@pytest.mark.parametrize(
    ("valuation", "stated", "answer", "working"),
    [
        pytest.param(ArrangementValuation.ADDED, None, Answer.OVER, "£1,100,000 over 2 contracts", id="added"),
        pytest.param(ArrangementValuation.REPEATED, None, Answer.NOT_OVER, "£600,000, repeated", id="repeated"),
        pytest.param(ArrangementValuation.STATED, 2_000_000, Answer.OVER, "£2,000,000, as stated", id="stated"),
        pytest.param(ArrangementValuation.STATED, None, Answer.CANNOT_TELL, "Cannot be tested", id="stated, but not"),
    ],
)
def test_an_arrangement_is_tested_as_a_whole(
    valuation: ArrangementValuation, stated: int | None, answer: Answer, working: str
) -> None:
    contract = a_contract()
    amount = None if stated is None else Decimal(stated)
    contract.arrangement = Arrangement(
        title="Homes", kind=ArrangementKind.MANY_PROVIDERS, valuation=valuation, value_low=amount, value_high=amount
    )
    parts = [
        ArrangementPart(1, None, Decimal(500_000), None, at_least=False),
        ArrangementPart(2, None, Decimal(600_000), None, at_least=False),
    ]
    tested = reckoning.reckon(contract, SETTINGS, parts, today=TODAY).tests[0]
    assert (tested.whole, tested.passing.answer) == ("Homes", answer)
    assert working in tested.passing.working


def test_each_threshold_is_held_against_the_figure_of_its_own_basis() -> None:
    yearly = Settings(
        Threshold(Decimal(100_000), Operator.AT_LEAST, ThresholdBasis.ANNUAL), SETTINGS.key, SETTINGS.lead_times
    )
    annex, key = reckoning.reckon(a_contract(), yearly, today=TODAY).tests
    assert annex.passing.working == "£500,000 whole life over 5 years is £100,000 a year: at least £100,000 a year."
    assert key.passing.answer is Answer.NOT_OVER


def test_a_contract_that_was_ended_early_has_nothing_ahead() -> None:
    contract = a_contract(stage=ContractStage.ENDED_EARLY)
    assert reckoning.reckon(contract, SETTINGS, today=TODAY).dates == ()
