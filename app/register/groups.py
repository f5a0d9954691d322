"""Organisations that own each other: who heads a group, and what would make a circle of it."""

from collections.abc import Mapping

from app.core.errors import Refusal

#: The organisation above each; one that is not in it has none.
Parents = Mapping[int, int]


def chain(parents: Parents, number: int) -> tuple[int, ...]:
    """Whoever stands above it, nearest first."""
    above: list[int] = []
    while number in parents and parents[number] not in above:
        number = parents[number]
        above.append(number)
    return tuple(above)


def head(parents: Parents, number: int) -> int:
    """Whoever stands above all of its group: itself, where it has nobody above."""
    return (number, *chain(parents, number))[-1]


def members(parents: Parents, number: int) -> tuple[int, ...]:
    """Everybody of its group below it, and itself first."""
    below = sorted(one for one in parents if number in chain(parents, one))
    return (number, *below)


def check_parent(parents: Parents, number: int | None, parent: int) -> None:
    """Refuse to put an organisation under itself, or under one that is under it."""
    if parent == number:
        raise Refusal("Choose another organisation: none can be its own parent", field="parent")
    if number is not None and number in chain(parents, parent):
        raise Refusal("Choose another organisation: that one is below this one already", field="parent")
