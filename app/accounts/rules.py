"""What each role may do, how passwords are judged, and when sign-in is slowed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.accounts.roles import Role
from app.core.errors import Refusal
from app.core.rights import Permission, ScopeKind

P = Permission

#: design: rights are data. Every role reads; what it writes stands here, where it writes stands in the person's scope.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({P.READ, P.EDIT_SETTINGS, P.MANAGE_PEOPLE, P.SET_SOURCES, P.READ_HISTORY}),
    Role.PROCUREMENT: frozenset(
        {
            P.READ,
            P.EDIT_REGISTER,
            P.EDIT_PROVIDERS,
            P.IMPORT,
            P.EDIT_ACTIVITIES,
            P.MAKE_ANNEXES,
            P.RUN_ROUNDS,
            P.MAKE_RETURNS,
            P.READ_HISTORY,
            P.MONITOR,
            P.MERGE_PROVIDERS,
            P.RECORD_CONTROL,
            P.PUBLISH,
        }
    ),
    Role.COMMISSIONER: frozenset(
        {P.READ, P.EDIT_REGISTER, P.EDIT_PROVIDERS, P.EDIT_ACTIVITIES, P.MONITOR, P.MAKE_RETURNS}
    ),
    Role.PLANNER: frozenset({P.READ, P.MAKE_ANNEXES, P.RUN_ROUNDS, P.MAKE_RETURNS, P.EDIT_ACTIVITIES}),
    Role.DIRECTOR: frozenset({P.READ, P.SIGN_OFF}),
    Role.MEMBER: frozenset({P.READ, P.ASK_COMMITTEES}),
    Role.CLERK: frozenset({P.READ, P.RECORD_DECISIONS, P.ANSWER_REQUESTS}),
    Role.PERFORMANCE: frozenset({P.READ, P.MONITOR}),
    Role.FINANCE: frozenset({P.READ, P.MONITOR, P.RECORD_CONTROL}),
    Role.AUDITOR: frozenset({P.READ, P.READ_HISTORY}),
}

#: Roles entitled to exempt values wherever they hold, without being marked so one by one.
READS_EXEMPT = frozenset({Role.AUDITOR, Role.PROCUREMENT})
#: What the chair of a committee may do for it, beside what every member may.
OF_CHAIRS = frozenset({P.ANSWER_REQUESTS})

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


def may(role: Role, *, is_chair: bool = False) -> frozenset[Permission]:
    return PERMISSIONS[role] | OF_CHAIRS if is_chair else PERMISSIONS[role]


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


def check_chair(role: Role, scope: ScopeKind, *, is_chair: bool) -> None:
    if is_chair and (role, scope) != (Role.MEMBER, ScopeKind.COMMITTEE):
        raise Refusal("Only a member of a committee can chair it: choose both, or leave this blank", field="is_chair")


def scopes_of(role: Role) -> tuple[ScopeKind, ...]:
    """The kinds of place a role can hold in."""
    if role is Role.ADMINISTRATOR:
        return (ScopeKind.COUNCIL,)
    held = _OF_MEMBERS if role is Role.MEMBER else _OF_OFFICERS
    return tuple(kind for kind in ScopeKind if kind in held)


def check_another_administrator(others: int) -> None:
    """Refuse to leave the register without anybody who can manage people."""
    if not others:
        raise Refusal("This is the last administrator: make somebody else one first")


# Single sign-on

SWITCHED_OFF = "Your account in the register is switched off. If you still need it, ask an administrator"
NO_ADDRESS = (
    "The sign-in service does not say which e-mail address is yours for certain, so the register cannot tell who you "
    "are. Ask your IT service desk to have the address verified"
)
BOUND_TO_ANOTHER = (
    "The account of this e-mail address belongs to another sign-in. If the address is yours now, ask an administrator "
    "to unbind the old sign-in"
)


@dataclass(frozen=True)
class Identity:
    """Who the council's sign-in service says somebody is."""

    issuer: str
    subject: str
    email: str
    email_is_verified: bool


def identity_told(issuer: str, claims: Mapping[str, object], *, email_claim: str) -> Identity:
    """Read the service's claims. An address counts where the service says it is verified, or where the council names
    a claim of its own, which only its directory can set.
    """
    told = claims.get(email_claim)
    first = told[0] if isinstance(told, list) and told else told
    email = first.strip() if isinstance(first, str) else ""
    verified = email_claim != "email" or claims.get("email_verified") in {True, "true"}
    return Identity(issuer, str(claims["sub"]), email, "@" in email and verified)


def why_not_bound(told: Identity, *, is_known: bool, bound_to_another: bool) -> str:
    """Why somebody who signs in this way for the first time is not let in; blank where they are."""
    if not told.email_is_verified:
        return NO_ADDRESS
    if not is_known:
        return f"{told.email} has no account in the register. Ask an administrator to add you with this address"
    return BOUND_TO_ANOTHER if bound_to_another else ""


def may_use_password(roles: frozenset[Role], *, administrators_only: bool) -> bool:
    """Administrators always may, so that nobody is locked out when the sign-in service is."""
    return not administrators_only or Role.ADMINISTRATOR in roles
