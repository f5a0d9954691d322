"""Providers that may be one: the same number, or near names, with what each has. A person decides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.core.listing import Page
from app.core.rights import Reader
from app.register.identifiers import SHAPES, Scheme
from app.register.models import Provider, ProviderDistinction, ProviderIdentifier, ProviderName
from app.register.queries.providers import ProviderRow, provider_rows
from app.register.queries.remembered import Remembered, stamp_of
from app.register.similar import near_pairs

Pair = tuple[int, int]


@dataclass(frozen=True)
class DuplicatePair:
    """Two providers that may be one, and why it looks so."""

    first: ProviderRow
    second: ProviderRow
    #: The numbers of each, in words.
    first_numbers: tuple[str, ...]
    second_numbers: tuple[str, ...]
    why: str


_found: Remembered[Mapping[Pair, str]] = Remembered(2)


def likely_pairs(session: Session) -> Mapping[Pair, str]:
    """Every pair not told apart, those with a number in common first; kept until a commit."""
    return _found.get(stamp_of(session), "pairs", lambda: _likely_pairs(session))


def _likely_pairs(session: Session) -> Mapping[Pair, str]:
    told = {(one.first_id, one.second_id) for one in session.scalars(select(ProviderDistinction))}
    names = _names(session)
    by_number = {pair: why for pair, why in _same_numbers(session, names).items() if pair not in told}
    by_name = {(one.first, one.second): one.why for one in near_pairs(names)}
    groups = _families(session)
    near = {
        pair: f"Their names are {why.removesuffix(' name')}"
        for pair, why in by_name.items()
        if pair not in told and pair not in by_number and pair not in groups
    }
    return {**by_number, **near}


def _families(session: Session) -> set[Pair]:
    """A parent and its child may well have near names: they were told apart when one was put under the other."""
    query = select(Provider.id, Provider.parent_id).where(Provider.parent_id.is_not(None))
    return {(min(number, parent), max(number, parent)) for number, parent in session.execute(query) if parent}


def _names(session: Session) -> dict[int, list[str]]:
    """By provider in the register: its name and its other names."""
    standing = select(Provider.id, Provider.name).where(Provider.withdrawn_at.is_(None))
    found = {number: [name] for number, name in session.execute(standing.order_by(Provider.id))}
    others = select(ProviderName.provider_id, ProviderName.name).order_by(ProviderName.id)
    for number, name in session.execute(others):
        if number in found:
            found[number].append(name)
    return found


def _same_numbers(session: Session, standing: Mapping[int, object]) -> dict[Pair, str]:
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    columns = select(ProviderIdentifier.scheme, ProviderIdentifier.value, ProviderIdentifier.provider_id)
    order = (ProviderIdentifier.scheme, ProviderIdentifier.value, ProviderIdentifier.provider_id)
    for scheme, value, number in session.execute(columns.order_by(*order)):
        if number in standing:
            holders[scheme, value].append(number)
    return {
        pair: f"Both have {scheme_in_words(scheme)} {value}"
        for (scheme, value), numbers in holders.items()
        for pair in _pairs(sorted(set(numbers)))
    }


def _pairs(numbers: Sequence[int]) -> Iterable[Pair]:
    return ((one, other) for place, one in enumerate(numbers) for other in numbers[place + 1 :])


def scheme_in_words(scheme: str) -> str:
    known = {one.value: SHAPES[one].name for one in Scheme}
    words = known.get(scheme, scheme)
    return words if words.startswith(("Companies", "UK", "English", "NHS")) else words[:1].lower() + words[1:]


def duplicates_page(
    session: Session, reader: Reader, today: date, *, number: int = 1, size: int = 10
) -> Page[DuplicatePair]:
    pairs = list(likely_pairs(session).items())
    shown = pairs[(number - 1) * size : number * size]
    ids = {one for pair, _ in shown for one in pair}
    found = session.scalars(
        select(Provider).where(Provider.id.in_(ids)).options(selectinload(Provider.identifiers)).order_by(Provider.id)
    ).all()
    rows = {row.id: row for row in provider_rows(session, found, reader, today)}
    numbers = {one.id: numbers_in_words(one) for one in found}
    return Page(
        [
            DuplicatePair(rows[first], rows[second], numbers[first], numbers[second], why)
            for (first, second), why in shown
        ],
        len(pairs),
        number,
        size,
    )


def numbers_in_words(provider: Provider) -> tuple[str, ...]:
    return tuple(f"{scheme_in_words(one.scheme)} {one.value}" for one in provider.identifiers)


def likely_same(session: Session, provider_id: int) -> list[tuple[Provider, str]]:
    """Whoever may be the same as this provider, and why."""
    pairs = {
        (first if second == provider_id else second): why
        for (first, second), why in likely_pairs(session).items()
        if provider_id in {first, second}
    }
    found = session.scalars(select(Provider).where(Provider.id.in_(pairs)).order_by(Provider.name_key, Provider.id))
    return [(one, pairs[one.id]) for one in found]


def told_apart(session: Session) -> list[tuple[ProviderDistinction, Provider, Provider]]:
    """Pairs found to be two, latest first."""
    rows = session.scalars(select(ProviderDistinction).order_by(ProviderDistinction.id.desc())).all()
    ids = {number for one in rows for number in (one.first_id, one.second_id)}
    names = {one.id: one for one in session.scalars(select(Provider).where(Provider.id.in_(ids)))}
    return [(one, names[one.first_id], names[one.second_id]) for one in rows]
