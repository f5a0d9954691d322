"""Which sections of a contract's page have rows at all, in one statement: an empty section reads nothing.

A higher room says by ``hangs_on`` what it keeps about contracts. Whoever has not asked is told that there may be rows.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, inspect, or_, select
from sqlalchemy.orm import Session

from app.register.models import (
    Agreement,
    Contract,
    ContractEvent,
    ContractNotice,
    ContractProvider,
    ContractService,
    ContractSpend,
    Document,
    ExtensionOption,
    Indicator,
    SignalOverride,
    SocialValueCommitment,
    SocialValueConsideration,
)

#: What rows hang on a contract, given its id.
Which = Callable[[ColumnElement[int]], ColumnElement[bool]]
KNOWN = "hanging"
_sections: dict[str, Which] = {}


def hangs_on(section: str, which: Which) -> str:
    """Declare a section. The answer is its name, for ``hangs``."""
    _sections[section] = which
    return section


OPTIONS = hangs_on("options", lambda one: ExtensionOption.contract_id == one)
EVENTS = hangs_on("events", lambda one: ContractEvent.contract_id == one)
OVERRIDES = hangs_on("overrides", lambda one: SignalOverride.contract_id == one)
OTHER_SERVICES = hangs_on("other_services", lambda one: ContractService.contract_id == one)
PROVIDERS = hangs_on("providers", lambda one: ContractProvider.contract_id == one)
AGREEMENT = hangs_on("agreement", lambda one: Agreement.contract_id == one)
COMMITMENTS = hangs_on("commitments", lambda one: SocialValueCommitment.contract_id == one)
CONSIDERATION = hangs_on("consideration", lambda one: SocialValueConsideration.contract_id == one)
SPEND = hangs_on("spend", lambda one: ContractSpend.contract_id == one)
INDICATORS = hangs_on("indicators", lambda one: Indicator.contract_id == one)
NOTICES = hangs_on("notices", lambda one: ContractNotice.contract_id == one)
#: Those of its service are filed under the service: whether there are any is asked of it.
DOCUMENTS = hangs_on(
    "documents",
    lambda one: or_(
        Document.contract_id == one,
        Document.service_id == select(Contract.lead_service_id).where(Contract.id == one).scalar_subquery(),
    ),
)


def _pointing(column: Any) -> Which:  # Any: a column of an alias
    return lambda one: (column == one) & (Contract.id != one)


FOLLOWERS = hangs_on("followers", _pointing(Contract.replaces_id))
CALL_OFFS = hangs_on("call_offs", _pointing(Contract.parent_id))


@lru_cache(maxsize=2)
def _asked(sections: tuple[str, ...]) -> Select[Any]:
    """Put into words once: that takes longer than reading it."""
    contract_id: BindParameter[int] = bindparam("contract_id")
    columns: list[Any] = [exists().where(_sections[one](contract_id)).label(one) for one in sections]
    return select(*columns)


def note_what_hangs(session: Session, contract_id: int) -> frozenset[str]:
    """The sections with rows. What is being shown is told of them by ``hangs``."""
    row = session.execute(_asked(tuple(_sections)), {"contract_id": contract_id}).one()
    return frozenset(section for section, there in zip(_sections, row, strict=True) if there)


def tell(contract: Contract, sections: frozenset[str]) -> None:
    inspect(contract).info[KNOWN] = sections


def hangs(contract: Contract, section: str) -> bool:
    """Whether a page that has just read the contract need look for the section's rows."""
    known: frozenset[str] | None = inspect(contract).info.get(KNOWN)
    return known is None or section in known
