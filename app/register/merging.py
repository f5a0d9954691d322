"""What a merge of two records does, row by row, as it is kept so that it can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Self, TypeAlias

from app.core.errors import Refusal

#: A value as JSON keeps it.
Kept: TypeAlias = str | int | bool | None


class Did(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Step:
    """One row that a merge changed, removed or added."""

    did: Did
    table: str
    row: int
    #: Of a row changed: what each column was. Of one removed: the whole row.
    old: Mapping[str, Kept] = field(default_factory=dict)
    #: Of a row changed: what each column became.
    new: Mapping[str, Kept] = field(default_factory=dict)
    #: Of one removed: the row that took it in.
    into: int | None = None

    def written(self) -> dict[str, Any]:  # Any: JSON
        return {
            "did": self.did.value,
            "table": self.table,
            "row": self.row,
            "old": dict(self.old),
            "new": dict(self.new),
            "into": self.into,
        }

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:  # Any: JSON
        return cls(
            Did(written["did"]), written["table"], written["row"], written["old"], written["new"], written["into"]
        )


def kept(value: object) -> Kept:
    """A column's value as it is kept."""
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


@dataclass(frozen=True)
class Parties:
    """As much of two providers as says whether the second may be merged into the first."""

    kept_id: int
    merged_id: int
    kept_is_withdrawn: bool = False
    merged_is_withdrawn: bool = False


def check_merge(two: Parties) -> None:
    if two.kept_id == two.merged_id:
        raise Refusal("Choose two providers: these are one and the same", field="merged")
    if two.kept_is_withdrawn:
        raise Refusal("Choose a provider that is in the register to keep: this one is withdrawn", field="merged")
    if two.merged_is_withdrawn:
        raise Refusal("Choose a provider that is in the register: that one is withdrawn already", field="merged")


def share_together(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    """The share of two entries made one; not known unless both are."""
    return None if first is None or second is None else first + second


#: What each kind of row is called.
WORDS = {
    "contract_provider": ("contract", "contracts"),
    "provider_identifier": ("number", "numbers"),
    "provider_name": ("name", "names"),
    "provider": ("fact of a provider", "facts of providers"),
    "trading_company": ("trading company record", "trading company records"),
    "control_test": ("control test", "control tests"),
    "document": ("document", "documents"),
    "service_partner": ("part in a service", "parts in services"),
}


def called(table: str, number: int) -> str:
    """As "2 contracts"."""
    one, many = WORDS.get(table, (table.replace("_", " "), f"{table.replace('_', ' ')} records"))
    return f"{number:,} {one if number == 1 else many}"
