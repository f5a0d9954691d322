"""What services lack, as conditions in SQL: the list's filter and the findings ask the same."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.core.rights import Reader
from app.register.delivery import BY_CONTRACT, DeliveryRoute
from app.register.models import Contract, ContractService, Service, ServiceOutcome
from app.register.visibility import rows_open_to

#: Made once: an alias of a table costs milliseconds.
BESIDE = aliased(ContractService)


class Lacking(StrEnum):
    CONTRACT = "contract"
    IN_HOUSE = "in-house"
    OUTCOME = "outcome"
    ROUTE = "route"
    PLAN = "plan"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Lacking.CONTRACT: "No contract and not in-house",
    Lacking.IN_HOUSE: "In-house, with live contracts",
    Lacking.OUTCOME: "No outcome",
    Lacking.ROUTE: "How it is delivered is not known",
    Lacking.PLAN: "A planned change has come",
}


def stands() -> ColumnElement[bool]:
    """Neither withdrawn nor closed."""
    return and_(Service.withdrawn_at.is_(None), Service.closed_reason.is_(None))


def lacks(what: Lacking, reader: Reader, today: date) -> ColumnElement[bool]:
    """The services that lack it on a day, as far as the reader may know of their contracts."""
    if what is Lacking.CONTRACT:
        return and_(Service.route.in_(BY_CONTRACT), ~_has_live_contract(reader, today))
    if what is Lacking.IN_HOUSE:
        return and_(Service.route == DeliveryRoute.IN_HOUSE, _leads_live_contract(reader, today))
    if what is Lacking.ROUTE:
        return Service.route == DeliveryRoute.NOT_KNOWN
    if what is Lacking.PLAN:
        return Service.planned_from_on <= today
    others = exists().where(ServiceOutcome.service_id == Service.id)
    return and_(Service.outcome_id.is_(None), ~others)


def _leads_live_contract(reader: Reader, today: date) -> ColumnElement[bool]:
    live = select(Contract.id).where(Contract.lead_service_id == Service.id, *_live(reader, today))
    return live.correlate(Service).exists()


def _has_live_contract(reader: Reader, today: date) -> ColumnElement[bool]:
    """Counted under it, or serving it too."""
    serving = (
        select(Contract.id)
        .join(BESIDE, BESIDE.contract_id == Contract.id)
        .where(BESIDE.service_id == Service.id, *_live(reader, today))
    )
    return or_(_leads_live_contract(reader, today), serving.correlate(Service).exists())


def _live(reader: Reader, today: date) -> tuple[ColumnElement[bool], ...]:
    return rows_open_to(reader, today), Contract.running_on(today)
