"""What moving or closing a service would take with it, said before it is done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.register.models import Arrangement, Contract, Service
from app.register.queries.worth import not_over
from app.register.visibility import arrangements_open_to, rows_open_to


@dataclass(frozen=True)
class Effect:
    """What is recorded under a service, as far as the reader may know."""

    running: int
    ended: int
    arrangements: int

    @property
    def contracts(self) -> int:
        return self.running + self.ended


def effect_on(session: Session, found: Service, reader: Reader, today: date) -> Effect:
    current = not_over(today)
    contracts = (
        select(func.count().filter(current), func.count().filter(~current))
        .select_from(Contract)
        .where(Contract.lead_service_id == found.id, rows_open_to(reader, today))
    )
    arrangements = (
        select(func.count())
        .select_from(Arrangement)
        .where(
            Arrangement.lead_service_id == found.id,
            Arrangement.withdrawn_at.is_(None),
            arrangements_open_to(reader, today),
        )
    )
    running, ended = session.execute(contracts).one()
    return Effect(int(running), int(ended), session.scalar(arrangements) or 0)
