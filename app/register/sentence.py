"""A contract read aloud in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.dates import day
from app.register.terms import Term, length_in_words
from app.register.values import Amount, ValueCertainty, amount_in_words

#: Up to so many providers are named; more are counted.
NAMED_PROVIDERS = 3


@dataclass(frozen=True)
class Spoken:
    """What the sentence is made of."""

    title: str
    providers: Sequence[str]
    term: Term
    #: The whole-life value where there is one, else the annual.
    amount: Amount | None
    exempt: bool = False
    ended_early_on: date | None = None
    #: When it ends, in words, where no date can be given.
    end_condition: str = ""


def read_aloud(spoken: Spoken, *, today: date) -> str:
    """As "Waste sites: FCC, 10 years (5 + 5) from 1 November 2020, £40.0m whole life, ends 31 October 2025"."""
    return f"{spoken.title}: " + ", ".join(
        part
        for part in (providers_in_words(spoken.providers), _length(spoken.term), _value(spoken), _end(spoken, today))
        if part
    )


def providers_in_words(providers: Sequence[str]) -> str:
    """Up to three names, else a count."""
    if not providers:
        return "no provider recorded"
    if len(providers) > NAMED_PROVIDERS:
        return f"{len(providers)} providers"
    *others, last = providers
    return f"{', '.join(others)} and {last}" if others else last


def _length(term: Term) -> str:
    words = length_in_words(term)
    words = words[0].lower() + words[1:]
    return f"{words} from {day(term.starts_on)}" if term.starts_on else words


def _value(spoken: Spoken) -> str:
    if spoken.exempt:
        return "value exempt"
    estimated = spoken.amount is not None and spoken.amount.certainty is ValueCertainty.ESTIMATE
    return ("estimated " if estimated else "") + amount_in_words(spoken.amount)


def _end(spoken: Spoken, today: date) -> str:
    end = spoken.ended_early_on or spoken.term.current_end_on
    if end is None:
        return f"ends {spoken.end_condition[0].lower()}{spoken.end_condition[1:]}" if spoken.end_condition else ""
    if spoken.ended_early_on:
        return f"{'ended' if end < today else 'ends'} early on {day(end)}"
    if end < today:
        return f"ended {day(end)}"
    return f"ends {day(end)}{' unless extended' if spoken.term.options else ''}"
