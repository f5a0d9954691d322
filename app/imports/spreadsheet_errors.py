"""Cells of an XLSX that calamine gives as blank: errors such as #N/A, and formulas whose result was never saved."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from app.imports.workbook import CellType

#: (row, column), both from 0 → what is wrong, and the text to show.
Flaws = Mapping[tuple[int, int], tuple[CellType, str]]

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)([0-9]+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?(#[^<]+)<', re.DOTALL
)
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*\br="([A-Z]+)([0-9]+)"[^>]*>'
    rb"\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
#: Enough to warn and to refuse the rows; a sheet with more is one great error.
_MOST_FLAWS = 50_000


def flaws_in(path: Path) -> Mapping[str, Flaws]:
    """By sheet name. Nothing is found in a workbook built in an unusual way; then the cells stay blank."""
    with zipfile.ZipFile(path) as archive:
        parts = {part.lower().replace("\\", "/"): part for part in archive.namelist()}
        return {
            sheet: found
            for sheet, part in _sheet_parts(archive, parts)
            if part in parts and (found := _flaws(archive.read(parts[part])))
        }


def _sheet_parts(archive: zipfile.ZipFile, parts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    book, links = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if not book or not links:
        return
    targets = {
        _attribute(tag, rb"Id"): _attribute(tag, rb"Target") for tag in _RELATIONSHIP.findall(archive.read(links))
    }
    for tag in _SHEET.findall(archive.read(book)):
        target = targets.get(_attribute(tag, rb"\w+:id"), "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        yield html.unescape(_attribute(tag, rb"name")), part.lower()


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return found[1].decode("utf-8", "replace") if found else ""


def _flaws(sheet: bytes) -> Flaws:
    errors = _ERROR.finditer(sheet) if b't="e"' in sheet else iter(())
    formulas = _UNCALCULATED.finditer(sheet) if b"<f" in sheet or b":f>" in sheet else iter(())
    found: dict[tuple[int, int], tuple[CellType, str]] = {}
    for match, _ in zip(formulas, range(_MOST_FLAWS), strict=False):
        found[_place(match)] = CellType.UNCALCULATED, ""
    for match, _ in zip(errors, range(_MOST_FLAWS), strict=False):
        found[_place(match)] = CellType.ERROR, match[3].decode("utf-8", "replace")
    return found


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(match[2]) - 1, column - 1
