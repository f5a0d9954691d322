"""Which law governs a contract, as questions."""

from typing import ClassVar

from app.core.forms import DayField, RadiosField, TextField, TickField, choices_of, only_if
from app.register.forms.contracts.parts import SectionForm
from app.register.regime import Regime, Reservation, Supply

REGIME_HINTS = {
    Regime.PUBLIC: "Procurement Act 2023: at or above the threshold, begun on or after 24 February 2025",
    Regime.LIGHT_TOUCH: "Procurement Act 2023: social care, education, culture and the like, above their threshold",
    Regime.USER_CHOICE: "Awarded directly, because the person who uses the service chose the provider",
    Regime.BELOW_NOTIFIABLE: "£30,000 with VAT or more, and below the threshold",
    Regime.EXEMPT_VERTICAL: "Procurement Act 2023, schedule 2, paragraph 2",
    Regime.EXEMPT_HORIZONTAL: "Procurement Act 2023, schedule 2, paragraph 3",
    Regime.EXEMPT_OTHER: "Land, legal representation, employment, loans and the like",
    Regime.BEFORE_THE_ACT: "The procurement began before 24 February 2025",
    Regime.INTERNAL: "With a part of the council itself: legally no contract",
}


class LawForm(SectionForm):
    """Said by a person, never inferred from the value."""

    columns: ClassVar[tuple[str, ...]] = (
        *("regime", "procurement_began_on", "supply", "concession", "reserved_to", "reserved_area"),
    )

    regime = RadiosField[Regime](
        "Which law governs it?",
        hint="Ask procurement if you are not sure: it decides which notices and dates apply",
        choices=choices_of(Regime, hints=REGIME_HINTS),
    )
    procurement_began_on = DayField(
        "When did the procurement begin?",
        hint="The tender or transparency notice, the first invitation or the first contact. "
        "It decides which law and which thresholds apply",
    )
    supply = RadiosField[Supply]("What is mainly supplied?", choices=choices_of(Supply))
    concession = TickField("It is a concession: those who use the service pay the supplier, wholly or partly")
    reserved_to = RadiosField[Reservation](
        "Was it reserved to suppliers of a place?",
        hint="Allowed for a contract below the threshold, and said in its advert, from 4 February 2026",
        choices=choices_of(Reservation),
    )
    reserved_area = TextField(
        "To which area?",
        [only_if("reserved_to", Reservation.LOCAL)],
        hint="The council's own, with the counties or boroughs that border it",
        max_length=300,
    )
