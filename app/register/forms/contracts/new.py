"""The first page of a new contract: what people mostly know at the start."""

from enum import StrEnum

from wtforms.validators import StopValidation

from app.core.forms import (
    DayField,
    PoundsField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    answered,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.register.commands.contracts import NewContract
from app.register.forms.contracts.parts import ContractChoices
from app.register.forms.contracts.sections import FORM_HINTS
from app.register.models import ContractForm, ContractStage, Provider
from app.register.units import UnitChosen


class Basis(StrEnum):
    """What is known of the value."""

    WHOLE_LIFE = "over its whole life"
    YEAR = "a year"
    NOT_KNOWN = "it is not known"


class NewContractForm(QuestionForm):
    title = TextField("What is it called?", [needed("Enter the contract's title")])
    reference = TextField(
        "What is its reference?", hint="The council's own. Leave blank if it has none", max_length=100
    )
    form = SelectField[ContractForm](
        "What form does it have?", [needed("Choose a form")], choices=choices_of(ContractForm, hints=FORM_HINTS)
    )
    unit = SelectField[UnitChosen](
        "Which part of the council answers for it?", [needed("Choose a unit")], blank="Choose a unit"
    )
    lead_service_id = SelectField[int]("Which service does it serve most?", blank="Not assigned yet")
    provider = TextField(
        "Who delivers it?", hint="By name or company number, as the register has it. Several with a semicolon between"
    )
    stage = RadiosField[ContractStage](
        "Has it been awarded?",
        [needed("Say whether it has been awarded")],
        choices=[
            one for one in choices_of(ContractStage) if one.value in {ContractStage.PLANNED, ContractStage.AWARDED}
        ],
    )
    starts_on = DayField("When does it start?")
    awarded_end_on = DayField("When does it end?", hint="Its last day, without extensions. For example, 31 March 2018")
    basis = RadiosField[Basis]("What is known of its value?", [needed("Say what is known")], choices=choices_of(Basis))
    whole_life = PoundsField(
        "Whole-life value",
        [only_if("basis", Basis.WHOLE_LIFE), required_if("basis", Basis.WHOLE_LIFE, message="Enter the value")],
        hint="Without recoverable VAT. Like 1.2m or £1,200,000",
    )
    yearly = PoundsField(
        "Value a year",
        [only_if("basis", Basis.YEAR), required_if("basis", Basis.YEAR, message="Enter the value a year")],
        hint="Without recoverable VAT. Like 250k or £250,000",
    )

    exempt = TickField(
        "Its estimate is exempt until award",
        [only_if("stage", ContractStage.PLANNED)],
        hint="Withheld from those not entitled. Take the tick away to open it",
    )
    exempt_ground = TextField(
        "On which ground?",
        [only_if("exempt", True), required_if("exempt", True, message="Say on which ground, or take the tick away")],  # noqa: FBT003
        max_length=300,
    )

    def offer(self, choices: ContractChoices) -> None:
        self.unit.choices, self.lead_service_id.choices = choices.units, choices.services

    def validate_awarded_end_on(self, field: DayField) -> None:
        starts_on = self.starts_on.data
        if field.data and starts_on and field.data < starts_on:
            raise StopValidation(f"Enter an end on or after the start, {self.starts_on.written}")

    @property
    def provider_names(self) -> list[str]:
        return [name.strip() for name in (self.provider.data or "").split(";") if name.strip()]

    def to_command(self, providers: tuple[Provider, ...]) -> NewContract:
        return NewContract(
            title=answered(self.title),
            reference=self.reference.data,
            form=answered(self.form),
            unit=answered(self.unit),
            lead_service_id=self.lead_service_id.data,
            providers=providers,
            stage=answered(self.stage),
            starts_on=self.starts_on.data,
            awarded_end_on=self.awarded_end_on.data,
            awarded_low=self.whole_life.data,
            awarded_high=self.whole_life.data,
            annual_low=self.yearly.data,
            annual_high=self.yearly.data,
            exempt_ground=self.exempt_ground.data if self.exempt.data else None,
        )
