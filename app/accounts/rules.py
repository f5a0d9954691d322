"""What each role may do, how passwords are judged, and when sign-in is slowed down."""

from collections.abc import Mapping
from datetime import timedelta

from app.accounts.roles import Role
from app.core.errors import Refusal
from app.core.rights import Permission, ScopeKind

P = Permission

#: design: rights are data. Every role reads; what it writes stands here, where it writes stands in the person's scope.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({P.READ, P.EDIT_SETTINGS, P.MANAGE_PEOPLE, P.READ_HISTORY}),
    Role.PROCUREMENT: frozenset(
        {P.READ, P.EDIT_REGISTER, P.EDIT_PROVIDERS, P.IMPORT, P.EDIT_ACTIVITIES, P.MAKE_ANNEXES, P.READ_HISTORY}
    ),
    Role.COMMISSIONER: frozenset({P.READ, P.EDIT_REGISTER, P.EDIT_PROVIDERS, P.EDIT_ACTIVITIES}),
    Role.PLANNER: frozenset({P.READ, P.MAKE_ANNEXES, P.EDIT_ACTIVITIES}),
    Role.DIRECTOR: frozenset({P.READ, P.SIGN_OFF}),
    Role.MEMBER: frozenset({P.READ}),
    Role.CLERK: frozenset({P.READ, P.RECORD_DECISIONS}),
    Role.PERFORMANCE: frozenset({P.READ}),
    Role.FINANCE: frozenset({P.READ}),
    Role.AUDITOR: frozenset({P.READ, P.READ_HISTORY}),
}

#: Roles entitled to exempt values wherever they hold, without being marked so one by one.
READS_EXEMPT = frozenset({Role.AUDITOR, Role.PROCUREMENT})

#: NIST SP 800-63B and NCSC: length, not composition.
SHORTEST_PASSWORD = 12
#: Failed tries by one account or one address within the window, after which sign-in waits.
TRIES_BY_ACCOUNT = 5
TRIES_BY_ADDRESS = 20
TRIES_WINDOW = timedelta(minutes=15)
#: A session unused for this long ends; none lives longer than the second.
IDLE_LIMIT = timedelta(hours=2)
SESSION_LIMIT = timedelta(hours=12)
LINK_LIMIT = timedelta(days=3)


def check_password(password: str, *, email: str, name: str) -> None:
    """Refuse a password that is short, or is the person's name or address."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(
            f"Enter a password of at least {SHORTEST_PASSWORD} characters; three random words do well", field="password"
        )
    told = password.casefold()
    if told in {email.casefold(), name.casefold()} or len(set(told)) < 4:  # noqa: PLR2004 - "aaaaaaaaaaaa"
        raise Refusal("Enter a password that is not your name, your address or one letter repeated", field="password")


def must_wait(*, by_account: int, by_address: int) -> bool:
    """Whether so many failed tries within the window mean that this one is not looked at."""
    return by_account >= TRIES_BY_ACCOUNT or by_address >= TRIES_BY_ADDRESS


#: Where a role can hold: a member's with what they sit on or answer for, everybody else's with a part of the council.
_OF_MEMBERS = frozenset({ScopeKind.COUNCIL, ScopeKind.COMMITTEE, ScopeKind.PORTFOLIO})
_OF_OFFICERS = frozenset({ScopeKind.COUNCIL, ScopeKind.DIRECTORATE, ScopeKind.DIVISION})


def check_scope(role: Role, scope: ScopeKind) -> None:
    if role is Role.MEMBER and scope not in _OF_MEMBERS:
        raise Refusal("A member's role holds for a committee, a portfolio or the whole council", field="where")
    if role is Role.ADMINISTRATOR and scope is not ScopeKind.COUNCIL:
        raise Refusal("An administrator's role holds for the whole council", field="where")
    if role is not Role.MEMBER and scope not in _OF_OFFICERS:
        raise Refusal("This role holds for a directorate, a division or the whole council", field="where")


def check_another_administrator(others: int) -> None:
    """Refuse to leave the register without anybody who can manage people."""
    if not others:
        raise Refusal("This is the last administrator: make somebody else one first")
