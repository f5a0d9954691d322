"""The questions about a decision: who takes it, what was decided, call-in, carrying it out."""

from datetime import time
from typing import Any

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
    answered,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.council.definitions import read_time_or_none
from app.decisions.commands import ApprovalWanted, AwardWanted, CallInWanted, DecisionWanted, TakerWanted
from app.decisions.forms.activities import TICKED, MoveForm, WhenForm
from app.decisions.models import CallInOutcome, Decision, Implementation, Restriction, TakerKind
from app.register.models import Approval

MOST = 4000
OFFICER, SAME_TAKER = "an officer, under the first decision", "the same taker, at a decision of its own"
RESTRICTION_HINTS = {
    Restriction.OPEN: "Everything is public",
    Restriction.PART: "Write only what is public: the rest stands in the exempt report",
    Restriction.FULL: "What you write is shown only to those entitled to exempt matters",
}


class TakerForm(VersionedForm):
    """Who takes the decision, as its notice has to say it."""

    taker_kind = RadiosField[TakerKind]("Who takes the decision?", choices=choices_of(TakerKind))
    taker = TextField(
        "What is the body called, or what are the person's name and title?",
        hint="Such as Cabinet, or Councillor Jo Marsh, Cabinet Member for Highways",
        max_length=200,
    )
    taker_members = LongTextField(
        "Who are its members?",
        rows=6,
        hint="Of a body only: one name a line, as the notice lists them",
        max_length=2000,
    )
    restriction = RadiosField[Restriction](
        "How much of it is public?",
        [needed("Choose how much is public")],
        choices=choices_of(Restriction, hints=RESTRICTION_HINTS),
        default=Restriction.OPEN,
    )
    restriction_ground = TextField(
        "On which ground is it exempt?",
        [required_if("restriction", Restriction.PART, Restriction.FULL, message="Say on which ground it is exempt")],
        hint="Such as: Local Government Act 1972, schedule 12A, paragraph 3",
        max_length=500,
    )

    def taker_wanted(self) -> TakerWanted:
        return TakerWanted(kind=self.taker_kind.data, members=self.taker_members.data)


class RecordForm(VersionedForm):
    """A decision that was taken: its written statement, call-in, and what it allows."""

    decided_on = DayField("When was it decided?", [needed("Enter the day of the decision")])
    reference = TextField(
        "What is the decision's reference?", [needed("Enter the reference")], hint="Such as 26/00053", max_length=60
    )
    resolution = LongTextField("What was decided?", rows=4, hint="The resolution, word for word", max_length=MOST)
    reasons = LongTextField("What are the reasons?", rows=4, max_length=MOST)
    alternatives = LongTextField("Which alternatives were considered and rejected?", rows=3, max_length=MOST)
    interests = LongTextField(
        "Which conflicts of interest were declared?", rows=2, hint="Write “None” if there were none", max_length=MOST
    )
    dispensations = LongTextField(
        "Which dispensations did the head of paid service grant?",
        rows=2,
        hint="Write “None” if there were none",
        max_length=MOST,
    )
    published_on = DayField(
        "When was the written statement published?", hint="Leave blank while it is not. Call-in counts from it"
    )
    system_url = TextField("Where does the committee system show it?", hint="An address, to link to", max_length=500)
    restriction = TakerForm.restriction
    restriction_ground = TakerForm.restriction_ground
    not_subject = TickField("It is not subject to call-in")
    why_not_subject = TextField(
        "Why is it not subject to call-in?",
        [required_if("not_subject", TICKED, message="Say why it is not subject to call-in")],
        hint="Such as: urgent, and the scrutiny chair agreed",
        max_length=500,
    )
    call_in_ends_on = DayField("Last day of call-in, by the committee system", hint="Only where it gives one")
    call_in_hour = TextField("At which hour?", hint="Like 17:00. Leave blank for the council's own", width=5)
    effective_entered_on = DayField("In effect from, by the committee system", hint="Only where it gives a day")
    without_notice = TickField(
        "It was taken without the notice the law asks for",
        hint="It is recorded as it happened, and listed as needing attention",
    )
    without_notice_reason = LongTextField(
        "What happened?",
        [required_if("without_notice", TICKED, message="Say how it came to be taken without notice")],
        rows=3,
        max_length=1000,
    )
    allows = TickField(
        "The decision allows a sum, a term or options", hint="Extending then warns if it would go beyond"
    )
    for_contract_id = SelectField[int]("Which contract is it for?", blank="None on the register yet")
    sum_allowed = PoundsField("Which sum does it allow?", [only_if("allows", TICKED)], hint="Whole life, net of VAT")
    latest_end_on = DayField("Until when at the latest?", [only_if("allows", TICKED)])
    allows_options = TickField("It allows the contract's options to extend")
    delegate_post = TextField("Who may act under it?", [only_if("allows", TICKED)], hint="A post", max_length=200)

    def wanted(self) -> DecisionWanted:
        return DecisionWanted(
            decided_on=answered(self.decided_on),
            reference=answered(self.reference),
            resolution=self.resolution.data,
            reasons=self.reasons.data,
            alternatives=self.alternatives.data,
            interests=self.interests.data,
            dispensations=self.dispensations.data,
            published_on=self.published_on.data,
            restriction=answered(self.restriction),
            restriction_ground=self.restriction_ground.data,
            system_url=self.system_url.data,
            not_called_in_reason=self.why_not_subject.data if self.not_subject.data else None,
            call_in_ends_on=self.call_in_ends_on.data,
            call_in_ends_at=hour(self.call_in_hour.data),
            effective_entered_on=self.effective_entered_on.data,
            without_notice_reason=self.without_notice_reason.data if self.without_notice.data else None,
        )

    def approval(self) -> ApprovalWanted | None:
        if not self.allows.data:
            return None
        return ApprovalWanted(
            contract_id=self.for_contract_id.data,
            sum_allowed=self.sum_allowed.data,
            latest_end_on=self.latest_end_on.data,
            allows_options=bool(self.allows_options.data),
            delegate_post=self.delegate_post.data,
        )


def hour(written: str | None) -> time | None:
    try:
        return read_time_or_none(written) if written else None
    except Refusal as refusal:
        raise Refusal("Write a time of day like 17:00", field="call_in_hour") from refusal


def record_answers(decision: Decision) -> dict[str, Any]:  # Any: the form's fields are of many types
    """What the fields hold that are no column of a decision."""
    above = decision.delegated_by
    reason = decision.not_called_in_reason
    if reason is None and above is not None and decision.decided_on is None:
        reason = f"It carries out decision {above.reference or above.kind}, which was open to call-in"
    return {
        "not_subject": reason is not None,
        "why_not_subject": reason,
        "without_notice": decision.without_notice_reason is not None,
        "call_in_hour": f"{decision.call_in_ends_at:%H:%M}" if decision.call_in_ends_at else None,
    }


def approval_answers(approval: Approval | None) -> dict[str, Any]:  # Any: as above
    """What it allows already, to be corrected."""
    if approval is None:
        return {}
    return {
        "allows": True,
        "sum_allowed": approval.sum_allowed,
        "latest_end_on": approval.latest_end_on,
        "allows_options": approval.allows_options,
        "delegate_post": approval.delegate_post,
    }


class CallInForm(VersionedForm):
    """That members called a decision in, and what came of it."""

    called_in_on = DayField("When was it called in?", [needed("Enter the day")])
    called_in_by = TextField(
        "Who called it in?", [needed("Say who called it in")], hint="Names, or the committee", max_length=300
    )
    called_in_reason = LongTextField("Why?", [needed("Say why")], rows=4, max_length=MOST)
    call_in_outcome = RadiosField[CallInOutcome]("What came of it?", choices=choices_of(CallInOutcome))
    call_in_outcome_on = DayField(
        "On which day was that decided?", [required_if("call_in_outcome", message="Enter the day of the outcome")]
    )

    def wanted(self) -> CallInWanted:
        return CallInWanted(
            called_in_on=answered(self.called_in_on),
            called_in_by=answered(self.called_in_by),
            reason=answered(self.called_in_reason),
            outcome=self.call_in_outcome.data,
            outcome_on=self.call_in_outcome_on.data,
        )


class ImplementationForm(VersionedForm):
    """How far a decision is carried out."""

    implementation = RadiosField[Implementation](
        "How far is it carried out?", [needed("Choose how far")], choices=choices_of(Implementation)
    )
    implemented_on = DayField(
        "When was it carried out?",
        [required_if("implementation", Implementation.DONE, message="Enter the day it was carried out")],
    )
    implementation_note = LongTextField("Is there anything to add?", rows=3, max_length=1000)


class ExpectedForm(WhenForm):
    """When a decision that is not the main one is expected: how certain that is, the activity says."""

    likelihood = None  # type: ignore[assignment]  # WTForms' way to leave a question out


class MoveDecisionForm(ExpectedForm):
    """A move of it, with its reason."""

    reason = MoveForm.reason


class AwardForm(ExpectedForm):
    """The decision to award, after the one to procure."""

    by = RadiosField[str](
        "Who takes the decision to award?",
        [needed("Choose who takes it")],
        choices=(
            Choice(OFFICER, "An officer, under the decision to procure", "The record of the award stands under it"),
            Choice(SAME_TAKER, "The taker of the first decision", "A key decision of its own, with its own notice"),
        ),
    )
    delegate_post = TextField(
        "Which post?",
        [required_if("by", OFFICER, message="Name the post that may award")],
        hint="Such as Corporate Director of Place",
        max_length=200,
    )

    def wanted(self) -> AwardWanted:
        return AwardWanted(
            timing=self.timing_wanted(), delegate_post=self.delegate_post.data if self.by.data == OFFICER else None
        )
