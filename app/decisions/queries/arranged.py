"""Several contracts let as one, as the proposals' rule reads them. Plain Python."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.dates import MONTHS_IN_A_YEAR, months_and_days
from app.core.money import nearest_penny
from app.decisions.rules.proposals import Candidate
from app.register import values
from app.register.values import ArrangementValuation, Figure


@dataclass(frozen=True)
class Member:
    """A contract within an arrangement that is not over."""

    contract_id: int
    parent_id: int | None
    is_framework: bool
    starts_on: date | None
    ends_on: date | None
    latest_end_on: date | None
    review_on: date | None
    annual_figure: Decimal | None
    whole_life_figure: Decimal | None
    expected_months: int
    lead_months: int | None
    has_activity: bool
    is_replaced: bool
    unit: tuple[int, int | None]
    embargoed_until: date | None = None
    exempt_ground: str | None = None


def candidate_of_arrangement(
    valuation: ArrangementValuation,
    stated_a_year: Decimal | None,
    stated: Decimal | None,
    members: Sequence[Member],
    *,
    has_activity: bool,
) -> Candidate:
    """The whole as one candidate: valued once, ending when its framework does, or when most of its contracts do."""
    lead = leading(members)
    whole = _whole(valuation, stated, [(member, member.whole_life_figure) for member in members])
    rate = _whole(valuation, stated_a_year, [(member, member.annual_figure) for member in members])
    if rate is None and whole is not None:
        rate = _spread(whole, lead)
    reviews = [member.review_on for member in members if member.review_on]
    return Candidate(
        ends_on=lead.ends_on,
        run_rate=rate,
        whole_life=whole,
        expected_months=lead.expected_months,
        lead_months=lead.lead_months,
        review_on=min(reviews, default=None),
        has_activity=has_activity or (lead.is_framework and lead.has_activity) or all(m.has_activity for m in members),
        has_live_successor=(lead.is_framework and lead.is_replaced) or all(m.is_replaced for m in members),
    )


def leading(members: Sequence[Member]) -> Member:
    """The framework that ends last; without one, a contract that ends when most of them do."""
    frameworks = [member for member in members if member.is_framework]
    if frameworks:
        return max(frameworks, key=lambda one: (one.ends_on or date.max, -one.contract_id))
    counted = Counter(member.ends_on for member in members)
    usual = min(counted, key=lambda end: (-counted[end], end or date.max))
    return max(
        (member for member in members if member.ends_on == usual),
        key=lambda one: (one.expected_months, -one.contract_id),
    )


def _whole(
    valuation: ArrangementValuation, stated: Decimal | None, figures: Sequence[tuple[Member, Decimal | None]]
) -> Decimal | None:
    members = [values.Member(one.contract_id, one.parent_id, Figure(amount, "")) for one, amount in figures]
    return values.arrangement_figure(valuation, Figure(stated, ""), members).high


def _spread(whole: Decimal, lead: Member) -> Decimal | None:
    """What the whole comes to a year over the leading contract's longest term."""
    if lead.starts_on is None or lead.latest_end_on is None:
        return None
    months, days = months_and_days(lead.starts_on, lead.latest_end_on)
    return nearest_penny(whole * MONTHS_IN_A_YEAR / max(months + bool(days), 1))
