"""Who may do what, printed from the code: every page and action by every role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask

from app.accounts.roles import Role, words
from app.accounts.rules import OF_CHAIRS, PERMISSIONS, READS_EXEMPT, scopes_of
from app.core.rights import Permission

READING = ("GET",)


@dataclass(frozen=True)
class Entry:
    """One address and one way of asking for it."""

    address: str
    method: str
    #: None: open to everyone, signed in or not.
    permission: Permission | None

    def allows(self, role: Role) -> str:
        return "yes" if self.permission is None else held(role, self.permission)

    @property
    def scope(self) -> str:
        """How far the right reaches."""
        if self.permission is None:
            return "everyone"
        return "every open record" if self.permission is Permission.READ else "where the role holds"


def held(role: Role, permission: Permission) -> str:
    """Whether people of the role hold the permission: "yes", "chairs" of those alone who chair, or nothing."""
    if permission in PERMISSIONS[role]:
        return "yes"
    return "chairs" if role is Role.MEMBER and permission in OF_CHAIRS else ""


def entries(app: Flask) -> list[Entry]:
    """Every address, in order."""
    found: set[Entry] = set()
    for rule in app.url_map.iter_rules():
        view: Any = app.view_functions[rule.endpoint]  # Any: the page says who may open it as an attribute
        if rule.endpoint != "static":
            methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            found |= {Entry(rule.rule, method, view.needs) for method in methods}
    return sorted(found, key=lambda one: (one.address, one.method))


HEADINGS = ("Address", "Method", "Who opens it must be able to", "How far", *(words(role) for role in Role))


def rows(app: Flask) -> Iterator[tuple[str, ...]]:
    for one in entries(app):
        permission = str(one.permission) if one.permission else "anything: it is open"
        yield (one.address, one.method, permission, one.scope, *(one.allows(role) for role in Role))


def markdown(app: Flask) -> str:
    """The two tables, as docs/permissions.md keeps them."""
    roles = [words(role) for role in Role]
    lines = [
        "# Who may do what",
        "",
        "Printed from the program by `flask accounts permissions --markdown`; a test holds this page to it.",
        "",
        "A role holds where a person's scope says: the whole council, directorates (with their divisions), divisions,",
        "or, for members, committees and portfolios. Every role reads every open record; exempt and embargoed values",
        "only where entitled. A member may be the chair of a committee: what a chair alone may do says “chairs”.",
        "",
        "## What each role may do",
        "",
        _line(("May", *roles)),
        _line(("---",) * (len(roles) + 1)),
        *(_line((str(one), *(held(role, one) for role in Role))) for one in Permission),
        _line(("read exempt values wherever the role holds, without being marked", *_reads_exempt())),
        _line(("hold for", *(", ".join(str(scope) for scope in scopes_of(role)) for role in Role))),
        "",
        "## Every page and action",
        "",
        _line(HEADINGS),
        _line(("---",) * len(HEADINGS)),
        *(_line((f"`{row[0]}`", *row[1:])) for row in rows(app)),
    ]
    return "\n".join(lines) + "\n"


def _reads_exempt() -> Iterator[str]:
    """Those marked so, and those who keep the records there."""
    for role in Role:
        yield "yes" if role in READS_EXEMPT or Permission.EDIT_REGISTER in PERMISSIONS[role] else ""


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
