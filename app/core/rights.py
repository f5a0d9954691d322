"""What a person may do, and where: plain values that rules, models and queries can speak of. Knows no request."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property


class Permission(enum.StrEnum):
    """What a page may ask of the person who opens it."""

    READ = "read the register"
    EDIT_REGISTER = "add and change services, contracts, agreements and social value"
    EDIT_PROVIDERS = "add and change providers and arrangements"
    MONITOR = "record what is spent under contracts and how well they run"
    MERGE_PROVIDERS = "merge providers, for the whole council"
    RECORD_CONTROL = "record control tests of the companies the council owns"
    IMPORT = "import registers"
    SET_SOURCES = "set what the columns of imported files mean"
    EDIT_ACTIVITIES = "add and change activities, accept and dismiss proposals"
    RECORD_DECISIONS = "record decisions"
    ASK_COMMITTEES = "ask committees to look at what is coming, and follow it"
    ANSWER_REQUESTS = "accept, decline or merge what members ask committees to look at"
    MAKE_ANNEXES = "choose what the annexes print"
    PUBLISH = "publish the council's registers, and withhold fields of them"
    RUN_ROUNDS = "open and close planning rounds and chase returns, for the whole council"
    MAKE_RETURNS = "answer and send a directorate's or division's return for the business plan"
    SIGN_OFF = "sign off a directorate's statement and its return"
    READ_HISTORY = "read everybody's changes"
    EDIT_SETTINGS = "change the council's structure and settings"
    MANAGE_PEOPLE = "manage people and their roles"


class ScopeKind(enum.StrEnum):
    COUNCIL = "council"
    DIRECTORATE = "directorate"
    DIVISION = "division"
    COMMITTEE = "committee"
    PORTFOLIO = "portfolio"


@dataclass(frozen=True)
class Units:
    """Directorates and divisions; a directorate includes its divisions. ``everywhere`` is the whole council."""

    everywhere: bool = False
    directorates: frozenset[int] = frozenset()
    divisions: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.directorates or self.divisions)

    def include(self, directorate_id: int | None, division_id: int | None = None) -> bool:
        return self.everywhere or directorate_id in self.directorates or division_id in self.divisions


@dataclass(frozen=True)
class Grant:
    """One role a person holds, and where."""

    permissions: frozenset[Permission]
    scope: ScopeKind = ScopeKind.COUNCIL
    scope_id: int | None = None
    #: Entitled to exempt and embargoed values within the scope.
    exempt: bool = False


@dataclass(frozen=True)
class Reader:
    """The person who asks. A query or panel takes it, so that what it may not see never leaves the database."""

    id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    #: The words of the roles held, for the page's head.
    roles: tuple[str, ...] = field(default=())
    post: str | None = None

    @property
    def signed_in(self) -> bool:
        return self.id is not None

    def may(self, permission: Permission) -> bool:
        """Whether the person holds the permission anywhere."""
        return any(permission in grant.permissions for grant in self.grants)

    def may_in(self, permission: Permission, directorate_id: int | None, division_id: int | None = None) -> bool:
        """Whether the person holds the permission for a record of this directorate and division."""
        return self.units_for(permission).include(directorate_id, division_id)

    def units_for(self, permission: Permission) -> Units:
        return _units(grant for grant in self.grants if permission in grant.permissions)

    @cached_property
    def exempt_units(self) -> Units:
        """Where the person is entitled to exempt values: by a grant that says so, or by keeping the records there."""
        return _units(grant for grant in self.grants if grant.exempt or Permission.EDIT_REGISTER in grant.permissions)

    @cached_property
    def exempt_committees(self) -> frozenset[int]:
        """The committees whose exempt items the person is entitled to."""
        return _scope_ids((grant for grant in self.grants if grant.exempt), ScopeKind.COMMITTEE)

    @cached_property
    def committees(self) -> frozenset[int]:
        return _scope_ids(self.grants, ScopeKind.COMMITTEE)

    def committees_for(self, permission: Permission) -> frozenset[int]:
        """The committees for which the person holds the permission, as a chair does."""
        return _scope_ids((grant for grant in self.grants if permission in grant.permissions), ScopeKind.COMMITTEE)


def _units(grants: Iterable[Grant]) -> Units:
    held = tuple(grants)
    return Units(
        everywhere=any(grant.scope is ScopeKind.COUNCIL for grant in held),
        directorates=_scope_ids(held, ScopeKind.DIRECTORATE),
        divisions=_scope_ids(held, ScopeKind.DIVISION),
    )


def _scope_ids(grants: Iterable[Grant], kind: ScopeKind) -> frozenset[int]:
    return frozenset(grant.scope_id for grant in grants if grant.scope is kind and grant.scope_id is not None)


NOBODY = Reader(None, "nobody")
