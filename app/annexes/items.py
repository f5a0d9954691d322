"""What commissioned services are chosen from: a contract by itself, or an arrangement counted as one, as at a day."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from app.annexes.as_at import Standing
from app.annexes.models import AnnexChoice
from app.council.rules import Threshold, ThresholdBasis
from app.register import thresholds, values
from app.register.models import Arrangement, Contract, Provider
from app.register.thresholds import Answer, Passing
from app.register.values import Amount, ArrangementValuation, Figure, Member

T = TypeVar("T")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Part:
    """A contract as it stood on the day."""

    contract: Contract
    standing: Standing
    #: Some day of its term lies in what is planned.
    is_live: bool = True

    def figure(self, threshold: Threshold) -> Figure:
        return thresholds.figure_for(threshold, self.standing.values, self.standing.annual, self.standing.term)


@dataclass(frozen=True, eq=False)
class Item:
    """A contract, or an arrangement with its contracts: printed once, valued once, tested as a whole."""

    parts: tuple[Part, ...]
    threshold: Threshold
    arrangement: Arrangement | None = None
    choice: AnnexChoice | None = None
    #: Call-offs outside any arrangement whose value this framework covers.
    call_offs: int = 0

    @property
    def first(self) -> Contract:
        return self.parts[0].contract

    @property
    def is_live(self) -> bool:
        return any(part.is_live for part in self.parts)

    @property
    def live(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_live)

    @property
    def prints(self) -> bool:
        """The planner's word, else the threshold's; what cannot be told does not print."""
        return self.choice.included if self.choice else self.passing.is_over

    @property
    def answer(self) -> Answer:
        return self.passing.answer

    # What it is called, and whose it is

    @property
    def title(self) -> str:
        return self.arrangement.title if self.arrangement else self.first.title

    @property
    def reference(self) -> str | None:
        return self.arrangement.reference if self.arrangement else self.first.reference

    @property
    def own_ref(self) -> str:
        """What the register calls it where the council gives no reference of its own."""
        return f"A{self.arrangement.id}" if self.arrangement else f"C{self.first.id}"

    @property
    def record(self) -> str:
        return f"/arrangements/{self.arrangement.id}" if self.arrangement else f"/contracts/{self.first.id}"

    @property
    def directorate_id(self) -> int:
        return self.arrangement.directorate_id if self.arrangement else self.first.directorate_id

    @property
    def division_id(self) -> int | None:
        if self.arrangement is None:
            return self.first.division_id
        return self.arrangement.division_id or _shared(part.contract.division_id for part in self.parts)

    @cached_property
    def lead_service_id(self) -> int | None:
        """Where its value counts: as recorded, else the service most of its contracts are for."""
        if self.arrangement and self.arrangement.lead_service_id:
            return self.arrangement.lead_service_id
        counts = Counter(part.contract.lead_service_id for part in self.parts if part.contract.lead_service_id)
        return min(counts, key=lambda number: (-counts[number], number), default=None)

    @cached_property
    def service_ids(self) -> frozenset[int]:
        """Every service it is for."""
        found = {self.lead_service_id} if self.lead_service_id else set()
        for part in self.live:
            found |= {part.contract.lead_service_id} if part.contract.lead_service_id else set()
            found |= {other.service_id for other in part.contract.other_services}
        return frozenset(found)

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """Each once, in the contracts' order."""
        return tuple(dict.fromkeys(entry.provider for part in self.live for entry in part.contract.providers))

    # Its days

    @property
    def starts_on(self) -> date | None:
        return min((start for part in self.live if (start := part.standing.term.starts_on)), default=None)

    @property
    def ends_on(self) -> date | None:
        return max((end for part in self.live if (end := part.standing.ends_on)), default=None)

    @property
    def latest_end_on(self) -> date | None:
        return max((end for part in self.live if (end := part.standing.latest_end_on)), default=None)

    @property
    def lacks_end(self) -> bool:
        return any(not part.standing.ends_on and not part.standing.term.rolling for part in self.live)

    # Its money

    @cached_property
    def figure(self) -> Figure:
        """What the threshold is held against."""
        if self.arrangement is None:
            return self.parts[0].figure(self.threshold)
        return values.arrangement_figure(self.arrangement.valuation, self._stated, self._members)

    @cached_property
    def passing(self) -> Passing:
        return thresholds.passing(self.threshold, self.figure)

    @property
    def _stated(self) -> Figure:
        is_annual = self.threshold.basis is ThresholdBasis.ANNUAL
        amount = self._stated_annual if is_annual else self._stated_whole
        if amount is None:
            return Figure(None, "no value is stated for the whole")
        return Figure(amount.high, "as stated for the whole")

    @property
    def _stated_whole(self) -> Amount | None:
        whole = self.arrangement
        return values.amount_between(whole.value_low, whole.value_high) if whole else None

    @property
    def _stated_annual(self) -> Amount | None:
        whole = self.arrangement
        return values.amount_between(whole.annual_value, None, values.Per.YEAR) if whole else None

    @cached_property
    def _members(self) -> list[Member]:
        return [Member(part.contract.id, part.contract.parent_id, part.figure(self.threshold)) for part in self.parts]

    @cached_property
    def counted(self) -> tuple[Part, ...]:
        """The contracts whose values are added: a framework's own value covers its call-offs."""
        ids = {member.contract_id for member in values.counted_once(self._members)}
        return tuple(part for part in self.parts if part.contract.id in ids)

    @cached_property
    def current(self) -> Amount | None:
        return self._together([part.standing.values.current for part in self.counted], self._stated_whole)

    @cached_property
    def maximum(self) -> Amount | None:
        return self._together([part.standing.values.maximum for part in self.counted], self._stated_whole)

    @cached_property
    def annual(self) -> Amount | None:
        """Pounds a year of what still runs."""
        running = [part.standing.annual for part in self.counted if part.is_live]
        return self._together(running, self._stated_annual)

    @property
    def maximum_at_least(self) -> bool:
        return self.is_added and any(part.standing.values.at_least for part in self.counted)

    @property
    def is_added(self) -> bool:
        """Its value is that of its contracts, not one stated for the whole."""
        return self.arrangement is None or self.arrangement.valuation is not ArrangementValuation.STATED

    @property
    def unvalued(self) -> int:
        """Counted contracts whose whole-life value the total leaves out."""
        if self.arrangement is None or self.arrangement.valuation is not ArrangementValuation.ADDED:
            return 0
        if self.current is None:
            return 0  # nothing is added, so nothing is left out of it
        return sum(part.standing.values.current is None for part in self.counted)

    def _together(self, amounts: Sequence[Amount | None], stated: Amount | None) -> Amount | None:
        known = [amount for amount in amounts if amount is not None]
        if self.arrangement and self.arrangement.valuation is ArrangementValuation.STATED:
            return stated
        if not known:
            return None
        if self.arrangement and self.arrangement.valuation is ArrangementValuation.REPEATED:
            return max(known, key=lambda amount: amount.high)
        return added(known)

    # What may be shown

    @property
    def exempt_ground(self) -> str | None:
        """One exempt contract makes the whole exempt."""
        return next((part.contract.exempt_ground for part in self.parts if part.contract.exempt), None)

    @property
    def embargoed_until(self) -> date | None:
        """Kept back while every one of its contracts is."""
        days = [part.contract.embargoed_until for part in self.parts]
        return max(day for day in days if day) if days and all(days) else None


def added(amounts: Collection[Amount]) -> Amount:
    """The sum, low to high; what the amounts do not share (firm or estimated, whose share) is not said of it."""
    first = next(iter(amounts))
    return replace(
        first,
        low=sum((amount.low for amount in amounts), ZERO),
        high=sum((amount.high for amount in amounts), ZERO),
        certainty=_shared(amount.certainty for amount in amounts),
        share_of=_shared(amount.share_of for amount in amounts),
    )


def _shared(found: Iterable[T | None]) -> T | None:
    """The one thing all agree on."""
    every = set(found)
    return every.pop() if len(every) == 1 else None
