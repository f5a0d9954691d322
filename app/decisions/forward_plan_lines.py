"""The forward plan's columns: for its files, on the page and on the command line."""

from collections.abc import Iterator

from app.decisions.queries.forward_plans import OwnPlan
from app.decisions.rules.forward_plan import Item
from reports.listing import Item as Cell
from reports.listing import ListColumn
from reports.table import Kind

PLAN_COLUMNS = (
    ListColumn("Reference"),
    ListColumn("Title", width=40),
    ListColumn("Decision maker", width=28),
    ListColumn("Decision due", width=24),
    ListColumn("Directorate", width=24),
    ListColumn("Lead officer", width=24),
    ListColumn("Decision status"),
    ListColumn("Key decision"),
    ListColumn("Anticipated restriction"),
    ListColumn("Notice first published", Kind.DAY),
    ListColumn("Since the last edition", width=40),
)


def plan_lines(plan: OwnPlan) -> Iterator[tuple[Cell, ...]]:
    """Our own, with what is new and changed."""
    return (item_line(one.item, "; ".join((one.mark, *one.changes)) if one.mark else "") for one in plan.items)


def item_line(item: Item, mark: str = "") -> tuple[Cell, ...]:
    return (
        *(item.reference, item.title, item.taker, item.due_words, item.department, item.lead_officer, item.status),
        *(item.is_key, item.restriction, item.first_published_on, mark),
    )
