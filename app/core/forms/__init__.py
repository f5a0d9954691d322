"""Forms in the council's words: what people type becomes a typed answer, and what went wrong says what would work.

A field prints its whole group (label, hint, error, input) from core/fields.html: `{{ form.starts_on }}`.
"""

from app.core.forms.checks import needed, only_if, required_if
from app.core.forms.chosen import (
    CheckboxesField,
    FileField,
    RadiosField,
    SelectField,
    TickField,
    YesNoField,
)
from app.core.forms.page import Problem, QuestionForm, VersionedForm, VersionField, problems_of
from app.core.forms.question import Choice, Question, answered, choices_of, sentence_case, tidied
from app.core.forms.typed import (
    DayField,
    EmailField,
    LongTextField,
    NumberField,
    PasswordField,
    PoundsField,
    TextField,
    WholeNumberField,
)

__all__ = [
    "CheckboxesField",
    "Choice",
    "DayField",
    "EmailField",
    "FileField",
    "LongTextField",
    "NumberField",
    "PasswordField",
    "PoundsField",
    "Problem",
    "Question",
    "QuestionForm",
    "RadiosField",
    "SelectField",
    "TextField",
    "TickField",
    "VersionField",
    "VersionedForm",
    "WholeNumberField",
    "YesNoField",
    "answered",
    "choices_of",
    "needed",
    "only_if",
    "problems_of",
    "required_if",
    "sentence_case",
    "tidied",
]
