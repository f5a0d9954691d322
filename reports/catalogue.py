"""The five annexes: from a set of rows to tables laid out for a medium."""

from reports import (
    annex_agreements,
    annex_commissioned,
    annex_forthcoming,
    annex_services,
    annex_social_value,
)
from reports.annex_set import AnnexSet
from reports.layout import Laid
from reports.redaction import Printable
from reports.setting import lay_out
from reports.table import Medium


def laid_out(shown: Printable, medium: Medium) -> tuple[Laid, ...]:
    """Lay out every annex of the set that is to print, in order, as its readers may see it."""
    return tuple(_LAID[number](shown, medium) for number in shown.annexes.annexes)


def _services(shown: Printable, medium: Medium) -> Laid:
    annexes = shown.annexes
    rows = annex_services.lines(annexes.services, annexes.context)
    table = annex_services.table(
        annexes.context, unassigned=_unassigned(annexes), resources=annex_services.resources(rows)
    )
    return lay_out(table, rows, annexes.context, medium, embargoed=shown.embargoed.get(1, 0))


def _unassigned(annexes: AnnexSet) -> int:
    assigned = {contract.ref for row in annexes.services for contract in row.contracts}
    return sum(row.ref not in assigned for row in annexes.commissioned)


def _commissioned(shown: Printable, medium: Medium) -> Laid:
    context = shown.annexes.context
    table = annex_commissioned.table(context)
    return lay_out(table, shown.annexes.commissioned, context, medium, embargoed=shown.embargoed.get(2, 0))


def _forthcoming(shown: Printable, medium: Medium) -> Laid:
    context = shown.annexes.context
    table = annex_forthcoming.table(context)
    return lay_out(table, shown.annexes.forthcoming, context, medium, embargoed=shown.embargoed.get(3, 0))


def _agreements(shown: Printable, medium: Medium) -> Laid:
    context = shown.annexes.context
    table = annex_agreements.table(context)
    return lay_out(table, shown.annexes.agreements, context, medium, embargoed=shown.embargoed.get(4, 0))


def _social_value(shown: Printable, medium: Medium) -> Laid:
    annexes = shown.annexes
    table = annex_social_value.table(annexes.context, annexes.statements, annexes.commissioned)
    return lay_out(table, annexes.commitments, annexes.context, medium, embargoed=shown.embargoed.get(5, 0))


_LAID = {1: _services, 2: _commissioned, 3: _forthcoming, 4: _agreements, 5: _social_value}
