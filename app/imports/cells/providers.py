"""Providers named in a cell: one, several in a list, or several in Contracts Finder's brackets."""

import re
from collections.abc import Iterable, Iterator

from app.core.text import fold
from app.imports.answers import Answer, PatternKind
from app.imports.cells.identifiers import read_charity_number, read_company_number
from app.imports.cells.reading import Asks, Blank, Problem, Reading, Understood, blank_or_none, one_line, plain
from app.imports.cells.words import read_yes_no
from app.imports.values import Identifier, NamedProvider

Providers = tuple[NamedProvider, ...]

#: Name, address, kind of number, number, SME, VCSE.
_PARTS_IN_BRACKETS = 6
_SUFFIX = re.compile(
    r"\b(?:ltd|limited|plc|llp|lp|cic|c\.i\.c|cio|inc|gmbh|trust|council|university|society|association|partnership|group|foundation|charity)\.?\)?,?$",
    re.IGNORECASE,
)
_MAY_BE_SEVERAL = re.compile(r"[;\n\r|/,]|\d[.)]|\sand\s", re.IGNORECASE)
#: A cell with more is a description, not names.
LONGEST_NAMES = 3_000
_NUMBERED = re.compile(r"(?:^|\n|\s)\(?\d{1,2}[.)]\s+")
_UNNAMED = re.compile(
    r"(?:various|multiple|several|numerous|many|mixed|list of|a number of|range of|\d+)"
    r"(?: (?:suppliers?|providers?|contractors?|companies|firms|vendors?|organisations?|see .*))?"
    r"|see (?:list|attached|below|notes?|description|framework).*|framework|framework suppliers|all|as above|as listed"
    r"|various.*suppliers.*"
)


def read_providers(text: str) -> Reading[Providers]:
    """Every provider the cell names, once each."""
    written = plain(text)
    nothing = blank_or_none(text)
    if nothing:
        return nothing
    if written.startswith("[") and written.endswith("]") and written.count("|") >= _PARTS_IN_BRACKETS - 1:
        return Understood(tuple(_once(_bracketed(text))))
    if len(text) > LONGEST_NAMES:
        return Problem(f"{text[:80]}…", "Name the providers alone, with ; between them")
    if _UNNAMED.fullmatch(written):
        return Asks(PatternKind.NO_NAME, written, {Answer.BLANK: Blank(text.strip())})
    return _named(text)


def _named(text: str) -> Reading[Providers]:
    whole = _providers([text])
    if not _MAY_BE_SEVERAL.search(text):
        return Understood(whole)
    for parts, is_certain in _splits(text):
        names = [name for name in map(one_line, parts) if name]
        if len(names) < 2:  # noqa: PLR2004 - several means two at the least
            continue
        if is_certain or all(_SUFFIX.search(name) for name in names):
            return Understood(_providers(names))
        if sum(bool(_SUFFIX.search(name)) for name in names) > 1 or "\n" in text:
            return Asks(
                PatternKind.SEVERAL_NAMES,
                one_line(text),
                {Answer.SPLIT: Understood(_providers(names)), Answer.ONE: Understood(whole)},
            )
    return Understood(whole)


def _splits(text: str) -> Iterator[tuple[list[str], bool]]:
    """The ways a cell lists names, the surest first. A comma or a stroke alone is part of many a single name."""
    stripped = text.strip()
    if len(_NUMBERED.findall(stripped)) > 1:
        yield _NUMBERED.split(stripped), True
    if ";" in stripped:
        yield stripped.split(";"), True
    if "\n" in stripped or "\r" in stripped:
        yield stripped.splitlines(), False
    if "|" in stripped:
        yield stripped.split("|"), True
    yield re.split(r",? and (?=[^,]+$)|,\s", stripped), False
    yield re.split(r"\s*/\s*", stripped), False


def _providers(names: Iterable[str]) -> Providers:
    return tuple(_once(NamedProvider(one_line(name).strip(" ,;")) for name in names if one_line(name).strip(" ,;")))


def _once(providers: Iterable[NamedProvider]) -> Iterator[NamedProvider]:
    seen: set[tuple[str, tuple[Identifier, ...]]] = set()
    for provider in providers:
        known = fold(provider.name), provider.identifiers
        if provider.name and known not in seen:
            seen.add(known)
            yield provider


def _bracketed(text: str) -> Iterator[NamedProvider]:
    for inside in re.split(r"\]\s*\[", text.strip()[1:-1]):
        parts = inside.split("|")
        if len(parts) < _PARTS_IN_BRACKETS:
            yield NamedProvider(one_line(inside).strip(" ,|"))
            continue
        name, address, (scheme, number, sme, vcse) = parts[0], "|".join(parts[1:-4]), parts[-4:]
        yield NamedProvider(
            one_line(name).strip(" ,"),
            identifiers=tuple(_identifiers(scheme, number)),
            sme=_said(sme),
            vcse=_said(vcse),
            address="" if plain(address) == "null" else one_line(address),
        )


def _identifiers(scheme: str, number: str) -> Iterator[Identifier]:
    read = {"COMPANIES_HOUSE": read_company_number, "CHARITY_COMMISSION": read_charity_number}.get(scheme.strip())
    found = read(number) if read else None
    if isinstance(found, Understood):
        yield found.value


def _said(word: str) -> bool | None:
    found = read_yes_no(word)
    return found.value if isinstance(found, Understood) else None
