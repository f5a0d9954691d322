"""The questions about services and in-house units."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from typing_extensions import override

from app.core.forms import (
    CheckboxesField,
    Choice,
    DayField,
    LongTextField,
    NumberField,
    PoundsField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    only_if,
)
from app.council.calendar import FinancialYear
from app.register.commands.services import InHouseUnitWanted, ServiceWanted
from app.register.delivery import OWN_STAFF, DeliveryRoute
from app.register.forms.known import Known
from app.register.models import InHouseUnit, Service
from app.register.units import UnitChosen

ROUTE_HINTS = {
    DeliveryRoute.IN_HOUSE: "By the council's own staff",
    DeliveryRoute.EXTERNAL: "By providers, under contracts, grants or agreements",
    DeliveryRoute.MIXED: "Partly by the council's own staff and partly by providers",
    DeliveryRoute.TRADING_COMPANY: "By a company the council owns, in whole or in part",
    DeliveryRoute.SHARED: "Together with another council or a partner",
    DeliveryRoute.NOT_KNOWN: "Nobody has said yet; it stays on the list of what to find out",
}
#: Budget years offered: so many back, so many ahead.
YEARS_BACK, YEARS_AHEAD = 3, 3


@dataclass(frozen=True)
class ServiceChoices:
    """What the selects of a service's form offer."""

    units: tuple[Choice[UnitChosen], ...]
    in_house_units: tuple[Choice[int], ...]
    outcomes: tuple[Choice[int], ...]
    today: date


class ServiceForm(VersionedForm):
    """What is asked of a service that stands."""

    name = TextField("What is the service called?", [needed("Enter the service's name")])
    purpose = LongTextField("What is it for?", hint="A sentence or two, for people who do not know it", max_length=2000)
    in_house_unit_id = SelectField[int](
        "Which team of the council delivers it, or part of it?", blank="None", hint="For in-house and mixed services"
    )
    head_post = TextField("Which post leads it?", hint="A post, such as Head of Waste, not a person", max_length=200)
    gross_budget = PoundsField("What is its gross budget?", hint="Pounds a year, before income")
    net_budget = PoundsField("What is its net budget?", hint="Pounds a year, after income")
    budget_year = SelectField[int]("Which financial year is that budget for?", blank="Not said")
    fte = NumberField("How many staff does it have?", hint="Full-time equivalents, such as 12.5")
    obliged = RadiosField[Known](
        "Must the council provide it by law?", choices=choices_of(Known), default=Known.NOT_KNOWN
    )
    outcome_id = SelectField[int]("Which outcome does it support most?", blank="None chosen")
    supported = CheckboxesField[int]("Which other outcomes does it support?")
    review_on = DayField("When is it to be reviewed?")
    note = LongTextField("Is there anything else to note?", max_length=2000)

    def offer(self, choices: ServiceChoices) -> None:
        this_year = FinancialYear.of(choices.today)
        years = {(this_year + ahead).start for ahead in range(-YEARS_BACK, YEARS_AHEAD + 1)}
        if self.budget_year.object_data:
            years.add(self.budget_year.object_data)
        self.in_house_unit_id.choices = choices.in_house_units
        self.outcome_id.choices = choices.outcomes
        self.supported.choices = choices.outcomes
        self.budget_year.choices = [Choice(year, str(FinancialYear(year))) for year in sorted(years)]

    def to_command(self, unit: UnitChosen) -> ServiceWanted:
        return ServiceWanted(
            name=answered(self.name),
            directorate_id=unit.directorate_id,
            division_id=unit.division_id,
            purpose=self.purpose.data,
            in_house_unit_id=self.in_house_unit_id.data,
            gross_budget=self.gross_budget.data,
            net_budget=self.net_budget.data,
            budget_year=self.budget_year.data,
            fte=self.fte.data,
            statutory=(self.obliged.data or Known.NOT_KNOWN).fact,
            head_post=self.head_post.data,
            outcome_id=self.outcome_id.data,
            other_outcome_ids=tuple(self.supported.data or ()),
            review_on=self.review_on.data,
            note=self.note.data,
        )


class NewServiceForm(ServiceForm):
    """A service, where it is, and how it is delivered from its first day on."""

    unit = SelectField[UnitChosen](
        "Which part of the council is it in?", [needed("Choose a directorate or division")], blank="Choose a unit"
    )
    route = RadiosField[DeliveryRoute](
        "How is it delivered?",
        [needed("Choose how it is delivered")],
        choices=choices_of(DeliveryRoute, hints=ROUTE_HINTS),
    )
    in_house_unit_id = SelectField[int](
        "Which team of the council delivers it, or part of it?",
        [only_if("route", *OWN_STAFF)],
        blank="None",
        hint="For in-house and mixed services",
    )
    from_on = DayField("Since when?", hint="Leave blank if nobody knows. For example, 1 April 2020")

    @override
    def offer(self, choices: ServiceChoices) -> None:
        super().offer(choices)
        self.unit.choices = choices.units


class ReasonForm(VersionedForm):
    """Withdrawing a record, which needs a reason."""

    reason = LongTextField("Why?", [needed("Say why")], rows=3, max_length=1000)


class InHouseUnitForm(VersionedForm):
    """A team of the council's own."""

    name = TextField("What is the unit called?", [needed("Enter the unit's name")])
    directorate_id = SelectField[int](
        "Which directorate is it in?", [needed("Choose a directorate")], blank="Choose a directorate"
    )
    head_post = TextField("Which post leads it?", hint="A post, not a person", max_length=200)

    def to_command(self) -> InHouseUnitWanted:
        return InHouseUnitWanted(
            name=answered(self.name), directorate_id=answered(self.directorate_id), head_post=self.head_post.data
        )


class AssignForm(QuestionForm):
    """Contracts to give to a service."""

    service_id = SelectField[int](
        "Which service are they for?", [needed("Choose the service")], blank="Choose a service"
    )


class FromCategoriesForm(QuestionForm):
    """Whose categories to make services of."""

    directorate_id = SelectField[int](
        "For which directorate?", [needed("Choose a directorate")], blank="Choose a directorate"
    )


def saved_service(service: Service, choices: ServiceChoices, **more: Any) -> ServiceForm:
    """The form as the record stands saved, whatever was typed."""
    return service_form(service, choices, formdata=None, **more)


def service_form(service: Service, choices: ServiceChoices, **more: Any) -> ServiceForm:
    form = ServiceForm(
        obj=service,
        supported=tuple(one.outcome_id for one in service.other_outcomes),
        obliged=Known.of(service.statutory),
        **more,
    )
    form.offer(choices)
    return form


def unit_form(unit: InHouseUnit | None, directorates: tuple[Choice[int], ...], **more: Any) -> InHouseUnitForm:
    form = InHouseUnitForm(obj=unit, **more)
    form.directorate_id.choices = directorates
    return form
