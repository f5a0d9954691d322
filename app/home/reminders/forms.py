"""Questions about reminders: how often they come, and until when one is put off."""

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    QuestionForm,
    RadiosField,
    SelectField,
    choices_of,
    needed,
    only_if,
)
from app.home.models import Often
from app.home.reminders.rules import WEEKDAYS

HINTS = {
    Often.DAILY: "On days when something is new",
    Often.WEEKLY: "New reminders first, then what is still to do",
    Often.NEVER: "What needs doing stays listed",
}


class RemindersForm(QuestionForm):
    often = RadiosField[Often](
        "How often should reminders come?", [needed("Choose how often")], choices=choices_of(Often, hints=HINTS)
    )
    weekday = SelectField[int](
        "On which day?",
        [only_if("often", Often.WEEKLY), needed("Choose a day of the week")],
        choices=[Choice(number, name) for number, name in enumerate(WEEKDAYS)],
    )


class SnoozeForm(QuestionForm):
    until_on = DayField("Until when should nobody be reminded of it?", [needed("Enter a day")])
    reason = LongTextField("Why can it wait?", [needed("Say why it can wait")], rows=3, max_length=1000)
