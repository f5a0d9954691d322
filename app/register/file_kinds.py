"""Which files may be filed as documents: known by their ending, and held to it by what is inside. Plain rules.

Whatever is taken in is only ever sent back as a file to keep, under the type named here, never shown as a page.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.errors import Refusal

MEGABYTE = 1024 * 1024
#: Names within a packed document looked at; a real one has tens.
MOST_NAMES = 10_000
#: A packed document's own word on what it is.
_LONGEST_WORD = 200
_LONGEST_NAME = 200


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken in."""

    ending: str
    words: str
    media_type: str
    is_one: Callable[[bytes], bool]


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _office(part: str) -> Callable[[bytes], bool]:
    """A Word or Excel file of today's form, without macros."""

    def is_one(content: bytes) -> bool:
        names = _names_in(content)
        return part in names and not any(name.endswith("vbaProject.bin") for name in names)

    return is_one


def _open_document(media_type: str) -> Callable[[bytes], bool]:
    return lambda content: _word_of(content) == media_type.encode()


def _names_in(content: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return frozenset()
    return frozenset(names) if len(names) <= MOST_NAMES else frozenset()


def _word_of(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open("mimetype") as said:
            return said.read(_LONGEST_WORD).strip()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        return b""


def _is_text(content: bytes) -> bool:
    """Text: nothing no editor would write, and not a page that only calls itself one."""
    if b"\0" in content:
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return not text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<script", "<svg", "<?xml"))


_ODT, _ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "application/vnd.openxmlformats-officedocument"

KINDS: Mapping[str, FileKind] = {
    kind.ending: kind
    for kind in (
        FileKind("pdf", "PDF", "application/pdf", _begins(b"%PDF-")),
        FileKind("docx", "Word", f"{_OFFICE}.wordprocessingml.document", _office("word/document.xml")),
        FileKind("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml")),
        FileKind("odt", "OpenDocument text", _ODT, _open_document(_ODT)),
        FileKind("ods", "OpenDocument spreadsheet", _ODS, _open_document(_ODS)),
        FileKind("csv", "CSV", "text/csv", _is_text),
        FileKind("txt", "text", "text/plain", _is_text),
        FileKind("png", "PNG picture", "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
        FileKind("jpg", "JPEG picture", "image/jpeg", _begins(b"\xff\xd8\xff")),
    )
}
_SAME = {"jpeg": "jpg"}
ENDINGS = ", ".join(kind.upper() for kind in KINDS)
ACCEPT = ",".join(f".{ending}" for ending in (*KINDS, *_SAME))


def ending_of(name: str) -> str:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return _SAME.get(ending, ending)


def kind_of(name: str) -> FileKind:
    """The kind a stored file was taken in as."""
    return KINDS[ending_of(name)]


def check_file(name: str, content: bytes, *, megabytes: int) -> FileKind:
    """The file's kind; refuse one that is too large, of another kind, or not what its ending says."""
    if not content:
        raise Refusal("The file is empty: choose another", field="file")
    if len(content) > megabytes * MEGABYTE:
        raise Refusal(f"The file is over {megabytes:,} MB: file a link to it, or a smaller copy", field="file")
    kind = KINDS.get(ending_of(name))
    if kind is None:
        raise Refusal(f"Choose a file of one of these kinds: {ENDINGS}", field="file")
    if not kind.is_one(content):
        raise Refusal(
            f"{name} ends in .{kind.ending} but is not a {kind.words} file that can be filed: "
            "open it, save it again under its own ending, without macros, and retry",
            field="file",
        )
    return kind


def plain_name(sent: str | None) -> str:
    """The file's own name, without folders or anything a header or a page could trip over."""
    name = (sent or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable() and letter not in '"<>:|?*').strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else name[:_LONGEST_NAME]
