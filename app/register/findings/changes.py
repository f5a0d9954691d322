"""What changes since award ask for under the Procurement Act: a notice first, or another ground than their size."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.core.findings import Severity
from app.core.money import PENNY
from app.council import queries as council
from app.council import settings
from app.register import modifications
from app.register.findings.notices import ACT, over_with_vat, record
from app.register.findings.of_contracts import ContractFinding, about_contracts
from app.register.grounds import Ground
from app.register.models import Contract, ContractEvent, ContractNotice
from app.register.notices import GOVERNED, NoticeKind
from app.register.queries.duties import duties_on
from app.register.regime import Regime, Supply
from app.register.settling import moves_of
from app.register.vat import VatRates

#: Their own threshold: a user choice contract is for services of the light touch.
LIGHT = frozenset({Regime.LIGHT_TOUCH, Regime.USER_CHOICE})


def _changed_without_notice(_session: Session, _today: date) -> ColumnElement[bool]:
    """A change for which a person said that a notice is needed, with fewer notices by then than such changes."""
    needed = and_(ContractEvent.uk10_needed.is_(True), ContractEvent.contract_id == Contract.id)
    latest = select(func.max(ContractEvent.effective_on)).where(needed).correlate(Contract).scalar_subquery()
    changes = select(func.count()).select_from(ContractEvent).where(needed).correlate(Contract).scalar_subquery()
    in_time = select(func.count()).where(
        ContractNotice.contract_id == Contract.id,
        ContractNotice.kind == NoticeKind.UK10,
        ContractNotice.withdrawn_at.is_(None),
        ContractNotice.published_on <= latest,
    )
    told = in_time.correlate(Contract).scalar_subquery()
    return and_(Contract.regime.in_(GOVERNED), exists().where(needed).correlate(Contract), told < changes)


about_contracts(
    ContractFinding(
        code="PA5",
        one="contract changed without the change notice (UK10) that was needed",
        many="contracts changed without the change notices (UK10) that were needed",
        severity=Severity.ACT,
        source=f"{ACT}, s.75(1)",
        cure="Publish the notice before the change takes effect, and record it here.",
        mend=record(NoticeKind.UK10),
        condition=_changed_without_notice,
        working=lambda _session, _found, _today: (
            "Somebody recorded that a change needs a notice first, and fewer notices than such changes are recorded."
        ),
    )
)


# Below-threshold modifications that together are not


def _small_changes() -> ColumnElement[Any]:  # Any: a sum may be null
    """What the contract's below-threshold modifications come to together, up or down, in pounds net of VAT."""
    correction = aliased(ContractEvent)
    counts = and_(
        ContractEvent.contract_id == Contract.id,
        ContractEvent.ground == Ground.BELOW_THRESHOLD,
        ~exists().where(correction.corrects_id == ContractEvent.id),
    )
    together = select(func.sum(ContractEvent.value_change)).where(counts).correlate(Contract).scalar_subquery()
    return case((together < 0, -together), else_=together)


def _by_threshold(session: Session) -> Iterator[tuple[ColumnElement[bool], Decimal]]:
    """``threshold_of``, said in SQL: which contracts each dated amount of schedule 1 governs."""
    begun = func.coalesce(Contract.procurement_began_on, Contract.entered_on, Contract.starts_on, date.min)
    light = Contract.regime.in_(LIGHT)
    works = Contract.supply.is_not_distinct_from(Supply.WORKS)
    for which, setting in (
        (light, settings.THRESHOLD_LIGHT_TOUCH),
        (and_(~light, works), settings.THRESHOLD_WORKS),
        (and_(~light, ~works), settings.THRESHOLD_GOODS_SERVICES),
    ):
        values = council.values_of(session, setting)
        for dated, later in zip_longest(values, values[1:]):
            since = true() if dated.from_on is None else begun >= dated.from_on
            until = true() if later is None else begun < later.from_on
            yield and_(which, since, until), dated.value


def _small_no_more(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    together = _small_changes()
    reached = (and_(which, over_with_vat(amount - PENNY, duties, together)) for which, amount in _by_threshold(session))
    return and_(Contract.regime.in_(GOVERNED), or_(*reached))


def threshold_of(session: Session, contract: Contract) -> Decimal:
    """The amount of schedule 1 that governs the contract, with VAT: as it stood when its procurement began."""
    light, works = contract.regime in LIGHT, contract.supply is Supply.WORKS
    usual = settings.THRESHOLD_WORKS if works else settings.THRESHOLD_GOODS_SERVICES
    begun = contract.procurement_began_on or contract.entered_on or contract.starts_on or date.min
    return council.value_on(session, settings.THRESHOLD_LIGHT_TOUCH if light else usual, begun)


def small_changes_together(contract: Contract, rates: VatRates) -> Decimal:
    changes = (event.value_change for event in moves_of(contract) if event.ground is Ground.BELOW_THRESHOLD)
    return modifications.together_with_vat(changes, contract.vat_treatment, rates)


def _why_no_more(session: Session, found: Contract, today: date) -> str:
    together = small_changes_together(found, duties_on(session, today).rates)
    return modifications.reach_said(together, found.vat_treatment, threshold_of(session, found))


about_contracts(
    ContractFinding(
        code="PA6",
        one="contract whose below-threshold modifications together reach the threshold",
        many="contracts whose below-threshold modifications together reach the threshold",
        severity=Severity.ACT,
        source=f"{ACT}, s.74(4): all such modifications together stay under the threshold",
        cure="Ask for legal advice: the change needs another ground, such as one of schedule 8, or a procurement.",
        condition=_small_no_more,
        working=_why_no_more,
        tells_amount=True,
    )
)
