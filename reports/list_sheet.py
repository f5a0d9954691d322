"""A worksheet that is filled a row at a time: looking at each argument of each cell takes a tenth of the writing.

Read only where a workbook is written, since XlsxWriter is.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from reports.listing import LONGEST_TEXT, Item

#: Excel counts days from here on.
_DAY_NOUGHT = date(1899, 12, 30).toordinal()


class ListSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Real numbers and dates, text as text; what is blank is left out."""

    def fill(self, rows: Iterable[Sequence[Item]], formats: Sequence[Any]) -> int:  # Any: XlsxWriter's formats
        """Write the rows under the headings; return how many."""
        number = 0
        for number, row in enumerate(rows, 1):
            for place, item in enumerate(row):
                if item is None or item == "":
                    continue
                kind = type(item)
                if kind is str:
                    self._write_string(number, place, item[:LONGEST_TEXT])  # type: ignore[index]  # a str, as its type says
                elif kind is bool:
                    self._write_string(number, place, "Yes" if item else "No")
                elif isinstance(item, date):
                    self._write_number(number, place, item.toordinal() - _DAY_NOUGHT, formats[place])
                else:
                    self._write_number(number, place, item, formats[place])
        return number
