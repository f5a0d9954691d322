"""What state a contract is in on a day: some of it stored, the rest by its dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_

from app.register.models import Contract, ContractStage


class Status(StrEnum):
    """Every contract is in exactly one of them on a day."""

    PLANNED = "planned"
    AWARDED = "awarded"
    LIVE = "live"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    ENDED_EARLY = "ended early"
    WITHDRAWN = "withdrawn"


#: A tag's words and colour; awarded is said so that nobody takes it for running.
WORDS = {Status.AWARDED: "awarded, not started"}
COLOURS = {
    Status.PLANNED: "blue",
    Status.AWARDED: "teal",
    Status.LIVE: "green",
    Status.EXPIRED: "grey",
    Status.SUSPENDED: "yellow",
    Status.ENDED_EARLY: "orange",
    Status.WITHDRAWN: "red",
}
_BY_STAGE = {
    ContractStage.PLANNED: Status.PLANNED,
    ContractStage.SUSPENDED: Status.SUSPENDED,
    ContractStage.ENDED_EARLY: Status.ENDED_EARLY,
}


def words(status: Status) -> str:
    return WORDS.get(status, status.value)


@dataclass(frozen=True)
class Standing:
    """What a contract's status is read from."""

    stage: ContractStage
    starts_on: date | None
    #: The current end.
    ends_on: date | None
    withdrawn: bool = False


def status_on(standing: Standing, day: date) -> Status:
    """Without a start it has begun; without an end it runs on."""
    if standing.withdrawn:
        return Status.WITHDRAWN
    if standing.stage is not ContractStage.AWARDED:
        return _BY_STAGE[standing.stage]
    if standing.starts_on and standing.starts_on > day:
        return Status.AWARDED
    return Status.EXPIRED if standing.ends_on and standing.ends_on < day else Status.LIVE


def standing_of(contract: Contract) -> Standing:
    return Standing(
        contract.stage, contract.starts_on, contract.current_end_on, withdrawn=contract.withdrawn_at is not None
    )


def in_status(status: Status, day: date) -> ColumnElement[bool]:
    """``status_on``, said in SQL of rows not withdrawn, unless that is the question. One test holds both together."""
    if status is Status.WITHDRAWN:
        return Contract.withdrawn_at.is_not(None)
    if status in _BY_STAGE.values():
        return Contract.stage == next(stage for stage, named in _BY_STAGE.items() if named is status)
    begun = or_(Contract.starts_on.is_(None), Contract.starts_on <= day)
    over = and_(Contract.current_end_on.is_not(None), Contract.current_end_on < day)
    by_dates = {Status.AWARDED: ~begun, Status.EXPIRED: and_(begun, over), Status.LIVE: and_(begun, ~over)}
    return and_(Contract.stage == ContractStage.AWARDED, by_dates[status])
