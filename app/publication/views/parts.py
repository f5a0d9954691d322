"""The rows behind each count of the page before publishing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.forms import sentence_case
from app.publication.queries.preview import Entry, Preview
from app.publication.rules.scope import Place
from app.register.completeness import SECTIONS, Item, in_words
from reports.transparency import withheld_in


@dataclass(frozen=True)
class Line:
    """One record, and why it is in the list."""

    contract_id: int
    title: str
    where: str
    why: str
    #: Where it is mended; blank where nothing is to mend.
    mend: str = ""


@dataclass(frozen=True)
class Part:
    """The list behind a count."""

    title: str
    lines: list[Line]


def slug_of(item: Item) -> str:
    return f"missing-{item.name.lower()}"


BY_MISSING = {slug_of(item): item for item in Item}


def lines_of(shown: Preview, part: str, places: Mapping[str, Place]) -> Part | None:
    if part in BY_MISSING:
        return _missing(shown, BY_MISSING[part])
    if part.startswith("left-") and part.removeprefix("left-") in places:
        return _left(shown, places[part.removeprefix("left-")])
    made = PARTS.get(part)
    return made(shown) if made else None


def _missing(shown: Preview, item: Item) -> Part:
    found = [one for one in shown.entries if item in one.missing]
    return Part(f"Missing: {item}", [_line(one, f"Missing: {in_words(one.missing)}", item) for one in found])


def _line(entry: Entry, why: str, item: Item | None = None) -> Line:
    mend = f"/contracts/{entry.contract_id}/edit/{SECTIONS[item]}" if item else ""
    return Line(entry.contract_id, entry.title, entry.directorate, why, mend)


def _left(shown: Preview, place: Place) -> Part:
    found = shown.placing.at(place)
    return Part(
        f"Left out: {place}", [Line(one.contract_id, one.title, one.reference, sentence_case(place)) for one in found]
    )


def _rows(shown: Preview) -> Part:
    return Part("In the file", [_line(one, one.row.reference) for one in shown.entries])


def _lacking(shown: Preview) -> Part:
    lines = [_line(one, f"Missing: {in_words(one.missing)}", one.missing[0]) for one in shown.lacking]
    return Part("Something is missing", lines)


def _withheld(shown: Preview) -> Part:
    return Part("Something is withheld", [_line(one, _what(one, shown)) for one in shown.withheld])


def _what(entry: Entry, shown: Preview) -> str:
    grounds = dict.fromkeys(
        f"{column.title}: {entry.row.withheld[column.name].ground}"
        for column in withheld_in(entry.row, shown.layouts[-1])
        if column.name in entry.row.withheld
    )
    return "; ".join(grounds)


def _added(shown: Preview) -> Part | None:
    if shown.compared is None:
        return None
    return Part("New since the last file", [_line(one, "Was not in the last file") for one in shown.compared.added])


def _removed(shown: Preview) -> Part | None:
    if shown.compared is None:
        return None
    where = {one.contract_id: one for one in shown.placing.records}
    lines = [
        Line(number, title, where[number].reference, sentence_case(where[number].place))
        for number, title in shown.compared.removed
        if number in where
    ]
    return Part("In the last file, and not in this one", lines)


def _changed(shown: Preview) -> Part | None:
    if shown.compared is None:
        return None
    lines = [
        Line(
            one.contract_id,
            one.title,
            "",
            "; ".join(f"{what}: {then or 'blank'} → {now or 'blank'}" for what, then, now in one.differences),
        )
        for one in shown.compared.changed
    ]
    return Part("Changed since the last file", lines)


PARTS: Mapping[str, Callable[[Preview], Part | None]] = {
    "rows": _rows,
    "lacking": _lacking,
    "withheld": _withheld,
    "added": _added,
    "removed": _removed,
    "changed": _changed,
}
