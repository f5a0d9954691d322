"""The questions of a company's control test. They ask for facts; none of them asks whether the exemption holds."""

from typing import Any

from app.core.forms import (
    DayField,
    LongTextField,
    NumberField,
    QuestionForm,
    RadiosField,
    TextField,
    answered,
    choices_of,
    needed,
    only_if,
)
from app.register.commands.control import ControlWanted
from app.register.forms.known import Known
from app.register.models import ControlTest


def known(label: str, hint: str = "") -> RadiosField[Known]:
    return RadiosField[Known](label, hint=hint, choices=choices_of(Known), default=Known.NOT_KNOWN)


class ControlForm(QuestionForm):
    """What was found about the council's control of a company."""

    tested_on = DayField("When was it looked at?", [needed("Enter the day it was looked at")])
    purpose = LongTextField("What does the company do for the council?", rows=3, max_length=2000)
    parent_undertaking = known(
        "Is the council its parent undertaking?",
        "Holds most of the votes, or may appoint most of the board (Companies Act 2006, section 1162)",
    )
    other_influence = known("Does anybody else have decisive influence over it?")
    other_influence_note = TextField(
        "Who, and by what right?", [only_if("other_influence", Known.YES)], max_length=1000
    )
    activity_share = NumberField(
        "What share of its activities is for the council?",
        hint="For the council, or for others the council controls. The test asks for more than 80 per cent",
        suffix="%",
        most=100,
    )
    activity_method = TextField(
        "How was that worked out?", hint="For example, average turnover over three years", max_length=500
    )
    activity_period = TextField("Which years is it for?", hint="For example, 2023-24 to 2025-26", max_length=200)
    private_shares = known("Does anybody who is not a public authority hold shares?")
    private_shares_note = TextField("Who, and how many?", [only_if("private_shares", Known.YES)], max_length=1000)
    joint_owners = TextField(
        "Which other councils own it with this one?", hint="Leave blank if none does", max_length=1000
    )
    owners_on_board = known("Is each council that owns it represented on its board?")
    evidence = LongTextField("What was looked at?", rows=3, max_length=1000, hint="Accounts, articles, minutes")
    evidence_url = TextField("Where is it kept?", hint="An address that begins with https://", max_length=1000)
    next_due_on = DayField("When is it to be looked at again?", hint="Leave blank for as soon as the settings ask")

    def to_command(self) -> ControlWanted:
        return ControlWanted(
            tested_on=answered(self.tested_on),
            purpose=self.purpose.data,
            parent_undertaking=fact(self.parent_undertaking),
            other_influence=fact(self.other_influence),
            other_influence_note=self.other_influence_note.data,
            activity_share=self.activity_share.data,
            activity_method=self.activity_method.data,
            activity_period=self.activity_period.data,
            private_shares=fact(self.private_shares),
            private_shares_note=self.private_shares_note.data,
            joint_owners=self.joint_owners.data,
            owners_on_board=fact(self.owners_on_board),
            evidence=self.evidence.data,
            evidence_url=self.evidence_url.data,
            next_due_on=self.next_due_on.data,
        )


class CorrectControlForm(ControlForm):
    """What should have been recorded, and what was wrong."""

    reason = LongTextField(
        "What was recorded wrongly?", [needed("Say what was recorded wrongly")], rows=3, max_length=1000
    )


def fact(field: RadiosField[Known]) -> bool | None:
    return (field.data or Known.NOT_KNOWN).fact


def correction_of(test: ControlTest) -> CorrectControlForm:
    """The form as the mistaken test stands."""
    answers: dict[str, Any] = {  # Any: what each field holds
        name: Known.of(getattr(test, name))
        for name in ("parent_undertaking", "other_influence", "private_shares", "owners_on_board")
    }
    return CorrectControlForm(obj=test, **answers)
