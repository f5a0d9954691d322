"""Fields that several columns of a contract, or other records, tell."""

from collections.abc import Callable

from app.register.fields.kinds import Beside, Cell, ProviderNamed, Reads, plain
from app.register.models import Contract
from app.register.options import options_in_words
from app.register.shares import Share, shares_in_words


def services(_contract: Contract, beside: Beside) -> Cell:
    return "; ".join(beside.other_services)


def providers(_contract: Contract, beside: Beside) -> Cell:
    return "; ".join(one.name for one in beside.providers)


def options(_contract: Contract, beside: Beside) -> Cell:
    return options_in_words(beside.options)


def one_figure(low: str, high: str) -> Reads:
    """The amount, blank where it is a range."""

    def read(contract: Contract, _: Beside) -> Cell:
        return plain(getattr(contract, high)) if getattr(contract, low) == getattr(contract, high) else None

    return read


def numbers(scheme: str) -> Reads:
    def read(_contract: Contract, beside: Beside) -> Cell:
        found = [provider.number(scheme) for provider in beside.providers]
        return "; ".join(found) if any(found) else ""

    return read


def of_sole_provider(fact: Callable[[ProviderNamed], object]) -> Reads:
    """SME and VCSE stand on a row that names one provider; of several, the register keeps them provider by provider."""

    def read(_contract: Contract, beside: Beside) -> Cell:
        return plain(fact(beside.providers[0])) if len(beside.providers) == 1 else None

    return read


def shares(_contract: Contract, beside: Beside) -> Cell:
    return shares_in_words((one.name, Share(one.share, one.lot)) for one in beside.providers)


def range_end(low: str, high: str, end: str) -> Reads:
    """One end of a range, blank where there is a single figure."""

    def read(contract: Contract, _: Beside) -> Cell:
        return plain(getattr(contract, end)) if getattr(contract, low) != getattr(contract, high) else None

    return read
