"""A set of annexes as files: their names, and the one writer of each format."""

import io
import zipfile
from collections.abc import Callable, Mapping
from enum import StrEnum

from app.council.calendar import FinancialYear
from app.council.models import Directorate
from reports.annex_set import AnnexSet

#: A zip's own dates would make the same annexes another file each time.
NO_DATE = (1980, 1, 1, 0, 0, 0)
WHOLE_COUNCIL = "whole-council"


class Format(StrEnum):
    """What annexes are written as, by the ending of the file."""

    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    CSV = "csv"
    PDF = "pdf"


WORDS: Mapping[Format, str] = {
    Format.XLSX: "Excel",
    Format.DOCX: "Word",
    Format.CSV: "CSV",
    Format.HTML: "HTML",
    Format.PDF: "PDF",
}
MIMETYPES: Mapping[Format, str] = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.HTML: "text/html",
    Format.CSV: "application/zip",
    Format.PDF: "application/pdf",
}


def slug_of(directorate: Directorate | None) -> str:
    return directorate.slug if directorate else WHOLE_COUNCIL


def stem(directorate: Directorate | None, year: FinancialYear) -> str:
    """How every file of a set begins: "growth-environment-and-transport-annexes-2015-16"."""
    return f"{slug_of(directorate)}-annexes-{year}"


def files(annexes: AnnexSet, stem: str, wanted: Format) -> dict[str, bytes]:
    """The set in one format, by file name: one file, but for CSV, which is a file a table."""
    if wanted is Format.CSV:
        return {f"{stem}-annex-{number}.csv": file for number, file in _csv(annexes).items()}
    return {f"{stem}.{wanted}": _WRITERS[wanted](annexes)}


def one_file(annexes: AnnexSet, stem: str, wanted: Format) -> tuple[str, bytes]:
    """The set as one download: CSV tables come together in a zip."""
    written = files(annexes, stem, wanted)
    if wanted is Format.CSV:
        return f"{stem}.zip", _zipped(written)
    return next(iter(written.items()))


def _zipped(written: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in written.items():
            folder.writestr(zipfile.ZipInfo(name, NO_DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# A writer is loaded when something is written in its format.


def _csv(annexes: AnnexSet) -> dict[int, bytes]:
    from reports.csv import to_csv

    return to_csv(annexes)


def _xlsx(annexes: AnnexSet) -> bytes:
    from reports.xlsx import to_xlsx

    return to_xlsx(annexes)


def _docx(annexes: AnnexSet) -> bytes:
    from reports.docx import to_docx

    return to_docx(annexes)


def _html(annexes: AnnexSet) -> bytes:
    from reports.html import to_html

    return to_html(annexes).encode()


def _pdf(annexes: AnnexSet) -> bytes:
    from reports.pdf import to_pdf

    return to_pdf(annexes)


_WRITERS: Mapping[Format, Callable[[AnnexSet], bytes]] = {
    Format.XLSX: _xlsx,
    Format.DOCX: _docx,
    Format.HTML: _html,
    Format.PDF: _pdf,
}
