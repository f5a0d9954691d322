"""What the forms of a contract share: rows of a table, checks of their own, and where a refusal lands."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from typing_extensions import override
from wtforms import Field, FieldList, Form, FormField, HiddenField
from wtforms.validators import StopValidation

from app.core.errors import Refusal
from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    PoundsField,
    Question,
    SelectField,
    TextField,
    TickField,
    VersionedForm,
    WholeNumberField,
)
from app.register.models import Contract
from app.register.units import UnitChosen

F = TypeVar("F", bound=Field)

#: Blank rows offered below those that are filled, and the most rows a page takes.
SPARE_ROWS, MOST_ROWS = 1, 60
_CPV = re.compile(r"\d{8}(-\d)?")


@dataclass(frozen=True)
class ContractChoices:
    """What the selects of a contract's forms offer."""

    units: tuple[Choice[UnitChosen], ...] = ()
    services: tuple[Choice[int], ...] = ()
    outcomes: tuple[Choice[int], ...] = ()
    programmes: tuple[Choice[int], ...] = ()
    arrangements: tuple[Choice[int], ...] = ()
    approvals: tuple[Choice[int], ...] = ()


def web_address(_form: Any, field: Any) -> None:
    """Only addresses a browser opens as a page; "javascript:" is none."""
    if field.data and not str(field.data).lower().startswith(("https://", "http://")):
        raise StopValidation("Enter a web address that begins with https://")


def cpv_code(_form: Any, field: Any) -> None:
    if field.data and not _CPV.fullmatch(str(field.data)):
        raise StopValidation("Enter a CPV code of eight digits, like 85311000")


class Rows(FieldList):
    """Rows of a small table: those that are there, and a blank one to fill."""

    def __init__(self, label: str, row: type[Form], *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(FormField(row), label, max_entries=MOST_ROWS, **kwargs)
        self.hint = hint

    @property
    def rows(self) -> list[Form]:
        return [entry.form for entry in self.entries]

    def offer_more(self, number: int = SPARE_ROWS) -> None:
        """Blank rows at the foot, unless there are some."""
        for _ in range(min(number - len(self.blank_rows), MOST_ROWS - len(self.entries))):
            self.append_entry()

    @property
    def blank_rows(self) -> list[Form]:
        return [row for row in self.rows if is_blank(row)]

    @property
    def written(self) -> str:
        """The rows in words, for the page that shows two versions side by side."""
        return "; ".join(", ".join(words_of(row)) for row in self.rows if not is_blank(row))


def is_blank(row: Form) -> bool:
    return all(field.has_blank() for field in row if isinstance(field, Question))


def words_of(row: Form) -> Iterator[str]:
    for field in row:
        if isinstance(field, SelectField):
            yield from (choice.label for choice in field.choices if field.is_chosen(choice))
        elif isinstance(field, TickField):
            if field.data:
                yield str(field.label.text)
        elif isinstance(field, Question) and field.written:
            yield field.written


class ProviderRow(Form):
    """One provider, and its share of the value."""

    name = TextField("Provider", width=20)
    share = PoundsField("Share of the value, if known")
    lot = TextField("Lot, if it has one", width=10, max_length=100)


class ServiceRow(Form):
    """One more service the contract serves."""

    service_id = SelectField[int]("Service", blank="None")


class OptionRow(Form):
    """One option to extend."""

    id = HiddenField()
    months = WholeNumberField("Months it adds", least=1, most=600, width=3)
    ends_on = DayField("Or the day it leads to", hint="", width=10)
    value = PoundsField("Value it adds, if known")
    notice_months = WholeNumberField("Months' notice", most=120, width=3)


class SectionForm(VersionedForm):
    """A part of a contract's record. Its answers are columns of the contract unless it says otherwise."""

    #: Questions that are columns of the contract, by name.
    columns: ClassVar[tuple[str, ...]] = ()
    #: Whether the page works out length, values and thresholds.
    computes: ClassVar[bool] = False

    #: Asked only once there is something to pass.
    passing = LongTextField("Why is it right all the same?", rows=3, max_length=900)

    def offer(self, choices: ContractChoices) -> None:  # noqa: ARG002 - sections take their lists from it
        """Give the selects their lists, and every small table a blank row."""
        for rows in self.row_fields:
            rows.offer_more()

    def add_row(self, name: str, choices: ContractChoices) -> None:
        """One more blank row, when the person asks for it; nothing else they wrote is judged yet."""
        for rows in self.row_fields:
            if rows.name == name:
                rows.offer_more(len(rows.blank_rows) + 1)
        self.offer(choices)

    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, Any]:
        """The contract as the form's questions have it."""
        return {column: getattr(contract, column) for column in cls.columns}

    def answers(self) -> dict[str, object]:
        """What the form says, by column."""
        return {column: self[column].data for column in self.columns}

    @property
    def shown(self) -> list[Field]:
        """The questions in order, but for those a section places itself."""
        return [
            field for field in self if not isinstance(field, HiddenField) and field.name not in {"passing", "reason"}
        ]

    @property
    def row_fields(self) -> list[Rows]:
        return [field for field in self if isinstance(field, Rows)]

    @override
    def show_refusal(self, refusal: Refusal) -> None:
        """A row's question is named "providers-1-name"; one that this page does not ask lands above the form."""
        found = next(
            (field for rows in self.row_fields for row in rows.rows for field in row if field.name == refusal.field),
            None,
        )
        if found is None:
            super().show_refusal(
                refusal
                if refusal.field in self._fields and refusal.field not in {one.name for one in self.row_fields}
                else without_field(refusal)
            )
        else:
            found.errors = [*found.errors, refusal.message]


def without_field(refusal: Refusal) -> Refusal:
    refusal.field = None
    return refusal


def named_field(field: Field, find: Callable[[str], F]) -> F:
    """Look up what a text names; what goes wrong is said beside it."""
    try:
        return find(field.data)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=field.name) from refusal
