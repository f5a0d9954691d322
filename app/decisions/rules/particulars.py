"""What each paper before a decision must say, and what it is refused for. SI 2012/2089, regs 5 and 9 to 11."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from app.core.dates import day
from app.council.rules import NoticePeriods
from app.decisions.rules.notice import EarliestDay, Route, earliest_decision
from app.decisions.rules.timing import Timing, TimingKind

REGULATIONS = (
    "the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012"
)
NOT_KNOWN = Timing.not_known()
#: Reg 9(1)(g), said by every notice alike.
OTHER_DOCUMENTS = "Other documents relevant to the matter may be submitted to the decision taker."


class NoticeKind(StrEnum):
    """The papers the law asks for before a decision (SI 2012/2089)."""

    KEY_DECISION = "notice of a key decision"  # reg 9
    GENERAL_EXCEPTION = "general exception notice"  # reg 10
    SPECIAL_URGENCY = "special urgency notice"  # reg 11
    PRIVATE_MEETING = "notice of a private meeting"  # reg 5(2)
    PRIVATE_MEETING_REASONS = "statement of reasons for a private meeting"  # reg 5(4)

    @property
    def is_of_private_meeting(self) -> bool:
        return self in {NoticeKind.PRIVATE_MEETING, NoticeKind.PRIVATE_MEETING_REASONS}


class AgreedAs(StrEnum):
    """Who may agree that a decision cannot wait: the next only where there is nobody before (reg 11(1))."""

    SCRUTINY_CHAIR = "chair of the relevant scrutiny committee"
    COUNCIL_CHAIR = "chair of the council, because there is no scrutiny chair able to act"
    VICE_CHAIR = "vice-chair of the council, because neither chair is able to act"


@dataclass(frozen=True, kw_only=True)
class DraftParticulars:
    """The particulars a draft holds of its own; those of the decision stay on the decision."""

    matter: str | None = None
    documents: str | None = None
    address: str | None = None
    other_documents: str | None = None
    how_to_ask: str | None = None
    #: The day of the private meeting.
    meeting_on: date | None = None
    reasons: str | None = None
    representations: str | None = None
    answer: str | None = None
    chair_informed: str | None = None
    chair_informed_on: date | None = None
    agreed_by: str | None = None
    agreed_as: str | None = None
    agreed_on: date | None = None
    #: Why a private meeting cannot wait for its notice.
    urgent_because: str | None = None


#: In the order in which they are asked.
OWN = tuple(field.name for field in fields(DraftParticulars))


@dataclass(frozen=True, kw_only=True)
class Particulars(DraftParticulars):
    """Everything a notice may say, as the decision and the draft hold it. Blank is None or empty."""

    council: str
    title: str
    reference: str | None = None
    #: Why it is a key decision, without any amount of its own.
    grounds: tuple[str, ...] = ()
    taker: str | None = None
    #: A body names its members too; None where nobody has said which it is.
    taker_is_body: bool | None = None
    members: tuple[str, ...] = ()
    when: Timing = NOT_KNOWN
    restriction: str = ""
    is_restricted: bool = False
    restriction_ground: str | None = None


@dataclass(frozen=True)
class Particular:
    """One thing a notice must say: where the law asks for it, and what to enter where it is missing."""

    name: str
    source: str
    cure: str
    is_said: Callable[[Particulars], bool]


def _given(name: str) -> Callable[[Particulars], bool]:
    return lambda said: bool(getattr(said, name))


KEY = Particular(
    "grounds",
    "reg 9(1)(a)",
    "Say on the activity why a key decision is needed: as recorded none is, or nobody can tell",
    _given("grounds"),
)
MATTER = Particular("matter", "reg 9(1)(b)", "Say what the decision is about", _given("matter"))
TAKER = Particular(
    "taker",
    "reg 9(1)(c)",
    "Name who takes the decision: an individual's name and title, or the body's name",
    lambda said: bool(said.taker) and said.taker_is_body is not None,
)
MEMBERS = Particular(
    "members",
    "reg 9(1)(c)",
    "List the members of the body that takes the decision",
    lambda said: not said.taker_is_body or bool(said.members),
)
WHEN = Particular(
    "when",
    "reg 9(1)(d)",
    "Give the date of the decision, or the period in which it is taken: its timing is not known yet",
    lambda said: said.when.first is not None,
)
DOCUMENTS = Particular(
    "documents", "reg 9(1)(e)", "List the documents submitted for the decision, or say that there are none",
    _given("documents"),
)  # fmt: skip
ADDRESS = Particular("address", "reg 9(1)(f)", "Say where copies of the documents can be had", _given("address"))
OTHERS = Particular(
    "other_documents", "reg 9(1)(g)", "Say that other documents may be submitted", _given("other_documents")
)
HOW_TO_ASK = Particular(
    "how_to_ask", "reg 9(1)(h)", "Say how to ask for details of those other documents", _given("how_to_ask")
)
RESTRICTION = Particular(
    "restriction_ground",
    "reg 9(3)",
    "Give the ground on which it is exempt",
    lambda said: not said.is_restricted or bool(said.restriction_ground),
)
NO_NOTICE = Particular(
    "reasons", "reg 10(3)", "Say why 28 clear days' notice could not be given", _given("reasons")
)  # fmt: skip
CHAIR_INFORMED = Particular(
    "chair_informed", "reg 10(1)(a)", "Name the scrutiny chair who was told in writing", _given("chair_informed")
)
CHAIR_INFORMED_ON = Particular(
    "chair_informed_on", "reg 10(1)(a)", "Enter the day the scrutiny chair was told in writing",
    _given("chair_informed_on"),
)  # fmt: skip
URGENT = Particular(
    "reasons", "reg 11(2)", "Say why the decision is urgent and cannot reasonably be deferred", _given("reasons")
)
AGREED_BY = Particular("agreed_by", "reg 11(1)", "Name who agreed that it is urgent", _given("agreed_by"))
AGREED_AS = Particular("agreed_as", "reg 11(1)", "Say as which chair they agreed", _given("agreed_as"))
AGREED_ON = Particular("agreed_on", "reg 11(1)", "Enter the day they agreed", _given("agreed_on"))


def _given_if_agreed(name: str) -> Callable[[Particulars], bool]:
    return lambda said: not said.agreed_by or bool(getattr(said, name))


MEETING_URGENT = (
    Particular("agreed_as", "reg 5(6)", "Say as which chair they agreed", _given_if_agreed("agreed_as")),
    Particular("agreed_on", "reg 5(6)", "Enter the day they agreed", _given_if_agreed("agreed_on")),
    Particular(
        "urgent_because", "reg 5(7)", "Say why the meeting is urgent and cannot reasonably be deferred",
        _given_if_agreed("urgent_because"),
    ),
)  # fmt: skip
BODY = Particular(
    "taker", "reg 5(2)", "Name the body that meets in private",
    lambda said: bool(said.taker) and said.taker_is_body is True,
)  # fmt: skip
MEETING = Particular("meeting_on", "reg 5(2)", "Enter the day of the private meeting", _given("meeting_on"))
PRIVATE = Particular("reasons", "reg 5(3)", "Say why the meeting is to be in private", _given("reasons"))
REPRESENTATIONS = Particular(
    "representations",
    "reg 5(5)",
    "Say which representations were received, or that there were none",
    _given("representations"),
)
ANSWER = Particular(
    "answer", "reg 5(5)", "Say what was answered to them, or that none needed an answer", _given("answer")
)

_ABOUT = (KEY, MATTER, TAKER, MEMBERS, WHEN)
_PRIVATE = (MATTER, BODY, MEETING, PRIVATE, RESTRICTION)
REQUIRED: Mapping[NoticeKind, tuple[Particular, ...]] = {
    NoticeKind.KEY_DECISION: (*_ABOUT, DOCUMENTS, ADDRESS, OTHERS, HOW_TO_ASK, RESTRICTION),
    NoticeKind.GENERAL_EXCEPTION: (*_ABOUT, RESTRICTION, NO_NOTICE, CHAIR_INFORMED, CHAIR_INFORMED_ON),
    NoticeKind.SPECIAL_URGENCY: (*_ABOUT, RESTRICTION, URGENT, AGREED_BY, AGREED_AS, AGREED_ON),
    NoticeKind.PRIVATE_MEETING: (*_PRIVATE, *MEETING_URGENT),
    NoticeKind.PRIVATE_MEETING_REASONS: (*_PRIVATE, REPRESENTATIONS, ANSWER, *MEETING_URGENT),
}


def missing(kind: NoticeKind, said: Particulars) -> tuple[Particular, ...]:
    """What the notice may not be published without, each once, in the order of the regulation."""
    return tuple(one for one in REQUIRED[kind] if not one.is_said(said))


# Amounts: an exempt one must never stand in public words

_AMOUNT = re.compile(
    r"£\s*[0-9][0-9.,]*\s*(?:bn|m|k|billion|million|thousand)?\b"
    r"|\b[0-9][0-9.,]*(?:\s*(?:bn|billion|million|thousand|pounds|GBP)|[mk])\b"
    r"|\bGBP\s*[0-9][0-9.,]*"
    r"|\b[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{2})?\b",
    re.IGNORECASE,
)


def amounts_in(*texts: str | None) -> tuple[str, ...]:
    """Every amount of money that some words tell: "£1.2m", "1.2 million", "1,200,000"."""
    return tuple(found.group(0).strip() for text in texts for found in _AMOUNT.finditer(text or ""))


def without_amounts(text: str) -> str:
    """The words with each amount taken out."""
    return _AMOUNT.sub("[exempt]", text)


# Dates

_ROUTES = {
    NoticeKind.KEY_DECISION: Route.NOTICE,
    NoticeKind.GENERAL_EXCEPTION: Route.GENERAL_EXCEPTION,
    NoticeKind.PRIVATE_MEETING: Route.NOTICE,  # reg 5(2): the same 28 clear days
    NoticeKind.PRIVATE_MEETING_REASONS: Route.GENERAL_EXCEPTION,  # reg 5(4): the same 5 clear days
}


def earliest_for(
    kind: NoticeKind, published_on: date, periods: NoticePeriods, holidays: Container[date]
) -> EarliestDay | None:
    """The first lawful day of the decision, or of the private meeting; special urgency waits for none."""
    route = _ROUTES.get(kind)
    return None if route is None else earliest_decision(published_on, periods, holidays, route=route)


def earliest_said(
    kind: NoticeKind, published_on: date, urgent_on: date | None, periods: NoticePeriods, holidays: Container[date]
) -> EarliestDay | None:
    """The same as a notice says it: none of a meeting before it, of which a chair agreed that it cannot wait."""
    earliest = earliest_for(kind, published_on, periods, holidays)
    cannot_wait = urgent_on is not None and earliest is not None and urgent_on < earliest.lawful_on  # reg 5(6)
    return None if cannot_wait and kind.is_of_private_meeting else earliest


def too_soon(
    kind: NoticeKind, said: Particulars, published_on: date, periods: NoticePeriods, holidays: Container[date]
) -> str | None:
    """Why, published on that day, the notice would announce what may not lawfully be done; None where it may."""
    earliest = earliest_for(kind, published_on, periods, holidays)
    planned = said.meeting_on if kind.is_of_private_meeting else said.when.last
    if earliest is None or planned is None or planned >= earliest.lawful_on:
        return None
    what = f"the private meeting on {day(planned)}" if kind.is_of_private_meeting else _expected(said.when)
    if kind.is_of_private_meeting and said.agreed_by and said.agreed_on:
        return None  # reg 5(6): the chair has agreed that the meeting cannot wait
    remedies = {
        NoticeKind.KEY_DECISION: "or use the general exception or special urgency",
        NoticeKind.GENERAL_EXCEPTION: "or use special urgency",
    }
    remedy = remedies.get(kind, "or record which chair agreed that it is urgent and cannot reasonably be deferred")
    return (
        f"Published on {day(published_on)}, it comes too late for {what}: {earliest.working} is "
        f"{day(earliest.lawful_on)}. Move it to {day(earliest.practical_on)} or later, {remedy}"
    )


def _expected(when: Timing) -> str:
    return f"a decision {'on ' if when.kind is TimingKind.DAY else ''}{when.in_words}"
