"""What is asked about publishing."""

from wtforms import HiddenField

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
    needed,
    required_if,
    sentence_case,
)
from app.publication.commands.answering import MakeAnswer
from app.publication.commands.redacting import Redact
from app.publication.queries.answers import Narrowed
from app.publication.rules.redaction import QUALIFIED, Ground, Withholdable


class PublishForm(QuestionForm):
    """Publishing what was looked at; the digest says what that was."""

    seen = HiddenField()
    correction = LongTextField(
        "What does the edition published before have wrong?",
        hint="It stands beside the corrected edition on the public page",
        max_length=1000,
        rows=3,
    )
    with_gaps = TickField("Publish it with what is missing")


class WithholdForm(QuestionForm):
    """Withholding one field of a contract."""

    field = SelectField[Withholdable](
        "Which field is withheld?",
        [needed("Choose a field")],
        blank="Choose",
        choices=[Choice(one, sentence_case(one.words)) for one in Withholdable],
    )
    ground = RadiosField[Ground](
        "On which ground?", [needed("Choose a ground")], choices=[Choice(one, one.words) for one in Ground]
    )
    reason = LongTextField(
        "Why?",
        [needed("Say what harm publishing it would do")],
        hint="Everybody who reads the record sees this: do not repeat what is withheld",
        max_length=1000,
        rows=3,
    )
    public_interest = LongTextField(
        "How was the public interest weighed?",
        [
            required_if(
                "ground", *QUALIFIED, message="This ground gives way to the public interest: say how it was weighed"
            )
        ],
        hint="For the grounds that give way to it: commercial interests, trade secrets, section 94, schedule 12A",
        max_length=1000,
        rows=3,
    )
    decided_by = TextField(
        "Who decided it?", [needed("Enter the post of whoever decided it")], hint="A post, not a name", max_length=200
    )
    decided_on = DayField("When was it decided?", [needed("Enter the day it was decided")])
    review_on = DayField(
        "When is it looked at again?",
        [needed("Enter the day it is looked at again")],
        hint="What is sensitive in a tender seldom is a year after award",
    )

    def to_command(self) -> Redact:
        return Redact(
            field=answered(self.field),
            ground=answered(self.ground),
            reason=answered(self.reason),
            public_interest=self.public_interest.data or None,
            decided_by=answered(self.decided_by),
            decided_on=answered(self.decided_on),
            review_on=answered(self.review_on),
        )


class LookAgainForm(QuestionForm):
    """Looking again at what is withheld."""

    stays = RadiosField[str](
        "Is it still withheld?",
        [needed("Choose whether it is still withheld")],
        choices=[Choice("no", "No, publish it from the next file on"), Choice("yes", "Yes, for a time")],
    )
    review_on = DayField(
        "When is it looked at again?", [required_if("stays", "yes", message="Enter the day it is looked at again")]
    )
    reason = LongTextField("Why?", [needed("Say why, for whoever asks")], max_length=1000, rows=3)

    @property
    def is_lifted(self) -> bool:
        return answered(self.stays) == "no"


class AnswerForm(QuestionForm):
    """A request for the register."""

    reference = TextField(
        "What is the request’s reference?",
        [needed("Enter the council’s reference of the request")],
        hint="Who asked stays in the system that took the request",
        max_length=100,
    )
    received_on = DayField("When was it received?", [needed("Enter the day it was received")])
    directorate = SelectField[int]("Of which directorate?", blank="The whole council")
    category = SelectField[int]("In which category?", blank="Every category")
    live_on = DayField(
        "Running on which day?", hint="Leave it blank for everything in the register, what has ended too"
    )

    def to_command(self) -> MakeAnswer:
        return MakeAnswer(
            reference=answered(self.reference),
            received_on=answered(self.received_on),
            narrowed=Narrowed(
                directorate_id=self.directorate.data, category_id=self.category.data, live_on=self.live_on.data
            ),
        )


class SentForm(VersionedForm):
    """When an answer went out."""

    sent_on = DayField("When was it sent?", [needed("Enter the day it was sent")])
