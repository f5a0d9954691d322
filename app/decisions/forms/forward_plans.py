"""The questions about forward plans: the list to take in, what an item of it is."""

from app.core.forms import (
    Choice,
    DayField,
    FileField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    answered,
    needed,
    only_if,
    required_if,
)
from app.decisions.commands.forward_plans import ListWanted
from app.decisions.rules.forward_plan_files import MOST_BYTES

OURS, NOT_OURS, UNSAID = "ours", "not ours", "unsaid"


class ListForm(QuestionForm):
    """A published list to take in."""

    file = FileField(
        "Which file?",
        [needed("Choose the list as the committee system gives it out")],
        hint="CSV, RSS or XML. Save it from the committee system first: nothing is fetched from anywhere",
        accept=".csv,.xml,.rss,.txt",
    )
    title = TextField("What is it called?", hint="Leave blank to take the name that stands in the file", max_length=200)
    from_on = DayField("From which day does it look ahead?", [needed("Enter the day of the list")])
    until_on = DayField("Until which day?", hint="Leave blank for as far as our own forward plan looks")

    def list_wanted(self) -> ListWanted:
        sent = answered(self.file)
        name = (sent.filename or "list").replace("\\", "/").rpartition("/")[2][:200]
        content = sent.stream.read(MOST_BYTES + 1)
        return ListWanted(
            filename=name,
            content=content,
            from_on=answered(self.from_on),
            until_on=self.until_on.data,
            title=self.title.data,
        )


class ItemForm(QuestionForm):
    """What an item of a published list is."""

    what = RadiosField[str](
        "What is it?",
        [needed("Choose what it is")],
        choices=(
            Choice(OURS, "One of the decisions the register holds"),
            Choice(NOT_OURS, "None of ours", "It is no commissioning, or another council's"),
            Choice(UNSAID, "Nobody knows yet", "Takes an earlier answer back"),
        ),
    )
    decision_id = SelectField[int](
        "Which decision is it?", [only_if("what", OURS), required_if("what", OURS, message="Choose the decision")]
    )
    reason = TextField(
        "Why is it none of ours?",
        [only_if("what", NOT_OURS), required_if("what", NOT_OURS, message="Say why it is none of ours")],
        hint="It is remembered for the lists to come",
        max_length=500,
    )
