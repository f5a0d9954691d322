"""Suggested arrangements confirmed as they stand, for a register that comes in by command."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.register.arranging import Likeness, Suggestion
from app.register.commands.arrangements import ArrangementWanted, add_arrangement
from app.register.models import Arrangement, ArrangementKind, Contract, ContractForm
from app.register.values import ArrangementValuation

_OF_FRAMEWORKS = frozenset({ContractForm.FRAMEWORK, ContractForm.CALL_OFF})


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
