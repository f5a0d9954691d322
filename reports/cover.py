"""What a document says about itself before its first table."""

from collections.abc import Iterable

from reports import format as fmt
from reports.context import Context

NOT_FOR_PUBLICATION = "NOT FOR PUBLICATION: this edition shows exempt information"

#: How to read the tables; on the Notes sheet and at the end of a document.
READING_NOTES = (
    "A blank cell means that the register holds nothing there; where a figure is missing, the Notes column says why.",
    "Totals add only the rows printed, and say how many. Annual values are never added to whole-life values.",
    "Contract dates include the first and the last day. Financial years run from 1 April to 31 March.",
    "Figures come from the register of contracts and will not match what was spent in a year.",
)


def facts(context: Context) -> Iterable[tuple[str, str]]:
    """The cover's lines: a name and what stands beside it; nothing is listed without something to say."""
    return ((name, text) for name, text in _all_facts(context) if text)


def _all_facts(context: Context) -> Iterable[tuple[str, str]]:
    yield "Council", context.council
    yield "Directorate", context.directorate or "All directorates"
    yield "Financial year", context.plan_year
    yield "Status", f"{context.status} v{context.version}" if context.version else context.status
    yield "As at", fmt.day(context.as_at)
    yield "Edition", "Open" if context.is_open else "Exempt: not for publication"
    yield "Committee", ", ".join(part for part in (context.committee, fmt.day(context.committee_on)) if part)
    yield "Threshold", f"Commissioned services {fmt.over(context.threshold)}"
    yield "Prepared by", _prepared(context)
    yield "Contact", context.contact


def _prepared(context: Context) -> str:
    on = f"on {fmt.day(context.prepared_at.date())}" if context.prepared_at else ""
    return " ".join(part for part in (context.prepared_by, on) if part)
