"""The questions about key performance indicators and their results."""

from datetime import date
from pathlib import Path
from typing import Any

from app.core.forms import (
    Choice,
    DayField,
    FileField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    YesNoField,
    answered,
    choices_of,
    needed,
)
from app.register import service_levels
from app.register.commands.indicators import IndicatorWanted, ResultWanted
from app.register.file_kinds import ACCEPT
from app.register.forms.documents import said_limits, sent_in
from app.register.models import Contract, Indicator, IndicatorResult
from app.register.ratings import MEANINGS, Rating
from app.register.service_levels import Direction, Frequency

LOWEST = -1_000_000_000


class IndicatorForm(VersionedForm):
    """What is asked of an indicator."""

    name = TextField(
        "What is the indicator called?", [needed("Enter a name")], hint="For example, Calls answered in time"
    )
    measures = LongTextField("What exactly does it measure?", rows=3, max_length=2000)
    target = NumberField(
        "What is the target?", hint="A number. Leave blank where it is told in words", width=10, least=LOWEST
    )
    unit = TextField("In what unit?", hint="For example, per cent, days, complaints", max_length=60)
    direction = RadiosField[Direction](
        "Is a higher result better, or a lower one?", [needed("Choose which is better")], choices=choices_of(Direction)
    )
    frequency = SelectField[Frequency](
        "How often does a result come?", [needed("Choose how often")], choices=choices_of(Frequency)
    )
    measured_from = DayField("On which day does its first period begin?", [needed("Enter the day it is measured from")])
    linked_to_payment = YesNoField("Does payment depend on it?")
    set_before_entering = YesNoField(
        "Was it set before the contract was entered into?",
        hint="The Procurement Act 2023, s.52, asks for three of contracts over £5 million",
    )

    def to_command(self) -> IndicatorWanted:
        return IndicatorWanted(
            name=answered(self.name),
            measures=self.measures.data,
            target=self.target.data,
            unit=self.unit.data,
            direction=answered(self.direction),
            frequency=answered(self.frequency),
            measured_from=answered(self.measured_from),
            linked_to_payment=self.linked_to_payment.data,
            set_before_entering=self.set_before_entering.data,
        )


def new_indicator_form(contract: Contract) -> IndicatorForm:
    started = {"measured_from": contract.starts_on, "direction": Direction.HIGHER, "frequency": Frequency.QUARTERLY}
    return IndicatorForm(data={"version": contract.version, **started})


def indicator_form(indicator: Indicator, **more: Any) -> IndicatorForm:
    return IndicatorForm(obj=indicator, **more)


class NoIndicatorsForm(VersionedForm):
    """Why a contract has none."""

    reason = LongTextField(
        "Why are no key performance indicators set?",
        [needed("Say why none are set")],
        hint="As the contract details notice says it: why performance could not appropriately be assessed by them",
        rows=4,
        max_length=1000,
    )


class ResultForm(VersionedForm):
    """A period's result."""

    from_on = DayField("From which day is it?", [needed("Enter the first day of the period")])
    to_on = DayField("To which day?", [needed("Enter the last day of the period")])
    figure = NumberField(
        "What was the result?", hint="A number. Leave blank where it is told in words", width=10, least=LOWEST
    )
    #: Left blank, the page comes back with what the target suggests.
    rating = RadiosField[Rating](
        "How is it rated?",
        choices=tuple(Choice(one, str(one).capitalize(), MEANINGS[one]) for one in Rating),
        hint="Leave this until you have entered the result, and the target suggests a rating for you to check",
    )
    comment = LongTextField("What is there to say about it?", rows=3, max_length=2000)
    assessed_by = TextField("Who assessed it?", [needed("Enter a post or a name")], max_length=200)
    evidence_url = TextField(
        "Where can the evidence be read?", hint="An address that begins with https://", max_length=1000
    )
    evidence = FileField("Or which file shows it?", accept=ACCEPT)

    def to_command(self, folder: Path, megabytes: int) -> ResultWanted:
        return ResultWanted(
            from_on=answered(self.from_on),
            to_on=answered(self.to_on),
            figure=self.figure.data,
            rating=answered(self.rating),
            comment=self.comment.data,
            assessed_by=answered(self.assessed_by),
            evidence_url=self.evidence_url.data,
            evidence=sent_in(self.evidence, folder, megabytes),
        )


class CorrectResultForm(ResultForm):
    """A right result in place of a mistaken one."""

    reason = LongTextField("Why does it change?", [needed("Say why, for those who read both")], rows=3, max_length=1000)


def result_form(indicator: Indicator, by: str, megabytes: int) -> ResultForm:
    """The period that comes next is filled in."""
    following = service_levels.next_period(indicator.frequency, indicator.measured_from, indicator.latest_to_on)
    days: dict[str, date] = {"from_on": following[0], "to_on": following[1]} if following else {}
    form = ResultForm(data={"version": indicator.version, "assessed_by": by, **days})
    form.evidence.hint = said_limits(megabytes)
    return form


def correct_form(indicator: Indicator, result: IndicatorResult, megabytes: int) -> CorrectResultForm:
    kept = {
        name: getattr(result, name)
        for name in ("from_on", "to_on", "figure", "rating", "comment", "assessed_by", "evidence_url")
    }
    form = CorrectResultForm(data={"version": indicator.version, **kept})
    form.evidence.hint = said_limits(megabytes)
    return form
