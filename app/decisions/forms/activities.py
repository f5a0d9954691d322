"""The questions about an activity, section by section; a new one asks them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from typing_extensions import override

from app.core.errors import Refusal
from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    PoundsField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    VersionedForm,
    WholeNumberField,
    answered,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.core.money import pounds
from app.council.calendar import FinancialYear, Quarter
from app.decisions.commands import TakerWanted, ValueWanted, WhatWanted, WhenWanted, WhoWanted
from app.decisions.models import Activity, ActivityKind, Decision, DecisionKind, Likelihood, TakerKind
from app.decisions.rules.key_decisions import Effects, Judgement, Line, LineKind
from app.decisions.rules.timing import Timing, TimingKind
from app.register.forms.contracts.sections import CERTAINTY_HINTS
from app.register.units import UnitChosen
from app.register.values import ValueCertainty

KIND_HINTS = {
    ActivityKind.REDESIGN: "How a service is delivered changes",
    ActivityKind.NEW: "Something is bought that was not bought before",
    ActivityKind.REPROCURE: "A contract that ends is let again",
    ActivityKind.EXTEND: "A contract is to run longer",
    ActivityKind.VARY: "A contract's value or content is to change",
    ActivityKind.BRING_IN_HOUSE: "The council is to do it itself",
    ActivityKind.TRANSFER: "A company the council owns is to do it",
}
LIKELIHOOD_HINTS = {
    Likelihood.FIRM: "It is in a forward plan, or nothing else can happen",
    Likelihood.LIKELY: "It is planned",
    Likelihood.POSSIBLE: "It depends on something not yet decided",
}
#: Quarters and years offered: so many back, so many ahead.
QUARTERS_BACK, QUARTERS_AHEAD = 3, 20
YEARS_BACK, YEARS_AHEAD = 1, 6
LONGEST_MONTHS = 600
AT_MOST = "Only for a range: at most"
TICKED = True


@dataclass(frozen=True)
class ActivityChoices:
    """What the selects of an activity's form offer."""

    units: tuple[Choice[UnitChosen], ...]
    committees: tuple[Choice[int], ...]
    services: tuple[Choice[int], ...]
    programmes: tuple[Choice[int], ...]
    today: date


class SectionForm(VersionedForm):
    """One section of an activity."""

    def offer(self, choices: ActivityChoices) -> None:
        """Fill in what may be chosen."""


class WhatForm(SectionForm):
    """What it is."""

    title = TextField(
        "What is it called?", [needed("Enter a title")], hint="In plain words, such as “Home care from 2028”"
    )
    kind = RadiosField[ActivityKind](
        "What is to happen?", [needed("Choose what is to happen")], choices=choices_of(ActivityKind, hints=KIND_HINTS)
    )
    purpose = LongTextField(
        "What is it for, and why now?",
        [needed("Say what it is for")],
        rows=4,
        hint="Plain English, 40 words at most: the annexes print it",
        max_length=600,
    )
    unit = SelectField[UnitChosen](
        "Which part of the council leads it?", [needed("Choose a directorate or division")], blank="Choose a unit"
    )
    service_id = SelectField[int]("Which service is it about?", blank="None chosen")
    second_service_id = SelectField[int]("Is it about another service too?", blank="No")
    expected_months = WholeNumberField(
        "How many months is the new agreement to run?",
        hint="With every option to extend; leave blank if not known",
        suffix="months",
        width=4,
        least=1,
        most=LONGEST_MONTHS,
    )
    programme_id = SelectField[int]("Which programme does it belong to?", blank="None")

    @override
    def offer(self, choices: ActivityChoices) -> None:
        super().offer(choices)
        self.unit.choices = choices.units
        self.service_id.choices = self.second_service_id.choices = choices.services
        self.programme_id.choices = choices.programmes

    def what(self, *, others: Sequence[int] = ()) -> WhatWanted:
        unit = answered(self.unit)
        chosen = (self.service_id.data, self.second_service_id.data, *others)
        return WhatWanted(
            title=answered(self.title),
            purpose=answered(self.purpose),
            kind=answered(self.kind),
            directorate_id=unit.directorate_id,
            division_id=unit.division_id,
            expected_months=self.expected_months.data,
            programme_id=self.programme_id.data,
            service_ids=tuple(dict.fromkeys(number for number in chosen if number is not None)),
        )


class ValueForm(SectionForm):
    """How much it spends and saves."""

    revenue_low = PoundsField("Revenue spending over its whole life", hint="Net of VAT the council gets back")
    revenue_high = PoundsField("Revenue spending at most", hint=AT_MOST)
    capital_low = PoundsField("Capital spending")
    capital_high = PoundsField("Capital spending at most", hint=AT_MOST)
    savings_low = PoundsField("Savings over its whole life")
    savings_high = PoundsField("Savings at most", hint=AT_MOST)
    certainty = RadiosField[ValueCertainty](
        "How firm are these amounts?",
        [needed("Choose how firm the amounts are")],
        choices=choices_of(ValueCertainty, hints=CERTAINTY_HINTS),
        default=ValueCertainty.ESTIMATE,
    )
    value_note = TextField("Is there anything to add about the value?", max_length=1000)
    exempt = TickField("The amounts are exempt", hint="They are withheld from everybody not entitled to them")
    exempt_ground = TextField(
        "On which ground?",
        [required_if("exempt", TICKED, message="Say on which ground the amount is exempt")],
        hint="Such as: Schedule 12A, paragraph 3",
    )

    def value(self) -> ValueWanted:
        return ValueWanted(
            lines=tuple(self._lines()),
            certainty=answered(self.certainty),
            note=self.value_note.data,
            exempt=bool(self.exempt.data),
            exempt_ground=self.exempt_ground.data,
        )

    def _lines(self) -> Iterator[Line]:
        for kind in LineKind:
            low, high = self[f"{kind.value}_low"].data, self[f"{kind.value}_high"].data
            first = high if low is None else low
            if first is None:
                continue
            if high is not None and high < first:
                raise Refusal(f"Enter {pounds(first)} or more, or leave it blank", field=f"{kind.value}_high")
            yield Line(kind, first, first if high is None else high)


class WhoForm(SectionForm):
    """Who decides."""

    decision = RadiosField[DecisionKind](
        "Which decision is it?", [needed("Choose which decision it is")], choices=choices_of(DecisionKind)
    )
    taker_kind = RadiosField[TakerKind]("Who takes the decision?", choices=choices_of(TakerKind))
    decision_taker = TextField(
        "What is the body or the office called?",
        hint="Such as Cabinet or Cabinet Member for Highways; for one person the notice needs name and title",
        max_length=200,
    )
    taker_members = LongTextField(
        "Who are its members?",
        rows=4,
        hint="Of a body only: one name a line, as the notice lists them",
        max_length=2000,
    )
    committee_id = SelectField[int]("Which committee looks at it first?", blank="None, or not known")
    lead_post = TextField("Which post leads it?", hint="A post, such as Head of Waste, not a person", max_length=200)

    @override
    def offer(self, choices: ActivityChoices) -> None:
        super().offer(choices)
        self.committee_id.choices = choices.committees

    def taker_wanted(self) -> TakerWanted:
        return TakerWanted(kind=self.taker_kind.data, members=self.taker_members.data)

    def who(self) -> WhoWanted:
        return WhoWanted(
            decision=answered(self.decision),
            decision_taker=self.decision_taker.data,
            committee_id=self.committee_id.data,
            lead_post=self.lead_post.data,
        )


class WhenForm(SectionForm):
    """When the decision is expected."""

    timing = RadiosField[TimingKind](
        "When is the decision expected?", [needed("Choose how exactly it is known")], choices=choices_of(TimingKind)
    )
    on_day = DayField("On which day?", [only_if("timing", TimingKind.DAY), needed("Enter the day")])
    not_before = DayField(
        "Not before which day?", [only_if("timing", TimingKind.NOT_BEFORE), needed("Enter the earliest day")]
    )
    quarter = SelectField[Quarter](
        "In which quarter?", [only_if("timing", TimingKind.QUARTER), needed("Choose the quarter")]
    )
    year = SelectField[FinancialYear](
        "In which financial year?", [only_if("timing", TimingKind.YEAR), needed("Choose the year")]
    )
    likelihood = RadiosField[Likelihood](
        "How certain is it?",
        [needed("Choose how certain it is")],
        choices=choices_of(Likelihood, hints=LIKELIHOOD_HINTS),
        default=Likelihood.LIKELY,
    )

    @override
    def offer(self, choices: ActivityChoices) -> None:
        super().offer(choices)
        this_quarter, this_year = Quarter.of(choices.today), FinancialYear.of(choices.today)
        quarters = {this_quarter + ahead for ahead in range(-QUARTERS_BACK, QUARTERS_AHEAD)}
        years = {this_year + ahead for ahead in range(-YEARS_BACK, YEARS_AHEAD)}
        quarters |= {self.quarter.object_data} if self.quarter.object_data else set()
        years |= {self.year.object_data} if self.year.object_data else set()
        self.quarter.choices = [Choice(one, in_words(one)) for one in sorted(quarters)]
        self.year.choices = [Choice(one, str(one)) for one in sorted(years)]

    def when(self, reason: str | None = None) -> WhenWanted:
        return WhenWanted(timing=self.timing_wanted(), likelihood=answered(self.likelihood), reason=reason)

    def timing_wanted(self) -> Timing:
        kind = answered(self.timing)
        first = {
            TimingKind.DAY: self.on_day.data,
            TimingKind.NOT_BEFORE: self.not_before.data,
            TimingKind.QUARTER: self.quarter.data.first if self.quarter.data else None,
            TimingKind.YEAR: self.year.data.first if self.year.data else None,
        }.get(kind)
        return Timing(kind, first)


def in_words(quarter: Quarter) -> str:
    """As a choice reads it: "Q2 2016-17 (July to September 2016)"."""
    return f"{quarter} ({quarter.first:%B} to {quarter.last:%B %Y})"


class MoveForm(WhenForm):
    """A move of the expected decision, with its reason."""

    reason = LongTextField(
        "If it moves, why?", rows=3, hint="Members see this beside the old and the new date", max_length=1000
    )


class EffectForm(SectionForm):
    """What beside money makes it a key decision."""

    two_divisions = TickField("It has a significant effect in two or more electoral divisions")
    two_divisions_reason = LongTextField(
        "How does it affect them?",
        [required_if("two_divisions", TICKED, message="Say how it affects two or more electoral divisions")],
        rows=3,
        max_length=1000,
    )
    other_ground = LongTextField(
        "Does the constitution give another ground?",
        rows=3,
        hint="Leave blank if there is none. For example: it changes the policy framework",
        max_length=1000,
    )

    def effects(self) -> Effects:
        return Effects(bool(self.two_divisions.data), self.two_divisions_reason.data, self.other_ground.data)


class JudgementForm(SectionForm):
    """A person's answer where the computed one does not hold."""

    judgement = RadiosField[str]("Does the computed answer hold?", [needed("Choose whether the computed answer holds")])
    judgement_reason = LongTextField(
        "Why does it not hold?",
        [
            required_if(
                "judgement", *(one.value for one in Judgement), message="Say why the computed answer does not hold"
            )
        ],
        rows=4,
        hint="It counts until the value moves; then you are asked again",
        max_length=1000,
    )

    AS_COMPUTED = "as computed"

    @override
    def offer(self, choices: ActivityChoices) -> None:
        super().offer(choices)
        self.judgement.choices = (
            Choice(self.AS_COMPUTED, "It holds"),
            *(Choice(one.value, f"It does not: {one.value}") for one in Judgement),
        )

    @property
    def chosen(self) -> Judgement | None:
        return next((one for one in Judgement if one.value == self.judgement.data), None)


class NewActivityForm(WhatForm, ValueForm, WhoForm, WhenForm):
    """Everything that is asked of a new activity."""


def activity_answers(activity: Activity) -> dict[str, Any]:  # Any: the forms' fields are of many types
    """What each field holds for a stored activity."""
    services = [held.service_id for held in activity.services]
    main = next((one for one in activity.decisions if one.kind is activity.decision), Decision())
    return {
        "taker_kind": main.taker_kind,
        "taker_members": main.taker_members,
        "unit": UnitChosen(activity.directorate_id, activity.division_id),
        "service_id": services[0] if services else None,
        "second_service_id": services[1] if len(services) > 1 else None,
        "certainty": activity.value_certainty,
        "judgement": activity.judgement.value if activity.judgement else JudgementForm.AS_COMPUTED,
        **timing_answers(Timing(activity.timing, activity.expected_on)),
        **line_answers([Line(held.kind, held.low, held.high) for held in activity.lines]),
    }


def timing_answers(timing: Timing) -> dict[str, Any]:  # Any: as above
    first = timing.first
    return {
        "timing": timing.kind,
        "on_day": first if timing.kind is TimingKind.DAY else None,
        "not_before": first if timing.kind is TimingKind.NOT_BEFORE else None,
        "quarter": Quarter.of(first) if first and timing.kind is TimingKind.QUARTER else None,
        "year": FinancialYear.of(first) if first and timing.kind is TimingKind.YEAR else None,
    }


def line_answers(lines: Sequence[Line]) -> dict[str, Decimal | None]:
    """One line of each kind; several of one kind are shown added up."""
    answers: dict[str, Decimal | None] = {}
    for kind in LineKind:
        held = [line for line in lines if line.kind is kind]
        low = sum((line.low for line in held), Decimal(0)) if held else None
        high = sum((line.high for line in held), Decimal(0)) if held else None
        answers[f"{kind.value}_low"], answers[f"{kind.value}_high"] = low, high if high != low else None
    return answers
