"""Loading the demonstration, once, into an empty database."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import Refusal
from app.council import queries
from app.home.demo.announcing import load_announcements
from app.home.demo.contracting import load_register
from app.home.demo.decided import load_decisions
from app.home.demo.deciding import load_activities, load_dismissals
from app.home.demo.living import load_life
from app.home.demo.monitoring import load_monitoring
from app.home.demo.notation import Calendar
from app.home.demo.noticing import load_notices
from app.home.demo.parties import load_parties
from app.home.demo.planning import load_returns
from app.home.demo.promising import load_agreements, load_social_value
from app.home.demo.publishing import load_publishing
from app.home.demo.registering import RECORDER, Loading, recorded
from app.home.demo.reminding import load_reminders
from app.home.demo.scrutinising import load_scrutiny
from app.home.demo.setting_up import set_up
from app.home.demo.sharing import load_shared

#: How long ago the history says that the register was begun, and that most of what came after was recorded: lists of
#: what is new, and counts at earlier dates, have something to tell.
REGISTER_BEGAN, KEPT_SINCE = timedelta(days=420), timedelta(days=75)


def load_demo(session: Session, as_at: date, *, now: datetime) -> None:
    """Fill the database. Refuse where there is a council already."""
    there = queries.council_if_any(session)
    if there is not None:
        raise Refusal(f"{there.name} is in this database already: the demo council needs an empty one")
    calendar = Calendar(as_at)
    with recorded(session, REGISTER_BEGAN):
        loading = Loading(session, calendar, set_up(session, calendar), now)
        load_register(loading)
    with recorded(session, KEPT_SINCE):
        load_life(loading)
        load_parties(loading)
        load_notices(loading)
        load_agreements(loading)
        load_social_value(loading)
        load_monitoring(loading)
    load_activities(loading)
    audit.act_as(session, RECORDER)
    load_decisions(loading)
    load_dismissals(loading)
    load_announcements(loading)
    load_scrutiny(loading)
    load_returns(loading)
    load_publishing(loading)
    load_reminders(loading)
    load_shared(loading)
