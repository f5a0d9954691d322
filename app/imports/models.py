"""Where registers come from, what each file held, and what became of every row."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, ShortText
from app.register.models import Contract


class ImportSource(Base):
    """A file that comes again: its column mapping is kept, and its rows keep their keys."""

    __tablename__ = "import_source"
    __record__ = ("import_source", "id")

    name: Mapped[ShortText] = mapped_column(unique=True)
    #: {heading folded: target}, as people corrected it.
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: {pattern: choice}, as people answered, and {"unit:name folded": "directorate:3"}.
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


class RunState(enum.StrEnum):
    READING = "reading"
    MAPPING = "columns to check"
    UNDERSTANDING = "going through the rows"
    CHECKING = "rows to check"
    APPLYING = "storing"
    DONE = "done"
    FAILED = "could not be read"
    UNDONE = "undone"
    ABANDONED = "abandoned"
    INTERRUPTED = "interrupted"

    @property
    def is_working(self) -> bool:
        return self in {RunState.READING, RunState.UNDERSTANDING, RunState.APPLYING}


class ImportRun(Base):
    """One file taken in, from choosing it to done or undone."""

    __tablename__ = "import_run"

    source_id: Mapped[int] = mapped_column(ForeignKey("import_source.id"), index=True)
    filename: Mapped[ShortText]
    #: Where the raw file is kept: its SHA-256.
    file_hash: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="contracts")
    state: Mapped[RunState] = mapped_column(default=RunState.READING)
    started_at: Mapped[datetime]
    started_by: Mapped[str] = mapped_column(String(200))
    started_by_id: Mapped[int | None]
    #: When the work last told that it was going on; long ago while it should be working means that it was killed.
    beat_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    #: The history's act under which rows were applied, for undoing.
    act: Mapped[str | None] = mapped_column(String(36))
    #: Choices made: column mapping, pattern answers, create-missing, services-from.
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: The counts and pounds as printed, once known.
    counts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: What the file is, which sheet, headings found, warnings.
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    progress: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(Text)

    source: Mapped[ImportSource] = relationship()


class RowOutcome(enum.StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"
    REFUSED = "refused"


class ImportRow(Base):
    """One row of a file: every original cell, what was understood, where it went."""

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_run_outcome", "run_id", "outcome", "id"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    sheet: Mapped[str | None] = mapped_column(String(100))
    #: As the person sees it in the spreadsheet, from 1.
    number: Mapped[int]
    cells: Mapped[list[str]] = mapped_column(JSON)
    understood: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    outcome: Mapped[RowOutcome | None]
    #: Why held or refused, or what was changed; one line each.
    remarks: Mapped[list[str]] = mapped_column(JSON, default=list)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)


class ImportLink(Base):
    """Which contract a row became, and what it brought, so that the next file shows what a person edited since."""

    __tablename__ = "import_link"
    __table_args__ = (UniqueConstraint("source_id", "row_key"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("import_source.id"))
    row_key: Mapped[str] = mapped_column(String(300))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    #: {field: value as text} as last brought by the source.
    brought: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    contract: Mapped[Contract] = relationship()


class SpendImport(Base):
    """One spend file taken in: what each contract and year had before it and has after it, so that it can be undone."""

    __tablename__ = "spend_import"

    filename: Mapped[ShortText]
    #: Where the raw file is kept: its SHA-256.
    file_hash: Mapped[str] = mapped_column(String(64), index=True)
    started_at: Mapped[datetime]
    started_by: Mapped[str] = mapped_column(String(200))
    #: Figures a person entered give way to the file's.
    over_entered: Mapped[bool] = mapped_column(default=False)
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    #: The counts and pounds as printed, once it is stored.
    counts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: What was stored and what stood there before, by contract and year; and the months beneath.
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
