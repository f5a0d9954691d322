"""A set of annexes as files: what the formats are called, and several tables in one download."""

import io
import zipfile
from collections.abc import Mapping

from app.council.models import Directorate
from reports.annex_set import AnnexSet
from reports.files import File, Format, file_stem, files

#: A zip's own dates would make the same annexes another file each time.
NO_DATE = (1980, 1, 1, 0, 0, 0)
WHOLE_COUNCIL = "whole-council"
ZIP = "application/zip"

WORDS: Mapping[Format, str] = {
    Format.XLSX: "Excel",
    Format.DOCX: "Word",
    Format.CSV: "CSV",
    Format.HTML: "HTML",
    Format.PDF: "PDF",
}


def slug_of(directorate: Directorate | None) -> str:
    return directorate.slug if directorate else WHOLE_COUNCIL


def one_file(annexes: AnnexSet, wanted: Format) -> File:
    """The set as one download: CSV tables come together in a zip."""
    written = files(annexes, wanted)
    if wanted is Format.CSV:
        return File(f"{file_stem(annexes.context)}.zip", _zipped(written), ZIP)
    return written[0]


def _zipped(written: tuple[File, ...]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for file in written:
            folder.writestr(zipfile.ZipInfo(file.name, NO_DATE), file.content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
