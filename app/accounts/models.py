"""People, the roles they hold, and their sessions."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.roles import Role
from app.core.base import Base, ShortText
from app.core.rights import ScopeKind
from app.core.text import fold


class Person(Base):
    """Somebody who may sign in. A leaver is switched off, never deleted."""

    __tablename__ = "person"
    __record__ = ("person", "id")

    name: Mapped[ShortText]
    email: Mapped[ShortText] = mapped_column(unique=True)
    #: The post held, as it stands on records: "Head of Waste Contracts".
    post: Mapped[str | None] = mapped_column(String(200))
    #: Argon2 hash; None until the one-use link is followed.
    password_hash: Mapped[str | None] = mapped_column(String(200))
    left_at: Mapped[datetime | None]

    roles: Mapped[list["RoleHeld"]] = relationship(order_by="RoleHeld.id", cascade="all, delete-orphan")
    identities: Mapped[list["PersonIdentity"]] = relationship(
        order_by="PersonIdentity.id", cascade="all, delete-orphan"
    )

    @validates("email")
    def _fold_email(self, _key: str, email: str) -> str:
        return email.strip().casefold()


class RoleHeld(Base):
    """One role of one person, and where it holds."""

    __tablename__ = "role_held"
    __table_args__ = (
        CheckConstraint("(scope = 'council') = (scope_id IS NULL)", name="scope_says_where"),
        Index("ix_role_held_person_id", "person_id"),
    )
    __record__ = ("person", "person_id")

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role]
    scope: Mapped[ScopeKind] = mapped_column(default=ScopeKind.COUNCIL)
    #: The directorate, division, committee or portfolio; None for the whole council.
    scope_id: Mapped[int | None]
    #: Entitled to exempt values within the scope.
    exempt: Mapped[bool] = mapped_column(default=False)
    #: A member who chairs the committee of the scope.
    is_chair: Mapped[bool] = mapped_column(default=False, server_default=false())


class PersonIdentity(Base):
    """Who a person is to the council's sign-in service: known by its subject, whatever becomes of the address."""

    __tablename__ = "person_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("person_id", "issuer"))
    __record__ = ("person", "person_id")

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issuer: Mapped[ShortText]
    #: OpenID Connect: at most 255 characters, never given to anybody else by the same issuer.
    subject: Mapped[str] = mapped_column(String(255))
    #: The address by which the person was found, once.
    email: Mapped[ShortText]
    bound_at: Mapped[datetime]


class SignedInSession(Base):
    """A browser that is signed in, so that it can be ended from here."""

    __tablename__ = "signed_in_session"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: SHA-256 of the token in the cookie; the token itself is kept nowhere.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str | None] = mapped_column(String(300))
    #: Begun through the council's sign-in service, which may be signed out of as well.
    single_sign_on: Mapped[bool] = mapped_column(default=False, server_default=false())


class Way(enum.StrEnum):
    """How somebody tried to sign in."""

    PASSWORD = "password"  # noqa: S105 - a word, not one
    SINGLE_SIGN_ON = "single sign-on"


class SignInAttempt(Base):
    """A try to sign in, for throttling and for the auditor."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email_at", "email", "at"),
        Index("ix_sign_in_attempt_address_at", "address", "at"),
        Index("ix_sign_in_attempt_at", "at"),
    )

    at: Mapped[datetime]
    email: Mapped[ShortText]
    address: Mapped[str] = mapped_column(String(60))
    succeeded: Mapped[bool]
    way: Mapped[Way] = mapped_column(
        Enum(Way, native_enum=False, length=20, values_callable=lambda ways: [way.value for way in ways]),
        default=Way.PASSWORD,
        server_default=Way.PASSWORD,
    )
    #: Why not, for the auditor; whoever tried is told less.
    refused_because: Mapped[str | None] = mapped_column(String(300))


class OneUseLink(Base):
    """An address that lets its holder set a password, once."""

    __tablename__ = "one_use_link"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SavedView(Base):
    """A list's address, filters and columns and all, kept under a name by the person who asked for it."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_person_list", "person_id", "list_path"),)
    __record__ = ("person", "person_id")

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100))
    #: The list it is a view of: "/contracts".
    list_path: Mapped[str] = mapped_column(String(100))
    #: What follows the question mark. A filter, never an answer: whoever opens it sees what is open to them.
    query: Mapped[str] = mapped_column(Text, default="")
    #: Shown to everybody, on home and above the list.
    shared: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name

    @property
    def address(self) -> str:
        return f"{self.list_path}?{self.query}" if self.query else self.list_path


class StartPage(Base):
    """The view a person starts at: one's own or a shared one."""

    __tablename__ = "start_page"
    __record__ = ("person", "person_id")

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id"), index=True)

    view: Mapped[SavedView] = relationship()


class ChosenColumns(Base):
    """The columns a person last chose for a list; a setting of the screen, so no history is kept of it."""

    __tablename__ = "chosen_columns"
    __table_args__ = (UniqueConstraint("person_id", "list_path"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    list_path: Mapped[str] = mapped_column(String(100))
    #: Names of fields, a comma between.
    columns: Mapped[str] = mapped_column(Text)
