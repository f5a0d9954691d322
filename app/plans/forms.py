"""The questions about planning rounds and returns."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.forms import (
    CheckboxesField,
    Choice,
    DayField,
    LongTextField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    answered,
    choices_of,
    needed,
)
from app.council.calendar import FinancialYear
from app.council.models import Division
from app.plans.commands import RoundChanged, RoundWanted
from app.plans.models import PlanningRound, ReturnPart
from app.plans.rules import Answer

#: Plan years offered: the present one and those after it.
YEARS_AHEAD = 3


def year_choices(today: date) -> tuple[Choice[int], ...]:
    this_year = FinancialYear.of(today)
    return tuple(Choice((this_year + ahead).start, str(this_year + ahead)) for ahead in range(YEARS_AHEAD + 1))


def division_choices(divisions: Sequence[Division]) -> tuple[Choice[int], ...]:
    return tuple(Choice(one.id, f"{one.name}, {one.directorate.name}") for one in divisions)


def _due() -> DayField:
    return DayField("By when are returns due?", [needed("Enter the day by which returns are due")])


def _divisions() -> CheckboxesField[int]:
    return CheckboxesField[int](
        "Which divisions make a return of their own?",
        hint="Every directorate is asked for one. A division's comes first, and its directorate is signed off after it",
    )


def _approved_by() -> TextField:
    return TextField("Who agreed this year's approach?", hint="A committee or a board. Leave blank if not known yet")


class OpenRoundForm(QuestionForm):
    """A new planning round."""

    year = SelectField[int]("Which plan year is it for?", [needed("Choose the plan year")], blank="Choose a year")
    returns_due_on = _due()
    division_ids = _divisions()
    approved_by = _approved_by()
    approved_on = DayField("When was it agreed?")
    note = LongTextField("What should those who make a return know?", hint="It stands on every return", max_length=2000)

    def to_command(self) -> RoundWanted:
        return RoundWanted(
            year=FinancialYear(answered(self.year)),
            returns_due_on=answered(self.returns_due_on),
            division_ids=self.division_ids.data or (),
            approved_by=self.approved_by.data,
            approved_on=self.approved_on.data,
            note=self.note.data,
        )


class RoundForm(VersionedForm):
    """What is changed of a round, and which more divisions are asked."""

    returns_due_on = _due()
    division_ids = CheckboxesField[int]("Which more divisions make a return of their own?")
    approved_by = _approved_by()
    approved_on = DayField("When was it agreed?")
    note = LongTextField("What should those who make a return know?", hint="It stands on every return", max_length=2000)

    def to_command(self) -> RoundChanged:
        return RoundChanged(
            returns_due_on=answered(self.returns_due_on),
            approved_by=self.approved_by.data,
            approved_on=self.approved_on.data,
            note=self.note.data,
            division_ids=self.division_ids.data or (),
        )


def round_form(found: PlanningRound, **more: Any) -> RoundForm:
    return RoundForm(obj=found, **more)


class AnswerForm(VersionedForm):
    """The answer for one part."""

    answer = RadiosField[Answer](
        "What do you return?",
        [needed("Choose whether it is complete, or nil")],
        choices=choices_of(
            Answer,
            hints={
                Answer.COMPLETE: "What the register holds is everything that belongs in this part",
                Answer.NIL: "There is nothing to return for this part",
            },
        ),
    )
    note = LongTextField("What should the director know about it?", max_length=1000, rows=3)


def answer_form(part: ReturnPart, version: int, **more: Any) -> AnswerForm:
    return AnswerForm(data={"answer": part.answer, "note": part.note, "version": version}, **more)


class SendForm(VersionedForm):
    """Why a return goes out while something is missing."""

    reason = LongTextField(
        "Why is it sent although something is missing?",
        hint="The director reads it. Leave blank where nothing is missing",
        max_length=1000,
        rows=4,
    )


class SendBackForm(VersionedForm):
    reason = LongTextField("What is to be put right?", [needed("Say what is to be put right")], max_length=1000, rows=4)


class ReopenForm(VersionedForm):
    reason = LongTextField("Why is it opened again?", [needed("Say why it is opened again")], max_length=1000, rows=4)


class LetOffForm(VersionedForm):
    reason = LongTextField(
        "Why does the division make no return of its own?", [needed("Say why")], max_length=1000, rows=4
    )


class ConfirmForm(VersionedForm):
    """Nothing is asked but that the page was read."""


class How(StrEnum):
    MAIL = "by e-mail from here"
    OTHERWISE = "I ask them myself"


class ChaseForm(VersionedForm):
    """Whom to ask, and how."""

    people = CheckboxesField[int]("Who is asked?")
    whom = TextField("Who else?", hint="For those who are not listed. The register sends them nothing", max_length=300)
    how = RadiosField[How]("How are they asked?", [needed("Choose how they are asked")])
    otherwise = TextField("How?", hint="For example, in the directorate's management team", max_length=200)
