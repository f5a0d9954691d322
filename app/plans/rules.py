"""How a return moves from its opening to the director's signature, and what it must hold to do so. Plain Python.

A directorate's return speaks for the whole directorate; a division may make one of its own first. What is returned is
what the five annexes of the business plan print, so that nothing is asked twice.
"""

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.dates import day
from app.core.errors import Refusal


class ReturnState(enum.StrEnum):
    TO_BE_MADE = "to be made"
    SENT = "sent"
    SENT_BACK = "sent back"
    SIGNED_OFF = "signed off"


class Part(enum.StrEnum):
    """What a return answers for: the annexes of the business plan, in their order."""

    SERVICES = "services"
    COMMISSIONED = "commissioned services"
    FORTHCOMING = "forthcoming activity"
    AGREEMENTS = "agreements with trading companies"
    SOCIAL_VALUE = "social value"

    @property
    def annex(self) -> int:
        return list(Part).index(self) + 1


class Answer(enum.StrEnum):
    COMPLETE = "complete"
    NIL = "nil"


S = ReturnState

MOVES: Mapping[ReturnState, frozenset[ReturnState]] = {
    S.TO_BE_MADE: frozenset({S.SENT}),
    S.SENT: frozenset({S.SENT_BACK, S.SIGNED_OFF}),
    S.SENT_BACK: frozenset({S.SENT}),
    S.SIGNED_OFF: frozenset({S.SENT_BACK}),  # reopened, with a reason
}
#: Its parts can be answered.
OPEN = frozenset({S.TO_BE_MADE, S.SENT_BACK})
#: It is with the director, or past.
MADE = frozenset({S.SENT, S.SIGNED_OFF})
_INSTEAD: Mapping[ReturnState, str] = {
    S.TO_BE_MADE: "answer its parts and send it first",
    S.SENT: "it is with the director, who can sign it off or send it back",
    S.SENT_BACK: "answer what was asked and send it again",
    S.SIGNED_OFF: "reopen it with a reason first",
}


def move(now: ReturnState, to: ReturnState, *, reason: str | None = None) -> ReturnState:
    """Return the new state, or refuse and say what would work."""
    if to not in MOVES[now]:
        raise Refusal(f"A return that is {now} cannot be {to}: {_INSTEAD[now]}")
    if to is S.SENT_BACK and not (reason or "").strip():
        raise Refusal("Say what is to be put right, so that those who make the return can do it", field="reason")
    return to


def check_open(state: ReturnState) -> None:
    """Refuse to have a part answered that is already with the director."""
    if state not in OPEN:
        raise Refusal(f"This return is {state}: {_INSTEAD[state]}")


def check_answer(answer: Answer, rows: int, named: str) -> None:
    """A nil return says that there is nothing, so nothing may be there. ``named`` says the rows in words."""
    if answer is Answer.NIL and rows:
        raise Refusal(
            f"The register holds {named}: answer “complete”, or take out of the register what should not be there",
            field="answer",
        )


def check_send(state: ReturnState, answers: Mapping[Part, Answer | None], missing: int, reason: str | None) -> None:
    """Every part has its answer; what is still missing goes out only with a word on why."""
    move(state, S.SENT)
    unanswered = [part for part in Part if answers.get(part) is None]
    if unanswered:
        raise Refusal(f"Answer every part before you send the return. Not answered: {listed(unanswered)}")
    if missing and not (reason or "").strip():
        raise Refusal(
            f"{missing:,} {'thing is' if missing == 1 else 'things are'} still missing: mend what you can, or say why "
            "the return is sent all the same",
            field="reason",
        )


@dataclass(frozen=True)
class Under:
    """A division's return, as far as its directorate's sign-off asks."""

    name: str
    state: ReturnState
    #: Every part is answered nil: there is nothing to send.
    all_nil: bool = False


def check_sign_off(state: ReturnState, divisions: Sequence[Under]) -> None:
    """The director signs for the whole directorate, so its divisions' returns come first."""
    move(state, S.SIGNED_OFF)
    waiting = [one.name for one in divisions if one.state not in MADE and not one.all_nil]
    if waiting:
        raise Refusal(f"The return of {listed(waiting)} has not been sent: a directorate is signed off after them")


def check_nils(wrong: Collection[Part]) -> None:
    """Nothing goes out that says nil of what the register holds by now."""
    found = [part for part in Part if part in wrong]
    if found:
        raise Refusal(
            f"The return says nil for {listed(found)}, and the register now holds some: that answer is to be made again"
        )


@dataclass(frozen=True)
class Standing:
    """How a return stands on a day, in the words of its tag."""

    words: str
    colour: str
    late: bool


_COLOURS: Mapping[ReturnState, str] = {
    S.TO_BE_MADE: "grey",
    S.SENT: "blue",
    S.SENT_BACK: "yellow",
    S.SIGNED_OFF: "green",
}


def standing(state: ReturnState, due_on: date, *, today: date) -> Standing:
    """Late from the day after it was due, until it is sent."""
    if is_late(state, due_on, today=today):
        return Standing(f"{state}, late", "red", late=True)
    return Standing(str(state), _COLOURS[state], late=False)


def is_late(state: ReturnState, due_on: date, *, today: date) -> bool:
    return state in OPEN and today > due_on


def check_round(due_on: date, opened_on: date, units: int) -> None:
    """A round asks somebody for something, by a day that can still be kept."""
    if due_on < opened_on:
        words = f"Enter {day(opened_on)} or a later day: nobody can make a return before it is asked for"
        raise Refusal(words, field="returns_due_on")
    if not units:
        raise Refusal("There is no directorate to ask: add the council's structure first")


def listed(names: Sequence[str]) -> str:
    """As "services, forthcoming activity and social value"."""
    *most, last = (str(name) for name in names)
    return f"{', '.join(most)} and {last}" if most else last
