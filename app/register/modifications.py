"""How much a contract has been changed since award: what is said back before another change is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.core.dates import length_of
from app.core.money import pounds
from app.register.grounds import Ground
from app.register.regime import Supply
from app.register.vat import VatRates, VatTreatment, gross

TENTH = Decimal("0.1")
#: Procurement Act 2023, sch.8 paras 4(2), 5(2) and 8(2): at most half of the value may be added on these grounds.
AT_MOST_HALF = frozenset({Ground.UNFORESEEABLE, Ground.KNOWN_RISK, Ground.ADDITIONAL})
HALF = Decimal(50)
#: Procurement Act 2023, s.74: a below-threshold modification.
BELOW_THRESHOLD_PER_CENT = Decimal(10)
BELOW_THRESHOLD_PER_CENT_WORKS = Decimal(15)


@dataclass(frozen=True)
class Changed:
    """Changes of value outside the options, against the value as awarded."""

    awarded: Decimal | None
    #: Signed pounds of the variations and unplanned extensions on record.
    before: tuple[Decimal, ...] = ()
    #: Of the one in hand.
    this: Decimal | None = None

    @property
    def together(self) -> Decimal:
        """Changes that could have been made together count together (s.74(7))."""
        return sum(self.before, Decimal(0)) + (self.this or Decimal(0))


def per_cent(change: Decimal, of: Decimal | None) -> Decimal | None:
    """Of the value as awarded, to a tenth; None where there is none to count against."""
    if not of:
        return None
    return (change * 100 / of).quantize(TENTH, ROUND_HALF_UP)


def said(changed: Changed) -> str:
    """As "+£250,000, +4.2 per cent of the £6,000,000 awarded; with the changes before it +£400,000, +6.7 per cent"."""
    if changed.awarded is None:
        return "No whole-life value as awarded is recorded, so no percentage can be said"
    if not changed.before and not changed.this:
        return "Nothing has been added to or taken off its value but by options taken up"
    parts = []
    if changed.this:
        parts.append(f"{_of(changed.this, changed.awarded)} of the {pounds(changed.awarded)} awarded")
    if changed.before or not parts:
        lead = "with the changes before it " if parts else "Changes so far come to "
        tail = "" if parts else f" of the {pounds(changed.awarded)} awarded"
        parts.append(f"{lead}{_of(changed.together, changed.awarded)}{tail}")
    return "; ".join(parts) + ". Options taken up are not counted"


def _of(change: Decimal, awarded: Decimal) -> str:
    share = per_cent(change, awarded)
    sign = "−" if change < 0 else "+" if change else ""
    return f"{sign}{pounds(abs(change))}" + (f", {_signed(share)} per cent" if share is not None else "")


def _signed(number: Decimal) -> str:
    return f"−{abs(number)}" if number < 0 else f"+{number}" if number else "0"


def term_said(months_changed: int, awarded_months: int | None) -> str:
    """By how much the term moves, against the longest term provided for on award."""
    if not awarded_months or not months_changed:
        return ""
    share = per_cent(Decimal(months_changed), Decimal(awarded_months))
    way = "longer" if months_changed > 0 else "shorter"
    longest = f"the longest term awarded, {length_of(awarded_months)}"
    return f"{length_of(abs(months_changed))} {way}: {share} per cent of {longest}"


def doubts(ground: Ground | None, changed: Changed, supply: Supply | None, *, provider_replaced: bool) -> Iterable[str]:
    """What a person should think of before relying on a ground. None of it is a verdict."""
    share = per_cent(changed.together, changed.awarded)
    if ground in AT_MOST_HALF and share is not None and abs(share) > HALF:
        yield f"Schedule 8 allows at most 50 per cent on this ground, and the changes together come to {share} per cent"
    if ground is Ground.BELOW_THRESHOLD and changed.this is not None:
        yield from _beyond_small(changed, supply)
    if provider_replaced and ground is not Ground.RESTRUCTURING:
        yield "A supplier is replaced without a procurement only where it was restructured (schedule 8, paragraph 9)"


def _beyond_small(changed: Changed, supply: Supply | None) -> Iterable[str]:
    most = BELOW_THRESHOLD_PER_CENT_WORKS if supply is Supply.WORKS else BELOW_THRESHOLD_PER_CENT
    share = per_cent(changed.this or Decimal(0), changed.awarded)
    if share is not None and abs(share) > most:
        yield f"A below-threshold modification moves the value by at most {most} per cent; this one moves it by {share}"


def together_with_vat(changes: Iterable[Decimal | None], treatment: VatTreatment | None, rates: VatRates) -> Decimal:
    """What changes come to together, up or down: with VAT, or net where the treatment is not recorded."""
    together = abs(sum((change or Decimal(0) for change in changes), Decimal(0)))
    return gross(together, treatment, rates) or together


def reach(together: Decimal, threshold: Decimal) -> bool:
    """Whether below-threshold modifications are that no more: all of one contract stay under it (s.74(4)(b))."""
    return together >= threshold


def reach_said(together: Decimal, treatment: VatTreatment | None, threshold: Decimal) -> str:
    """As "Together they come to £250,000 with VAT; the threshold that governs the contract is £214,904 with VAT"."""
    vat = "with VAT" if treatment else "before VAT, whose treatment is not recorded"
    return f"Together they come to {pounds(together)} {vat}; the contract's threshold is {pounds(threshold)} with VAT."
