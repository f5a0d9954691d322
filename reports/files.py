"""A set of annexes as files to download or to keep: their names, their types and what is in them."""

from dataclasses import dataclass
from enum import StrEnum

from reports.annex_set import AnnexSet
from reports.context import Context
from reports.csv import to_csv
from reports.docx import to_docx
from reports.format import slug
from reports.html import to_html
from reports.pdf import to_pdf
from reports.xlsx import to_xlsx


class Format(StrEnum):
    """What annexes can be written as; the value is the file's ending."""

    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    CSV = "csv"
    PDF = "pdf"


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.HTML: "text/html; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PDF: "application/pdf",
}


@dataclass(frozen=True)
class File:
    """A file that was made."""

    name: str
    content: bytes
    media_type: str


def files(annexes: AnnexSet, wanted: Format) -> tuple[File, ...]:
    """Write the set in one format: one file, or for CSV one file an annex."""
    stem = file_stem(annexes.context)
    if wanted is Format.CSV:
        named = {f"{stem}-annex-{number}.csv": content for number, content in to_csv(annexes).items()}
    else:
        named = {f"{stem}.{wanted}": _one(annexes, wanted)}
    return tuple(File(name, content, MEDIA_TYPES[wanted]) for name, content in named.items())


def _one(annexes: AnnexSet, wanted: Format) -> bytes:
    if wanted is Format.HTML:
        return to_html(annexes).encode()
    return {Format.XLSX: to_xlsx, Format.DOCX: to_docx, Format.PDF: to_pdf}[wanted](annexes)


def file_stem(context: Context) -> str:
    """The name without its ending: "adult-social-care-annexes-2015-16"; the exempt edition says so."""
    limits = "" if context.is_open else "-exempt"
    return f"{slug(context.whose)}-annexes-{context.plan_year}{limits}"
