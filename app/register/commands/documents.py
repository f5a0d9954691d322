"""What people do with documents: file one, put a new version in its place, withdraw it, put it back."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import audit
from app.core.errors import Refusal
from app.core.files import store_file
from app.register.commands.contracts import Editor
from app.register.file_kinds import check_file, plain_name
from app.register.models import Contract, Document, DocumentKind
from app.register.queries.documents import Subject, filed_under, subject_of


@dataclass(frozen=True)
class Sent:
    """A file as it came, and where files are kept."""

    name: str
    content: bytes
    folder: Path
    #: The largest the council takes.
    megabytes: int


@dataclass(frozen=True, kw_only=True)
class DocumentWanted:
    """A document to file: a link or a file."""

    kind: DocumentKind
    title: str
    url: str | None = None
    sent: Sent | None = None
    not_open: bool = False


def file_document(session: Session, subject: Subject, wanted: DocumentWanted, *, editor: Editor) -> Document:
    filed = filed_under(subject)
    document = Document(
        kind=wanted.kind, title=wanted.title, not_open=wanted.not_open, added_at=editor.now, added_by=editor.name
    )
    setattr(document, filed.column, filed.id)
    _put_in(session, document, wanted, editor)
    session.add(document)
    _touch(subject)
    session.flush()
    return document


def replace_document(session: Session, old: Document, wanted: DocumentWanted, *, editor: Editor) -> Document:
    """A new version takes its place; the old is kept."""
    if old.replaced:
        raise Refusal("A newer version has taken its place already: replace that one")
    new = file_document(session, subject_of(old), wanted, editor=editor)
    new.replaces_id, new.edition, old.replaced = old.id, old.edition + 1, True
    session.flush()
    return new


def describe_document(document: Document, *, kind: DocumentKind, title: str, not_open: bool) -> None:
    document.kind, document.title, document.not_open = kind, title, not_open
    _touch(subject_of(document))


def withdraw_document(session: Session, document: Document, reason: str, *, editor: Editor) -> None:
    audit.give_reason(session, reason)
    document.withdrawn_at, document.withdrawn_reason = editor.now, reason
    _touch(subject_of(document))


def restore_document(document: Document) -> None:
    document.withdrawn_at = document.withdrawn_reason = None
    _touch(subject_of(document))


def _put_in(session: Session, document: Document, wanted: DocumentWanted, editor: Editor) -> None:
    if (wanted.url is None) == (wanted.sent is None):
        raise Refusal("Give either a link or a file", field="url")
    if wanted.url is not None:
        document.url = secure_link(wanted.url)
    if wanted.sent is not None:
        name = plain_name(wanted.sent.name)
        check_file(name, wanted.sent.content, megabytes=wanted.sent.megabytes)
        document.file = store_file(session, wanted.sent.folder, name, wanted.sent.content, by=editor.name)
        document.filename = name


def secure_link(text: str) -> str:
    """An https address, or a refusal that says what would work."""
    try:
        parts = urlsplit(text.strip())
        fits = parts.scheme == "https" and bool(parts.hostname) and not parts.username
    except ValueError:
        fits = False
    if not fits or any(letter.isspace() or not letter.isprintable() for letter in text.strip()):
        raise Refusal("Enter a whole address that begins with https://", field="url")
    return text.strip()


def _touch(subject: Subject) -> None:
    """What is filed with a record is part of it: whoever has it open is told."""
    flag_modified(subject, "title" if isinstance(subject, Contract) else "name")
