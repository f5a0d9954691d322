"""What a record still lacks for the annexes, and for the Transparency Code."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.register.completeness import Facts, Item, Purpose, Supplier, in_words, missing_for
from app.register.values import amount_between
from app.register.vat import VatTreatment

COMPLETE = Facts(
    reference="CN 1",
    description="Lifts",
    has_service=True,
    has_outcome=True,
    suppliers=(Supplier(sme=True, vcse=False, has_number=False),),
    starts_on=date(2026, 4, 1),
    ends_on=date(2030, 3, 31),
    value=amount_between(Decimal(1), Decimal(1)),
    irrecoverable_vat=Decimal(0),
    procured=True,
)


def test_a_complete_record_lacks_nothing() -> None:
    assert [missing_for(purpose, COMPLETE) for purpose in Purpose] == [(), ()]


@pytest.mark.parametrize(
    ("changes", "annex", "code"),
    [
        ({"reference": None}, (), (Item.REFERENCE,)),
        ({"description": ""}, (), (Item.DESCRIPTION,)),
        ({"has_service": False}, (Item.SERVICE,), ()),
        ({"has_outcome": False}, (Item.OUTCOME,), ()),
        ({"suppliers": ()}, (Item.PROVIDER,), (Item.PROVIDER,)),
        ({"suppliers": (), "needs_provider": False}, (), ()),
        ({"suppliers": (Supplier(sme=None, vcse=False, has_number=True),)}, (), (Item.SIZE,)),
        ({"suppliers": (Supplier(sme=True, vcse=None, has_number=True),)}, (), (Item.SIZE,)),
        ({"suppliers": (Supplier(sme=True, vcse=True, has_number=False),)}, (), (Item.SIZE,)),
        ({"suppliers": (Supplier(sme=True, vcse=True, has_number=True),)}, (), ()),
        ({"starts_on": None}, (Item.START,), (Item.START,)),
        ({"ends_on": None}, (Item.END,), (Item.END,)),
        ({"ends_on": None, "rolling": True}, (), ()),
        ({"ends_on": None, "end_condition": "When the last resident leaves"}, (), ()),
        ({"value": None}, (Item.VALUE,), (Item.VALUE,)),
        ({"value": None, "annual": amount_between(Decimal(1), Decimal(1))}, (), ()),
        ({"irrecoverable_vat": None}, (), (Item.VAT,)),
        ({"irrecoverable_vat": None, "vat": VatTreatment.STANDARD}, (), (Item.VAT,)),
        ({"irrecoverable_vat": None, "vat": VatTreatment.EXEMPT}, (), ()),
        ({"procured": False}, (), (Item.PROCESS,)),
    ],
)
def test_each_blank_is_told_to_the_purpose_that_asks_for_it(
    changes: dict[str, Any], annex: tuple[Item, ...], code: tuple[Item, ...]
) -> None:
    facts = replace(COMPLETE, **changes)
    assert (missing_for(Purpose.ANNEX, facts), missing_for(Purpose.CODE, facts)) == (annex, code)


def test_what_is_missing_is_said_in_a_sentence() -> None:
    assert in_words((Item.REFERENCE, Item.START, Item.VALUE)) == "reference, start date and value"
    assert in_words((Item.VALUE,)) == "value"
