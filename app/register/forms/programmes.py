"""The questions about a programme."""

from app.core.forms import DayField, QuestionForm, TextField, needed


class ProgrammeForm(QuestionForm):
    """A phase of transformation."""

    name = TextField("What is the programme called?", [needed("Enter its name")], hint="As in Transformation, phase 2")
    until_on = DayField("Until when does it run?", hint="Its last day. Leave blank while it runs")
