"""What a return's page and a chaser's letter say, in plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from app.core.dates import day
from app.plans.rules import ReturnState

#: So many records are named in a letter; the rest are in the list.
NAMED = 40
#: Mail programs cut what a link hands them at about two thousand characters.
LONGEST_LINK = 1_800


@dataclass(frozen=True)
class Line:
    """One kind of thing that is missing, and the records that lack it."""

    words: str
    number: int
    #: As "Waste sites: Missing: provider."
    records: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChaseWanted:
    """What a letter is about."""

    name: str
    year: str
    due_on: date
    state: ReturnState
    late: bool
    sent_back_reason: str | None
    lines: Sequence[Line]
    address: str
    chaser: str

    @property
    def number(self) -> int:
        return sum(one.number for one in self.lines)


def subject(wanted: ChaseWanted) -> str:
    begins = "Late: return" if wanted.late else "Return"
    return f"{begins} of {wanted.name} for the business plan {wanted.year}, due {day(wanted.due_on)}"


def letter(wanted: ChaseWanted) -> str:
    """The whole text: what is asked for, by when, what is missing, and where to mend it."""
    return "\n".join(_lines(wanted, NAMED))


def mail_link(wanted: ChaseWanted, addresses: Sequence[str]) -> str:
    """Opens the reader's own mail program with the letter; counts alone, where the whole list is too long."""
    whole = _link(wanted, addresses, NAMED)
    return whole if len(whole) <= LONGEST_LINK else _link(wanted, addresses, 0)


def _link(wanted: ChaseWanted, addresses: Sequence[str], named: int) -> str:
    body = "\r\n".join(_lines(wanted, named))
    said = urlencode({"subject": subject(wanted), "body": body}, quote_via=quote)
    return f"mailto:{quote(','.join(addresses), safe='@,')}?{said}"


def _lines(wanted: ChaseWanted, named: int) -> list[str]:
    return [*_opening(wanted), "", *_missing(wanted, named), *_closing(wanted)]


def _opening(wanted: ChaseWanted) -> list[str]:
    due = f"was due on {day(wanted.due_on)}" if wanted.late else f"is due on {day(wanted.due_on)}"
    back = wanted.state is ReturnState.SENT_BACK and wanted.sent_back_reason
    return [
        f"The return of {wanted.name} for the business plan {wanted.year} {due}, and has not been sent.",
        *([f"It was sent back: {wanted.sent_back_reason}"] if back else []),
        f"Answer its five parts and send it here: {wanted.address}",
    ]


def _missing(wanted: ChaseWanted, named: int) -> list[str]:
    if not wanted.number:
        return ["Nothing is missing from the records.", ""]
    left, lines = named, [f"What is still missing ({wanted.number:,}):"]
    for one in wanted.lines:
        lines.append(f"- {one.number:,} {one.words}")
        shown = one.records[: max(left, 0)]
        left -= len(shown)
        lines += [f"    {record}" for record in shown]
        if named and len(shown) < one.number:
            lines.append(f"    and {one.number - len(shown):,} more")
    return [*lines, "", f"The whole list, as a file: {wanted.address}/missing.csv"]


def _closing(wanted: ChaseWanted) -> list[str]:
    return ["", "If there is nothing to return for a part, answer “nil”.", "", wanted.chaser]
