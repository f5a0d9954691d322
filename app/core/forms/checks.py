"""Which questions need an answer, and when."""

from collections.abc import Collection
from typing import Any, TypeVar

from wtforms.validators import StopValidation

from app.core.forms.question import Check, Question

T = TypeVar("T")


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
