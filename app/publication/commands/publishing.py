"""Publish a file: what was looked at is frozen, byte for byte, and stands until a corrected edition takes its place."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.errors import Refusal
from app.core.files import store_file
from app.core.text import words
from app.publication.models import PublishedEdition, PublishedFile, PublishedRow
from app.publication.queries.editions import latest_edition
from app.publication.queries.preview import Preview
from app.publication.rules.periods import FileKind, Period, check_ended
from reports.files import File
from reports.transparency import Layout
from reports.transparency_files import FORMATS, layout_files

LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
STEMS: Mapping[FileKind, str] = {FileKind.CONTRACTS: "contracts-register", FileKind.GRANTS: "grants"}


def stem_of(period: Period) -> str:
    return f"{STEMS[period.kind]}-{period.key}".lower()


def title_of(period: Period) -> str:
    return f"{period.kind.words}, {period.words}"


def files_of(shown: Preview, layout: Layout, organisation: str) -> list[File]:
    """The layout in every format."""
    period = shown.period
    about = {
        "title": title_of(period),
        "publisher": organisation,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "licence": LICENCE_URL,
        "amounts": "Pounds sterling, net of recoverable VAT",
    }
    rows = [entry.row for entry in shown.entries]
    return layout_files(stem_of(period), rows, layout, title=title_of(period), about=about)


def publish(
    session: Session,
    shown: Preview,
    folder: Path,
    *,
    organisation: str,
    seen: str | None,
    correction: str | None,
    by: str,
    now: datetime,
    today: date,
) -> PublishedEdition:
    """Freeze what is shown. ``seen`` is the digest of what the person looked at, where a person did."""
    check_ended(shown.period, today)
    if seen is not None and seen != shown.digest:
        raise Refusal("The register has changed since you opened this page. Look at the file again, then publish it")
    before = latest_edition(session, shown.period)
    if before is not None and not correction:
        raise Refusal("Say what the edition published before has wrong", field="correction")
    give_reason(session, correction)
    made = _edition(shown, before.number + 1 if before else 1, organisation)
    made.correction = correction if before is not None else None
    made.published_at, made.published_by = now, by
    session.add(made)
    session.flush()
    _rows(session, made, shown)
    for layout in shown.layouts:
        _files(session, made, folder, files_of(shown, layout, organisation), layout, by)
    session.flush()
    return made


def _edition(shown: Preview, number: int, organisation: str) -> PublishedEdition:
    period = shown.period
    return PublishedEdition(
        kind=period.kind,
        period=period.key,
        number=number,
        title=title_of(period),
        organisation=organisation,
        effective_on=period.last,
        rows=len(shown.entries),
        headings=[[column.name, column.title] for column in shown.layouts[-1].columns],
    )


def _rows(session: Session, made: PublishedEdition, shown: Preview) -> None:
    session.add_all(
        PublishedRow(
            edition_id=made.id,
            position=position,
            contract_id=entry.contract_id,
            cells=dict(entry.cells),
            search_text=" ".join(words(" ".join(entry.cells.values()))),
        )
        for position, entry in enumerate(shown.entries, 1)
    )


def _files(session: Session, made: PublishedEdition, folder: Path, files: list[File], layout: Layout, by: str) -> None:
    numbered = f"-edition-{made.number}" if made.number > 1 else ""
    for file in files:
        stem, _, ending = file.name.rpartition(".")
        name = f"{stem}{numbered}.{ending}"
        kept = store_file(session, folder, name, file.content, by=by)
        made.files.append(
            PublishedFile(
                name=name,
                words=f"{layout.words}, {FORMATS[ending]}",
                media_type=file.media_type,
                size=len(file.content),
                sha256=kept.sha256,
            )
        )
