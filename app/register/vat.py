"""What a value comes to with VAT: only where its treatment is recorded, and at the rates of the day."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.money import nearest_penny


class VatTreatment(StrEnum):
    STANDARD = "standard rate"
    REDUCED = "reduced rate"
    ZERO = "zero rate"
    EXEMPT = "exempt"
    OUTSIDE = "outside the scope"


@dataclass(frozen=True)
class VatRates:
    """Per cent (VATA 1994, ss.2 and 29A). Zero-rated, exempt and outside the scope add nothing."""

    standard: Decimal = Decimal(20)
    reduced: Decimal = Decimal(5)

    def of(self, treatment: VatTreatment) -> Decimal:
        return {VatTreatment.STANDARD: self.standard, VatTreatment.REDUCED: self.reduced}.get(treatment, Decimal(0))


FIRST_VAT_RATES = VatRates()


def gross(net: Decimal | None, treatment: VatTreatment | None, rates: VatRates = FIRST_VAT_RATES) -> Decimal | None:
    """The value with VAT, which thresholds of the Procurement Act count; None where that cannot be said.

    Whether the council recovers the VAT makes no difference to it.
    """
    if net is None or treatment is None:
        return None
    return nearest_penny(net + net * rates.of(treatment) / 100)
