"""Likenesses worth a person's eye: names of one provider, contracts let or counted as one. Nothing here decides."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from app.core.text import fold

#: Words that companies add, drop and abbreviate.
_OF_NO_ACCOUNT = frozenset(
    (
        *(
            "ltd",
            "limited",
            "plc",
            "llp",
            "lp",
            "cic",
            "cio",
            "inc",
            "co",
            "company",
            "the",
            "and",
            "uk",
            "gb",
            "group",
        ),
        *("t", "a", "ta", "as", "trading", "services", "service", "holdings", "mr", "mrs", "ms", "miss", "dr"),
    )
)
_LIKE_ENOUGH = 0.8
#: "Ruddington" and "Farrington" are two towns; "Harrogate" and "Harrogte" are one.
_WORDS_ALIKE = 0.78
_MOST_COMPARED = 60
_PERCENT = 100
_FEWEST_OF_ONE_TITLE = 3
_LOT = re.compile(
    r"\b(?:lots?|area|zone|part|phase|route|no|number|package|schedule)\s+\w{1,4}\b|\b\w*\d\w*\b|\([^)]*\)"
)
_NOT_A_WORD = re.compile(r"[^a-z ]+")


@dataclass(frozen=True, slots=True)
class NearName:
    """A name already known that may be the same provider's."""

    name: str
    likeness: int
    why: str


class KnownNames:
    """Provider names the register knows, arranged so that near ones are found without comparing with all."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._by_fold = {fold(name): name for name in reversed(self._names)}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for word in _words(name):
                self._by_word[word[:_LETTERS_OF_A_WORD]].append(name)

    def exact(self, name: str) -> str | None:
        """The name that is the same but for case, accents and spacing: the only one taken without asking."""
        return self._by_fold.get(fold(name))

    def near(self, name: str, most: int = 3) -> tuple[NearName, ...]:
        """The likest names, for a person to choose from."""
        wanted = _words(name)
        if not wanted:
            return ()
        compared = (_compared(name, wanted, other) for other in self._sharing_a_word(wanted))
        found = sorted((near for near in compared if near), key=lambda near: (-near.likeness, near.name))
        return tuple(found[:most])

    def _sharing_a_word(self, wanted: Sequence[str]) -> Sequence[str]:
        """Names that share most words, the rarest words counting first."""
        buckets = sorted((self._by_word.get(word[:_LETTERS_OF_A_WORD], []) for word in wanted), key=len)
        shared: Counter[str] = Counter()
        for bucket in buckets:
            if sum(shared.values()) < _MOST_COMPARED * len(buckets):
                shared.update(bucket[: _MOST_COMPARED * len(buckets)])
        return [name for name, _ in shared.most_common(_MOST_COMPARED)]


_LETTERS_OF_A_WORD = 4


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    words = re.sub(r"[^a-z0-9]+", " ", fold(name).replace("&", " and ").replace("'", "").replace(".", "")).split()
    return tuple(word for word in words if word not in _OF_NO_ACCOUNT) or tuple(words)


def _compared(name: str, wanted: Sequence[str], other: str) -> NearName | None:
    if fold(name) == fold(other):
        return NearName(other, _PERCENT, "the same name")
    words = _words(other)
    if sorted(wanted) == sorted(words):
        return NearName(other, _PERCENT - 1, "the same but for words such as Ltd")
    likeness = _likeness(" ".join(wanted), " ".join(words))
    mine, theirs = [word for word in wanted if word not in words], [word for word in words if word not in wanted]
    if likeness < _LIKE_ENOUGH or any(word.isdigit() for word in (*mine, *theirs)):
        return None
    if not mine or not theirs:
        return NearName(other, int(likeness * (_PERCENT - 1)), "the same with a word more or less")
    if all(max(_likeness(word, other_word) for other_word in theirs) >= _WORDS_ALIKE for word in mine):
        return NearName(other, int(likeness * (_PERCENT - 1)), "spelled alike")
    return None


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second).ratio()


class ArrangementKind(StrEnum):
    """The values are those of the register's own kinds."""

    FRAMEWORK = "framework and its call-offs"
    MANY_PROVIDERS = "agreement with many providers"


class Valuation(StrEnum):
    """How contracts counted as one are valued once; the values are those of the register."""

    ADDED = "the sum of its contracts"
    REPEATED = "one value repeated on each contract"


class Because(StrEnum):
    """Why contracts may belong together, the surest first."""

    PARENT = "same parent reference"
    REFERENCE = "same reference"
    TITLE = "same title and category"


@dataclass(frozen=True, slots=True)
class Member:
    """A contract as far as arrangements are concerned."""

    id: Hashable
    title: str
    unit: str
    reference: str = ""
    parent_reference: str = ""
    category: str = ""
    provider: str = ""
    form: str = ""
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SuggestedArrangement:
    """Contracts that may have been let or count as one; a person confirms."""

    because: Because
    title: str
    reference: str
    unit: str
    members: tuple[Hashable, ...]
    providers: int
    kind: ArrangementKind
    valuation: Valuation


def suggest_arrangements(members: Iterable[Member]) -> tuple[SuggestedArrangement, ...]:
    """Each contract stands in one suggestion at most, the largest first."""
    left = list(members)
    found: list[SuggestedArrangement] = []
    for because, fewest in ((Because.PARENT, 2), (Because.REFERENCE, 2), (Because.TITLE, _FEWEST_OF_ONE_TITLE)):
        grouped = [group for group in _groups(left, because) if len(group) >= fewest and _is_one(group, because)]
        found.extend(_suggested(because, group) for group in grouped)
        taken = {member.id for group in grouped for member in group}
        left = [member for member in left if member.id not in taken]
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.title)))


def _groups(members: Sequence[Member], because: Because) -> Iterator[list[Member]]:
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    parents = {fold(member.parent_reference) for member in members if member.parent_reference}
    for member in members:
        key = _key(member, because, parents)
        if key:
            groups[key].append(member)
    yield from groups.values()


def _key(member: Member, because: Because, parents: set[str]) -> tuple[str, ...]:
    reference, parent = fold(member.reference), fold(member.parent_reference)
    match because:
        case Because.PARENT:
            said = parent or (reference if reference in parents else "")
            return (said,) if said else ()
        case Because.REFERENCE:
            return (reference,) if reference else ()
        case Because.TITLE:
            stem = title_stem(member.title)
            return (stem, fold(member.category), fold(member.unit)) if stem else ()


def title_stem(title: str) -> str:
    """The title without lots, numbers and brackets: "Care homes - Lot 3 (2012)" is "care homes"."""
    return " ".join(_NOT_A_WORD.sub(" ", _LOT.sub(" ", fold(title))).split())


def _is_one(group: Sequence[Member], because: Because) -> bool:
    """One title under many providers is an arrangement; under one provider it is only that provider's habit."""
    return because is not Because.TITLE or len({fold(member.provider) for member in group}) > len(group) / 2


def _suggested(because: Because, group: Sequence[Member]) -> SuggestedArrangement:
    title, _ = Counter(member.title for member in group).most_common(1)[0]
    values = [member.value for member in group if member.value]
    is_framework = because is Because.PARENT or any(member.form in _OF_FRAMEWORKS for member in group)
    is_repeated = len(values) > 1 and len(set(values)) == 1
    return SuggestedArrangement(
        because,
        title,
        _commonest(member.reference or member.parent_reference for member in group),
        _commonest(member.unit for member in group),
        tuple(member.id for member in group),
        len({fold(member.provider) for member in group if member.provider}),
        ArrangementKind.FRAMEWORK if is_framework else ArrangementKind.MANY_PROVIDERS,
        Valuation.REPEATED if is_repeated else Valuation.ADDED,
    )


_OF_FRAMEWORKS = frozenset({"framework", "call-off"})


def _commonest(words: Iterable[str]) -> str:
    counted: Mapping[str, int] = Counter(word for word in words if word)
    return max(counted, key=lambda word: counted[word], default="")
