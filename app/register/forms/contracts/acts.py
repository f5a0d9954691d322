"""What happens after award, as questions: extend, vary, end early, withdraw."""

from enum import StrEnum

from app.core.dates import day
from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    PoundsField,
    RadiosField,
    TextField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.core.money import pounds
from app.register.commands.contract_events import Extension, Variation, end_of_option, next_option
from app.register.models import Contract


class ActForm(VersionedForm):
    """An act with a reason."""

    reason = LongTextField("Why?", [needed("Say why")], rows=3, max_length=1000)


class EventForm(ActForm):
    """An event in a contract's life."""

    effective_on = DayField("From when?", [needed("Enter the day from which it holds")])
    decision_reference = TextField("Which decision allows it?", hint="Its reference, if there is one", max_length=60)
    #: Asked only once there is something to pass.
    passing = LongTextField("Why is it right all the same?", rows=3, max_length=900)


class ExtendForm(EventForm):
    uses_option = RadiosField[bool]("How is it extended?", [needed("Choose how it is extended")])
    ends_on = DayField(
        "When will it end?",
        [only_if("uses_option", False), required_if("uses_option", False, message="Enter the day it will end")],  # noqa: FBT003
    )
    value_added = PoundsField(
        "How much does it add to the value?", hint="Leave blank if it is as the option says, or adds nothing"
    )

    def offer(self, contract: Contract) -> None:
        option, end = next_option(contract), end_of_option(contract)
        outside = Choice(value=False, label="By agreement outside its options")
        if option is None or end is None:
            self.uses_option.choices = (outside,)
            return
        worth = f", {pounds(option.value)}" if option.value is not None else ""
        self.uses_option.choices = (Choice(value=True, label=f"By its next option, to {day(end)}{worth}"), outside)

    def to_command(self, reason: str) -> Extension:
        return Extension(
            effective_on=answered(self.effective_on),
            reason=reason,
            uses_option=answered(self.uses_option),
            ends_on=self.ends_on.data,
            value_added=self.value_added.data,
            decision_reference=self.decision_reference.data,
        )


class Way(StrEnum):
    SAME = "it stays the same"
    UP = "it goes up"
    DOWN = "it goes down"


class VaryForm(EventForm):
    ends_on = DayField("When will it end now?", hint="Leave blank if that stays the same")
    way = RadiosField[Way](
        "Does the whole-life value change?", [needed("Say whether it changes")], choices=choices_of(Way)
    )
    amount = PoundsField(
        "By how much?",
        [only_if("way", Way.UP, Way.DOWN), required_if("way", Way.UP, Way.DOWN, message="Enter by how much")],
    )
    annual_value = PoundsField("What is it worth a year from now on?", hint="Leave blank if that stays the same")

    def to_command(self, reason: str) -> Variation:
        amount = self.amount.data
        return Variation(
            effective_on=answered(self.effective_on),
            reason=reason,
            ends_on=self.ends_on.data,
            value_change=-amount if amount is not None and self.way.data is Way.DOWN else amount,
            annual_value=self.annual_value.data,
            decision_reference=self.decision_reference.data,
        )


class EndForm(ActForm):
    ends_on = DayField("What is its last day?", [needed("Enter its last day")])
