"""Pre-scrutiny: what becomes of a request, which meeting a key decision comes to, how an agenda is laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.decisions.rules.timing import Timing, TimingKind


class AskReason(StrEnum):
    """Why a member wants to look at something (the five a cabinet committee named)."""

    VALUE = "its value"
    PERFORMANCE = "how it performs"
    PUBLIC_INTEREST = "public interest"
    PROVIDER = "its provider"
    TIMING = "its timing"
    OTHER = "another reason"


class RequestState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MERGED = "merged"
    TAKEN_BACK = "taken back"


class AgendaSection(StrEnum):
    """The order of a cabinet committee's agenda, after its formal business (practice.md B2)."""

    DECISIONS = "key decisions"
    PERFORMANCE = "performance"
    OTHER = "other items"
    URGENT = "urgent decisions"


class ItemOutcome(StrEnum):
    """What the committee made of it."""

    ENDORSED = "endorsed"
    ENDORSED_WITH_CHANGES = "endorsed with changes"
    FURTHER_REPORT = "further report asked for"
    NOT_ENDORSED = "not endorsed"
    NOTED = "noted"


class Body(StrEnum):
    """What kind of committee it is, as far as its agenda goes."""

    CABINET_COMMITTEE = "cabinet committee"
    SCRUTINY = "scrutiny"
    EXECUTIVE = "executive"
    MEMBER_BOARD = "board of members"
    OFFICER_BOARD = "board of officers"


S = RequestState

#: What may become of a request. An answer may be taken back by giving another, until the item has been heard.
MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    S.ASKED: frozenset({S.ACCEPTED, S.DECLINED, S.MERGED, S.TAKEN_BACK}),
    S.ACCEPTED: frozenset({S.TAKEN_BACK}),
    S.DECLINED: frozenset({S.ACCEPTED}),  # the clerk thinks again
    S.MERGED: frozenset({S.TAKEN_BACK}),
    S.TAKEN_BACK: frozenset(),
}
NEEDS_A_REASON = frozenset({S.DECLINED, S.MERGED})


def move(now: RequestState, to: RequestState, *, reason: str | None = None, into: int | None = None) -> RequestState:
    """The state a request comes to, or a refusal that says what would work."""
    if to not in MOVES[now]:
        raise Refusal(f"A request that is {now} cannot become {to}", field="answer")
    if to in NEEDS_A_REASON and not (reason or "").strip():
        raise Refusal("Say why, so that the member who asked can read it", field="reason")
    if (to is S.MERGED) is not (into is not None):
        raise Refusal("Choose the request it is merged into", field="into")
    return to


# The meeting a decision comes to


@dataclass(frozen=True)
class Sitting:
    """One meeting ahead, and by when its papers are due."""

    id: int
    meets_on: date
    papers_due_on: date | None = None

    def takes_papers(self, today: date) -> bool:
        return self.meets_on >= today and (self.papers_due_on is None or self.papers_due_on >= today)


def meeting_before(meetings: Sequence[Sitting], timing: Timing, *, today: date) -> Sitting | None:
    """The last meeting before the decision that still takes papers.

    Of a quarter or a year it is the last before its first day, else the first within it: members look before it is too
    late to change anything. Where the timing is not known there is none yet.
    """
    if timing.first is None or timing.last is None:
        return None
    ahead = sorted((one for one in meetings if one.takes_papers(today)), key=lambda one: one.meets_on)
    before = [one for one in ahead if one.meets_on < timing.first]
    if before:
        return before[-1]
    if timing.kind is TimingKind.NOT_BEFORE:
        return None
    within = [one for one in ahead if one.meets_on < timing.last]
    return within[0] if within else None


def too_soon(papers_due_on: date | None, *, today: date, weeks: int) -> bool:
    """Whether a meeting's papers are due in less than so many weeks: a report can hardly be written by then."""
    return papers_due_on is not None and papers_due_on < today + timedelta(weeks=weeks)


# The agenda

#: As a cabinet committee's headings say it, after its formal business (A).
SECTION_WORDS = {
    AgendaSection.DECISIONS: "Key or significant decisions for recommendation or endorsement",
    AgendaSection.PERFORMANCE: "Monitoring of performance",
    AgendaSection.OTHER: "Other items for comment or recommendation",
    AgendaSection.URGENT: "For information: decisions taken under the urgency procedures",
}
LETTERS = {
    AgendaSection.DECISIONS: "B",
    AgendaSection.PERFORMANCE: "C",
    AgendaSection.OTHER: "D",
    AgendaSection.URGENT: "E",
}
_OTHER_WORDS: Mapping[Body, Mapping[AgendaSection, str]] = {
    Body.CABINET_COMMITTEE: {},
    Body.SCRUTINY: {
        AgendaSection.DECISIONS: "Decisions called in, and proposals under scrutiny",
        AgendaSection.URGENT: "Consents to urgency, for information",
    },
    Body.EXECUTIVE: {
        AgendaSection.DECISIONS: "Key decisions for determination",
        AgendaSection.OTHER: "Other items for determination",
    },
    Body.MEMBER_BOARD: {AgendaSection.DECISIONS: "Proposals for members' advice"},
    Body.OFFICER_BOARD: {AgendaSection.DECISIONS: "Proposals to be agreed before they go to members"},
}
_ASKED: Mapping[Body, str] = {
    Body.CABINET_COMMITTEE: "Consider the proposed decision, and endorse it or make recommendations to the "
    "decision taker",
    Body.SCRUTINY: "Consider the decision, and make recommendations to the decision taker",
    Body.EXECUTIVE: "Take the decision",
    Body.MEMBER_BOARD: "Advise on the proposal",
    Body.OFFICER_BOARD: "Agree the proposal before it goes to members",
}
ASKED_ON_PERFORMANCE = "Note how the contract performs, and comment"


def heading(section: AgendaSection, body: Body) -> str:
    """With its letter: "B. Key or significant decisions for recommendation or endorsement"."""
    return f"{LETTERS[section]}. {_OTHER_WORDS[body].get(section, SECTION_WORDS[section])}"


def takes_by_default(body: Body) -> bool:
    """Key decisions come to cabinet committees without being asked for; nowhere else."""
    return body is Body.CABINET_COMMITTEE


def section_for(*, is_activity: bool) -> AgendaSection:
    """Where an accepted item stands unless somebody moves it: a running contract is looked at for how it performs."""
    return AgendaSection.DECISIONS if is_activity else AgendaSection.PERFORMANCE


def asked_to(section: AgendaSection, body: Body) -> str:
    """What the committee is asked, unless the clerk writes it better."""
    if section is AgendaSection.PERFORMANCE:
        return ASKED_ON_PERFORMANCE
    return _ASKED[body] if section is AgendaSection.DECISIONS else "Comment, or make recommendations"


def moved(order: Sequence[int], one: int, *, up: bool) -> tuple[int, ...]:
    """The order with one of them a place further up or down; at the end it stays."""
    found = list(order)
    at = found.index(one)
    to = at - 1 if up else at + 1
    if 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return tuple(found)


def check_outcome(outcome: ItemOutcome, *, meets_on: date | None, recommendations: str | None, today: date) -> None:
    """An outcome is recorded once the committee has met; one that asks for something says what."""
    if meets_on is None:
        raise Refusal("Put the item on a meeting first", field="outcome")
    if meets_on > today:
        raise Refusal("The committee has not met yet: record the outcome on or after the day", field="outcome")
    needs_words = {ItemOutcome.ENDORSED_WITH_CHANGES, ItemOutcome.FURTHER_REPORT, ItemOutcome.NOT_ENDORSED}
    if outcome in needs_words and not (recommendations or "").strip():
        raise Refusal("Say what the committee recommended", field="recommendations")


def state_in_words(
    *, outcome: ItemOutcome | None, meets_on: date | None, on_programme: bool, asked: bool, left_out: bool, today: date
) -> str:
    """How far its pre-scrutiny has come, in one line; blank where nobody has begun."""
    if outcome is not None:
        return str(outcome).capitalize()
    if meets_on is not None:
        return "Heard, outcome to be recorded" if meets_on < today else "On the agenda"
    if on_programme:
        return "On the work programme"
    if left_out:
        return "Left out for urgency"
    return "Asked for" if asked else ""
