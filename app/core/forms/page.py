"""A page of questions: its problems, a rule's refusal, and the version it was read at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from typing_extensions import override
from wtforms import Field, FieldList, FormField, HiddenField
from wtforms.csrf.core import CSRFTokenField

from app.core.errors import Conflict, Refusal
from app.core.forms.chosen import FileField
from app.core.forms.question import Question

OPEN_TOO_LONG = "This page has been open for a long time: check your answers and send it again"


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what is wrong, and the input it links to."""

    text: str
    href: str | None = None


class VersionField(HiddenField):
    """The version of the record the person read, carried through the form so that nobody's change is lost."""

    data: int | None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("", **kwargs)

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() else None


class QuestionForm(FlaskForm):
    """A page of questions."""

    #: Somebody else saved meanwhile: the page shows both versions, and saving again is a choice.
    conflict: Conflict | None = None

    @property
    def sends_files(self) -> bool:
        return any(isinstance(field, FileField) for field in self)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The error summary, in the order of the page."""
        return (*(Problem(text) for text in self.form_errors), *problems_of(self))

    def show_refusal(self, refusal: Refusal) -> None:
        """Put a rule's answer beside its field, or above the form."""
        field = self._fields.get(refusal.field) if refusal.field else None
        if isinstance(refusal, Conflict):
            self.show_conflict(refusal)
        if field is None or isinstance(field, HiddenField):
            self.form_errors.append(refusal.message)
        else:
            field.errors = [*field.errors, refusal.message]

    def show_conflict(self, conflict: Conflict) -> None:
        """Keep what was typed, and carry the version saved meanwhile."""
        self.conflict = conflict
        if isinstance(version := self._fields.get("version"), VersionField):
            version.data = conflict.version


class VersionedForm(QuestionForm):
    """A form that edits a record two people may have open."""

    version = VersionField()


def problems_of(fields: Iterable[Field]) -> Iterator[Problem]:
    """Every field's errors, those of fields within fields too; a hidden field's have nowhere to link to."""
    for field in fields:
        if isinstance(field, FieldList | FormField):
            yield from problems_of(field)
        else:
            yield from (problem_of(field, str(error)) for error in field.errors)


def problem_of(field: Field, error: str) -> Problem:
    if isinstance(field, CSRFTokenField):
        return Problem(OPEN_TOO_LONG)
    return Problem(error, f"#{field.first_input}" if isinstance(field, Question) else None)
