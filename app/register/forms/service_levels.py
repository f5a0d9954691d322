"""The questions about an agreement once it is recorded: its status, reviews, standards, results, charges, credits."""

from datetime import date
from typing import Any

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    NumberField,
    PoundsField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    required_if,
    sentence_case,
)
from app.council.calendar import FinancialYear
from app.register.commands.service_levels import (
    CreditWanted,
    MoveWanted,
    ResultWanted,
    ReviewWanted,
    StandardWanted,
)
from app.register.models import Agreement, AgreementStandard, AgreementStatus, StandardResult
from app.register.service_levels import MOVES, CreditState, Direction, Frequency, Rating, next_period

#: Financial years offered for a charge: so many back, so many ahead.
YEARS_BACK, YEARS_AHEAD = 5, 5


class MoveForm(VersionedForm):
    """Another status."""

    status = RadiosField[AgreementStatus]("What is it now?", [needed("Choose what it is now")])
    on = DayField("From which day?", [needed("Enter the day")])
    reason = LongTextField("Why?", [needed("Say why, for those who read this later")], rows=3, max_length=1000)

    def to_command(self) -> MoveWanted:
        return MoveWanted(status=answered(self.status), on=answered(self.on), reason=answered(self.reason))


def move_form(agreement: Agreement, version: int, **more: Any) -> MoveForm:
    """Only where it may go from here."""
    form = MoveForm(version=version, **more)
    form.status.choices = tuple(
        Choice(one, sentence_case(one.value)) for one in AgreementStatus if one in MOVES[agreement.status]
    )
    return form


class ChargeForm(VersionedForm):
    """What a financial year costs."""

    year = SelectField[int]("Which financial year?", [needed("Choose a year")], blank="Choose a year")
    charge = PoundsField("What does it cost in that year?", [needed("Enter an amount in pounds")], hint="Net of VAT")
    indexation = TextField(
        "How does it follow from the year before?",
        hint="For example, 3.5 per cent, as the consumer prices index of January",
        max_length=300,
    )


def charge_form(version: int, today: date) -> ChargeForm:
    form, this = ChargeForm(version=version), FinancialYear.of(today)
    years = [this + ahead for ahead in range(-YEARS_BACK, YEARS_AHEAD + 1)]
    form.year.choices = tuple(Choice(year.start, str(year)) for year in years)
    return form


class ReviewForm(VersionedForm):
    """A review that was held."""

    held_on = DayField("When was it held?", [needed("Enter the day")])
    held_by = TextField("Who took part?", [needed("Enter who took part")], hint="Posts", max_length=300)
    found = LongTextField("What was found?", [needed("Say what was found")], max_length=4000)
    actions = LongTextField("What is to be done, by whom?", rows=3, max_length=4000)
    next_on = DayField("When is the next one?", hint="Leave blank to follow the agreement's review cycle")

    def to_command(self) -> ReviewWanted:
        return ReviewWanted(
            held_on=answered(self.held_on),
            held_by=answered(self.held_by),
            found=answered(self.found),
            actions=self.actions.data,
            next_on=self.next_on.data,
        )


class StandardForm(VersionedForm):
    """One thing an agreement promises."""

    measure = TextField(
        "What is measured?", [needed("Enter what is measured")], hint="Such as calls answered within 20 seconds"
    )
    target_value = NumberField("What is the target, as a number?", hint="Leave blank if it is no number", width=10)
    unit = TextField("In what unit?", hint="For example, per cent, days, people", max_length=60, width=20)
    direction = RadiosField[Direction](
        "Which way is better?",
        [required_if("target_value", message="Choose which way is better")],
        choices=choices_of(Direction),
    )
    tolerance = NumberField(
        "How far off the target is still within tolerance?", hint="In the same unit. Blank is none", width=10, least=0
    )
    target = TextField(
        "How does the target read?", hint="As it prints. Leave blank to print the number and its unit", max_length=200
    )
    frequency = SelectField[Frequency](
        "How often is it reported?", choices=choices_of(Frequency), blank="Not said", hint="A result is due after each"
    )
    linked_to_payment = TickField("What is paid depends on it", hint="Service credits can be recorded against it")

    def to_command(self) -> StandardWanted:
        return StandardWanted(
            measure=answered(self.measure),
            target=self.target.data,
            target_value=self.target_value.data,
            unit=self.unit.data,
            direction=self.direction.data,
            tolerance=self.tolerance.data,
            frequency=self.frequency.data,
            linked_to_payment=bool(self.linked_to_payment.data),
        )


def standard_form(standard: AgreementStandard, version: int, **more: Any) -> StandardForm:
    return StandardForm(obj=standard, version=version, **more)


class ResultForm(VersionedForm):
    """How a standard was kept in a period."""

    from_on = DayField("From which day is the result?", [needed("Enter the first day")])
    to_on = DayField("To which day?", [needed("Enter the last day")])
    value = NumberField("What was the result, as a number?", hint="Leave blank if it is no number", width=10)
    words = TextField("What is to be said of it in words?", max_length=200)
    rating = RadiosField[Rating](
        "Was the standard met?",
        hint="Leave unanswered to take what the figures say",
        choices=choices_of(Rating),
    )
    comment = LongTextField("What explains it?", rows=3, max_length=1000)
    evidence = TextField("What shows it?", hint="A report, or an address beginning https://", max_length=1000)

    def to_command(self) -> ResultWanted:
        return ResultWanted(
            from_on=answered(self.from_on),
            to_on=answered(self.to_on),
            value=self.value.data,
            words=self.words.data,
            rating=self.rating.data,
            comment=self.comment.data,
            evidence=self.evidence.data,
        )


class CorrectResultForm(ResultForm):
    """Another result in the place of a wrong one."""

    reason = LongTextField("Why is it corrected?", [needed("Say what was wrong")], rows=2, max_length=1000)


def result_form(standard: AgreementStandard, starts_on: date | None, version: int) -> ResultForm:
    """The period that comes next is filled in."""
    period = next_period(standard.frequency, starts_on, standard.latest_on)
    first, last = period if period is not None else (None, None)
    return ResultForm(version=version, from_on=first, to_on=last)


def correct_result_form(result: StandardResult, version: int) -> CorrectResultForm:
    return CorrectResultForm(obj=result, version=version)


class CreditForm(VersionedForm):
    """What the company owes for a standard that was not kept."""

    standard_id = SelectField[int](
        "For which standard?", [needed("Choose a standard")], blank="Choose a standard linked to payment"
    )
    accrued_on = DayField("When did it accrue?", [needed("Enter the day")])
    amount = PoundsField("How much?", [needed("Enter an amount in pounds")])
    note = LongTextField("How is it worked out?", rows=2, max_length=1000)

    def to_command(self) -> CreditWanted:
        return CreditWanted(
            standard_id=answered(self.standard_id),
            accrued_on=answered(self.accrued_on),
            amount=answered(self.amount),
            note=self.note.data,
        )


def credit_form(agreement: Agreement, version: int) -> CreditForm:
    form = CreditForm(version=version)
    form.standard_id.choices = tuple(Choice(one.id, one.measure) for one in payable(agreement))
    return form


def payable(agreement: Agreement) -> list[AgreementStandard]:
    return [one for one in agreement.live_standards if one.linked_to_payment]


class SettleCreditForm(QuestionForm):
    """A credit, applied or waived."""

    state = RadiosField[CreditState](
        "What became of it?",
        [needed("Choose what became of it")],
        choices=(
            Choice(CreditState.APPLIED, "Applied to what the council pays"),
            Choice(CreditState.WAIVED, "Waived"),
        ),
    )
    on = DayField("When?", [needed("Enter the day")])
    reason = LongTextField(
        "Why?",
        [required_if("state", CreditState.WAIVED, message="Say why it is waived")],
        rows=3,
        max_length=1000,
    )
