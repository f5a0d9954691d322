"""What state a contract is in on a day."""

from datetime import date

import pytest

from app.register.models import ContractStage
from app.register.status import COLOURS, Standing, Status, status_on, words

DAY = date(2026, 11, 22)
BEFORE, AFTER = date(2026, 11, 21), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("standing", "status"),
    [
        pytest.param(Standing(ContractStage.PLANNED, AFTER, None), Status.PLANNED, id="planned"),
        pytest.param(Standing(ContractStage.AWARDED, AFTER, None), Status.AWARDED, id="starts tomorrow"),
        pytest.param(Standing(ContractStage.AWARDED, DAY, DAY), Status.LIVE, id="today is its only day"),
        pytest.param(Standing(ContractStage.AWARDED, None, None), Status.LIVE, id="no dates at all"),
        pytest.param(Standing(ContractStage.AWARDED, BEFORE, BEFORE), Status.EXPIRED, id="ended yesterday"),
        pytest.param(Standing(ContractStage.SUSPENDED, BEFORE, BEFORE), Status.SUSPENDED, id="suspended"),
        pytest.param(Standing(ContractStage.ENDED_EARLY, BEFORE, AFTER), Status.ENDED_EARLY, id="ended early"),
        pytest.param(Standing(ContractStage.AWARDED, BEFORE, AFTER, withdrawn=True), Status.WITHDRAWN, id="withdrawn"),
    ],
)
def test_a_contract_is_in_one_status_on_a_day(standing: Standing, status: Status) -> None:
    assert status_on(standing, DAY) is status


def test_every_status_has_words_and_a_colour() -> None:
    assert all(words(status) and COLOURS[status] for status in Status)
