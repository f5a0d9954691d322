"""A CSV read: its encoding, its delimiter, its rows. Runs in the reading child: standard library only."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.imports.sniffing import refuse_binary
from app.imports.workbook import CannotRead, Limits, RawRow, counted

DELIMITERS = ",;\t|"
#: What a spreadsheet itself can hold across; a file that is wider is no list.
WIDEST_SHEET = 16_384
_SNIFFED_CHARACTERS = 8_192
_TRIED_ROWS = 30
_CONSISTENT = 0.8
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
#: In UTF-16 English every other byte is NUL; a third of them is enough to tell.
_NUL_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """The file's text, and what to tell the person about how it was decoded."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes, name: str) -> Decoded:
    """Try a byte order mark, then UTF-16 without one, then UTF-8, then Windows-1252."""
    for bom, codec, encoding in _BOMS:
        if raw.startswith(bom):
            return _strictly(raw, codec, encoding, name)
    if b"\x00" in raw:
        return _strictly(raw, _utf16_of(raw, name), "UTF-16", name)
    refuse_binary(raw, name)
    try:
        return Decoded(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _windows(raw)


def _strictly(raw: bytes, codec: str, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(raw.decode(codec), encoding)
    except UnicodeDecodeError as error:
        raise CannotRead(
            f"{name} is damaged: it says it is {encoding} and is not. Save it again as CSV UTF-8"
        ) from error


def _utf16_of(raw: bytes, name: str) -> str:
    even, odd = raw[0:4096:2], raw[1:4096:2]
    if odd.count(0) > len(odd) * _NUL_SHARE and even.count(0) < len(even) * _NUL_SHARE:
        return "utf-16-le"
    if even.count(0) > len(even) * _NUL_SHARE and odd.count(0) < len(odd) * _NUL_SHARE:
        return "utf-16-be"
    raise CannotRead(f"{name} is not text, nor any spreadsheet an import can read: use a CSV, XLSX, XLS or ODS file")


def _windows(raw: bytes) -> Decoded:
    text = raw.decode("cp1252", errors="replace")
    lost = text.count("\ufffd")
    warning = f"{counted(lost, 'character')} could not be read, shown as \ufffd: check names and pound signs"
    return Decoded(text, "Windows-1252", (warning,) if lost else ())


def read_rows(decoded: Decoded, name: str, limits: Limits) -> tuple[RawRow, ...]:
    """Every row that is not blank, numbered as a spreadsheet would number it."""
    text, delimiter, skipped = _without_hint(decoded.text)
    csv.field_size_limit(limits.cell_characters)
    delimiter = delimiter or delimiter_of(text)
    rows = _rows(text, delimiter, skipped, name, limits)
    found = tuple(rows)
    _refuse_open_quotation(text, found, name)
    return found


def _without_hint(text: str) -> tuple[str, str, int]:
    """Excel's own first line "sep=;" names the delimiter and is no row of the list."""
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"')
    if hint.lower().startswith("sep=") and len(hint) == len("sep=;"):
        return rest, hint[-1], 1
    return text, "", 0


def delimiter_of(text: str) -> str:
    """The delimiter alone is taken from csv.Sniffer, which misjudges quoting; and only if it holds row after row."""
    sample = text[:_SNIFFED_CHARACTERS]
    sniffed = _sniffed(sample)
    width, share = _shape(sample, sniffed)
    if width > 1 and share >= _CONSISTENT:
        return sniffed
    tried: list[str] = [sniffed, *DELIMITERS]
    return max(tried, key=lambda delimiter: _worth(sample, delimiter))


def _sniffed(sample: str) -> str:
    try:
        return str(csv.Sniffer().sniff(sample, delimiters=DELIMITERS).delimiter)
    except csv.Error:
        return ","


def _worth(sample: str, delimiter: str) -> float:
    width, share = _shape(sample, delimiter)
    return width * share if width > 1 else 0


def _shape(sample: str, delimiter: str) -> tuple[int, float]:
    """The commonest number of cells in the first rows, and the share of rows that have it."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(row) for row, _ in zip(reader, range(_TRIED_ROWS), strict=False) if row)
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, times = widths.most_common(1)[0]
    return width, times / widths.total()


def _rows(text: str, delimiter: str, skipped: int, name: str, limits: Limits) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    seen = cells = 0
    for number, row in enumerate(_guarded(reader, name), skipped + 1):
        if not any(cell.strip() for cell in row):
            continue
        refuse_width(row, number, name, limits)
        seen, cells = seen + 1, cells + len(row)
        refuse_size(seen, cells, name, limits)
        yield RawRow(number, tuple(row))


def _guarded(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    row = 0
    while True:
        row += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CannotRead(f"{name}, row {row}: a quotation mark is opened there and never closed") from error


def refuse_width(row: Sequence[str], number: int, name: str, limits: Limits) -> None:
    """Refuse what no list is: an honest one with blank columns at its right edge passes."""
    filled = next((index for index in range(len(row), 0, -1) if row[index - 1].strip()), 0)
    if len(row) > WIDEST_SHEET or filled > limits.columns:
        raise CannotRead(
            f"{name}, row {number} has {max(filled, len(row)):,} columns, more than an import takes "
            f"({limits.columns:,}): keep the list's own columns only"
        )


def refuse_size(rows: int, cells: int, name: str, limits: Limits) -> None:
    if rows > limits.rows or cells > limits.cells:
        raise CannotRead(
            f"{name} has more rows or cells than an import takes ({limits.rows:,} rows, {limits.cells:,} cells): "
            "import it in parts"
        )


def _refuse_open_quotation(text: str, rows: Sequence[RawRow], name: str) -> None:
    if rows and text.count('"') % 2 and any("\n" in cell or "\r" in cell for cell in rows[-1].cells):
        raise CannotRead(f"{name}, row {rows[-1].number}: a quotation mark is opened there and never closed")
