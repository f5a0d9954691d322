"""Reading a published list from a file: CSV, RSS or XML. Only what was uploaded is read; nothing is fetched."""

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.parsers import expat

from app.core.errors import Refusal
from app.core.money import parse_pounds
from app.core.text import fold, words
from app.decisions.rules.forward_plan import Item, first_day, read_due, split_title

MOST_BYTES = 5_000_000
MOST_ITEMS = 5_000
MOST_ELEMENTS = 100_000
DEEPEST = 50
LONGEST_FIELD = 4_000

#: What each column may be headed, folded to its words.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "reference": ("reference", "ref", "reference number", "issue reference", "number", "decision reference"),
    "title": (
        *("title", "issue", "issue title", "item", "item title", "name", "decision", "decision title"),
        *("subject", "matter", "plan item"),
    ),
    "taker": (
        *("decision maker", "decision taker", "maker", "decision by", "decided by", "who decides"),
        *("decision due by",),
    ),
    "due": (
        *("decision due", "due", "decision date", "date of decision", "due date", "date due"),
        *("expected decision", "expected", "when", "target date", "decision due date", "not before"),
    ),
    "first_published": (
        *("notice of proposed decision first published", "notice first published", "first published", "published"),
        *("notice published", "publication date", "date published"),
    ),
    "department": ("department", "directorate", "service", "lead department"),
    "lead_officer": ("lead officer", "contact", "report author", "lead post", "lead director"),
    "status": ("decision status", "status"),
    "key": ("key", "key decision", "is key decision", "decision type", "is key", "reason key"),
    "urgency": ("reason for urgency", "urgency", "urgent", "this decision will be taken under urgency procedures"),
    "restriction": ("anticipated restriction", "restriction", "exempt", "open or exempt"),
    "value": ("value", "estimated value", "amount", "cost", "total value", "financial value"),
    "url": ("link", "url", "address", "web address", "web link", "issue url"),
    "description": ("description", "details", "summary", "purpose"),
}
_BY_HEADING = {" ".join(words(heading)): name for name, headings in HEADINGS.items() for heading in headings}
#: The same without spaces, as elements are named: "issuetitle".
_BY_LETTERS = {heading.replace(" ", ""): name for heading, name in _BY_HEADING.items()}
LOOKED_FOR = "reference, title, decision maker, decision due, lead officer, status and notice first published"

Fields = dict[str, str]


@dataclass(frozen=True)
class ReadList:
    """A published list as a file has it."""

    title: str | None
    items: tuple[Item, ...]


def read_list(content: bytes) -> ReadList:
    """The items of a file, or a refusal that says what would work."""
    if not content.strip():
        raise Refusal("The file is empty: choose the list as the committee system gives it out", field="file")
    if len(content) > MOST_BYTES:
        raise Refusal("The file is larger than 5 MB: a published list is smaller", field="file")
    start = content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:20].lower()
    _check_kind(start)
    title, rows = _xml_rows(content) if start.startswith(b"<") else (None, _csv_rows(content))
    items = tuple(item for row in rows if (item := item_of(row)) is not None)
    if not items:
        raise Refusal(f"No decision was found in the file. It is looked through for {LOOKED_FOR}", field="file")
    if len(items) > MOST_ITEMS:
        raise Refusal(f"The file holds more than {MOST_ITEMS:,} decisions: choose the list of one plan", field="file")
    return ReadList(title, items)


#: How workbooks, documents and archives begin.
_OFFICE = (b"pk\x03\x04", b"\xd0\xcf\x11\xe0", b"%pdf")
WEB_PAGE = "The file is a web page: choose the list as CSV, RSS or XML, not as a web page"


def _check_kind(start: bytes) -> None:
    if start.startswith(_OFFICE):
        raise Refusal("The file is a workbook, a document or a PDF: save the list as CSV first", field="file")
    if start.startswith((b"<!doctype html", b"<html")):
        raise Refusal(WEB_PAGE, field="file")


def item_of(row: Fields) -> Item | None:
    """One decision out of what its columns or elements say; what its description says fills the gaps."""
    said = {**_described(row.get("description", "")), **{name: text for name, text in row.items() if text}}
    before, title = split_title(" ".join(said.get("title", "").split()))
    if not title:
        return None
    due_words = said.get("due")
    taker = said.get("taker")
    if due_words and not taker and " by " in due_words:
        due_words, _, taker = (part.strip() for part in due_words.partition(" by "))
    return Item(
        title=title[:500],
        reference=_short(said.get("reference") or before, 60),
        taker=_short(taker, 300),
        due_words=_short(due_words, 200),
        due=read_due(due_words),
        first_published_on=first_day(said.get("first_published")),
        department=_short(said.get("department"), 300),
        lead_officer=_short(said.get("lead_officer"), 300),
        status=_short(said.get("status"), 200),
        is_key=_yes(said.get("key")),
        urgency=_short(_urgency(said.get("urgency")), 500),
        restriction=_short(said.get("restriction"), 100),
        value=_pounds(said.get("value")),
        url=_web(said.get("url")),
    )


def _short(text: str | None, most: int) -> str | None:
    return " ".join(text.split())[:most] or None if text else None


def _yes(text: str | None) -> bool | None:
    said = fold(text or "")
    if not said:
        return None
    return not said.startswith(("n", "false", "0"))


def _urgency(text: str | None) -> str | None:
    return None if fold(text or "") in {"", "no", "false", "0", "n"} else text


def _pounds(text: str | None) -> Decimal | None:
    try:
        return parse_pounds(text) if text else None
    except Refusal:
        return None


def _web(text: str | None) -> str | None:
    said = (text or "").strip()
    return said[:500] if said.startswith(("https://", "http://")) else None


_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\b[^>]*>|[\r\n]+|;\s+(?=[A-Z])", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def _described(text: str) -> Fields:
    """What an item's description says line by line, as in "Decision due: Not before 5th Nov 2025"."""
    found: Fields = {}
    for line in _BREAK.split(html.unescape(text)):
        label, colon, value = _TAG.sub(" ", line).partition(":")
        name = _BY_HEADING.get(" ".join(words(label)))
        if colon and name and name not in {"title", "description"} and value.strip():
            found.setdefault(name, " ".join(value.split()))
    return found


# CSV


def _csv_rows(content: bytes) -> Iterator[Fields]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: Sequence[str | None] | None = None
    try:
        for cells in reader:
            if columns is None:
                named = [_BY_HEADING.get(" ".join(words(cell))) for cell in cells]
                columns = named if "title" in named else None
            elif any(cells):
                yield _row(columns, cells)
    except csv.Error as error:
        raise Refusal("The file cannot be read as CSV: save it again as CSV, UTF-8", field="file") from error
    if columns is None:
        raise Refusal(f"No heading says “Title”. The columns looked for are {LOOKED_FOR}", field="file")


def _row(columns: Sequence[str | None], cells: Sequence[str]) -> Fields:
    row: Fields = {}
    for name, cell in zip(columns, cells, strict=False):
        if name and cell.strip():
            row.setdefault(name, cell.strip()[:LONGEST_FIELD])
    return row


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


# XML and RSS


@dataclass
class _Element:
    name: str
    parts: list["_Element"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)[:LONGEST_FIELD].strip()


class _Builder:
    """Takes in a document's elements, and nothing that points outside it or multiplies."""

    def __init__(self) -> None:
        self.root: _Element | None = None
        self.open: list[_Element] = []
        self.count = 0

    def read(self, content: bytes) -> _Element:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse_reference
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)  # noqa: FBT003 - it is all of it
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Refusal(
                "The file cannot be read as XML: choose the list as it was given out", field="file"
            ) from error
        if self.root is None:
            raise Refusal("The file holds no list", field="file")
        return self.root

    def _refuse(self, *_said: object) -> None:
        raise Refusal(
            "The file declares a document type or entities, which no list needs, so it is not read. Choose the "
            "list as CSV, RSS or XML, not as a web page",
            field="file",
        )

    def _refuse_reference(self, *_said: object) -> int:
        self._refuse()
        return 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise Refusal("The file is too large or too deep to be a published list", field="file")
        element = _Element(name.rpartition(":")[2])
        element.parts = [_Element(key.rpartition(":")[2], words=[value]) for key, value in attributes.items()]
        if self.open:
            self.open[-1].parts.append(element)
        elif self.root is None:
            self.root = element
        self.open.append(element)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].words.append(text)


def _xml_rows(content: bytes) -> tuple[str | None, Iterator[Fields]]:
    root = _Builder().read(content)
    return _list_title(root), (_fields(element) for element in _items(root))


def _list_title(root: _Element) -> str | None:
    for element in (root, *root.parts):
        for part in element.parts:
            if _is_title(part):
                return part.text[:300]
    return None


def _is_title(element: _Element) -> bool:
    """Words, rather than something that has parts of its own: a list's “item” is no title."""
    return _named(element) == "title" and bool(element.text) and not element.parts


def _items(root: _Element) -> list[_Element]:
    """The elements that repeat most and have a title: the items of a feed, the lines of a plan."""
    groups: dict[tuple[int, str], list[_Element]] = {}
    _gather(root, 0, groups)
    largest = max(groups.items(), key=lambda group: (len(group[1]), -group[0][0]), default=((0, ""), []))
    return largest[1]


def _gather(element: _Element, depth: int, groups: dict[tuple[int, str], list[_Element]]) -> None:
    if element.name.casefold() not in _WHOLE and any(_is_title(part) for part in element.parts):
        groups.setdefault((depth, element.name), []).append(element)
    for part in element.parts:
        _gather(part, depth + 1, groups)


#: What holds a list, rather than being a line of it.
_WHOLE = frozenset({"rss", "channel", "feed", "image", "plan", "forwardplan", "plans"})


def _named(element: _Element) -> str | None:
    return _BY_LETTERS.get("".join(words(element.name)))


def _fields(element: _Element) -> Fields:
    row: Fields = {}
    for part in element.parts:
        name = _named(part)
        text = part.text or " ".join(inner.text for inner in part.parts)
        if name and text:
            row.setdefault(name, text)
    return row
