"""How some of the demonstration's people are reminded, a contract with months of its own, and a reminder put off."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.queries import person_by_email, reader_of
from app.core.findings import Asked, kind_of
from app.core.text import fold
from app.home.demo.registering import Loading
from app.home.models import Often
from app.home.reminders import commands
from app.register.models import Contract
from app.register.queries.findings import BY_DUE, Order, found_page

#: Who chose otherwise than their role's default: how often, and on which weekday.
CHOSEN = {
    "commissioner.property@wessmoor.example": (Often.DAILY, 0),
    "commissioner.adults@wessmoor.example": (Often.WEEKLY, 1),
    "director@wessmoor.example": (Often.WEEKLY, 4),
}
KEEPER = "commissioner.adults@wessmoor.example"
#: A framework takes long to replace.
OWN_MONTHS = 24
NOT_SOONER = timedelta(days=60)
REASON = "The provider has asked to talk about the end date first"


def load_reminders(loading: Loading) -> None:
    for email, (often, weekday) in CHOSEN.items():
        person = person_by_email(loading.session, email)
        if person is not None:
            commands.choose(loading.session, person.id, often, weekday)
    loading.register.contracts["homecare"].remind_months = OWN_MONTHS
    loading.session.flush()
    keeper = person_by_email(loading.session, KEEPER)
    if keeper is not None:
        _put_one_off(loading, keeper)


def _put_one_off(loading: Loading, keeper: Person) -> None:
    """The first of the keeper's that ends in more than two months: until a month before."""
    kind, today, reader = kind_of("ends-ahead"), loading.calendar.as_at, reader_of(loading.session, keeper)
    if kind is None:
        return
    own = Asked(reader, today, post_key=fold(keeper.post or ""))
    found = found_page(loading.session, kind, own, Order(BY_DUE), 1, 500)
    due = next((one for one in found if one.due_on and one.due_on > today + NOT_SOONER), None)
    if due is None or due.due_on is None:
        return
    contract = loading.session.scalars(select(Contract).where(Contract.id == due.id)).one()
    on = commands.FoundOn(kind, due.id, due.title, contract.directorate_id, contract.division_id, due.due_on)
    until = due.due_on - NOT_SOONER / 2
    commands.snooze(loading.session, on, until, REASON, by=keeper.name, today=today, now=loading.now)
