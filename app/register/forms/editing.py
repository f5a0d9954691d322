"""Two people may have one record open: nobody's change is lost silently."""

from wtforms import Field, HiddenField

from app.core.errors import Conflict
from app.core.forms import CheckboxesField, Question, RadiosField, SelectField, VersionedForm
from app.register.forms.contracts.parts import Rows


def check_unchanged(form: VersionedForm, version: int, saved: VersionedForm) -> None:
    """Refuse, with both versions side by side, if the record was saved since the page was opened."""
    if form.version.data == version:
        return
    raise Conflict(
        "Somebody else saved this record while you had it open. Compare the two, then save again to keep yours",
        version=version,
        differences=tuple(_differences(form, saved)),
    )


#: Why somebody edits is no part of the record.
NOT_COMPARED = frozenset({"reason", "passing"})


def _differences(form: VersionedForm, saved: VersionedForm) -> list[tuple[str, str, str]]:
    fields = (field for field in form if not isinstance(field, HiddenField) and field.name not in NOT_COMPARED)
    pairs = ((str(field.label.text), *_both(field, saved[field.name])) for field in fields)
    return [(label, yours, theirs) for label, yours, theirs in pairs if yours != theirs]


def _both(field: Field, theirs: Field) -> tuple[str, str]:
    """What each version says, blank where they are the same."""
    if isinstance(field, Rows):
        return field.written, theirs.written
    if isinstance(field, Question) and field.data != theirs.data:
        return as_shown(field), as_shown(theirs)
    return "", ""


def as_shown(field: Question[object]) -> str:
    """An answer as the page says it, not as its input holds it."""
    if isinstance(field, RadiosField | SelectField):
        return next((choice.label for choice in field.choices if field.is_chosen(choice)), "")
    if isinstance(field, CheckboxesField):
        return ", ".join(choice.label for choice in field.choices if field.is_chosen(choice))
    if isinstance(field.data, bool):
        return "Yes" if field.data else "No"
    return field.written
