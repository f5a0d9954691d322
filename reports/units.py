"""The columns and headings that say whose a row is: the division, and the directorate in a council-wide set."""

from typing import Protocol

from reports.context import Context
from reports.table import Column, Printed
from reports.values import Unit


class Owned(Printed, Protocol):
    """A row that belongs to a directorate."""

    @property
    def unit(self) -> Unit:
        """Whose it is."""


def unit_columns(context: Context, width: int = 15) -> tuple[Column[Owned], ...]:
    """On a page units are headings; in a sheet they are columns, repeated in every row so that they filter."""
    division = Column[Owned](heading="Division", value=lambda row: row.unit.division, width=width, screen=False)
    return (division,) if context.directorate else (directorate_column(), division)


def directorate_column() -> Column[Owned]:
    """Stands in front of a council-wide sheet."""
    return Column[Owned](heading="Directorate", value=lambda row: row.unit.directorate, width=15, screen=False)


def unit_heading(context: Context, unit: Unit) -> str:
    """The heading of a division's rows; blank where no division is recorded."""
    if context.directorate:
        return unit.division
    return f"{unit.directorate}: {unit.division}" if unit.division else unit.directorate
