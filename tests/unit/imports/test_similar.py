"""Names that may be one provider's, and contracts that may be one arrangement."""

from decimal import Decimal

import pytest

from app.imports.profiling import profile
from app.imports.similar import (
    ArrangementKind,
    Because,
    KnownNames,
    Member,
    SuggestedArrangement,
    Valuation,
    suggest_arrangements,
    title_stem,
)
from app.register import values
from app.register.models import contracts
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


def a_member(number: int, title: str = "Home care", *, reference: str = "", parent: str = "") -> Member:
    return Member(number, title, "Adults", reference, parent, provider=f"Provider {number}")


def suggested(*members: Member) -> SuggestedArrangement:
    (found,) = suggest_arrangements(members)
    return found


def test_contracts_with_one_reference_are_suggested_as_one() -> None:
    found = suggested(a_member(1, reference="F1"), a_member(2, reference="f1 "), a_member(3, title="Other"))
    assert (found.because, found.members, found.providers) == (Because.REFERENCE, (1, 2), 2)


def test_call_offs_are_suggested_with_their_framework() -> None:
    found = suggested(a_member(1, reference="F1", title="Framework"), a_member(2, reference="C1", parent="F1"))
    assert (found.because, found.kind, found.members) == (Because.PARENT, ArrangementKind.FRAMEWORK, (1, 2))


def test_one_title_under_many_providers_is_suggested_and_under_one_provider_is_not() -> None:
    homes = [a_member(number, title=f"Care homes - Lot {number}") for number in range(3)]
    assert suggested(*homes).kind is ArrangementKind.MANY_PROVIDERS
    assert suggest_arrangements(homes[:2]) == ()
    assert suggest_arrangements(Member(n, "School transport", "Roads", provider="Tern") for n in range(5)) == ()


def test_a_value_repeated_on_every_contract_is_counted_once() -> None:
    members = [Member(n, "A", "x", reference="F1", provider=str(n), value=Decimal(100)) for n in range(3)]
    assert suggested(*members).valuation is Valuation.REPEATED
    assert suggested(*members[1:], Member(9, "A", "x", reference="F1", value=Decimal(5))).valuation is Valuation.ADDED


@pytest.mark.parametrize(
    "title", ["Care homes", "Care Homes - Lot 3", "CARE HOMES (2012)", "FHC61 - Care homes 2012/13"]
)
def test_lots_numbers_and_brackets_do_not_tell_titles_apart(title: str) -> None:
    assert title_stem(title) == "care homes"


def test_suggestions_use_the_registers_own_kinds() -> None:
    assert {kind.value for kind in ArrangementKind} <= {kind.value for kind in contracts.ArrangementKind}
    assert {one.value for one in Valuation} <= {one.value for one in values.ArrangementValuation}


def test_a_column_is_counted_by_text_and_by_shape() -> None:
    dates = ["01/04/2015", "01/04/2015", "Mar-16", "", "31/03/2018"]
    title, start = profile(a_list(["Title", "Start date"], *[[f"C{n}", day] for n, day in enumerate(dates)]))
    assert (title.filled, title.different) == (5, 5)
    assert (start.letter, start.filled, start.different, start.commonest[0]) == ("B", 4, 3, ("01/04/2015", 2))
    assert [(shape.shape, shape.count, shape.example) for shape in start.shapes] == [
        ("99/99/9999", 3, "01/04/2015"),
        ("a-99", 1, "Mar-16"),
    ]
