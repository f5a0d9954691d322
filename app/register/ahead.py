"""What comes next on a contract: the dates by which to choose, to act and to decide, each with its working."""

from dataclasses import dataclass
from datetime import date

from app.core.dates import day
from app.council.rules import LeadTimes, ProcurementKind
from app.register import renewal
from app.register.terms import Term, option_dates, option_ends

FREE_CHOICE = "Last free choice: extend, or procure afresh"
TAKE_UP = "Last day to take up the option"
DECIDE = "Decide what follows"
ENDS = "Ends, unless extended"
ENDS_FINALLY = "Ends"
LATEST = "Latest end, if every option is used"
REVIEW = "Review"
#: What somebody must do, rather than what happens.
STEPS = frozenset({FREE_CHOICE, TAKE_UP, DECIDE, REVIEW})


@dataclass(frozen=True)
class DateAhead:
    """One date of the chain."""

    label: str
    on: date
    #: How it was come by.
    working: str
    is_late: bool

    @property
    def is_step(self) -> bool:
        return self.label in STEPS


@dataclass(frozen=True)
class Coming:
    """What the dates are counted from."""

    term: Term
    review_on: date | None
    #: Months before the end by which to decide, and why so many.
    lead: tuple[int, str]
    lead_times: LeadTimes


def dates_ahead(coming: Coming, *, today: date) -> tuple[DateAhead, ...]:
    """Earliest first. A contract that is over has none."""
    end = coming.term.current_end_on
    found = [*_of_the_end(coming, end)] if end and end >= today else []
    if coming.review_on and (end is None or coming.review_on <= end) and (end is None or end >= today):
        found.append((REVIEW, coming.review_on, "as recorded"))
    return tuple(
        DateAhead(label, on, working, is_late=on < today)
        for label, on, working in sorted(found, key=lambda one: one[1])
    )


def _of_the_end(coming: Coming, end: date) -> list[tuple[str, date, str]]:
    decision_on, working = renewal.decide_by(end, coming.review_on, coming.lead)
    if not coming.term.options:
        return [(DECIDE, decision_on or end, working), (ENDS_FINALLY, end, "its last day")]
    dates = option_dates(
        end,
        coming.term.options[0],
        procurement_months=coming.lead[0],
        decision_months=coming.lead_times.months_for(ProcurementKind.EXTENSION, None),
    )
    latest = option_ends(end, coming.term.options)[-1]
    return [
        (FREE_CHOICE, dates.last_free_choice_on, working),
        (TAKE_UP, dates.take_up_by, f"{dates.take_up_working}."),
        (ENDS, end, "its last day"),
        (LATEST, latest, f"with {_options(len(coming.term.options))} used"),
    ]


def _options(number: int) -> str:
    return "its option" if number == 1 else f"all {number} options"


def next_step(dates: tuple[DateAhead, ...]) -> DateAhead | None:
    """The first step still to come; else the last one missed."""
    steps = [one for one in dates if one.is_step]
    return next((one for one in steps if not one.is_late), steps[-1] if steps else None)


def next_step_in_words(dates: tuple[DateAhead, ...]) -> str:
    """As "Decide what follows by 31 March 2027"."""
    step = next_step(dates)
    if step is None:
        return ""
    return f"{step.label}: {'was due by' if step.is_late else 'by'} {day(step.on)}"
