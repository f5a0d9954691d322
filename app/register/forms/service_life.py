"""The questions about what happens to a service: a new way of delivery, a move, a partner, its closing."""

from enum import StrEnum

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.register.delivery import OWN_STAFF, TAGS, DeliveryRoute
from app.register.forms.services import ROUTE_HINTS
from app.register.models import PartnerRole
from app.register.placing import Placed
from app.register.units import UnitChosen


class RouteForm(VersionedForm):
    """A change in how a service is delivered, past or planned."""

    route = RadiosField[DeliveryRoute](
        "How is it delivered, or going to be?",
        [needed("Choose how it is delivered")],
        choices=choices_of(DeliveryRoute, hints=ROUTE_HINTS),
    )
    from_on = DayField(
        "From which day on?",
        [needed("Enter the first day of the new way of delivery")],
        hint="A day still to come records a plan: nothing changes until you record that it came",
    )
    in_house_unit_id = SelectField[int](
        "Which team of the council delivers it, or part of it?",
        [only_if("route", *OWN_STAFF)],
        blank="None",
        hint="For in-house and mixed services",
    )
    reason = LongTextField("Why?", [needed("Say why it changes")], rows=3, max_length=1000)


class MoveKind(StrEnum):
    MOVED = "it moved"
    MISTAKE = "it was recorded in the wrong place"


class MoveForm(VersionedForm):
    """Another part of the council."""

    unit = SelectField[UnitChosen](
        "Which part of the council is it in?", [needed("Choose a directorate or division")], blank="Choose a unit"
    )
    kind = RadiosField[MoveKind](
        "What happened?",
        [needed("Choose what happened")],
        choices=choices_of(
            MoveKind,
            hints={
                MoveKind.MOVED: "Where it was before stays on record",
                MoveKind.MISTAKE: "It was in this part of the council all the time",
            },
        ),
    )
    from_on = DayField(
        "From which day on?",
        [only_if("kind", MoveKind.MOVED), required_if("kind", MoveKind.MOVED, message="Enter the day it moved")],
    )
    reason = LongTextField("Why?", [needed("Say why")], rows=3, max_length=1000)

    def placed(self) -> Placed:
        unit = answered(self.unit)
        return Placed(unit.directorate_id, unit.division_id, self.from_on.data)


class CloseForm(VersionedForm):
    """The end of a service."""

    until_on = DayField("What was its last day?", [needed("Enter its last day")])
    successor_id = SelectField[int](
        "Which service took over?",
        blank="None: it is not provided any more",
        hint="Its contracts and whatever else is recorded under it go there",
    )
    reason = LongTextField("Why?", [needed("Say why it closed")], rows=3, max_length=1000)


class PartnerForm(VersionedForm):
    """Who else has a part in a service."""

    name = TextField(
        "Who is it?",
        [needed("Enter a name")],
        hint="A provider in the register, by its name, or any other organisation",
        max_length=300,
    )
    role = RadiosField[PartnerRole]("What is its part?", [needed("Choose its part")], choices=choices_of(PartnerRole))
    note = TextField("Is there anything to note?", max_length=1000)


def route_in_words(route: DeliveryRoute | None) -> str:
    return TAGS[route][0] if route else ""


def successor_choices(services: list[tuple[int, str]]) -> tuple[Choice[int], ...]:
    return tuple(Choice(number, name) for number, name in services)
