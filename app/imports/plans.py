"""What an import would do, row by row, and its sums: handed to the preview, the command line and the applying."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.imports.answers import Answer, PatternKey
from app.imports.models import ImportLink, RowOutcome
from app.imports.rows import PatternGroup, RowProblem, RowUnderstood
from app.imports.targets import LABELS, Target
from app.register.models import Contract, Provider

NOUGHT = Decimal(0)
STORED = frozenset({RowOutcome.CREATED, RowOutcome.UPDATED, RowOutcome.UNCHANGED})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that the row changes, and how: None for a plain edit."""

    name: str
    target: Target
    old: str
    new: str
    how: Answer | None = None

    @property
    def words(self) -> str:
        return f"{LABELS[self.target]}: “{self.old}” becomes “{self.new}”" if self.old else self._added

    @property
    def _added(self) -> str:
        return f"{LABELS[self.target]}: “{self.new}” is added"


@dataclass(slots=True)
class RowPlan:
    """What is to become of one row."""

    row: RowUnderstood
    outcome: RowOutcome
    contract: Contract | None = None
    #: The contract is made from this row.
    is_new: bool = False
    changes: tuple[FieldChange, ...] = ()
    remarks: list[str] = field(default_factory=list)
    problems: tuple[RowProblem, ...] = ()
    brought: Mapping[str, str] = field(default_factory=dict)
    link: ImportLink | None = None
    #: The row prints again the value of a contract that another row brings, under another provider.
    repeats: bool = False
    joining: tuple[Provider, ...] = ()

    @property
    def is_stored(self) -> bool:
        return self.outcome in STORED


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name the register does not have, how often the list gives it, and whether it is to be made."""

    name: str
    count: int
    created: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """The counts and pounds of an import; the five counts add up to the first, so do the four sums of pounds."""

    rows: Mapping[RowOutcome, int]
    stored: Decimal
    held: Decimal
    refused: Decimal
    repeated: Decimal

    @property
    def read(self) -> int:
        return sum(self.rows.values())

    @property
    def pounds(self) -> Decimal:
        return self.stored + self.held + self.refused + self.repeated

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """As the command line prints them."""
        return (
            ("rows read", str(self.read)),
            *((str(outcome), str(self.rows[outcome])) for outcome in RowOutcome),
            ("pounds read", f"{self.pounds:.2f}"),
            ("pounds stored", f"{self.stored:.2f}"),
            ("pounds held", f"{self.held:.2f}"),
            ("pounds refused", f"{self.refused:.2f}"),
            ("pounds repeated", f"{self.repeated:.2f}"),
        )


@dataclass(slots=True)
class Plan:
    """An import as it would be done now."""

    rows: tuple[RowPlan, ...]
    questions: tuple[PatternGroup, ...]
    unknown_units: tuple[Unknown, ...]
    unknown_providers: tuple[Unknown, ...]
    #: Contracts this source brought before and this file does not name.
    gone: int = 0

    @property
    def sums(self) -> Sums:
        return sums_of(self.rows)

    @property
    def problems(self) -> Iterable[RowProblem]:
        return (problem for plan in self.rows for problem in plan.problems)


def sums_of(rows: Iterable[RowPlan]) -> Sums:
    counts: Counter[RowOutcome] = Counter()
    pounds: dict[str, Decimal] = {}
    for plan in rows:
        counts[plan.outcome] += 1
        place = "repeated" if plan.repeats and plan.is_stored else "stored" if plan.is_stored else str(plan.outcome)
        pounds[place] = pounds.get(place, NOUGHT) + plan.row.pounds
    return Sums(
        {outcome: counts[outcome] for outcome in RowOutcome},
        pounds.get("stored", NOUGHT),
        pounds.get("held", NOUGHT),
        pounds.get("refused", NOUGHT),
        pounds.get("repeated", NOUGHT),
    )


def words_of_holds(keys: Iterable[PatternKey]) -> list[str]:
    """Why a row is held, a line for each question."""
    return [f"Held: {key.wording}" for key in dict.fromkeys(keys)]
