"""How a claimed delivery is judged."""

from itertools import product

import pytest

from app.core.errors import Refusal
from app.register.deliveries import DeliveryState, move

S = DeliveryState
ALLOWED = {(S.CLAIMED, S.VERIFIED), (S.CLAIMED, S.SENT_BACK), (S.SENT_BACK, S.CLAIMED)}


@pytest.mark.parametrize(("now", "to"), [*product(DeliveryState, repeat=2)])
def test_only_the_listed_moves_are_allowed(now: DeliveryState, to: DeliveryState) -> None:
    if (now, to) in ALLOWED:
        assert move(now, to, reason="No records", evidence="Payroll") is to
    else:
        with pytest.raises(Refusal, match=f"that is {now} cannot become {to}"):
            move(now, to, reason="No records", evidence="Payroll")


@pytest.mark.parametrize(
    ("to", "reason", "evidence", "field"),
    [
        (S.SENT_BACK, None, "Payroll", "reason"),
        (S.SENT_BACK, "  ", None, "reason"),
        (S.VERIFIED, "No records", None, "evidence"),
        (S.VERIFIED, None, " ", "evidence"),
    ],
)
def test_sending_back_says_what_is_missing_and_verifying_what_was_seen(
    to: DeliveryState, reason: str | None, evidence: str | None, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        move(S.CLAIMED, to, reason=reason, evidence=evidence)
    assert refused.value.field == field
