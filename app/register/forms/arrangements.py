"""The questions about arrangements."""

from dataclasses import dataclass
from typing import Any

from app.core.forms import (
    Choice,
    LongTextField,
    PoundsField,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    only_if,
)
from app.register.commands.arrangements import ArrangementWanted
from app.register.models import Arrangement, ArrangementKind
from app.register.units import UnitChosen
from app.register.values import ArrangementValuation

STATED = ArrangementValuation.STATED
VALUATION_HINTS = {
    STATED: "One figure is known for the whole",
    ArrangementValuation.ADDED: "Each contract has its own value. Call-offs of a framework with a value are not added",
    ArrangementValuation.REPEATED: "The same figure stands on every contract, as in many registers: it is counted once",
}


@dataclass(frozen=True)
class ArrangementChoices:
    """What the selects of an arrangement's form offer."""

    units: tuple[Choice[UnitChosen], ...]
    services: tuple[Choice[int], ...]


class ArrangementForm(VersionedForm):
    """What is asked of an arrangement."""

    title = TextField("What is the arrangement called?", [needed("Enter a title")])
    kind = RadiosField[ArrangementKind](
        "What kind of arrangement is it?", [needed("Choose a kind")], choices=choices_of(ArrangementKind)
    )
    unit = SelectField[UnitChosen](
        "Which part of the council let it?", [needed("Choose a directorate or division")], blank="Choose a unit"
    )
    lead_service_id = SelectField[int](
        "Which service does its value count under?", blank="None yet", hint="A service gives the arrangement its unit"
    )
    reference = TextField("What is its reference?", hint="Leave blank if it has none", max_length=100, width=20)
    valuation = RadiosField[ArrangementValuation](
        "How is it valued?",
        [needed("Choose how it is valued")],
        choices=choices_of(ArrangementValuation, hints=VALUATION_HINTS),
        default=ArrangementValuation.ADDED,
    )
    value_low = PoundsField(
        "What is the whole worth?", [only_if("valuation", STATED)], hint="Whole life with all options, net of VAT"
    )
    value_high = PoundsField("If it is a range, what is the high end?", [only_if("valuation", STATED)])
    annual_value = PoundsField("What is it worth a year?", [only_if("valuation", STATED)])
    value_note = LongTextField("Is there anything to say about the value?", rows=3, max_length=1000)
    note = LongTextField("Is there anything else to note?", rows=3, max_length=2000)

    def offer(self, choices: ArrangementChoices) -> None:
        self.unit.choices, self.lead_service_id.choices = choices.units, choices.services

    def to_command(self) -> ArrangementWanted:
        unit = answered(self.unit)
        return ArrangementWanted(
            title=answered(self.title),
            kind=answered(self.kind),
            directorate_id=unit.directorate_id,
            division_id=unit.division_id,
            lead_service_id=self.lead_service_id.data,
            reference=self.reference.data,
            valuation=answered(self.valuation),
            value_low=self.value_low.data,
            value_high=self.value_high.data,
            annual_value=self.annual_value.data,
            value_note=self.value_note.data,
            note=self.note.data,
        )


def arrangement_form(arrangement: Arrangement, choices: ArrangementChoices, **more: Any) -> ArrangementForm:
    unit = UnitChosen(arrangement.directorate_id, arrangement.division_id)
    form = ArrangementForm(obj=arrangement, unit=unit, **more)
    form.offer(choices)
    return form
