"""The questions about social value."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    NumberField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    YesNoField,
    answered,
    needed,
    required_if,
)
from app.council.calendar import FinancialYear
from app.register.commands.considering import ConsiderationWanted
from app.register.commands.social_value import Claim, CommitmentWanted, StatementWanted
from app.register.deliveries import DeliveryState
from app.register.forms.contracts.parts import web_address
from app.register.models import (
    Contract,
    SocialValueCommitment,
    SocialValueConsideration,
    SocialValueDelivery,
    SocialValueStatement,
)
from app.register.queries.named import said

#: Financial years offered: so many back, so many ahead.
YEARS_BACK, YEARS_AHEAD = 3, 3


def year_choices(today: date) -> tuple[Choice[int], ...]:
    this_year = FinancialYear.of(today)
    years = [this_year + ahead for ahead in range(-YEARS_BACK, YEARS_AHEAD + 1)]
    return tuple(Choice(year.start, str(year)) for year in years)


class StatementForm(VersionedForm):
    """The words of a directorate's statement."""

    text = LongTextField(
        "What does the directorate commit to?",
        [needed("Enter the statement")],
        hint="One paragraph, as it prints in the annex",
        rows=8,
        max_length=4000,
    )
    source_policy = TextField("Which policy does it follow?", hint="For example, Social Value Policy 2024")


class NewStatementForm(StatementForm):
    """A statement, and whose it is."""

    directorate_id = SelectField[int](
        "Which directorate is it for?", [needed("Choose a directorate")], blank="Choose a directorate"
    )
    year = SelectField[int]("Which financial year is it for?", [needed("Choose a year")], blank="Choose a year")

    def to_command(self) -> StatementWanted:
        return StatementWanted(
            directorate_id=answered(self.directorate_id),
            year=answered(self.year),
            text=answered(self.text),
            source_policy=self.source_policy.data,
        )


def statement_form(statement: SocialValueStatement, **more: Any) -> StatementForm:
    return StatementForm(obj=statement, **more)


@dataclass(frozen=True)
class CommitmentChoices:
    """What the selects of a commitment's form offer."""

    directorates: tuple[Choice[int], ...]
    measures: tuple[Choice[int], ...]


class CommitmentForm(VersionedForm):
    """What is asked of a commitment."""

    under = TextField(
        "Which contract is it made under?",
        hint="Its reference, title or number. Leave blank for the directorate's own commitment",
    )
    directorate = SelectField[int](
        "Which directorate's own commitment is it?", blank="The contract's", hint="Only where there is no contract"
    )
    text = LongTextField("What is promised?", [needed("Enter what is promised")], max_length=2000)
    measure_id = SelectField[int](
        "Which measure of the council's list does it count by?",
        blank="None: said in our own words",
        hint="It gives theme, outcome, measure, unit and proxy value",
    )
    theme = TextField(
        "Which theme does it belong to?", hint="For example, Jobs. Blank takes the chosen measure's", max_length=100
    )
    outcome = TextField("Which outcome does it serve?", hint="Blank takes the chosen measure's", max_length=200)
    measure = TextField(
        "What is measured?", hint="For example, apprentices who complete. The list's own words stand", max_length=200
    )
    unit = TextField(
        "In what unit?",
        hint="For example, people, hours, per cent. Of a percentage the latest result counts",
        max_length=60,
    )
    target = NumberField("What is the target?", width=10)
    from_on = DayField("From which day does it run?")
    due_on = DayField("By when is it to be kept?")
    contractual = YesNoField("Does the contract bind the provider to it?")
    local_definition = LongTextField(
        "What counts as local, and how much of it is this contract's doing?",
        hint="For example, within 10 miles of the town hall; half of each apprentice's time",
        rows=2,
        max_length=1000,
    )

    def to_command(self, directorate_id: int, contract_id: int | None) -> CommitmentWanted:
        return CommitmentWanted(
            directorate_id=directorate_id,
            contract_id=contract_id,
            theme=self.theme.data or "",
            text=answered(self.text),
            measure=self.measure.data,
            unit=self.unit.data,
            target=self.target.data,
            from_on=self.from_on.data,
            due_on=self.due_on.data,
            outcome=self.outcome.data,
            local_definition=self.local_definition.data,
            contractual=self.contractual.data,
            measure_id=self.measure_id.data,
        )

    def offer(self, choices: CommitmentChoices) -> None:
        self.directorate.choices, self.measure_id.choices = choices.directorates, choices.measures


def commitment_form(commitment: SocialValueCommitment, choices: CommitmentChoices, **more: Any) -> CommitmentForm:
    """The form as the record stands saved."""
    form = CommitmentForm(
        version=commitment.version,
        under=said(commitment.contract) if commitment.contract else None,
        directorate=None if commitment.contract else commitment.directorate_id,
        theme=commitment.theme,
        text=commitment.text,
        measure=commitment.measure,
        unit=commitment.unit,
        target=commitment.target,
        from_on=commitment.from_on,
        due_on=commitment.due_on,
        outcome=commitment.outcome,
        contractual=commitment.contractual,
        local_definition=commitment.local_definition,
        measure_id=commitment.proxy.measure_id if commitment.proxy else None,
        **more,
    )
    form.offer(choices)
    return form


def new_commitment_form(contract: Contract | None, choices: CommitmentChoices) -> CommitmentForm:
    form = CommitmentForm(under=said(contract) if contract else None)
    form.offer(choices)
    return form


class InterimForm(VersionedForm):
    """How much is to be delivered by a day on the way."""

    due_on = DayField("By which day?", [needed("Enter the day")])
    interim_targets = NumberField(
        "How much by then?", [needed("Enter how much")], hint="In all, from the first day", width=10
    )


class ClaimForm(QuestionForm):
    """What is said to have been delivered."""

    quantity = NumberField("How much was delivered?", [needed("Enter how much")], width=10)
    delivered_on = DayField("When?", [needed("Enter the day")])
    evidence = LongTextField(
        "What shows it?", hint="For example, payroll records to September", rows=3, max_length=1000
    )
    evidence_url = TextField(
        "Where can that be read?", [web_address], hint="An address beginning https://", max_length=1000
    )

    def to_command(self) -> Claim:
        return Claim(
            delivered_on=answered(self.delivered_on),
            quantity=answered(self.quantity),
            evidence=self.evidence.data,
            evidence_url=self.evidence_url.data,
        )


def claim_form(delivery: SocialValueDelivery | None) -> ClaimForm:
    return ClaimForm(obj=delivery)


class JudgeForm(QuestionForm):
    """Whether a claim holds."""

    state = RadiosField[DeliveryState](
        "Does the claim hold?",
        [needed("Choose whether the claim holds")],
        choices=(
            Choice(DeliveryState.VERIFIED, "Yes, verify it"),
            Choice(DeliveryState.SENT_BACK, "No, send it back"),
        ),
    )
    evidence = LongTextField(
        "What evidence did you see?",
        [required_if("state", DeliveryState.VERIFIED, message="Say what evidence you saw")],
        rows=3,
        max_length=1000,
    )
    reason = LongTextField(
        "What is missing?",
        [
            required_if(
                "state", DeliveryState.SENT_BACK, message="Say what is missing, so that the provider can mend it"
            )
        ],
        rows=3,
        max_length=1000,
    )


class ConsiderationForm(VersionedForm):
    """What was considered before the procurement began."""

    considered_on = DayField(
        "When was social value considered?", hint="Before the procurement began. Leave blank only if urgency forbade it"
    )
    considered_by = TextField("Which post considered it?", max_length=200)
    note = LongTextField(
        "How might the service improve the area's well-being, and how could the process secure that?",
        hint="Economic, social and environmental; only what is relevant and proportionate",
        max_length=4000,
    )
    consultation_considered = YesNoField("Was it considered whether to consult?")
    urgency_reason = LongTextField("If urgency left no time, why?", rows=2, max_length=1000)

    def to_command(self) -> ConsiderationWanted:
        return ConsiderationWanted(
            considered_on=self.considered_on.data,
            considered_by=self.considered_by.data,
            note=self.note.data,
            consultation_considered=self.consultation_considered.data,
            urgency_reason=self.urgency_reason.data,
        )


def consideration_form(found: SocialValueConsideration | None, version: int, **more: Any) -> ConsiderationForm:
    return ConsiderationForm(obj=found, version=version, **more)
