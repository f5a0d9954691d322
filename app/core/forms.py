"""Forms in the council's words: what people type becomes a typed answer, and what went wrong says what would work.

A field prints its whole group (label, hint, error, input) from core/fields.html: `{{ form.starts_on }}`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from flask import current_app
from flask_wtf import FlaskForm
from markupsafe import Markup
from typing_extensions import override
from werkzeug.datastructures import FileStorage
from wtforms import Field, FieldList, FormField, HiddenField
from wtforms.csrf.core import CSRFTokenField
from wtforms.validators import StopValidation

from app.core.dates import day, parse_day
from app.core.errors import Conflict, Refusal
from app.core.money import parse_pounds, pounds

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
#: A validator, as WTForms calls it: with the form and the field.
Check = Callable[[Any, Any], None]
#: Longer than any one-line answer of the register, short enough for every column.
ONE_LINE = 300
#: An empty option at the head of a select: nothing is chosen for the person.
NOT_CHOSEN = ""


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what is wrong, and the input it links to."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One answer to choose: what the code gets, and what the person reads."""

    value: T
    label: str
    hint: str = ""

    @property
    def key(self) -> str:
        """The value as it stands in the page."""
        return YES_OR_NO.get(self.value, str(self.value)) if isinstance(self.value, bool) else str(self.value)


OPEN_TOO_LONG = "This page has been open for a long time: check your answers and send it again"
YES_OR_NO: Mapping[bool, str] = {True: "yes", False: "no"}
YES_NO = (Choice(value=True, label="Yes"), Choice(value=False, label="No"))


def sentence_case(words: str) -> str:
    """The words with a capital at the front and the rest as they are: "SLA with a company" keeps its SLA."""
    return words[:1].upper() + words[1:]


def choices_of(kind: type[E], *, hints: Mapping[E, str] | None = None) -> tuple[Choice[E], ...]:
    """Every member of an enum, labelled by its own words."""
    return tuple(Choice(member, sentence_case(member.value), (hints or {}).get(member, "")) for member in kind)


class Question(Field, Generic[T]):
    """One question of a form. Blank is None; `answered` turns a checked answer into a T."""

    data: T | None
    #: The macro of core/fields.html that prints it.
    macro = "text"
    process_errors: list[str]

    def __init__(
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        hint: str = "",
        width: int | None = None,
        prefix: str = "",
        suffix: str = "",
        max_length: int | None = None,
        autocomplete: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, list(validators), description=hint, **kwargs)
        self.hint = hint
        self.width = width
        self.prefix = prefix
        self.suffix = suffix
        self.max_length = max_length
        self.autocomplete = autocomplete

    def read(self, text: str) -> T:
        """Understand what was typed, or refuse and say what would be understood."""
        raise Refusal(f"“{text}” cannot be read")

    def write(self, data: T) -> str:
        return str(data)

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        typed = tidied(valuelist[0]) if valuelist else ""
        self.data = None
        if typed:
            with_limit(typed, self.max_length)
            self.data = read_or_complain(self.read, typed)

    @property
    def written(self) -> str:
        """What the input holds: an understood answer said back in full, else just what was typed."""
        if self.data is not None:
            return self.write(self.data)
        return str(self.raw_data[0]) if self.raw_data else ""

    @property
    def error(self) -> str:
        return str(self.errors[0]) if self.errors else ""

    @property
    def first_input(self) -> str:
        """The id that the error summary links to."""
        return str(self.id)

    def describing(self, *, limit: int | None = None) -> str:
        """The ids of what describes the input: hint, error, and the count of what may still be typed."""
        parts = (self.hint and "hint", self.error and "error")
        ids = ([f"{self.id}-info"] if limit else []) + [f"{self.id}-{part}" for part in parts if part]
        return " ".join(ids)

    def has_blank(self) -> bool:
        """Whether nothing at all was given; something not understood is not blank."""
        return self.data is None and not self.process_errors

    @override
    def __call__(self, **options: Any) -> Markup:
        macros = current_app.jinja_env.get_template("core/fields.html").module
        return cast("Markup", getattr(macros, self.macro)(self, **options))


def tidied(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and without space around it."""
    return str(text).replace("\x00", "").strip()


def with_limit(text: str, longest: int | None) -> None:
    if longest is not None and len(text) > longest:
        raise ValueError(f"Shorten this to {longest:,} characters or fewer: it has {len(text):,}")


def read_or_complain(read: Callable[[str], T], text: str) -> T:
    """A rule's refusal, as WTForms takes it."""
    try:
        return read(text)
    except Refusal as refusal:
        raise ValueError(refusal.message) from refusal


class TextField(Question[str]):
    """One line of text."""

    def __init__(self, label: str, validators: Iterable[Check] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **{"max_length": ONE_LINE, **kwargs})

    @override
    def read(self, text: str) -> str:
        return " ".join(text.split())


class EmailField(TextField):
    macro = "email"

    @override
    def read(self, text: str) -> str:
        before, at, after = text.partition("@")
        if not before or not at or "." not in after or " " in text:
            raise Refusal("Enter an email address like name@example.gov.uk")
        return text


class PasswordField(TextField):
    """Never tidied and never shown again."""

    macro = "password"

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist and valuelist[0] else None


class LongTextField(Question[str]):
    """Several lines; with a `max_length` the page counts what is left."""

    macro = "long_text"

    def __init__(self, label: str, validators: Iterable[Check] = (), *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.rows = rows

    @override
    def read(self, text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([self.read(text) for text in valuelist])


class DayField(Question[date]):
    """A date as people type it in Britain, in one box; said back as "31 March 2018"."""

    def __init__(self, label: str, validators: Iterable[Check] = (), **kwargs: Any) -> None:
        super().__init__(
            label, validators, **{"hint": "For example, 31 March 2018 or 31/3/2018", "width": 20, **kwargs}
        )

    @override
    def read(self, text: str) -> date:
        return parse_day(text)

    @override
    def write(self, data: date) -> str:
        return day(data)


class PoundsField(Question[Decimal]):
    """An amount as people type it: "1.2m", "£1,200,000", "1200000"; said back in full."""

    def __init__(self, label: str, validators: Iterable[Check] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **{"prefix": "£", "width": 10, **kwargs})

    @override
    def read(self, text: str) -> Decimal:
        return parse_pounds(text)

    @override
    def write(self, data: Decimal) -> str:
        return pounds(data).removeprefix("£")


class NumberField(Question[Decimal]):
    """A number that is not money: full-time equivalents, a percentage, a quantity."""

    def __init__(
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        places: int = 2,
        least: int = 0,
        most: int = 1_000_000_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **{"width": 5, **kwargs})
        self.places, self.least, self.most = places, least, most

    @override
    def read(self, text: str) -> Decimal:
        number = read_number(text)
        if number is None:
            raise Refusal(f"Enter a number, like 12{'.5' if self.places else ''}")
        if not self.least <= number <= self.most:
            raise Refusal(f"Enter a number between {self.least:,} and {self.most:,}")
        if number != round(number, self.places):
            raise Refusal(f"Enter a number with no more than {self.places} decimal places" if self.places else WHOLE)
        return number

    @override
    def write(self, data: Decimal) -> str:
        text = f"{data:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


WHOLE = "Enter a whole number, without a decimal point"


def read_number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "").removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


class WholeNumberField(Question[int]):
    """How many: months, homes, places."""

    def __init__(
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        least: int = 0,
        most: int = 1_000_000_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **{"width": 5, **kwargs})
        self.least, self.most = least, most

    @override
    def read(self, text: str) -> int:
        number = read_number(text)
        if number is None or number != number.to_integral_value():
            raise Refusal(WHOLE)
        if not self.least <= number <= self.most:
            raise Refusal(f"Enter a whole number between {self.least:,} and {self.most:,}")
        return int(number)


class ChoiceQuestion(Question[T]):
    """One answer out of a list. The list may come with the request: `form.provider.choices = …`."""

    def __init__(
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        choices: Iterable[Choice[T]] = (),
        unknown: str = "Choose an answer from the list",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self._choices = tuple(choices)
        self.unknown = unknown

    @property
    def choices(self) -> tuple[Choice[T], ...]:
        return self._choices

    @choices.setter
    def choices(self, choices: Iterable[Choice[T]]) -> None:
        self._choices = tuple(choices)
        if self.raw_data is not None:
            self.process_errors = []
            self.reread(list(self.raw_data))

    def reread(self, raw: list[str]) -> None:
        try:
            self.process_formdata(raw)
        except ValueError as complaint:
            self.process_errors.append(str(complaint))

    @override
    def read(self, text: str) -> T:
        for choice in self._choices:
            if choice.key == text:
                return choice.value
        raise Refusal(self.unknown)

    def is_chosen(self, choice: Choice[T]) -> bool:
        return self.data is not None and self.data == choice.value

    def input_id(self, index: int) -> str:
        """Ids as the design system numbers them: form, form-2, form-3."""
        return str(self.id) if index == 0 else f"{self.id}-{index + 1}"


class RadiosField(ChoiceQuestion[T]):
    macro = "radios"


class SelectField(ChoiceQuestion[T]):
    macro = "select"

    def __init__(
        self, label: str, validators: Iterable[Check] = (), *, blank: str = "Choose one", **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        #: The words of the empty first option.
        self.blank = blank


class YesNoField(RadiosField[bool]):
    """Yes, no, or not answered."""

    def __init__(self, label: str, validators: Iterable[Check] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **{"choices": YES_NO, **kwargs})


class CheckboxesField(Question[tuple[T, ...]]):
    """Any number of answers out of a list; none chosen is an empty tuple, never None."""

    macro = "checkboxes"

    def __init__(
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        choices: Iterable[Choice[T]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self._choices = tuple(choices)

    @property
    def choices(self) -> tuple[Choice[T], ...]:
        return self._choices

    @choices.setter
    def choices(self, choices: Iterable[Choice[T]]) -> None:
        self._choices = tuple(choices)
        if self.raw_data is not None:
            self.process_formdata(list(self.raw_data))

    @override
    def process_data(self, value: Iterable[T] | None) -> None:
        self.data = tuple(value or ())

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tuple(choice.value for choice in self._choices if choice.key in valuelist)

    @override
    def has_blank(self) -> bool:
        return not self.data

    def is_chosen(self, choice: Choice[T]) -> bool:
        return choice.value in (self.data or ())

    def input_id(self, index: int) -> str:
        return str(self.id) if index == 0 else f"{self.id}-{index + 1}"


class TickField(Question[bool]):
    """One box to tick: True or False, never None."""

    macro = "tick"

    @override
    def process_data(self, value: bool | None) -> None:
        self.data = bool(value)

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(valuelist)

    @override
    def has_blank(self) -> bool:
        return not self.data


class FileField(Question[FileStorage]):
    """A file to send; `accept` names its endings, as in ".csv,.xlsx"."""

    macro = "file"

    def __init__(self, label: str, validators: Iterable[Check] = (), *, accept: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.accept = accept

    @override
    def process_formdata(self, valuelist: list[Any]) -> None:
        sent = (value for value in valuelist if isinstance(value, FileStorage) and value.filename)
        self.data = next(sent, None)


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


def answered(field: Question[T]) -> T:
    """Return the answer that validation has already made sure of."""
    if field.data is None:
        raise TypeError(f"“{field.name}” was not answered: give it `needed`")
    return field.data


def needed(message: str) -> Check:
    """An answer must be given; the message says what to enter."""

    def check(_form: Any, field: Any) -> None:
        if field.has_blank():
            raise StopValidation(message)

    return check


def only_if(other: str, *answers: object) -> Check:
    """Ask the question only where another has one of these answers (any answer, if none is named); else forget it."""

    def check(form: Any, field: Any) -> None:
        if not has_answer(form[other], answers):
            field.process_data(None)
            field.errors = []
            raise StopValidation

    return check


def required_if(other: str, *answers: object, message: str) -> Check:
    """Need an answer where another question has one of these answers (any answer, if none is named)."""

    def check(form: Any, field: Any) -> None:
        if field.has_blank() and has_answer(form[other], answers):
            raise StopValidation(message)

    return check


def has_answer(field: Question[T], answers: Collection[object]) -> bool:
    """Whether the field holds one of the answers; a field of several answers, whether it holds any of them."""
    if not answers:
        return not field.has_blank()
    held = field.data if isinstance(field.data, tuple) else (field.data,)
    return any(one in answers for one in held)
