"""Contracts of a list that look like one arrangement, and suggestions confirmed as they stand."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.plans import Plan
from app.register.arranging import Candidate, Likeness, Suggestion, suggestions
from app.register.commands.arrangements import ArrangementWanted, add_arrangement
from app.register.models import Arrangement, ArrangementKind, Contract, ContractForm
from app.register.values import ArrangementValuation

_OF_FRAMEWORKS = frozenset({ContractForm.FRAMEWORK, ContractForm.CALL_OFF})


#: Where rows not stored yet are numbered from, below every record's number.
_NOT_STORED = -(2**31)


def alike(plan: Plan) -> list[Suggestion]:
    """Among the contracts the list makes, those that look like one arrangement: before it is stored and after."""
    return suggestions(_candidates([row.contract for row in plan.rows if row.is_new and row.contract is not None]))


def _candidates(contracts: Sequence[Contract]) -> Iterator[Candidate]:
    """What has no number yet goes by its place in the list."""
    numbers = {id(contract): contract.id or _NOT_STORED + place for place, contract in enumerate(contracts)}
    units: dict[int, int] = {}
    for contract in contracts:
        unit, parent, category = contract.directorate, contract.parent, contract.category
        yield Candidate(
            numbers[id(contract)],
            contract.title,
            unit.id or units.setdefault(id(unit), -1 - len(units)),
            contract.reference,
            None if parent is None else numbers.get(id(parent), parent.id),
            None if category is None else category.name,
        )


def confirm_alike(session: Session, plan: Plan) -> int:
    """Make the arrangements a stored list suggests. Return how many."""
    found = alike(plan)
    for suggestion in found:
        confirm(session, suggestion)
    return len(found)


def confirm(session: Session, suggestion: Suggestion) -> Arrangement:
    """Make an arrangement of the contracts, valued once."""
    query = select(Contract.form, Contract.maximum_high, Contract.reference)
    rows = session.execute(query.where(Contract.id.in_(suggestion.contract_ids)).order_by(Contract.id)).all()
    is_framework = suggestion.likeness is Likeness.PARENT or any(form in _OF_FRAMEWORKS for form, _, _ in rows)
    references = {reference for _, _, reference in rows}
    wanted = ArrangementWanted(
        title=suggestion.title,
        kind=ArrangementKind.FRAMEWORK if is_framework else ArrangementKind.MANY_PROVIDERS,
        directorate_id=suggestion.directorate_id,
        reference=references.pop() if len(references) == 1 else None,
        valuation=_valuation([value for _, value, _ in rows if value]),
    )
    return add_arrangement(session, wanted, suggestion.contract_ids)


def _valuation(values: Sequence[Decimal]) -> ArrangementValuation:
    """One value printed on every contract is the whole's; different ones add up."""
    repeated = len(values) > 1 and len(set(values)) == 1
    return ArrangementValuation.REPEATED if repeated else ArrangementValuation.ADDED
