"""What people choose: one answer, several, yes or no, a file."""

from collections.abc import Iterable
from typing import Any, TypeVar

from typing_extensions import override
from werkzeug.datastructures import FileStorage

from app.core.errors import Refusal
from app.core.forms.question import YES_NO, Check, Choice, Question

T = TypeVar("T")


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
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        choices: Iterable[Choice[T]] = (),
        blank: str = "Choose one",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, choices=choices, **kwargs)
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
