"""The words of each paper before a decision. What is published is kept as this text, and read back from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.dates import day
from app.decisions.rules.notice import EarliestDay
from app.decisions.rules.particulars import REGULATIONS, NoticeKind, Particulars
from app.decisions.rules.timing import Timing, TimingKind

TITLES: Mapping[NoticeKind, str] = {
    NoticeKind.KEY_DECISION: "Notice of a key decision",
    NoticeKind.GENERAL_EXCEPTION: "Key decision without 28 days' notice: general exception",
    NoticeKind.SPECIAL_URGENCY: "Key decision without notice: special urgency",
    NoticeKind.PRIVATE_MEETING: "Notice of a meeting in private",
    NoticeKind.PRIVATE_MEETING_REASONS: "Meeting in private: further notice and statement of reasons",
}
_STATEMENTS: Mapping[NoticeKind, str] = {
    NoticeKind.KEY_DECISION: "A key decision is to be made on behalf of {council}. This notice is given under "
    "regulation 9 of {law}.",
    NoticeKind.GENERAL_EXCEPTION: "A key decision is to be made on behalf of {council} of which it is impracticable to "
    "give 28 clear days' notice. This notice is given under regulation 10 of {law}.",
    NoticeKind.SPECIAL_URGENCY: "A key decision is to be made on behalf of {council} which is urgent and cannot "
    "reasonably be deferred. This notice is given under regulation 11 of {law}.",
    NoticeKind.PRIVATE_MEETING: "{council} intends to hold a meeting, or part of a meeting, in private. This notice is "
    "given under regulation 5(2) of {law}.",
    NoticeKind.PRIVATE_MEETING_REASONS: "{council} intends to hold a meeting, or part of a meeting, in private. This "
    "further notice is given under regulation 5(4) of {law}.",
}


@dataclass(frozen=True)
class Part:
    """A heading of a notice and the lines beneath it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """A notice as it reads."""

    title: str
    council: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """As it is kept and copied: a block for each heading, a blank line between."""
        blocks = [(self.title, self.council), *((part.heading, *part.lines) for part in self.parts)]
        return "\n\n".join("\n".join(block) for block in blocks)


def read_back(text: str) -> Words:
    """A kept notice, as its page and its document show it."""
    head, *blocks = [block.split("\n") for block in text.split("\n\n")]
    parts = tuple(Part(block[0], tuple(block[1:])) for block in blocks)
    return Words(head[0], "\n".join(head[1:]), parts)


def words_of(
    kind: NoticeKind,
    said: Particulars,
    *,
    published_on: date | None = None,
    earliest: EarliestDay | None = None,
    replaces_on: date | None = None,
) -> Words:
    """The notice in words; what is still missing is simply not in them."""
    parts = [
        Part("About this notice", (_STATEMENTS[kind].format(council=said.council, law=REGULATIONS),)),
        *(Part(heading, lines) for heading, lines in _parts(kind, said) if lines),
        *_publication(published_on, earliest, replaces_on, private=kind.is_of_private_meeting),
    ]
    return Words(TITLES[kind], said.council, tuple(parts))


def _publication(
    published_on: date | None, earliest: EarliestDay | None, replaces_on: date | None, *, private: bool
) -> Iterator[Part]:
    if published_on is None:
        return
    lines = [f"This notice is published on {day(published_on)}."]
    if earliest is not None:
        what = "The meeting will not be held in private" if private else "The decision will not be made"
        lines.append(f"{what} before {day(earliest.lawful_on)}, {earliest.working}.")
    if replaces_on is not None:
        lines.append(f"It takes the place of the notice published on {day(replaces_on)}.")
    yield Part("Publication", tuple(lines))


Lines = tuple[str, ...]


def _parts(kind: NoticeKind, said: Particulars) -> Iterator[tuple[str, Lines]]:
    yield "Title", tidied(said.title)
    yield "Reference", tidied(said.reference)
    yield "The matter", tidied(said.matter)
    if not kind.is_of_private_meeting:
        yield "Why it is a key decision", tuple(sentence(ground) for ground in said.grounds)
    yield _taker_heading(kind, said), tidied(said.taker)
    yield "Its members", said.members if said.taker_is_body else ()
    heading = "Day of the meeting" if kind.is_of_private_meeting else "When it is to be made"
    yield heading, tidied(when_said(kind, said))
    yield from _OWN[kind](said)
    yield "Anticipated restriction", _restriction(said)


def when_said(kind: NoticeKind, said: Particulars) -> str | None:
    """The day of a private meeting, or when the decision is to be made; None while it is not known."""
    if kind.is_of_private_meeting:
        return day(said.meeting_on) if said.meeting_on else None
    return when_in_full(said.when) if said.when.first else None


def when_in_full(when: Timing) -> str:
    """A period by its days: nobody outside the council counts in quarters."""
    if when.kind in {TimingKind.QUARTER, TimingKind.YEAR} and when.first and when.last:
        return f"Between {day(when.first)} and {day(when.last)}"
    return str(when)


def _taker_heading(kind: NoticeKind, said: Particulars) -> str:
    if kind.is_of_private_meeting:
        return "The body that meets"
    return "The body that takes the decision" if said.taker_is_body else "Who takes the decision"


def _restriction(said: Particulars) -> Lines:
    if not said.is_restricted:
        return tidied(sentence(said.restriction))
    ground = (said.restriction_ground or "").rstrip(".")
    return tidied(f"{sentence(said.restriction)}: {ground}" if ground else sentence(said.restriction))


def _of_key_decision(said: Particulars) -> Iterator[tuple[str, Lines]]:
    yield "Documents submitted to the decision taker", tidied(said.documents)
    yield "Where copies of the documents can be had", tidied(said.address)
    yield "Other documents", tidied(said.other_documents)
    yield "How to ask for details of the other documents", tidied(said.how_to_ask)


def _of_general_exception(said: Particulars) -> Iterator[tuple[str, Lines]]:
    yield "Why 28 clear days' notice is impracticable", tidied(said.reasons)
    if said.chair_informed and said.chair_informed_on:
        told = f"{said.chair_informed} was informed in writing on {day(said.chair_informed_on)}."
        yield "The chair of the relevant scrutiny committee", tidied(told)


def _of_special_urgency(said: Particulars) -> Iterator[tuple[str, Lines]]:
    yield "Why it is urgent and cannot reasonably be deferred", tidied(said.reasons)
    yield "Who agreed", _agreement(said)


def _of_private_meeting(said: Particulars) -> Iterator[tuple[str, Lines]]:
    yield "Why the meeting is to be in private", tidied(said.reasons)
    if said.agreed_by and said.agreed_on:
        yield "Agreement that it is urgent and cannot reasonably be deferred", _agreement(said)  # reg 5(6)
        yield "Why it is urgent and cannot reasonably be deferred", tidied(said.urgent_because)  # reg 5(7)


def _of_private_meeting_reasons(said: Particulars) -> Iterator[tuple[str, Lines]]:
    yield from _of_private_meeting(said)
    yield "Representations that the meeting should be open to the public", tidied(said.representations)
    yield "The answer to them", tidied(said.answer)


def _agreement(said: Particulars) -> Lines:
    if not said.agreed_by:
        return ()
    chair = f", {said.agreed_as}" if said.agreed_as else ""
    on = f", on {day(said.agreed_on)}" if said.agreed_on else ""
    return tidied(f"{said.agreed_by}{chair}{on}.")


_OWN: Mapping[NoticeKind, Callable[[Particulars], Iterator[tuple[str, Lines]]]] = {
    NoticeKind.KEY_DECISION: _of_key_decision,
    NoticeKind.GENERAL_EXCEPTION: _of_general_exception,
    NoticeKind.SPECIAL_URGENCY: _of_special_urgency,
    NoticeKind.PRIVATE_MEETING: _of_private_meeting,
    NoticeKind.PRIVATE_MEETING_REASONS: _of_private_meeting_reasons,
}


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def tidied(text: str | None) -> Lines:
    """The lines of what somebody typed, without blank ones: a blank line divides the parts of a notice."""
    return tuple(" ".join(line.split()) for line in (text or "").splitlines() if line.strip())
