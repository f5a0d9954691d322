"""A contract as it stood on a day: what happened to it later, and was not yet known, is not counted."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.clock import LONDON
from app.register import settling, values
from app.register.models import Contract, ContractEvent, ExtensionOption
from app.register.terms import Term
from app.register.values import Amount, ThreeValues

ZERO = Decimal(0)


@dataclass(frozen=True)
class Standing:
    """The term and the values of a contract on a day."""

    term: Term
    values: ThreeValues
    annual: Amount | None
    #: The last day as far as was known: an early end, or the current end.
    ends_on: date | None
    latest_end_on: date | None


def was_known(event: ContractEvent, as_at: date) -> bool:
    """In effect by the day, or already on record for later."""
    return event.effective_on <= as_at or event.recorded_at.astimezone(LONDON).date() <= as_at


def stood(contract: Contract, *, as_at: date, today: date) -> Standing:
    """Read the contract as at a day."""
    later = [event for event in settling.moves_of(contract) if not was_known(event, as_at)]
    if later:
        return _without(contract, later, _early_end(contract, as_at, today))
    term = settling.term_of(contract)
    annual = settling.annual_amount(contract)
    return _standing(term, settling.values_of(contract), annual, _early_end(contract, as_at, today))


def _standing(term: Term, three: ThreeValues, annual: Amount | None, early: date | None) -> Standing:
    end, latest = term.current_end_on, term.latest_end_on
    if early is not None:
        end = latest = min(early, end) if end else early
    return Standing(term, three, annual, end, latest)


def _early_end(contract: Contract, as_at: date, today: date) -> date | None:
    """An early end between the day and today was not known on the day; one still ahead of today is agreed."""
    early = contract.ended_early_on
    return None if early is None or as_at < early <= today else early


def _without(contract: Contract, later: list[ContractEvent], early: date | None) -> Standing:
    """Take back what happened later: its extensions, its changes of value, the options it used."""
    known = [event for event in settling.moves_of(contract) if event not in later]
    reopened = {event.option_id for event in later if event.option_id}
    term = replace(
        settling.term_of(contract),
        moved_to=tuple(event.ends_on for event in known if event.ends_on),
        options=tuple(settling.option_of(option) for option in _options(contract, reopened)),
    )
    changes = [event.value_change for event in known if event.value_change is not None]
    three = values.three_values(settling.awarded_amount(contract), changes, term.options)
    annual = settling.annual_amount(contract)
    back = sum((event.annual_change for event in later if event.annual_change), ZERO)
    return _standing(term, three, values.moved_by(annual, -back) if annual and back else annual, early)


def _options(contract: Contract, reopened: set[int]) -> list[ExtensionOption]:
    still_open = settling.open_options(contract)
    again = [option for option in contract.options if option.id in reopened and option not in still_open]
    return sorted([*still_open, *again], key=lambda option: option.position)
