"""What planners are asked: which annexes, and what prints as a commissioned service."""

from datetime import date
from enum import StrEnum

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    PoundsField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    answered,
    choices_of,
    needed,
    required_if,
)
from app.council.calendar import FinancialYear
from app.register.commands.arrangements import ArrangementWanted
from app.register.models import ArrangementKind, Contract
from app.register.values import ArrangementValuation
from reports.values import Edition

#: Plan years offered, from the present one.
YEARS_AHEAD, YEARS_BACK = 2, 12


class AskForm(QuestionForm):
    """Which annexes to show; a plain GET form, so that the address can be shared."""

    year = SelectField[FinancialYear]("Plan year")
    as_at = DayField("As at", hint="Up to today; blank means today, or the year’s last day")
    edition = SelectField[Edition](
        "Edition",
        choices=(Choice(Edition.OPEN, "Open, for everybody"), Choice(Edition.EXEMPT, "Exempt, not for publication")),
    )

    def offer_years(self, today: date) -> None:
        now = FinancialYear.of(today)
        years = (now + ahead for ahead in range(YEARS_AHEAD, -YEARS_BACK - 1, -1))
        self.year.choices = [Choice(year, str(year)) for year in years]


class Printing(StrEnum):
    INCLUDED = "print it"
    EXCLUDED = "leave it out"

    @property
    def is_included(self) -> bool:
        return self is Printing.INCLUDED


class ChooseForm(QuestionForm):
    """Whether something prints, whatever the threshold says."""

    printing = RadiosField[Printing](
        "Does it print in Annex 2?",
        [needed("Choose whether it prints")],
        choices=choices_of(
            Printing,
            hints={
                Printing.INCLUDED: "Even though it is not over the threshold, or that cannot be told",
                Printing.EXCLUDED: "It is no commissioned service: rates, utilities, a lease",
            },
        ),
    )
    reason = LongTextField("Why?", [needed("Say why, for whoever asks")], max_length=1000, rows=3)

    @property
    def is_included(self) -> bool:
        return answered(self.printing).is_included


class GroupForm(QuestionForm):
    """Several contracts that count as one from now on."""

    title = TextField("What is the arrangement called?", [needed("Enter a title")])
    kind = RadiosField[ArrangementKind](
        "What kind is it?", [needed("Choose a kind")], choices=choices_of(ArrangementKind)
    )
    valuation = RadiosField[ArrangementValuation](
        "How is it valued, once?", [needed("Choose how it is valued")], choices=choices_of(ArrangementValuation)
    )
    value = PoundsField(
        "What is the whole worth?",
        [required_if("valuation", ArrangementValuation.STATED, message="Enter the value of the whole")],
        hint="Over its whole life, with every option",
    )

    def to_command(self, first: Contract) -> ArrangementWanted:
        """In the unit of the first of its contracts."""
        return ArrangementWanted(
            title=answered(self.title),
            kind=answered(self.kind),
            directorate_id=first.directorate_id,
            division_id=first.division_id,
            lead_service_id=first.lead_service_id,
            valuation=answered(self.valuation),
            value_low=self.value.data,
        )
