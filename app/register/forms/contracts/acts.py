"""What happens after award, as questions: extend, vary, correct, suspend, end early, withdraw."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from wtforms import HiddenField

from app.core.dates import day
from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    PoundsField,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.core.money import pounds
from app.register.commands.contract_events import Extension, LegalAnswer, Variation, end_of_option, next_option
from app.register.commands.contracts import AWARDED
from app.register.grounds import Ground
from app.register.models import Contract, Provider


class ActForm(VersionedForm):
    """An act with a reason."""

    reason = LongTextField("Why?", [needed("Say why")], rows=3, max_length=1000)


class Answered(StrEnum):
    """A person's answer, which the register does not work out."""

    YES = "yes, it is needed"
    NO = "no, it is not needed"
    OPEN = "not decided yet"


GROUNDS_HINT = "Procurement Act 2023, section 74 and schedule 8; regulation 72 for what began before 24 February 2025"


class EventForm(ActForm):
    """An event in a contract's life, and what in law allows it."""

    effective_on = DayField("From when?", [needed("Enter the day from which it holds")])
    decision_reference = TextField("Which decision allows it?", hint="Its reference, if there is one", max_length=60)
    ground = SelectField[Ground](
        "On what ground is the contract changed?",
        choices=choices_of(Ground),
        blank="Choose a ground",
        hint=GROUNDS_HINT,
    )
    uk10 = RadiosField[Answered](
        "Is a contract change notice (UK10) needed first?",
        choices=choices_of(Answered),
        hint="Procurement Act 2023, section 75. Ask procurement or legal: the register does not decide it",
    )
    uk10_reason = TextField(
        "Why is the notice needed, or not?",
        [
            only_if("uk10", Answered.YES, Answered.NO),
            required_if("uk10", Answered.YES, Answered.NO, message="Say why the notice is or is not needed"),
        ],
        max_length=1000,
    )
    #: Asked only once there is something to pass.
    passing = LongTextField("Why is it right all the same?", rows=3, max_length=900)

    def legal(self) -> LegalAnswer:
        needed_first = {Answered.YES: True, Answered.NO: False}.get(self.uk10.data) if self.uk10.data else None
        return LegalAnswer(
            ground=self.ground.data,
            uk10_needed=needed_first,
            uk10_reason=self.uk10_reason.data if needed_first is not None else None,
        )


class ExtendForm(EventForm):
    uses_option = RadiosField[bool]("How is it extended?", [needed("Choose how it is extended")])
    ends_on = DayField(
        "When will it end?",
        [only_if("uses_option", False), required_if("uses_option", False, message="Enter the day it will end")],  # noqa: FBT003
    )
    value_added = PoundsField(
        "How much does it add to the value?", hint="Leave blank if it is as the option says, or adds nothing"
    )
    notice_given_on = DayField("When was the provider given notice?", hint="Leave blank if no notice is needed")
    approval_id = SelectField[int]("Which approval does it go through?", blank="The one the contract runs under now")

    def offer(self, contract: Contract, approvals: tuple[Choice[int], ...]) -> None:
        option, end = next_option(contract), end_of_option(contract)
        outside = Choice(value=False, label="Outside its options, by agreement or through another approval")
        self.approval_id.choices = approvals
        if option is None or end is None:
            self.uses_option.choices = (outside,)
            return
        worth = f", {pounds(option.value)}" if option.value is not None else ""
        self.uses_option.choices = (Choice(value=True, label=f"By its next option, to {day(end)}{worth}"), outside)

    def to_command(self, reason: str) -> Extension:
        outside = not answered(self.uses_option)
        legal = self.legal()
        if outside and legal.ground is None:
            legal = LegalAnswer(
                ground=Ground.NOT_RECORDED, uk10_needed=legal.uk10_needed, uk10_reason=legal.uk10_reason
            )
        return Extension(
            effective_on=answered(self.effective_on),
            reason=reason,
            uses_option=not outside,
            ends_on=self.ends_on.data,
            value_added=self.value_added.data,
            decision_reference=self.decision_reference.data,
            notice_given_on=self.notice_given_on.data,
            approval_id=self.approval_id.data,
            legal=legal,
        )


class Way(StrEnum):
    SAME = "it stays the same"
    UP = "it goes up"
    DOWN = "it goes down"


class Parties(StrEnum):
    SAME = "they stay the same"
    ADDED = "one is added"
    REPLACED = "one takes over from another"


CHANGES = (Parties.ADDED, Parties.REPLACED)


class VaryForm(EventForm):
    ground = SelectField[Ground](
        "On what ground is the contract changed?",
        [needed("Choose a ground, or “No ground recorded”")],
        choices=choices_of(Ground),
        blank="Choose a ground",
        hint=GROUNDS_HINT,
    )
    ends_on = DayField("When will it end now?", hint="Leave blank if that stays the same")
    way = RadiosField[Way](
        "Does the whole-life value change?", [needed("Say whether it changes")], choices=choices_of(Way)
    )
    amount = PoundsField(
        "By how much, if it does?",
        [only_if("way", Way.UP, Way.DOWN), required_if("way", Way.UP, Way.DOWN, message="Enter by how much")],
    )
    annual_value = PoundsField("What is it worth a year from now on?", hint="Leave blank if that stays the same")
    scope_change = LongTextField(
        "What changes in what is supplied?", hint="In words. Leave blank if nothing does", rows=3, max_length=2000
    )
    parties = RadiosField[Parties]("Do its providers change?", choices=choices_of(Parties))
    provider_joins = TextField(
        "Which provider comes, if one does?",
        [only_if("parties", *CHANGES), required_if("parties", *CHANGES, message="Enter the provider that comes")],
        hint="By name or company number, as the register has it",
    )
    provider_leaves = SelectField[int](
        "Which provider does it take over from?",
        [
            only_if("parties", Parties.REPLACED),
            required_if("parties", Parties.REPLACED, message="Choose the provider that leaves"),
        ],
        blank="Choose a provider",
    )
    #: The change of value that was said back; saving waits until it was.
    seen = HiddenField()

    def offer(self, contract: Contract) -> None:
        self.provider_leaves.choices = tuple(Choice(one.provider_id, one.provider.name) for one in contract.providers)

    @property
    def change(self) -> Decimal | None:
        """Signed pounds."""
        amount = self.amount.data
        return -amount if amount is not None and self.way.data is Way.DOWN else amount

    def says_back(self) -> bool:
        """Whether the change of value is still to be said back; it counts as said from now on."""
        change = "" if self.change is None else f"{self.change:.2f}"
        told, self.seen.data = self.seen.data or "", change
        return bool(told != change)

    def to_command(self, reason: str, joins: Provider | None) -> Variation:
        return Variation(
            effective_on=answered(self.effective_on),
            reason=reason,
            ends_on=self.ends_on.data,
            value_change=self.change,
            annual_value=self.annual_value.data,
            scope_change=self.scope_change.data,
            provider_joins=joins,
            provider_leaves_id=self.provider_leaves.data,
            decision_reference=self.decision_reference.data,
            legal=self.legal(),
        )


class CorrectForm(ActForm):
    """What was awarded, as it should have been written down."""

    starts_on = DayField("When did it start?")
    awarded_end_on = DayField("When does it end, as awarded?", hint="Its last day, without extensions")
    awarded_low = PoundsField("What is it worth over its whole life, as awarded?")
    awarded_high = PoundsField("If that is a range, what is its high end?")
    annual_low = PoundsField("What is it worth a year?")
    annual_high = PoundsField("If that is a range, what is its high end?")
    reason = LongTextField("What was wrong?", [needed("Say what was wrong, and how you know")], rows=3, max_length=900)
    #: What was said back, old beside new; saving waits until it was.
    seen = HiddenField()

    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, object]:
        return {
            **{column: getattr(contract, column) for column in AWARDED},
            "awarded_high": None if contract.awarded_low == contract.awarded_high else contract.awarded_high,
            "annual_high": None if contract.annual_low == contract.annual_high else contract.annual_high,
        }

    def awarded(self) -> dict[str, date | Decimal | None]:
        """A single figure is both ends of its range."""
        low, high = self.awarded_low.data, self.awarded_high.data
        year_low, year_high = self.annual_low.data, self.annual_high.data
        return {
            "starts_on": self.starts_on.data,
            "awarded_end_on": self.awarded_end_on.data,
            "awarded_low": low if low is not None else high,
            "awarded_high": high if high is not None else low,
            "annual_low": year_low if year_low is not None else year_high,
            "annual_high": year_high if year_high is not None else year_low,
        }

    def says_back(self) -> bool:
        """Whether old is still to be shown beside new; it counts as shown from now on."""
        said = "|".join(str(value) for value in self.awarded().values())
        told, self.seen.data = self.seen.data, said
        return bool(told != said)


class EndForm(ActForm):
    ends_on = DayField("What is its last day?", [needed("Enter its last day")])


class FromForm(ActForm):
    """An act that holds from a day: suspend, resume."""

    from_on = DayField("From when?", [needed("Enter the day from which it holds")])
