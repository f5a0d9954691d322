"""Recording what was considered before a procurement of services: Public Services (Social Value) Act 2012, s.1."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.dates import day
from app.core.errors import Refusal
from app.register.models import Contract, SocialValueConsideration


@dataclass(frozen=True, kw_only=True)
class ConsiderationWanted:
    """Considered on a day, or urgency left no time."""

    considered_on: date | None = None
    considered_by: str | None = None
    note: str | None = None
    consultation_considered: bool | None = None
    urgency_reason: str | None = None


def consider(
    session: Session, contract: Contract, wanted: ConsiderationWanted, *, today: date
) -> SocialValueConsideration:
    """Record it, once a contract; said again, it changes, and the history keeps what was said."""
    if wanted.considered_on is None and not wanted.urgency_reason:
        raise Refusal("Enter the day, or say why urgency left no time", field="considered_on")
    if wanted.considered_on is not None and wanted.considered_on > today:
        raise Refusal(f"Enter a day up to today, {day(today)}", field="considered_on")
    if wanted.considered_on is not None and not wanted.considered_by:
        raise Refusal("Enter who considered it", field="considered_by")
    found = consideration(session, contract.id) or SocialValueConsideration(contract_id=contract.id)
    for column, value in asdict(wanted).items():
        setattr(found, column, value)
    session.add(found)
    flag_modified(contract, "title_key")
    session.flush()
    return found


def consideration(session: Session, contract_id: int) -> SocialValueConsideration | None:
    query = select(SocialValueConsideration).where(SocialValueConsideration.contract_id == contract_id)
    return session.scalars(query).one_or_none()
