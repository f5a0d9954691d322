"""What a row turned out to say: plain frozen records handed to whoever stages and applies them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from app.imports.answers import Answer, PatternKey
from app.imports.targets import Target
from app.imports.values import Amount, Certainty, Form, NamedProvider, Process
from app.register.options import OptionWritten

#: What a cell can say of a field that is handed on as it was read.
Said: TypeAlias = str | date | bool | int
#: Row number to the places of the cells that say what the register says already.
Standing: TypeAlias = Mapping[int, frozenset[int]]


class Outcome(StrEnum):
    """What became of a row when it was read, before it met the register."""

    READY = "ready"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found, in the words of the person's own spreadsheet."""

    sheet: str
    row: int
    column: str = ""
    heading: str = ""

    @property
    def words(self) -> str:
        cell = f", column {self.column} “{self.heading}”" if self.column else ""
        return f"{self.sheet}, row {self.row}{cell}"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something that must be mended: where, what stands there, and what would be accepted."""

    place: Place
    text: str
    cure: str

    @property
    def words(self) -> str:
        found = f": “{self.text}”" if self.text else ""
        return f"{self.place.words}{found}. {self.cure}"


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row is known by when its file comes again; the source's name stands before it."""

    reference: str
    digest: str
    occurrence: int

    @property
    def code(self) -> str:
        return f"{self.reference}|{self.digest}|{self.occurrence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """A row understood. None, an empty text or an empty tuple means that the cell says nothing."""

    register_id: str = ""
    reference: str = ""
    notice_id: str = ""
    parent_reference: str = ""
    ocid: str = ""
    title: str = ""
    description: str = ""
    form: Form | None = None
    unit: str = ""
    division: str = ""
    service: str = ""
    category: str = ""
    service_category_label: str = ""
    service_category_uri: str = ""
    cpv_codes: tuple[str, ...] = ()
    cpv_label: str = ""
    proclass_label: str = ""
    proclass_code: str = ""
    programme: str = ""
    starts_on: date | None = None
    current_end_on: date | None = None
    #: The list says that there is no end ("Ongoing"), which is not the same as a blank cell.
    has_no_end: bool = False
    review_on: date | None = None
    #: As the list gives it, or worked out from the options.
    latest_end_on: date | None = None
    options: tuple[OptionWritten, ...] = ()
    awarded_on: date | None = None
    effective_on: date | None = None
    value: Amount | None = None
    annual_value: Amount | None = None
    extended_value: Amount | None = None
    certainty: Certainty | None = None
    irrecoverable_vat: Decimal | None = None
    #: With the numbers, SME and VCSE of their own columns where the row names one provider.
    providers: tuple[NamedProvider, ...] = ()
    vcse_type: str = ""
    #: A post where the list is careful, often a person.
    manager_post: str = ""
    contact_email: str = ""
    contact_url: str = ""
    process: Process | None = None
    status: str = ""
    tender_url: str = ""
    document_url: str = ""
    performance_url: str = ""
    area_label: str = ""
    area_uri: str = ""
    organisation: str = ""
    organisation_uri: str = ""
    note: str = ""
    #: Words of other cells kept because no field holds them, each with its heading.
    remarks: tuple[str, ...] = ()
    #: Fields of the register's own export, as read: text, days, whole numbers, yes and no.
    others: Mapping[Target, Said] = field(default_factory=dict)
    #: Ends of a range that the row gives without the other.
    one_end: frozenset[Target] = frozenset()


@dataclass(frozen=True, slots=True)
class RowUnderstood:
    """One row of the file: every original cell, and beside them what was understood."""

    number: int
    cells: tuple[str, ...]
    outcome: Outcome
    contract: ContractRow
    key: RowKey
    problems: tuple[RowProblem, ...] = ()
    #: Open questions that hold the row.
    held_by: tuple[PatternKey, ...] = ()
    #: Every question met in this row, settled ones and those with a default too.
    asked: tuple[PatternKey, ...] = ()
    #: What the row adds to the pounds read.
    pounds: Decimal = Decimal(0)
    #: The row whose value this one prints again: same reference, title, start and value, another provider.
    value_repeats_row: int | None = None
    #: The earlier row that is the same in every cell.
    copy_of_row: int | None = None
    #: The row names a contract of the register, and every cell says what the register says.
    stands: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no row of the list: blank, a heading again, a line of noughts. It is not counted as read."""

    number: int
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PatternGroup:
    """One question, asked once for all the places it was met in."""

    key: PatternKey
    count: int
    examples: tuple[Place, ...]
    #: A few of the texts that raised it.
    texts: tuple[str, ...]
    answer: Answer
    answered: bool

    @property
    def holds(self) -> bool:
        return self.answer is Answer.HOLD


@dataclass(frozen=True, slots=True)
class PoundsRead:
    """Where the pounds of a file went; the last four add up to the first once rows are created or left."""

    read: Decimal
    ready: Decimal
    held: Decimal
    refused: Decimal
    repeated: Decimal


@dataclass(frozen=True, slots=True)
class Understanding:
    """A whole list understood: every row accounted for."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[RowUnderstood, ...]
    left_out: tuple[LeftOut, ...]
    patterns: tuple[PatternGroup, ...]
    #: Blank rows between the headings and the last row; not counted as read.
    blank_rows: int = 0

    @property
    def counts(self) -> Mapping[Outcome, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        return tuple(problem for row in self.rows for problem in row.problems)

    @property
    def pounds(self) -> PoundsRead:
        sums = {outcome: _sum_of(self.rows, outcome) for outcome in Outcome}
        repeated = sum(
            (row.pounds for row in self.rows if row.outcome is Outcome.READY and row.value_repeats_row), Decimal(0)
        )
        return PoundsRead(
            read=sum(sums.values(), Decimal(0)),
            ready=sums[Outcome.READY] - repeated,
            held=sums[Outcome.HELD],
            refused=sums[Outcome.REFUSED],
            repeated=repeated,
        )


def _sum_of(rows: tuple[RowUnderstood, ...], outcome: Outcome) -> Decimal:
    return sum((row.pounds for row in rows if row.outcome is outcome), Decimal(0))
