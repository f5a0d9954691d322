"""Files kept outside the database, named by their SHA-256, with a row each in it."""

import hashlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.base import Base, ShortText


class StoredFile(Base):
    """A file taken in, as it came."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[ShortText]
    size: Mapped[int]
    stored_at: Mapped[datetime]
    stored_by: Mapped[str] = mapped_column(String(200))


def store_file(session: Session, folder: Path, name: str, content: bytes, *, by: str) -> StoredFile:
    """Keep the content under its hash and return its row; the same content is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / sha256
    if not kept.exists():
        half = kept.with_suffix(".part")
        half.write_bytes(content)
        half.replace(kept)
    row = session.scalar(select(StoredFile).where(StoredFile.sha256 == sha256))
    if row is None:
        row = StoredFile(sha256=sha256, name=name, size=len(content), stored_at=clock.now(), stored_by=by)
        session.add(row)
        session.flush()
    return row


def path_of(folder: Path, sha256: str) -> Path:
    """Where the content lies; the hash is checked for its form, so that no other path can be asked for."""
    if len(sha256) != 64 or not sha256.isalnum():  # noqa: PLR2004 - hexadecimal of SHA-256
        raise ValueError("Not a SHA-256")
    return folder / sha256
