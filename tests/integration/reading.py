"""What an answer tells a person, whatever its format: a page, a workbook, a file of words."""

import io
import re
import zipfile

from werkzeug.wrappers import Response

#: Differ from one answer to the next, and tell nothing: tokens, nonces, the time of day.
_PASSING = re.compile(
    r'nonce="[^"]*"|name="csrf_token"[^>]*>|name="version"[^>]*>|\d{1,2}:\d\d(?:am|pm)|\d\d:\d\d:\d\d[^"<,]*'
)
_MARKS = re.compile(r"</?mark\b[^>]*>")
_TAGS = re.compile(r"<[^>]+>")


def told(answer: Response) -> str:
    """Everything a reader can find in it."""
    content, ending = answer.get_data(), answer.mimetype or ""
    if ending.endswith("spreadsheetml.sheet"):
        return _workbook(content)
    if ending.endswith("wordprocessingml.document"):
        return _word(content)
    return unmarked(_PASSING.sub("", content.decode("utf-8", "replace")))


def unmarked(page: str) -> str:
    """The page as it reads: words that a search marks are words of their sentence."""
    return _MARKS.sub("", page)


def _workbook(content: bytes) -> str:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return "\n".join(
        "\t".join(_cell(cell) for cell in row)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
    )


def _cell(cell: object) -> str:
    return f"{cell:.2f} {cell:,.2f}" if isinstance(cell, float) else str(cell)


def _word(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(
            _PASSING.sub("", parts.read(name).decode())
            for name in sorted(parts.namelist())
            if name.startswith("word/") and name.endswith(".xml")
        )


def shown_words(page: str) -> str:
    """A page without its tags."""
    return " ".join(_TAGS.sub(" ", page).split())
