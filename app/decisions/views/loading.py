"""Loading an activity for a page: 404 where the reader may not know of it, 403 where they may not change it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, check_may, current_reader, refuse_entry
from app.core.db import db
from app.core.forms import Choice
from app.core.rights import Reader
from app.council import queries as council
from app.decisions.forms.activities import ActivityChoices
from app.decisions.models import Activity
from app.decisions.queries import activities, agreements
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.agreements import Agreement
from app.register.models import Programme
from app.register.queries.services import service_choices
from app.register.units import unit_choices


def activity_shown(activity_id: int) -> ActivityFacts:
    found = activities.one_activity(db.session(), activity_id, current_reader(), clock.today())
    if found is None:
        raise NoResultFound
    return found


def activity_to_change(activity_id: int, permission: Permission = Permission.EDIT_ACTIVITIES) -> Activity:
    """The record itself, for somebody who may change it."""
    activity_shown(activity_id)
    activity = db.session().get_one(Activity, activity_id)
    check_may(permission, activity.directorate_id, activity.division_id)
    return activity


def check_may_see_amounts(activity: Activity) -> None:
    """Whoever may not see the amounts may not change them either."""
    if not activities.may_see_amounts(current_reader(), activity):
        refuse_entry()


def agreement_about(session: Session, one: ActivityFacts, today: date) -> Agreement | None:
    if one.arrangement_id is not None:
        return agreements.agreement_of_arrangement(session, one.arrangement_id, today)
    return agreements.contract_alone(session, one.contract_id, today) if one.contract_id is not None else None


def choices(session: Session, reader: Reader, today: date) -> ActivityChoices:
    programmes = select(Programme).where((Programme.until_on.is_(None)) | (Programme.until_on >= today))
    return ActivityChoices(
        units=tuple(
            unit_choices(council.directorates(session, on=today), reader.units_for(Permission.EDIT_ACTIVITIES))
        ),
        committees=tuple(Choice(one.id, one.name) for one in council.committees(session, on=today)),
        services=tuple(Choice(one.id, one.name) for one in service_choices(session)),
        programmes=tuple(
            Choice(one.id, one.name) for one in session.scalars(programmes.order_by(Programme.name, Programme.id))
        ),
        today=today,
    )
