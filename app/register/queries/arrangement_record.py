"""One arrangement as its page shows it: read aloud, valued once, tested as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.pages import plural
from app.core.rights import Reader
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.council.rules import Threshold
from app.register.models import Arrangement, Contract
from app.register.queries.arrangements import (
    MemberSeen,
    arrangement_worth,
    contracts_of_arrangement,
    members_seen,
)
from app.register.queries.lines import ContractLine, line
from app.register.sentence import providers_in_words
from app.register.settling import arrangement_figure
from app.register.thresholds import passing
from app.register.values import ArrangementValuation
from app.register.worth import Worth


@dataclass(frozen=True)
class ThresholdTested:
    """One of the council's thresholds, held against the whole."""

    name: str
    answer: str
    working: str


@dataclass(frozen=True)
class ArrangementShown:
    """What an arrangement's page says beside its own facts."""

    sentence: str
    next_step: str
    worth: Worth
    tests: tuple[ThresholdTested, ...]
    lines: tuple[ContractLine, ...]


def arrangement_shown(session: Session, found: Arrangement, reader: Reader, today: date) -> ArrangementShown:
    contracts = contracts_of_arrangement(session, found.id, reader, today)
    members = members_seen(session, [found.id], reader, today)[found.id]
    worth = arrangement_worth(found, members)
    lines = tuple(line(one, reader, today, note=_under(one, contracts)) for one in contracts)
    return ArrangementShown(
        sentence=_sentence(found, contracts, worth),
        next_step=_next_step(lines),
        worth=worth,
        tests=() if _hidden(members) else _tests(session, found, today),
        lines=lines,
    )


def _hidden(members: Sequence[MemberSeen]) -> bool:
    """Whether the test would tell an amount the reader may not see."""
    return any(not one.is_open for one in members)


def _under(contract: Contract, contracts: Sequence[Contract]) -> str:
    framework = next((one for one in contracts if one.id == contract.parent_id and one is not contract), None)
    return f"Under {framework.title}" if framework else ""


def _tests(session: Session, found: Arrangement, today: date) -> tuple[ThresholdTested, ...]:
    figure = arrangement_figure(found)
    year = FinancialYear.of(today)
    thresholds: tuple[tuple[str, Threshold], ...] = (
        (f"Annex threshold, {year}", council.annex_threshold(session, year.first)),
        ("Key decision threshold", council.key_threshold(session, today)),
    )
    results = ((name, passing(threshold, figure)) for name, threshold in thresholds)
    return tuple(ThresholdTested(name, str(result.answer).capitalize(), result.working) for name, result in results)


def _sentence(found: Arrangement, contracts: Sequence[Contract], worth: Worth) -> str:
    """The arrangement, read aloud."""
    names = dict.fromkeys(entry.provider.name for one in contracts for entry in one.providers)
    kind = str(found.kind)
    article = "an" if kind[0] in "aeiou" else "a"
    value = f"worth {worth.short}" if worth.short else _without_value(worth)
    how = "" if found.valuation is ArrangementValuation.ADDED else f" ({found.valuation})"
    who = f"{plural(len(contracts), 'contract')} with {providers_in_words(list(names))}"
    return f"{found.title}: {article} {kind}, {who}, {value}{how if worth.short else ''}."


def _without_value(worth: Worth) -> str:
    return "its value is exempt" if worth.withheld else "no value recorded"


def _next_step(lines: Sequence[ContractLine]) -> str:
    ends = [(one.ends_on, one.title) for one in lines if one.ends_on is not None and not one.is_over]
    if not ends:
        return ""
    ends_on, title = min(ends)
    return f"The next of its contracts to end is {title}, on {day(ends_on)}."
