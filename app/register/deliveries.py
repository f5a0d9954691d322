"""How a claimed delivery of social value is judged. A claim is no delivery until somebody has seen the evidence."""

import enum
from collections.abc import Mapping

from app.core.errors import Refusal


class DeliveryState(enum.StrEnum):
    CLAIMED = "claimed"
    VERIFIED = "verified"
    SENT_BACK = "sent back"


S = DeliveryState

MOVES: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    S.CLAIMED: frozenset({S.VERIFIED, S.SENT_BACK}),
    S.SENT_BACK: frozenset({S.CLAIMED}),  # the provider claims again, with better evidence
    S.VERIFIED: frozenset(),
}


def move(now: DeliveryState, to: DeliveryState, *, reason: str | None, evidence: str | None) -> DeliveryState:
    """Return the new state, or refuse and say what would work."""
    if to not in MOVES[now]:
        raise Refusal(f"A delivery that is {now} cannot become {to}", field="state")
    if to is S.SENT_BACK and not (reason or "").strip():
        raise Refusal("Say what is missing, so that the provider can mend it", field="reason")
    if to is S.VERIFIED and not (evidence or "").strip():
        raise Refusal("Say what evidence you saw", field="evidence")
    return to
