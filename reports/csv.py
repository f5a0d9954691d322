"""Annexes as CSV: one file a table, no totals among the rows, for programs and for other spreadsheets."""

from collections.abc import Iterable

from reports.annex_set import AnnexSet
from reports.catalogue import laid_out
from reports.layout import Laid
from reports.listing import Item, write_list_csv
from reports.redaction import printable
from reports.table import Medium


def to_csv(annexes: AnnexSet) -> dict[int, bytes]:
    """Each annex's table as a file, by the annex's number."""
    return {laid.number: b"".join(write_list_csv(*_grid(laid))) for laid in laid_out(printable(annexes), Medium.CSV)}


def _grid(laid: Laid) -> tuple[list[str], Iterable[list[Item]]]:
    headings = [heading.text for heading in laid.headings]
    return headings, ([cell.value for cell in line.cells] for line in laid.lines)
