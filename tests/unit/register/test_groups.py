"""Groups of organisations: no circles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.groups import chain, check_parent, head, members

#: 3 is under 2, 2 and 4 are under 1.
FAMILY = {3: 2, 2: 1, 4: 1}


def test_the_head_of_a_group_stands_above_all_of_it() -> None:
    assert [head(FAMILY, number) for number in (1, 2, 3, 4, 9)] == [1, 1, 1, 1, 9]
    assert chain(FAMILY, 3) == (2, 1)
    assert members(FAMILY, 1) == (1, 2, 3, 4)
    assert members(FAMILY, 2) == (2, 3)


@pytest.mark.parametrize(("number", "parent"), [(1, 1), (1, 3), (2, 3)])
def test_nobody_stands_under_itself(number: int, parent: int) -> None:
    with pytest.raises(Refusal):
        check_parent(FAMILY, number, parent)


@pytest.mark.parametrize(("number", "parent"), [(3, 1), (3, 4), (9, 3), (None, 1)])
def test_whoever_is_not_below_may_be_the_parent(number: int | None, parent: int) -> None:
    check_parent(FAMILY, number, parent)


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=30))
def test_parents_that_were_checked_never_make_a_circle(pairs: list[tuple[int, int]]) -> None:
    family: dict[int, int] = {}
    for number, parent in pairs:
        try:
            check_parent(family, number, parent)
        except Refusal:
            continue
        family[number] = parent
    assert all(number not in chain(family, number) for number in family)
