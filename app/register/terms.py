"""How long a contract runs: its term, its options, its two ends, and its length in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.core.dates import MONTHS_IN_A_YEAR, add_months, day, last_day_of_term, length_of, months_and_days
from app.core.errors import Refusal

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Option:
    """A right to extend that is still open: so many months, or, where only that is known, the end it leads to."""

    months: int = 0
    ends_on: date | None = None
    #: Pounds it adds over the whole life; None when not known.
    value: Decimal | None = None
    #: Notice the provider must have.
    notice_months: int | None = None

    def __post_init__(self) -> None:
        if self.months < 0 or (not self.months and self.ends_on is None):
            raise Refusal("Say how many months the option adds, or the end it leads to", field="months")


@dataclass(frozen=True)
class Term:
    """The days an agreement runs, first and last included, with what may lengthen it."""

    starts_on: date | None
    #: As awarded.
    ends_on: date | None
    #: The end each extension or variation led to, in order; the last is the current end.
    moved_to: tuple[date, ...] = ()
    #: Still open, in the order they would be used.
    options: tuple[Option, ...] = ()
    #: Runs until either side gives notice.
    rolling: bool = False
    notice_months: int | None = None

    @property
    def current_end_on(self) -> date | None:
        return self.moved_to[-1] if self.moved_to else self.ends_on

    @property
    def latest_end_on(self) -> date | None:
        """The end if every option is used."""
        end = self.current_end_on
        return option_ends(end, self.options)[-1] if end and self.options else end


def option_ends(end: date, options: tuple[Option, ...]) -> tuple[date, ...]:
    """The end each option leads to, used in turn; months are counted from the last known end in one step."""
    ends: list[date] = []
    months = 0
    for option in options:
        if option.ends_on:
            end, months = option.ends_on, 0
        else:
            months += option.months
        ends.append(last_day_of_term(end + ONE_DAY, months))
    return tuple(ends)


def check_term(term: Term) -> Term:
    """Refuse dates that run backwards, and say which would work."""
    if term.starts_on and term.ends_on and term.ends_on < term.starts_on:
        raise Refusal(f"Enter an end on or after the start, {day(term.starts_on)}", field="awarded_end_on")
    if term.starts_on and term.current_end_on and term.current_end_on < term.starts_on:
        raise Refusal(f"Enter an end on or after the start, {day(term.starts_on)}", field="ends_on")
    end = term.current_end_on
    for reached in option_ends(end, term.options) if end else ():
        if end and reached <= end:
            raise Refusal(f"An option leads to an end after the one before it, {day(end)}", field="options")
        end = reached
    return term


def latest_length(term: Term) -> tuple[int, int] | None:
    """Whole months and odd days of the longest term; None where it has no first or no last day."""
    if term.rolling or term.starts_on is None or term.latest_end_on is None:
        return None
    return months_and_days(term.starts_on, term.latest_end_on)


def current_length(term: Term) -> tuple[int, int] | None:
    """Whole months and odd days of the term without options still open."""
    if term.rolling or term.starts_on is None or term.current_end_on is None:
        return None
    return months_and_days(term.starts_on, term.current_end_on)


def length_in_words(term: Term) -> str:
    """As annexes head it: "5 years (3 + 2)", "4 years + 3 × 12 months", "18 months", "Rolling, 6 months' notice"."""
    if term.rolling:
        return f"Rolling, {_notice(term.notice_months)}" if term.notice_months else "Rolling"
    if term.current_end_on is None:
        return "No end date recorded"
    if term.starts_on is None:
        return "No start date recorded"
    return _in_words(_parts(term.starts_on, term))


def _notice(months: int) -> str:
    return f"{months} month's notice" if months == 1 else f"{months} months' notice"


def _parts(start: date, term: Term) -> list[tuple[int, int]]:
    """The lengths that follow one another: the first term, each extension taken up, each option."""
    ends = [end for end in (term.ends_on, *term.moved_to) if end]
    if ends != sorted(set(ends)):  # shortened or corrected: what was first agreed no longer adds up
        ends = ends[-1:]
    starts = (start, *(end + ONE_DAY for end in ends))
    agreed = [months_and_days(first, last) for first, last in zip(starts, ends, strict=False)]
    return agreed + _option_lengths(ends[-1], term.options)


def _option_lengths(end: date, options: tuple[Option, ...]) -> list[tuple[int, int]]:
    lengths = []
    for option, reached in zip(options, option_ends(end, options), strict=True):
        lengths.append((option.months, 0) if option.ends_on is None else months_and_days(end + ONE_DAY, reached))
        end = reached
    return lengths


def _in_words(parts: list[tuple[int, int]]) -> str:
    first, *more = parts
    if not more:
        return length_of(*first)
    if any(days for _, days in parts):
        return " + ".join(length_of(*part) for part in parts)
    months = [months for months, _ in parts]
    if len(more) > 1 and len(set(more)) == 1:
        return f"{length_of(months[0])} + {len(more)} × {months[1]} month{'s' if months[1] > 1 else ''}"
    if any(number % MONTHS_IN_A_YEAR for number in months):
        return f"{length_of(sum(months))} ({' + '.join(map(str, months))} months)"
    return f"{length_of(sum(months))} ({' + '.join(str(number // MONTHS_IN_A_YEAR) for number in months)})"


@dataclass(frozen=True)
class OptionDates:
    """By when to choose, and by when to act, if an option is to be used; each with its working."""

    #: The last day on which a full procurement is still possible instead.
    last_free_choice_on: date
    take_up_by: date
    free_choice_working: str
    take_up_working: str


def option_dates(end: date, option: Option, *, procurement_months: int, decision_months: int) -> OptionDates:
    """Both dates are counted back from the end the option would lengthen."""
    notice = option.notice_months or 0
    longer = max(notice, decision_months)
    because = "the provider's notice" if notice > decision_months else "the decision's chain"
    choice, take_up = add_months(end, -procurement_months), add_months(end, -longer)
    return OptionDates(
        last_free_choice_on=choice,
        take_up_by=take_up,
        free_choice_working=(
            f"{length_of(procurement_months)} for a full procurement before {day(end)} is {day(choice)}"
        ),
        take_up_working=f"{length_of(longer)} for {because} before {day(end)} is {day(take_up)}",
    )


def late_notice(end: date | None, option: Option, given_on: date | None, *, today: date) -> str | None:
    """Why the provider's notice of an option comes too late; None where it is in time, or none is needed."""
    if end is None or not option.notice_months:
        return None
    last = add_months(end, -option.notice_months)
    if (given_on or today) <= last:
        return None
    needed = f"The provider must have {length_of(option.notice_months)} notice, by {day(last)}"
    return f"{needed}: it was given on {day(given_on)}" if given_on else f"{needed}, and no notice is recorded"
