"""What comes after a contract, and a person's word against a signal, as questions."""

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
from app.register.commands.successors import CallOffWanted, SuccessorWanted
from app.register.forms.contracts.acts import ActForm
from app.register.models import Contract, Provider
from app.register.signals import Level, Override, Signal, SignalKind
from app.register.terms import ONE_DAY


class Follows(StrEnum):
    PLANNED = "a new one, to be planned now"
    THERE = "one that is in the register already"


class SuccessorForm(VersionedForm):
    follows = RadiosField[Follows]("What follows it?", [needed("Say what follows it")], choices=choices_of(Follows))
    title = TextField(
        "What will it be called?",
        [
            only_if("follows", Follows.PLANNED),
            required_if("follows", Follows.PLANNED, message="Enter the title of the planned contract"),
        ],
        max_length=300,
    )
    starts_on = DayField(
        "When will it start?", [only_if("follows", Follows.PLANNED)], hint="The day after this one ends"
    )
    successor = TextField(
        "Which contract?",
        [
            only_if("follows", Follows.THERE),
            required_if("follows", Follows.THERE, message="Enter the contract that follows it"),
        ],
        hint="Its reference, title or number",
    )

    @staticmethod
    def prefilled(contract: Contract) -> dict[str, object]:
        end = contract.ended_early_on or contract.current_end_on
        starts_on = end + ONE_DAY if end else None
        suffix = f" from {day(starts_on)}" if starts_on else " (next)"
        return {
            "version": contract.version,
            "follows": Follows.PLANNED,
            "title": f"{contract.title[: 300 - len(suffix)]}{suffix}",
            "starts_on": starts_on,
        }

    def to_command(self) -> SuccessorWanted:
        return SuccessorWanted(title=answered(self.title), starts_on=self.starts_on.data)


class CallOffForm(VersionedForm):
    title = TextField("What is it called?", [needed("Enter the call-off's title")], max_length=300)
    reference = TextField("What is its reference?", hint="Leave blank if it has none", max_length=100)
    provider = RadiosField[int]("Who delivers it?", [needed("Choose one of the framework's providers")])
    lot = TextField("Under which lot?", hint="As the framework names it. Leave blank if it has no lots", max_length=100)
    starts_on = DayField("When does it start?")
    ends_on = DayField("When does it end?", hint="Its last day, without extensions")
    value = PoundsField("What is it worth over its whole life?", hint="Without recoverable VAT. Blank if not known")

    def offer(self, framework: Contract) -> None:
        self.provider.choices = tuple(
            Choice(one.provider_id, one.provider.name, hint=one.lot or "") for one in framework.providers
        )

    @staticmethod
    def prefilled(framework: Contract) -> dict[str, object]:
        only = framework.providers[0] if len(framework.providers) == 1 else None
        return {
            "version": framework.version,
            "title": f"{framework.title}: ",
            "ends_on": framework.current_end_on,
            "provider": only.provider_id if only else None,
            "lot": only.lot if only else None,
        }

    def to_command(self, provider: Provider) -> CallOffWanted:
        return CallOffWanted(
            title=answered(self.title),
            provider=provider,
            reference=self.reference.data,
            lot=self.lot.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            value=self.value.data,
        )


LEVEL_HINTS = {
    Level.FINE: "Nothing needs doing about it",
    Level.WATCH: "Somebody should keep an eye on it",
    Level.ACT: "Somebody should act now",
}


class OverrideForm(ActForm):
    kind = RadiosField[SignalKind]("Which signal should read otherwise?", [needed("Choose a signal")])
    level = RadiosField[Level](
        "How should it read?", [needed("Choose how it should read")], choices=choices_of(Level, hints=LEVEL_HINTS)
    )
    by = TextField("Whose decision is it?", [needed("Enter a name")], hint="A name, with the post", max_length=200)
    until_on = DayField(
        "Until when?", [needed("Enter the last day it counts")], hint="It ends by itself after this day"
    )
    reason = LongTextField("Why should it read otherwise?", [needed("Say why")], rows=3, max_length=1000)

    def offer(self, signals: tuple[Signal, ...]) -> None:
        hints = {one.kind: f"{one.word}: {one.reason}" for one in signals}
        self.kind.choices = choices_of(SignalKind, hints=hints)

    def to_command(self) -> Override:
        return Override(
            kind=answered(self.kind),
            level=answered(self.level),
            reason=answered(self.reason),
            by=answered(self.by),
            until_on=answered(self.until_on),
        )


class EndOverrideForm(ActForm):
    kind = RadiosField[SignalKind]("Which override ends?", [needed("Choose the override that ends")])

    def offer(self, counting: dict[SignalKind, str]) -> None:
        self.kind.choices = tuple(
            choice for choice in choices_of(SignalKind, hints=counting) if choice.value in counting
        )
