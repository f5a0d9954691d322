"""The Transparency Code's layouts, and what stands in each cell; what is withheld is printed as such."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reports.transparency_columns import (
    DISCLOSURE_COLUMNS,
    EXTRAS,
    GRANT_COLUMNS,
    SCHEMA_COLUMNS,
    TEMPLATE_COLUMNS,
    CodeColumn,
)
from reports.transparency_row import CodeRow, Fact, Flags

PENNY = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """An ordered list of columns, and how its cells are written."""

    key: str
    words: str
    columns: tuple[CodeColumn, ...]
    #: Headed by the schema's names rather than by the template's headings.
    by_name: bool = False
    #: Days as xsd:dateTime and flags as xsd:boolean; else 31/03/2026 and Yes or No.
    machine: bool = False
    #: A cell withheld tells its ground rather than the LGA's literal.
    tells_grounds: bool = False

    @property
    def headings(self) -> list[str]:
        return [column.name if self.by_name else column.title for column in self.columns]

    def without(self, names: Collection[str]) -> "Layout":
        """What the Code asks for stays."""
        return replace(self, columns=tuple(one for one in self.columns if one.required or one.name not in names))

    def with_extras(self, names: Collection[str]) -> "Layout":
        return replace(self, columns=(*self.columns, *(one for one in EXTRAS if one.name in names)))


SCHEMA = Layout(key="schema", words="LGA schema, 38 columns", columns=SCHEMA_COLUMNS, by_name=True, machine=True)
TEMPLATE = Layout(key="template", words="LGA template, 40-column numbering", columns=TEMPLATE_COLUMNS)
GRANTS = Layout(key="grants", words="Grants", columns=GRANT_COLUMNS)
DISCLOSURE = Layout(key="answer", words="Answer", columns=DISCLOSURE_COLUMNS, tells_grounds=True)
LAYOUTS = {layout.key: layout for layout in (SCHEMA, TEMPLATE, GRANTS)}
#: The columns of the schema a council may drop, and those it may add.
OPTIONAL_NAMES = tuple(column.name for column in SCHEMA_COLUMNS if not column.required)
EXTRA_NAMES = tuple(column.name for column in EXTRAS)


def fact(row: CodeRow, column: CodeColumn, layout: Layout) -> Fact:
    """What the cell holds, or what stands there because it is withheld. The one door to a row's facts."""
    own, others = row.withheld.get(column.name), [row.withheld.get(name) for name in column.goes_with]
    withheld = own or next((one for one in others if one), None)
    if withheld is not None:
        if layout.tells_grounds:
            return f"Withheld: {withheld.ground}"
        return withheld.literal if own or column.required else None
    value = column.value if layout.by_name or column.templated is None else column.templated
    return value(row)


def withheld_in(row: CodeRow, layout: Layout) -> list[CodeColumn]:
    """The columns of which something is withheld."""
    names = row.withheld.keys()
    return [one for one in layout.columns if one.name in names or not names.isdisjoint(one.goes_with)]


def flag_in_words(flags: Flags, yes: str, no: str) -> str:
    """One word where all are alike; each supplier's in turn where they differ; blank where any is not known."""
    if not flags or None in flags:
        return ""
    return (
        "; ".join(dict.fromkeys(yes if one else no for one in flags))
        if len(set(flags)) == 1
        else "; ".join(yes if one else no for one in flags)
    )


def in_words(value: Fact, layout: Layout) -> str:
    """As text, with neither a pound sign nor commas in an amount."""
    match value:
        case None:
            return ""
        case bool():
            return flag_in_words((value,), *(("true", "false") if layout.machine else ("Yes", "No")))
        case tuple():
            return _flags(value, layout)
        case Decimal():
            return f"{value.quantize(PENNY):f}"
        case date():
            return f"{value:%Y-%m-%d}T00:00:00" if layout.machine else f"{value:%d/%m/%Y}"
    return value


def _flags(flags: Flags, layout: Layout) -> str:
    """The schema's boolean has no word for suppliers that differ."""
    if not layout.machine:
        return flag_in_words(flags, "Yes", "No")
    return flag_in_words(flags, "true", "false") if len(set(flags)) == 1 else ""
