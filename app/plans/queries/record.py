"""One return as its page prints it: its parts with what they hold and lack, and what is to be done next."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.pages import moment, plural
from app.core.rights import Permission, Reader
from app.plans.models import Return, ReturnPart
from app.plans.queries import holdings, returns
from app.plans.queries.gaps import GapsAsked, Missing, missing_of, total
from app.plans.queries.holdings import Holding
from app.plans.rules import OPEN, Answer, Part, ReturnState

TITLES = {
    Part.SERVICES: "Services delivered internally and externally",
    Part.COMMISSIONED: "Commissioned services over the threshold",
    Part.FORTHCOMING: "Major forthcoming activity",
    Part.AGREEMENTS: "Agreements with trading companies",
    Part.SOCIAL_VALUE: "Social value",
}


@dataclass(frozen=True)
class PartShown:
    """One part of a return."""

    part: Part
    answer: Answer | None
    note: str
    #: "Robin Holt, 22 November 2026, 8:20am"; blank where nobody has answered.
    answered: str
    holding: Holding
    missing: tuple[Missing, ...]
    #: At the sign-off, as far as everybody may know it; blank before.
    signed: str

    @property
    def title(self) -> str:
        return f"Annex {self.part.annex}: {TITLES[self.part]}"

    @property
    def tag(self) -> tuple[str, str]:
        if self.answer is None:
            return "Not answered", "yellow"
        return ("Nil", "blue") if self.answer is Answer.NIL else ("Complete", "green")

    @property
    def number_missing(self) -> int:
        return total(self.missing)


def parts_of(session: Session, made: Return, asked: GapsAsked) -> list[PartShown]:
    whose = returns.whose(made)
    missing = missing_of(session, asked, whose)
    held = holdings.holdings_of(session, asked, whose, made.path)
    return [_shown(made.part(part), held[part], [one for one in missing if one.kind.part is part]) for part in Part]


def _shown(found: ReturnPart, holding: Holding, missing: list[Missing]) -> PartShown:
    answered = f"{found.answered_by}, {moment(found.answered_at)}" if found.answered_by else ""
    return PartShown(
        found.part, found.answer, found.note or "", answered, holding, tuple(missing), _signed(found, holding)
    )


def _signed(found: ReturnPart, holding: Holding) -> str:
    if found.rows_signed is None:
        return ""
    held = plural(found.rows_signed, *holdings.WORDS[holding.part])
    return f"{held}, {plural(found.missing_signed or 0, 'thing')} missing"


@dataclass(frozen=True)
class May:
    """What this reader may do with a return as it stands."""

    answer: bool
    send: bool
    sign: bool
    reopen: bool
    chase: bool
    let_off: bool


def may(made: Return, reader: Reader) -> May:
    live = made.round.closed_at is None and made.withdrawn_at is None
    unit = (made.directorate_id, made.division_id)
    makes = live and made.state in OPEN and reader.may_in(Permission.MAKE_RETURNS, *unit)
    signs = live and reader.may_in(Permission.SIGN_OFF, *unit)
    runs = live and reader.units_for(Permission.RUN_ROUNDS).everywhere
    return May(
        answer=makes,
        send=makes,
        sign=signs and made.state is ReturnState.SENT,
        reopen=signs and made.state is ReturnState.SIGNED_OFF,
        chase=runs and made.state in OPEN,
        let_off=runs and made.division_id is not None,
    )


def next_step(made: Return, parts: list[PartShown], today: date) -> str:
    """What happens next, and who does it."""
    if made.withdrawn_at is not None:
        return f"{made.name} makes no return of its own: {made.withdrawn_reason}"
    if made.round.closed_at is not None:
        return f"The planning round was closed on {day(made.round.closed_at.date())}. Nothing more is asked."
    if made.state is ReturnState.SIGNED_OFF:
        return "Nothing more is asked. What is changed in the register from here on is listed below."
    if made.state is ReturnState.SENT:
        director = made.directorate.director_post or "the corporate director"
        return f"{director} reads it, and signs it off or sends it back with what is to be put right."
    return _to_be_made(made, parts, today)


def _to_be_made(made: Return, parts: list[PartShown], today: date) -> str:
    unanswered = sum(one.answer is None for one in parts)
    missing = sum(one.number_missing for one in parts)
    due = made.round.returns_due_on
    by = f"It was due on {day(due)}." if today > due else f"It is due on {day(due)}."
    if not unanswered:
        mend = ", or mend what is missing first" if missing else ""
        return f"{by} Every part is answered: send it to the director{mend}."
    rest = "each part" if unanswered == len(parts) else "what is not answered"
    act = f"Mend what is missing, then answer {rest}" if missing else f"Answer {rest}"
    return f"{by} {act}, and send it to the director."


def is_same_person(made: Return) -> bool:
    """The director sent the return and signed it as well: that is allowed, and said."""
    return made.signed_off_by is not None and made.signed_off_by == made.sent_by
