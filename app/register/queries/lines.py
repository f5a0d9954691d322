"""A contract as one line of another record's page, with one value, as far as the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from app.core.money import pounds
from app.core.rights import Reader
from app.register.models import Contract, ContractProvider
from app.register.sentence import providers_in_words
from app.register.status import COLOURS, Status, standing_of, status_on, words
from app.register.values import amount_between
from app.register.visibility import may_see_amounts

EXEMPT = "Exempt"
NOT_RECORDED = "Not recorded"
OVER = frozenset({Status.EXPIRED, Status.ENDED_EARLY})


@dataclass(frozen=True)
class ContractLine:
    """One contract, read for a table."""

    id: int
    title: str
    reference: str
    form: str
    providers: str
    starts_on: date | None
    #: The current end; the early end where it ended early.
    ends_on: date | None
    value: str
    #: Words beside the value or the title: its arrangement, the service it counts under.
    note: str
    status: Status
    lot: str = ""
    #: Its end in words, where no date can be given.
    end_condition: str = ""
    #: The whole-life value at its high end; None where it is not known, or withheld from the reader.
    amount: Decimal | None = None

    @property
    def tag(self) -> tuple[str, str]:
        return words(self.status).capitalize(), COLOURS[self.status]

    @property
    def is_over(self) -> bool:
        return self.status in OVER


#: What a line reads of a contract, loaded with it.
NEEDED: tuple[Any, ...] = (
    selectinload(Contract.providers).joinedload(ContractProvider.provider),
    joinedload(Contract.arrangement),
    joinedload(Contract.lead_service),
)


def line(contract: Contract, reader: Reader, today: date, *, note: str | None = None) -> ContractLine:
    return ContractLine(
        id=contract.id,
        title=contract.title,
        reference=contract.reference or "",
        form=contract.form.value,
        providers=providers_in_words([entry.provider.name for entry in contract.providers]),
        starts_on=contract.starts_on,
        ends_on=contract.ended_early_on or contract.current_end_on,
        value=value_in_words(contract, reader),
        note=_arrangement(contract) if note is None else note,
        status=status_on(standing_of(contract), today),
        lot=contract.lot or "",
        end_condition=contract.end_condition or "",
        amount=contract.current_high if may_see_amounts(reader, contract) else None,
    )


def lines(contracts: Iterable[Contract], reader: Reader, today: date) -> list[ContractLine]:
    return [line(contract, reader, today) for contract in contracts]


def value_in_words(contract: Contract, reader: Reader) -> str:
    """The current whole-life value, else the annual; exact, or why there is none."""
    if not may_see_amounts(reader, contract):
        return EXEMPT
    whole = amount_between(contract.current_low, contract.current_high)
    yearly = amount_between(contract.annual_low, contract.annual_high)
    amount = whole or yearly
    if amount is None:
        return NOT_RECORDED
    ends = " to ".join(dict.fromkeys((pounds(amount.low), pounds(amount.high))))
    return ends if whole else f"{ends} a year"


def _arrangement(contract: Contract) -> str:
    within = contract.arrangement
    return f"Part of {within.title}" if within is not None and within.withdrawn_at is None else ""
