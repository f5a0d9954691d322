"""Which contracts look let or counted as one. Only a suggestion: a person confirms it or dismisses it."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.core.text import fold

#: So many contracts alike in title and category look like one; a shared reference or parent says more, and two do.
FEWEST_ALIKE = 3
FEWEST_LINKED = 2
#: A stem of fewer letters ("bus", "adults") says nothing.
SHORTEST_STEM = 10


class Likeness(StrEnum):
    """Why several contracts look like one arrangement, the surest first."""

    PARENT = "call-offs of one framework"
    REFERENCE = "one reference"
    TITLE = "one title and category"


@dataclass(frozen=True)
class Candidate:
    """A contract in no arrangement yet (or an imported row), as far as likeness matters."""

    id: int
    title: str
    directorate_id: int
    reference: str | None = None
    parent_id: int | None = None
    category: str | None = None


@dataclass(frozen=True)
class Suggestion:
    """Contracts that look like one arrangement."""

    likeness: Likeness
    #: The same for the same likeness, so that a dismissal is remembered.
    key: str
    title: str
    directorate_id: int
    contract_ids: tuple[int, ...]


#: What contracts must share to be alike; None for one that says nothing.
Trait: TypeAlias = Callable[[Candidate], str | None]

_BRACKETED = re.compile(r"\([^()]*\)")
_UNCLOSED = re.compile(r"\(.*$")
_LOT = re.compile(r"\blots?\s*[\da-z]{1,3}\b.*$")
_EDGES = " -–—:;,.&/"


def title_stem(title: str) -> str:
    """What a title says before brackets and lots: "Day care (Oaklands)" and "Day Care (Involve (East))" are alike."""
    stem = fold(title)
    while (shorter := _BRACKETED.sub(" ", stem)) != stem:
        stem = shorter
    return " ".join(_LOT.sub("", _UNCLOSED.sub("", stem)).split()).strip(_EDGES)


def suggestions(candidates: Iterable[Candidate]) -> list[Suggestion]:
    """Each contract at most once, under its surest likeness; the largest groups first."""
    left = sorted(candidates, key=lambda one: one.id)
    found: list[Suggestion] = []
    for likeness, trait, fewest in _traits(left):
        groups = list(_groups(left, likeness, trait, fewest))
        taken = {number for group in groups for number in group.contract_ids}
        left = [one for one in left if one.id not in taken]
        found += groups
    return sorted(found, key=lambda group: (-len(group.contract_ids), group.key))


def _groups(candidates: Collection[Candidate], likeness: Likeness, trait: Trait, fewest: int) -> Iterator[Suggestion]:
    alike: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        if shared := trait(one):
            alike[one.directorate_id, shared].append(one)
    for (directorate_id, shared), group in alike.items():
        if len(group) >= fewest:
            key = f"{likeness.name.lower()}:{directorate_id}:{shared}"
            yield Suggestion(likeness, key, _title(group), directorate_id, tuple(one.id for one in group))


def _title(group: Collection[Candidate]) -> str:
    """The shortest title without its brackets, as it was written."""
    shortest = min((one.title for one in group), key=lambda title: (len(title), title))
    bare = _UNCLOSED.sub("", _BRACKETED.sub(" ", _BRACKETED.sub(" ", shortest)))
    return " ".join(bare.split()).strip(_EDGES) or shortest


def _traits(candidates: Collection[Candidate]) -> tuple[tuple[Likeness, Trait, int], ...]:
    frameworks = {one.parent_id for one in candidates if one.parent_id is not None}
    return (
        (Likeness.PARENT, lambda one: _family(one, frameworks), FEWEST_LINKED),
        (Likeness.REFERENCE, lambda one: fold(one.reference or "") or None, FEWEST_LINKED),
        (Likeness.TITLE, _title_and_category, FEWEST_ALIKE),
    )


def _family(one: Candidate, frameworks: Collection[int]) -> str | None:
    """A call-off belongs with its framework; a framework with its own call-offs."""
    head = one.parent_id if one.parent_id is not None else one.id if one.id in frameworks else None
    return None if head is None else str(head)


def _title_and_category(one: Candidate) -> str | None:
    stem = title_stem(one.title)
    return f"{fold(one.category or '')}:{stem}" if len(stem) >= SHORTEST_STEM else None
