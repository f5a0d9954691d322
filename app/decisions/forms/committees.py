"""The questions about committees' business: asking, answering, agendas, what came of it."""

from collections.abc import Sequence

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
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
)
from app.decisions.commands.committees import AskWanted, ItemWanted, OutcomeWanted, ResponseWanted, Subject
from app.decisions.models import AgendaSection, AskReason, ItemOutcome
from app.decisions.rules.pre_scrutiny import Body, heading


class AskForm(QuestionForm):
    """A member's request."""

    committee_id = RadiosField[int]("Which committee is to look at it?", [needed("Choose a committee")])
    about = RadiosField(
        "What about it?",
        [needed("Choose what it is about")],
        choices=choices_of(AskReason, hints={AskReason.VALUE: "What it costs, or what it is to save"}),
    )
    reason = LongTextField(
        "Why should the committee look at it?",
        [needed("Say why, in a sentence or two")],
        rows=4,
        hint="Everybody signed in can read it, and it is printed in the committee's pack",
        max_length=1000,
    )
    preferred_meeting_id = SelectField[int](
        "At which meeting, if you have a wish?", hint="The clerk or the chair decides", blank="Any meeting"
    )
    passing = TickField("Ask for that meeting although its papers are due soon")

    def to_command(self, subject: Subject) -> AskWanted:
        return AskWanted(
            subject=subject,
            committee_id=answered(self.committee_id),
            about=answered(self.about),
            reason=answered(self.reason),
            preferred_meeting_id=self.preferred_meeting_id.data,
        )


class AcceptForm(VersionedForm):
    """The request joins the work programme."""

    meeting_id = SelectField[int]("Which meeting is to hear it?", blank="None yet: on the work programme")
    words = LongTextField("Anything to say to the member who asked?", rows=3, max_length=1000)


class DeclineForm(VersionedForm):
    """The request leads to nothing, and why."""

    reason = LongTextField("Why is it declined?", [needed("Say why, so that the member can read it")], max_length=1000)


class MergeForm(VersionedForm):
    """The request becomes part of another."""

    into = RadiosField[int]("Which request does it belong to?", [needed("Choose a request")])
    reason = LongTextField("Why?", [needed("Say why, so that the member can read it")], rows=3, max_length=1000)


class ItemForm(VersionedForm):
    """An agenda item, as the clerk writes it."""

    title = TextField("What is the item called?", [needed("Enter a title")], max_length=300)
    section = RadiosField[AgendaSection]("Under which heading does it stand?", [needed("Choose a heading")])
    meeting_id = SelectField[int]("Which meeting is to hear it?", blank="None yet: on the work programme")
    asked_to = LongTextField("What is the committee asked to do?", rows=2, hint="One sentence", max_length=500)
    note = LongTextField(
        "What should members know?",
        rows=5,
        hint="Options, decisions so far, why now; the rest comes from the register",
        max_length=4000,
    )
    exempt = TickField("It is taken with the public shut out")
    exempt_ground = TextField(
        "On which ground?",
        [required_if("exempt", message="Say on which ground it is exempt")],
        hint="Such as “Schedule 12A, paragraph 3”",
        max_length=300,
    )

    def offer(self, body: Body, meetings: Sequence[Choice[int]]) -> None:
        self.section.choices = [Choice(one, heading(one, body)) for one in AgendaSection]
        self.meeting_id.choices = list(meetings)

    def to_command(self) -> ItemWanted:
        return ItemWanted(
            title=answered(self.title),
            section=answered(self.section),
            meeting_id=self.meeting_id.data,
            asked_to=self.asked_to.data,
            note=self.note.data,
            exempt=bool(self.exempt.data),
            exempt_ground=self.exempt_ground.data,
        )


class RemoveForm(VersionedForm):
    """An item leaves the work programme, and why."""

    reason = LongTextField("Why is it removed?", [needed("Say why")], rows=3, max_length=1000)


class LeaveOutForm(QuestionForm):
    """A key decision does not come to its committee."""

    urgency = LongTextField(
        "What makes it too urgent to come?",
        [needed("Say what is urgent: nothing else allows a key decision to be left out")],
        rows=3,
        max_length=500,
    )
    reason = LongTextField("Why can no meeting hear it in time?", [needed("Say why")], rows=3, max_length=1000)


class OutcomeForm(VersionedForm):
    """What the committee made of it."""

    outcome = RadiosField("What was the outcome?", [needed("Choose an outcome")], choices=choices_of(ItemOutcome))
    comments = LongTextField("What did members say?", rows=4, hint="As minuted", max_length=4000)
    recommendations = LongTextField("What did the committee recommend?", rows=4, max_length=4000)
    minute_reference = TextField("Where is it minuted?", hint="Such as “minute 41”", max_length=100)

    def to_command(self) -> OutcomeWanted:
        return OutcomeWanted(
            outcome=answered(self.outcome),
            comments=self.comments.data,
            recommendations=self.recommendations.data,
            minute_reference=self.minute_reference.data,
        )


class ResponseForm(VersionedForm):
    """What the directorate did about it."""

    response = LongTextField("What does the directorate answer?", [needed("Write the answer")], rows=5, max_length=4000)
    responded_by = TextField("Who answers?", [needed("Enter a name or a post")], hint="A post", max_length=200)
    responded_on = DayField("On which day?", [needed("Enter a date")])
    changed = LongTextField(
        "What has it changed, in the decision or the contract?", rows=3, hint="Blank if nothing", max_length=4000
    )

    def to_command(self) -> ResponseWanted:
        return ResponseWanted(
            response=answered(self.response),
            responded_by=answered(self.responded_by),
            responded_on=answered(self.responded_on),
            changed=self.changed.data,
        )
