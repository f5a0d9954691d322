"""An annex of as many rows as asked."""

from datetime import date
from decimal import Decimal

from reports.annex_commissioned import Annex2Row
from reports.annex_set import AnnexSet
from reports.context import Context
from reports.values import Money, Party, Threshold, Unit

DIRECTORATE = "Bench Directorate"


def annex_set(rows: int) -> AnnexSet:
    """A set whose Annex 2 alone has rows."""
    context = Context(
        council="Bench County Council",
        directorate=DIRECTORATE,
        year=2026,
        as_at=date(2026, 11, 22),
        threshold=Threshold(Decimal(1_000_000)),
    )
    return AnnexSet(context=context, commissioned=tuple(_row(number) for number in range(rows)), annexes=(2,))


def _row(number: int) -> Annex2Row:
    return Annex2Row(
        unit=Unit(directorate=DIRECTORATE, division=f"Division {number % 6}", division_order=number % 6),
        ref=f"26/{number:05}",
        service=f"Service {number % 60}",
        title=f"Agreement {number} for a service that a directorate commissions",
        providers=(Party(f"Provider {number} Ltd"),),
        starts_on=date(2024, 4, 1),
        current_end_on=date(2029, 3, 31),
        latest_end_on=date(2031, 3, 31),
        length="7 years (5 + 2)",
        annual=Money(Decimal(400_000)),
        total=Money(Decimal(2_000_000)),
        maximum=Money(Decimal(2_800_000)),
        basis="Whole life",
        outcome="An outcome",
    )
