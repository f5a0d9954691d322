"""Questions about people: signing in, setting a password, who somebody is and what they may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import override

from app.accounts.commands import RoleWanted
from app.accounts.roles import Role, words
from app.core.forms import (
    Choice,
    EmailField,
    PasswordField,
    QuestionForm,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    answered,
    needed,
)
from app.core.rights import ScopeKind


class SignInForm(QuestionForm):
    email = EmailField("E-mail address", [needed("Enter your e-mail address")], autocomplete="username")
    password = PasswordField("Password", [needed("Enter your password")], autocomplete="current-password")


class SetPasswordForm(QuestionForm):
    password = PasswordField(
        "New password",
        [needed("Enter a new password")],
        hint="At least 12 characters. Three random words do well.",
        autocomplete="new-password",
    )


@dataclass(frozen=True)
class Where:
    """A place where a role can hold; written "directorate-3" or "council"."""

    scope: ScopeKind
    scope_id: int | None = None

    @override
    def __str__(self) -> str:
        return f"{self.scope}-{self.scope_id}" if self.scope_id is not None else str(self.scope)


class RoleMarksForm(QuestionForm):
    """What goes with a role where it holds."""

    exempt = TickField("Entitled to exempt and embargoed values there")
    is_chair = TickField(
        "Chairs that committee", hint="Whoever chairs a committee answers what its members ask it to look at"
    )


class RoleForm(RoleMarksForm):
    """One role of a person, and where it holds."""

    role = RadiosField[Role](
        "Which role?",
        [needed("Choose a role")],
        choices=tuple(Choice(role, words(role).capitalize()) for role in Role),
    )
    where = SelectField[Where](
        "Where does it hold?",
        [needed("Choose where it holds")],
        hint="A role in a directorate holds in its divisions too",
        blank="Choose a part of the council",
    )

    def offer(self, names: Mapping[tuple[ScopeKind, int | None], str]) -> None:
        self.where.choices = [Choice(Where(scope, scope_id), name) for (scope, scope_id), name in names.items()]

    def wanted(self) -> RoleWanted:
        where = answered(self.where)
        marks = {"exempt": bool(self.exempt.data), "is_chair": bool(self.is_chair.data)}
        return RoleWanted(answered(self.role), where.scope, where.scope_id, **marks)


class PersonForm(QuestionForm):
    """Who somebody is."""

    name = TextField("What is their name?", [needed("Enter their name")])
    email = EmailField("What is their e-mail address?", [needed("Enter their e-mail address")])
    post = TextField(
        "Which post do they hold?", hint="As it stands on records, such as Highways Contracts Manager", max_length=200
    )


class NewPersonForm(PersonForm, RoleForm):
    """Somebody new, with their first role."""


class SavedViewForm(QuestionForm):
    """A view of a list, under a name."""

    name = TextField(
        "What do you call this view?",
        [needed("Enter a name, such as Care homes ending this year")],
        hint="Such as Care homes ending this year",
        max_length=100,
    )
    shared = TickField("Share it with everybody, who see in it only what they may see")
