"""What a file really is, told from its bytes and not its name. Runs in the reading child: standard library only."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.imports.workbook import CannotRead, FileKind, Limits

#: What each ending promises. Another ending promises nothing, and the bytes alone decide.
PROMISES: Mapping[str, FileKind] = {
    ".csv": FileKind.CSV,
    ".txt": FileKind.CSV,
    ".tsv": FileKind.CSV,
    ".xlsx": FileKind.XLSX,
    ".xlsm": FileKind.XLSX,
    ".xls": FileKind.XLS,
    ".ods": FileKind.ODS,
}
ACCEPTED = "use a CSV, XLSX, XLS or ODS file"

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FORMATS: Sequence[tuple[bytes, str]] = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"SQLite format 3", "a database"),
)
_WEB_PAGE = re.compile(r"\s*<(!doctype html|html|table|head|body|meta|div)\b", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(\?xml|[a-z][\w:]*[\s>])", re.IGNORECASE)
_JSON = re.compile(r"\s*(\{\s*[\"'}]|\[\s*[{\[\]])")
#: Bytes no text has: a spreadsheet's own few aside, many of them mean something else than text.
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MOST_CONTROLS = 0.05
_SAMPLE = 65_536
#: Below this a zip is never a bomb, however well it packs.
_SMALL_UNPACKED = 25_000_000
_MOST_TIMES_SMALLER = 150
_MOST_PARTS = 5_000


def kind_of_file(path: Path, name: str, limits: Limits) -> FileKind:
    """Say what the file is, or refuse it with the reason."""
    start = path.read_bytes()[:_SAMPLE]
    if not start.strip():
        raise CannotRead(f"{name} is empty: there is nothing to import")
    kind = _kind(path, start, name, limits)
    if kind is FileKind.CSV:
        refuse_other_text(start.decode("latin-1").replace("\x00", ""), name)
    promised = PROMISES.get(Path(name).suffix.lower())
    if promised not in {None, kind}:
        raise CannotRead(f"{name} is not what its name says: it is {_called(kind)}. Save it again as {promised}")
    return kind


def _kind(path: Path, start: bytes, name: str, limits: Limits) -> FileKind:
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path, name, limits)
    if start.startswith(_COMPOUND):
        return _kind_of_compound(path.read_bytes(), name)
    for magic, called in _OTHER_FORMATS:
        if start.startswith(magic):
            raise CannotRead(f"{name} is {called}, not a list: {ACCEPTED}")
    return FileKind.CSV


def _called(kind: FileKind) -> str:
    return {
        FileKind.CSV: "plain text (CSV)",
        FileKind.XLSX: "an Excel workbook (XLSX)",
        FileKind.XLS: "an older Excel workbook (XLS)",
        FileKind.ODS: "an OpenDocument spreadsheet (ODS)",
    }[kind]


def _kind_of_zip(path: Path, name: str, limits: Limits) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(archive, path.stat().st_size, name, limits)
            return _spreadsheet_in(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise CannotRead(f"{name} is damaged: its parts cannot be unpacked. Save it again and retry") from error


def _spreadsheet_in(archive: zipfile.ZipFile, name: str) -> FileKind:
    parts = {part.replace("\\", "/").lstrip("/") for part in archive.namelist()}
    if _is_opendocument_spreadsheet(archive, parts):
        _refuse_encrypted_ods(archive, parts, name)
        return FileKind.ODS
    if "xl/workbook.bin" in parts:
        raise CannotRead(f"{name} is a binary Excel workbook (XLSB): save it as XLSX")
    if any(part.lower() == "xl/workbook.xml" for part in parts):
        return FileKind.XLSX
    if any(part.startswith("word/") for part in parts):
        raise CannotRead(f"{name} is a Word document, not a list: {ACCEPTED}")
    raise CannotRead(f"{name} is a ZIP file, not a list: unpack it and import what is inside ({ACCEPTED})")


def _is_opendocument_spreadsheet(archive: zipfile.ZipFile, parts: set[str]) -> bool:
    if "mimetype" not in parts:
        return False
    return b"opendocument.spreadsheet" in _beginning_of(archive, archive.getinfo("mimetype"))


def _refuse_bombs(archive: zipfile.ZipFile, packed: int, name: str, limits: Limits) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise CannotRead(f"{name} is protected by a password: save a copy without one")
    if _is_packed_too_well(unpacked, packed):
        raise CannotRead(
            f"{name} unpacks to {unpacked // packed:,} times its size, as no spreadsheet does: "
            "save the list alone in a new workbook"
        )
    if len(parts) > _MOST_PARTS or unpacked > limits.unpacked_bytes:
        raise CannotRead(
            f"{name} would unpack to {unpacked // 1_000_000:,} MB in {len(parts):,} parts, more than an import takes "
            f"({limits.unpacked_bytes // 1_000_000:,} MB): save the list alone in a new workbook"
        )
    for part in parts:
        _refuse_entities(archive, part, name)


def _is_packed_too_well(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL_UNPACKED and unpacked > packed * _MOST_TIMES_SMALLER


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """No spreadsheet program writes entity declarations; they are only ever there to blow up."""
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    start = _beginning_of(archive, part).replace(b"\x00", b"")
    if b"<!ENTITY" in start or (b"<!DOCTYPE" in start and b"[" in start.partition(b"<!DOCTYPE")[2][:500]):
        raise CannotRead(f"{name} holds XML entities, which no spreadsheet needs: save it again from Excel")


def _beginning_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as opened:
        return opened.read(_SAMPLE)


def _refuse_encrypted_ods(archive: zipfile.ZipFile, parts: set[str], name: str) -> None:
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise CannotRead(f"{name} is protected by a password: save a copy without one")


def _kind_of_compound(raw: bytes, name: str) -> FileKind:
    """Old Excel files, old Word files and encrypted new ones share a wrapper; its directory names what is inside."""
    if _named(raw, "EncryptedPackage"):
        raise CannotRead(f"{name} is protected by a password: save a copy without one")
    if _named(raw, "WordDocument"):
        raise CannotRead(f"{name} is a Word document, not a list: {ACCEPTED}")
    if _named(raw, "Workbook") or _named(raw, "Book"):
        return FileKind.XLS
    raise CannotRead(f"{name} is not a spreadsheet: {ACCEPTED}")


def _named(raw: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") + b"\x00\x00" in raw


def refuse_other_text(text: str, name: str) -> None:
    """Refuse text that is a page, markup or data rather than a list."""
    start = text[:_SAMPLE].lstrip("\ufeff")
    if _WEB_PAGE.match(start):
        raise CannotRead(f"{name} is a web page saved as a spreadsheet: open it in Excel and save it as XLSX")
    if _MARKUP.match(start):
        raise CannotRead(f"{name} is XML, not a list: {ACCEPTED}")
    if _JSON.match(start):
        raise CannotRead(f"{name} is JSON, not a list: {ACCEPTED}")


def refuse_binary(raw: bytes, name: str) -> None:
    """Refuse bytes that are no text in any encoding."""
    sample = raw[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) * _MOST_CONTROLS:
        raise CannotRead(f"{name} is not text, nor any spreadsheet an import can read: {ACCEPTED}")
