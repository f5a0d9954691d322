"""What planners are asked: which annexes, and what prints as a commissioned service."""

from datetime import date
from enum import StrEnum

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    QuestionForm,
    RadiosField,
    SelectField,
    answered,
    choices_of,
    needed,
)
from app.council.calendar import FinancialYear
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
