"""What every field shares: how it is read, said back, described and printed from core/fields.html."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from flask import current_app
from markupsafe import Markup
from typing_extensions import override
from wtforms import Field

from app.core.errors import Refusal

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
#: A validator, as WTForms calls it: with the form and the field.
Check = Callable[[Any, Any], None]


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


#: NUL to unit separator, DEL and the C1 set; line ends and tabs stay.
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {ord("\n"), ord("\r"), ord("\t")})


def tidied(text: str) -> str:
    """Without control characters, which no page and no spreadsheet may hold, and without space around it."""
    return str(text).translate(_CONTROLS).strip()


def with_limit(text: str, longest: int | None) -> None:
    if longest is not None and len(text) > longest:
        raise ValueError(f"Shorten this to {longest:,} characters or fewer: it has {len(text):,}")


def read_or_complain(read: Callable[[str], T], text: str) -> T:
    """A rule's refusal, as WTForms takes it."""
    try:
        return read(text)
    except Refusal as refusal:
        raise ValueError(refusal.message) from refusal


def answered(field: Question[T]) -> T:
    """Return the answer that validation has already made sure of."""
    if field.data is None:
        raise TypeError(f"“{field.name}” was not answered: give it `needed`")
    return field.data
