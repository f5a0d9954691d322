"""Names that may be one provider's, for a person to choose from. Nothing here decides."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
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
    """How like two texts are; 0 where a cheaper look shows that they are less than like enough."""
    matcher = SequenceMatcher(None, first, second)
    least = min(_LIKE_ENOUGH, _WORDS_ALIKE)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


#: "Lumen Care Ltd t/a Hearth Homecare" is known by either name.
_TRADING_AS = re.compile(r"\s+(?:t\s*/\s*a|t\.a\.|trading as)\s+", re.IGNORECASE)


def names_within(name: str) -> tuple[str, ...]:
    """The name, and where it says what it trades as, each of the two."""
    return tuple(part.strip() for part in _TRADING_AS.split(name) if part.strip()) or (name,)


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two of a list whose names are near, the first the earlier of them."""

    first: int
    second: int
    why: str


def near_pairs(names: Mapping[int, Sequence[str]]) -> tuple[NearPair, ...]:
    """Every two whose names may be one organisation's. Of each, by its key, all the names that are known."""
    owners: dict[str, set[int]] = defaultdict(set)
    for key, known in names.items():
        for part in dict.fromkeys(within for name in known for within in names_within(name)):
            owners[part].add(key)
    near, found = KnownNames(owners), dict[tuple[int, int], str]()
    for name, keys in owners.items():
        for other in (NearName(name, _PERCENT, "the same name"), *near.near(name)):
            for pair in _pairs_of(keys, owners[other.name]):
                found.setdefault(pair, other.why)
    return tuple(NearPair(first, second, why) for (first, second), why in sorted(found.items()))


def _pairs_of(some: Iterable[int], others: Iterable[int]) -> set[tuple[int, int]]:
    return {(min(one, other), max(one, other)) for one in some for other in others if one != other}
