"""Which contracts look let or counted as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.register.arranging import Candidate, Likeness, suggestions, title_stem


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Spot purchased day care for adults (Age UK - Denny Centre)", "spot purchased day care for adults"),
        ("Spot Purchased Day Care For Adults (Amber (East Anglia) Ltd (Lodge))", "spot purchased day care for adults"),
        ("Day Care (Hamlet Centre Trust", "day care"),
        ("Building maintenance - Lot 3 - North", "building maintenance"),
        ("Building maintenance Lot B", "building maintenance"),
        ("Pre-Placement Agreement for Care Homes 2008", "pre-placement agreement for care homes 2008"),
        ("Allotments upkeep", "allotments upkeep"),
        ("(The Close)", ""),
    ],
)
def test_a_titles_stem_leaves_out_brackets_and_lots(title: str, stem: str) -> None:
    assert title_stem(title) == stem


def candidates(*titles: str, directorate_id: int = 1, category: str | None = "Homes") -> list[Candidate]:
    return [Candidate(number, title, directorate_id, category=category) for number, title in enumerate(titles, 1)]


def test_three_of_one_title_and_category_are_suggested_under_the_title_without_brackets() -> None:
    (found,) = suggestions(candidates("Day care for adults (B)", "Day Care For Adults (A)", "Day care for adults"))
    assert (found.likeness, found.contract_ids, found.title) == (Likeness.TITLE, (1, 2, 3), "Day care for adults")


@pytest.mark.parametrize(
    "alike",
    [
        pytest.param(candidates("Day care for adults (A)", "Day care for adults (B)"), id="two of one title only"),
        pytest.param(candidates("Bus (A)", "Bus (B)", "Bus (C)"), id="a stem that says nothing"),
        pytest.param(
            candidates("Day care for adults (A)", "Home care for adults", "Meals at home"), id="nothing shared"
        ),
        pytest.param(
            [
                Candidate(1, "Day care for adults", 1, category="A"),
                Candidate(2, "Day care for adults", 1, category="B"),
                Candidate(3, "Day care for adults", 1, category="C"),
            ],
            id="one title in three categories",
        ),
        pytest.param(
            [Candidate(1, "Legal advice", 1, reference="R1"), Candidate(2, "Legal advice", 2, reference="R1")],
            id="one reference in two directorates",
        ),
    ],
)
def test_what_shares_too_little_is_not_suggested(alike: list[Candidate]) -> None:
    assert suggestions(alike) == []


def test_a_framework_stands_with_its_own_call_offs() -> None:
    alike = [Candidate(1, "Framework", 1), Candidate(2, "Call-off north", 1, parent_id=1), Candidate(3, "Other", 1)]
    (found,) = suggestions(alike)
    assert (found.likeness, found.contract_ids) == (Likeness.PARENT, (1, 2))


def test_the_same_reference_differently_written_is_one() -> None:
    alike = [Candidate(1, "A", 1, reference="BAN 42308"), Candidate(2, "B", 1, reference=" ban  42308 ")]
    (found,) = suggestions(alike)
    assert (found.likeness, found.key) == (Likeness.REFERENCE, "reference:1:ban 42308")


def test_a_contract_is_suggested_once_under_its_surest_likeness() -> None:
    alike = [
        Candidate(number, "Day care for adults", 1, reference="R1" if number < 3 else None, category="Homes")
        for number in range(1, 7)
    ]
    found = suggestions(alike)
    assert [(one.likeness, one.contract_ids) for one in found] == [
        (Likeness.TITLE, (3, 4, 5, 6)),
        (Likeness.REFERENCE, (1, 2)),
    ]


@given(
    st.lists(
        st.builds(
            Candidate,
            id=st.integers(1, 50),
            title=st.sampled_from(["Day care for adults (A)", "Day care for adults", "Meals delivered"]),
            directorate_id=st.integers(1, 2),
            reference=st.sampled_from([None, "", "R1", "R2"]),
            parent_id=st.one_of(st.none(), st.integers(1, 5)),
            category=st.sampled_from([None, "Homes"]),
        ),
        unique_by=lambda one: one.id,
    )
)
def test_no_contract_is_in_two_suggestions_whatever_comes(alike: list[Candidate]) -> None:
    found = suggestions(alike)
    every = [number for one in found for number in one.contract_ids]
    assert len(every) == len(set(every))
    assert len({one.key for one in found}) == len(found)
    assert found == suggestions(list(reversed(alike)))
