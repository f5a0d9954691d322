"""What the demonstration's procurement lead keeps and does: views shared with everybody, a change of many records."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.queries import person_by_email, reader_of
from app.accounts.saved_views import save_view
from app.core import audit
from app.core.dates import add_months
from app.home.demo.registering import RECORDED_BY, Loading
from app.register.commands.bulk import editing
from app.register.commands.bulk.acts import Acting
from app.register.commands.bulk.editing import Chosen, Item
from app.register.models import Contract, ContractStage, ProcurementStatus

LEAD = "procurement@wessmoor.example"
#: Each a list under a name, shared with everybody.
VIEWS = {
    "Live and over the key decision threshold": "/contracts?status=live&over=key&sort=ends_on",
    "Who manages what": "/contracts?status=live&columns=reference,manager_post,provider,current_end_on,notice_months",
    "Small and voluntary providers": "/providers?columns=kind,small-or-medium-sized,contracts-running-or-to-come",
}
#: Contracts that end so soon were looked at together.
SOON, MOST = 9, 6
LOOKED_AT = "Looked at with the contract managers in the quarterly review: planning has begun"


def load_shared(loading: Loading) -> None:
    lead = person_by_email(loading.session, LEAD)
    if lead is None:
        return
    for name, address in VIEWS.items():
        save_view(loading.session, lead.id, name=name, address=address, shared=True)
    today = loading.calendar.as_at
    _change(loading, lead, _ending(loading, today), {Item.PROCUREMENT_STATUS: ProcurementStatus.PLANNING}, LOOKED_AT)


def _ending(loading: Loading, today: date) -> list[Chosen]:
    """Awarded contracts near their end of which nobody said how far what follows has come."""
    soon = Contract.current_end_on.between(today, add_months(today, SOON))
    silent = Contract.procurement_status.is_(None)
    query = select(Contract).where(soon, silent, Contract.stage == ContractStage.AWARDED)
    found = loading.session.scalars(query.order_by(Contract.current_end_on, Contract.id).limit(MOST))
    return [Chosen(one.id, one.version) for one in found]


def _change(loading: Loading, lead: Person, chosen: list[Chosen], answers: Mapping[Item, Any], reason: str) -> None:
    """As the lead, in one act; whatever is loaded after it is recorded as before."""
    if not chosen:
        return
    audit.act_as(loading.session, audit.Actor(lead.id, lead.name))
    acting = Acting(reader_of(loading.session, lead), loading.now, reason)
    editing.carry_out(loading.session, chosen, answers, acting, today=loading.calendar.as_at)
    audit.act_as(loading.session, audit.Actor(None, RECORDED_BY))
