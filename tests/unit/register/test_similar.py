"""Names that may be one provider's, and what a column holds."""

import pytest

from app.imports.profiling import profile
from app.register.similar import KnownNames
from tests.unit.imports.tables import a_list

KNOWN = KnownNames(
    ["Tern & Plover Care Limited", "Marrowby Healthcare Ltd", "Sallow Homes No 3", "Quillmoor Transport plc"]
)


@pytest.mark.parametrize(
    "name", ["TERN & PLOVER CARE LIMITED", "  tern & plover  care limited", "Térn & Plover Care Limited"]
)
def test_only_the_same_folded_name_is_taken_without_asking(name: str) -> None:
    assert KNOWN.exact(name) == "Tern & Plover Care Limited"
    assert KNOWN.exact("Tern & Plover Care Ltd") is None


@pytest.mark.parametrize(
    ("name", "near", "why"),
    [
        ("Tern and Plover Care Ltd.", "Tern & Plover Care Limited", "the same but for words such as Ltd"),
        ("Marrowby Healthcare Homes Ltd", "Marrowby Healthcare Ltd", "the same with a word more or less"),
        ("Quilmoor Transport", "Quillmoor Transport plc", "spelled alike"),
    ],
)
def test_near_names_are_suggested_with_the_reason(name: str, near: str, why: str) -> None:
    found = KNOWN.near(name)
    assert [(one.name, one.why) for one in found] == [(near, why)]


@pytest.mark.parametrize("name", ["Sallow Homes No 4", "Netherfell Healthcare Ltd", "Otter Ltd", "", "&"])
def test_other_names_are_not_suggested(name: str) -> None:
    assert KNOWN.near(name) == ()


def test_a_column_is_counted_by_text_and_by_shape() -> None:
    dates = ["01/04/2015", "01/04/2015", "Mar-16", "", "31/03/2018"]
    title, start = profile(a_list(["Title", "Start date"], *[[f"C{n}", day] for n, day in enumerate(dates)]))
    assert (title.filled, title.different) == (5, 5)
    assert (start.letter, start.filled, start.different, start.commonest[0]) == ("B", 4, 3, ("01/04/2015", 2))
    assert [(shape.shape, shape.count, shape.example) for shape in start.shapes] == [
        ("99/99/9999", 3, "01/04/2015"),
        ("a-99", 1, "Mar-16"),
    ]
