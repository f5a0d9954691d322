"""How one field of a row reads as text, what a contract holds of it, and how it is put there: a maker a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.text import fold
from app.council.models import Directorate, Division, Outcome
from app.imports.rows import ContractRow
from app.imports.targets import Target
from app.imports.values import Amount
from app.register.models import (
    Approval,
    Arrangement,
    Category,
    Contract,
    Programme,
    Provider,
    Service,
)
from app.register.shares import Share


@dataclass(frozen=True, slots=True)
class Resolved:
    """The register's own records that a row names."""

    directorate: Directorate
    division: Division | None = None
    lead_service: Service | None = None
    category: Category | None = None
    programme: Programme | None = None
    parent: Contract | None = None
    providers: tuple[Provider, ...] = ()
    outcome: Outcome | None = None
    arrangement: Arrangement | None = None
    replaces: Contract | None = None
    approval: Approval | None = None
    #: None where the row does not name them.
    other_services: tuple[Service, ...] | None = None
    shares: Mapping[str, Share] | None = None
    #: The register's contract that the row names by its Register id.
    contract: Contract | None = None
    #: Why the row must wait: names the register does not have, each with what would work.
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing a row brings."""

    name: str
    target: Target
    #: As text; empty where the row says nothing, which never erases.
    of_row: Callable[[ContractRow, Resolved], str]
    of_contract: Callable[[Contract], str]
    put: Callable[[Contract, ContractRow, Resolved], None]


def clean(text: str, most: int | None = None) -> str:
    """Text that both databases can keep, no longer than its column."""
    bare = text.replace("\0", "").encode("utf-8", "replace").decode().strip()
    return bare if most is None or len(bare) <= most else f"{bare[: most - 1]}…"


def text_field(
    column: str, target: Target, most: int | None, of: Callable[[ContractRow], str] | None = None
) -> Brought:
    name = target.value

    def said(row: ContractRow) -> str:
        written: str = of(row) if of else getattr(row, name)
        return clean(written, most) if written else ""

    return Brought(
        name,
        target,
        lambda row, _: said(row),
        lambda contract: getattr(contract, column) or "",
        lambda contract, row, _: setattr(contract, column, said(row)),
    )


def day_field(column: str, target: Target, of_contract: str | None = None) -> Brought:
    name, held = target.value, of_contract or column

    def iso(day: date | None) -> str:
        return day.isoformat() if day else ""

    return Brought(
        name,
        target,
        lambda row, _: iso(getattr(row, name)),
        lambda contract: iso(getattr(contract, held)),
        lambda contract, row, _: setattr(contract, column, getattr(row, name)),
    )


def choice_field(
    column: str, target: Target, of: Callable[[ContractRow], StrEnum | None], kind: type[StrEnum]
) -> Brought:
    def said(row: ContractRow) -> str:
        chosen = of(row)
        return str(chosen.value) if chosen else ""

    def held(contract: Contract) -> str:
        found = getattr(contract, column)
        return str(found.value) if found else ""

    def put(contract: Contract, row: ContractRow, _: Resolved) -> None:
        setattr(contract, column, kind(said(row)))

    return Brought(target.value, target, lambda row, _: said(row), held, put)


def record_field(attribute: str, target: Target, *, key: str = "name") -> Brought:
    """Another record, known by its folded name."""

    def name_of(record: object) -> str:
        return fold(getattr(record, key)) if record is not None else ""

    def put(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
        setattr(contract, attribute, getattr(resolved, attribute))

    return Brought(
        target.value,
        target,
        lambda _, resolved: name_of(getattr(resolved, attribute)),
        lambda contract: name_of(getattr(contract, attribute)),
        put,
    )


def span(low: Decimal | None, high: Decimal | None) -> str:
    """An amount as text: "1200.00", or "1000.00–2000.00"."""
    if low is None or high is None:
        return ""
    return f"{high:.2f}" if low == high else f"{low:.2f}–{high:.2f}"


def amount_field(
    prefix: str, target: Target, of: Callable[[ContractRow], Amount | None], held: str, ends: tuple[Target, Target]
) -> Brought:
    def whole(row: ContractRow, resolved: Resolved) -> tuple[Decimal | None, Decimal | None]:
        """One end of a range alone changes that end."""
        amount, contract = of(row), resolved.contract
        if amount is None:
            return None, None
        low, high = amount.low, amount.high
        if contract is not None and ends[0] in row.one_end:
            high = getattr(contract, f"{prefix}_high") or high
        if contract is not None and ends[1] in row.one_end:
            low = low if getattr(contract, f"{prefix}_low") is None else getattr(contract, f"{prefix}_low")
        return low, high

    def put(contract: Contract, row: ContractRow, resolved: Resolved) -> None:
        low, high = whole(row, resolved)
        if high is not None:
            setattr(contract, f"{prefix}_low", low)
            setattr(contract, f"{prefix}_high", high)

    return Brought(
        target.value,
        target,
        lambda row, resolved: span(*whole(row, resolved)),
        lambda contract: span(getattr(contract, f"{held}_low"), getattr(contract, f"{held}_high")),
        put,
    )


def said_field(target: Target, kind: type) -> Brought:
    """A field of the register's own export, as it was read; a word that is none of its choices brings nothing."""
    name = target.value

    def value_of(row: ContractRow) -> object:
        said = row.others.get(target)
        if issubclass(kind, StrEnum):
            return next((member for member in kind if isinstance(said, str) and fold(member.value) == fold(said)), None)
        return said if type(said) is kind and said is not False else None

    def text(value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None or value is False else clean(str(value), 1000)

    return Brought(
        name,
        target,
        lambda row, _: text(value_of(row)),
        lambda contract: text(getattr(contract, name)),
        lambda contract, row, _: setattr(contract, name, value_of(row)),
    )
