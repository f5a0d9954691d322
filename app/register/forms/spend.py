"""The questions about spend."""

from datetime import date

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    PoundsField,
    SelectField,
    TextField,
    VersionedForm,
    answered,
    needed,
)
from app.council.calendar import FinancialYear
from app.register.commands.spend import Spent
from app.register.models import Contract, ContractSpend

#: Years offered where the contract says no start.
YEARS_BACK = 10


class FigureForm(VersionedForm):
    """What a year's figure is made of."""

    amount = PoundsField(
        "How much was spent?", [needed("Enter an amount in pounds")], hint="Net of the VAT the council recovers"
    )
    to_on = DayField(
        "On which day was the last payment in this figure?",
        [needed("Enter the day up to which the figure counts")],
        hint="A year that has ended: its last payment. A year that runs: how far the figure goes",
    )
    source = TextField(
        "Where does the figure come from?",
        [needed("Say where the figure comes from")],
        hint="For example, the ledger on 30 September",
    )
    note = LongTextField("Is there something to know about it?", rows=3, max_length=1000)


class EnterSpendForm(FigureForm):
    """A year that has no figure yet."""

    year = SelectField[int]("For which financial year?", [needed("Choose a year")], blank="Choose a year")

    def to_command(self) -> Spent:
        return _spent(self, answered(self.year))


class CorrectSpendForm(FigureForm):
    """A figure that was mistaken."""

    reason = LongTextField(
        "Why does it change?", [needed("Say why, for those who read the history")], rows=3, max_length=1000
    )

    def to_command(self, year: int) -> Spent:
        return _spent(self, year)


def _spent(form: FigureForm, year: int) -> Spent:
    return Spent(
        year=year,
        amount=answered(form.amount),
        to_on=answered(form.to_on),
        source=answered(form.source),
        note=form.note.data,
    )


def enter_form(contract: Contract, *, today: date) -> EnterSpendForm:
    form = EnterSpendForm(data={"version": contract.version})
    this = FinancialYear.of(today)
    first = min(FinancialYear.of(contract.starts_on), this) if contract.starts_on else this + -YEARS_BACK
    years = [FinancialYear(start) for start in range(this.start, first.start - 1, -1)]
    form.year.choices = [Choice(year.start, str(year)) for year in years]
    return form


def correct_form(contract: Contract, found: ContractSpend, **more: object) -> CorrectSpendForm:
    return CorrectSpendForm(
        version=contract.version, amount=found.amount, to_on=found.to_on, source=found.source, note=found.note, **more
    )
