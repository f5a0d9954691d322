"""The one place that writes a contract's stored figures and ends, from what was agreed and what happened since."""

from decimal import Decimal

from app.core.text import words
from app.register import renewal, terms, values
from app.register.models import Approval, Arrangement, Contract, ContractEvent, ExtensionOption
from app.register.terms import Option, Term
from app.register.values import Amount, Figure, Member, Per, ThreeValues, amount_between


def term_of(contract: Contract) -> Term:
    """The contract's term as the rules read it."""
    return Term(
        starts_on=contract.starts_on,
        ends_on=contract.awarded_end_on,
        moved_to=tuple(event.ends_on for event in moves_of(contract) if event.ends_on),
        options=tuple(option_of(option) for option in open_options(contract)),
        rolling=contract.rolling,
        notice_months=contract.notice_months,
    )


def moves_of(contract: Contract) -> list[ContractEvent]:
    """Extensions and variations that count, in order: not those a correction has struck out."""
    struck = struck_out(contract)
    events = [event for event in contract.events if event.kind.moves and event.id not in struck]
    return sorted(events, key=lambda event: (event.effective_on, event.id is None, event.id or 0))


def struck_out(contract: Contract) -> frozenset[int]:
    """Events that were a mistake, and count no more."""
    return frozenset(event.corrects_id for event in contract.events if event.corrects_id is not None)


def approval_of(contract: Contract) -> Approval | None:
    """What it runs under now: the approval of its latest extension that names one, else the one it was let under."""
    later = [event.approval for event in moves_of(contract) if event.approval is not None]
    return later[-1] if later else contract.approval


def open_options(contract: Contract) -> list[ExtensionOption]:
    """The options neither taken up nor lapsed, in order."""
    options = [option for option in contract.options if not option.taken and not option.lapsed]
    return sorted(options, key=lambda option: option.position)


def option_of(option: ExtensionOption) -> Option:
    return Option(
        months=option.months or 0, ends_on=option.ends_on, value=option.value, notice_months=option.notice_months
    )


def awarded_amount(contract: Contract) -> Amount | None:
    return amount_between(
        contract.awarded_low, contract.awarded_high, certainty=contract.certainty, share_of=contract.share_of
    )


def annual_amount(contract: Contract) -> Amount | None:
    return amount_between(
        contract.annual_low, contract.annual_high, Per.YEAR, certainty=contract.certainty, share_of=contract.share_of
    )


def values_of(contract: Contract) -> ThreeValues:
    """As awarded, current and maximum, reckoned anew."""
    return _three_values(contract, term_of(contract))


def _three_values(contract: Contract, term: Term) -> ThreeValues:
    changes = [event.value_change for event in moves_of(contract) if event.value_change is not None]
    return values.three_values(awarded_amount(contract), changes, term.options)


def settle(contract: Contract) -> None:
    """Write the contract's stored ends, values and search words. Refuse a term or value that does not hold together.

    Call after every change to a contract, its options, events or providers, within the same transaction.
    """
    _settle_unit(contract)
    term = terms.check_term(term_of(contract))
    three, annual = _three_values(contract, term), annual_amount(contract)
    whole_life, yearly = values.whole_life_figure(three, annual, term), values.annual_figure(three, annual, term)
    contract.current_end_on, contract.latest_end_on = term.current_end_on, term.latest_end_on
    contract.current_low, contract.current_high = _ends(three.current)
    contract.maximum_low, contract.maximum_high = _ends(three.maximum)
    contract.maximum_at_least = three.at_least
    contract.whole_life_figure, contract.annual_figure = whole_life.high, yearly.high
    contract.renewal_figure = _renewal(contract, term, yearly, whole_life).high
    contract.provider_key = contract.providers[0].provider.name_key if contract.providers else None
    contract.search_text = search_text(contract)


def _settle_unit(contract: Contract) -> None:
    """A lead service, when set, gives the unit."""
    if contract.lead_service is not None:
        contract.directorate_id = contract.lead_service.directorate_id
        contract.division_id = contract.lead_service.division_id


def _ends(amount: Amount | None) -> tuple[Decimal | None, Decimal | None]:
    return (None, None) if amount is None else (amount.low, amount.high)


def search_text(contract: Contract) -> str:
    """Words and numbers alone, parted by single spaces, so that both databases cut them alike."""
    names = (entry.provider.name for entry in contract.providers)
    category = contract.category.name if contract.category else ""
    return " ".join(words(" ".join((contract.reference or "", contract.title, *names, category))))


def whole_life_figure(contract: Contract) -> Figure:
    """What a whole-life threshold is held against."""
    return values.whole_life_figure(values_of(contract), annual_amount(contract), term_of(contract))


def annual_figure(contract: Contract) -> Figure:
    """What an annual threshold is held against."""
    return values.annual_figure(values_of(contract), annual_amount(contract), term_of(contract))


def renewal_figure(contract: Contract) -> Figure:
    """What the key decision threshold is held against when the contract is to be replaced."""
    return _renewal(contract, term_of(contract), annual_figure(contract), whole_life_figure(contract))


def _renewal(contract: Contract, term: Term, yearly: Figure, whole_life: Figure) -> Figure:
    months = renewal.expected_months(contract.expected_term_months, term)
    return renewal.replacement_estimate(yearly.high, whole_life.high, months)


def arrangement_figure(arrangement: Arrangement) -> Figure:
    """An arrangement's whole-life figure: it is valued once, and tested as a whole."""
    stated = amount_between(arrangement.value_low, arrangement.value_high)
    of_the_whole = (
        Figure(stated.high, "as stated for the whole") if stated else Figure(None, "no value is stated for the whole")
    )
    members = [
        Member(contract.id, contract.parent_id, whole_life_figure(contract))
        for contract in arrangement.contracts
        if contract.withdrawn_at is None
    ]
    return values.arrangement_figure(arrangement.valuation, of_the_whole, members)
