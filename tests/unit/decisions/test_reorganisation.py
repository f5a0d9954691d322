"""What crosses a vesting day, and what then needs the successor's consent."""

from datetime import date
from decimal import Decimal

import pytest

from app.decisions.rules.key_decisions import Line, LineKind
from app.decisions.rules.reorganisation import Ahead, Limits, crosses, crossing

VESTING = date(2028, 4, 1)
LIMITS = Limits(Decimal(100_000), Decimal(1_000_000))


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        pytest.param(Ahead(date(2027, 3, 1), date(2027, 4, 1), 12), "", id="over by the day before"),
        pytest.param(Ahead(date(2027, 3, 1), date(2027, 4, 1), 13), "It is to run until about 1 May 2028", id="beyond"),
        pytest.param(Ahead(date(2028, 4, 1), date(2028, 7, 1), 48), "", id="the successor enters into it"),
        pytest.param(Ahead(date(2028, 3, 31), date(2028, 7, 1), 48), "It begins on 1 July 2028", id="decided before"),
        pytest.param(Ahead(date(2027, 3, 1), None, None), "How long it is to run is not known", id="no length"),
        pytest.param(Ahead(None, None, None), "When it begins is not known", id="nothing is known"),
    ],
)
def test_it_crosses_or_not(ahead: Ahead, words: str) -> None:
    assert (crosses(ahead, VESTING) or "").startswith(words)
    assert bool(crosses(ahead, VESTING)) is bool(words)


@pytest.mark.parametrize(
    ("kind", "amount", "needed"),
    [
        pytest.param(LineKind.REVENUE, 100_000, False, id="revenue at the sum"),
        pytest.param(LineKind.REVENUE, 100_001, True, id="revenue over it"),
        pytest.param(LineKind.CAPITAL, 1_000_000, False, id="capital at the sum"),
        pytest.param(LineKind.CAPITAL, 1_000_001, True, id="capital over it"),
        pytest.param(LineKind.SAVINGS, 9_000_000, False, id="savings spend nothing"),
    ],
)
def test_consent_is_needed_over_the_sums(kind: LineKind, amount: int, needed: bool) -> None:  # noqa: FBT001 - a table
    ahead = Ahead(date(2027, 3, 1), date(2027, 4, 1), 24)
    found = crossing(ahead, [Line(kind, Decimal(0), Decimal(amount))], VESTING, LIMITS)
    assert found is not None
    assert bool(found.consent) is needed


@pytest.mark.parametrize(
    ("kind", "entered_on", "listed"),
    [
        pytest.param(LineKind.CAPITAL, date(2027, 3, 1), True, id="capital needs it whenever it ends"),
        pytest.param(LineKind.REVENUE, date(2027, 3, 1), False, id="revenue only if it crosses"),
        pytest.param(LineKind.CAPITAL, date(2028, 4, 1), False, id="the successor asks nobody"),
    ],
)
def test_what_is_over_before_the_vesting_day_needs_consent_for_capital_alone(
    kind: LineKind,
    entered_on: date,
    listed: bool,  # noqa: FBT001 - a table
) -> None:
    ahead = Ahead(entered_on, date(2027, 4, 1), 12)
    found = crossing(ahead, [Line(kind, Decimal(0), Decimal(9_000_000))], VESTING, LIMITS)
    assert bool(found and found.consent) is listed
