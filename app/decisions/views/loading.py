"""Loading an activity for a page: 404 where the reader may not know of it, 403 where they may not change it."""

import io
from datetime import date

from flask import send_file
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, check_may, current_reader, refuse_entry
from app.core.db import db
from app.core.forms import Choice
from app.core.rights import Reader
from app.core.text import slug
from app.council import queries as council
from app.decisions.forms.activities import ActivityChoices
from app.decisions.models import Activity, Decision, DecisionState
from app.decisions.queries import activities, agreements
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.agreements import Agreement
from app.decisions.queries.decisions import DecisionFacts, decisions_of, one_decision
from app.decisions.queries.visibility import may_see_amounts
from app.register.models import Programme
from app.register.queries.services import service_choices
from app.register.units import unit_choices
from reports.paper import OFFICE_WORD, Paper, paper_docx


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


def decision_shown(decision_id: int) -> DecisionFacts:
    found = one_decision(db.session(), decision_id, current_reader(), clock.today())
    if found is None:
        raise NoResultFound
    return found


def decision_taken(decision_id: int) -> DecisionFacts:
    """One with a written statement."""
    found = decision_shown(decision_id)
    if found.state is not DecisionState.TAKEN:
        raise NoResultFound
    return found


def decisions_shown(one: ActivityFacts) -> list[DecisionFacts]:
    return decisions_of(db.session(), one, current_reader(), clock.today())


def decision_to_change(decision_id: int, permission: Permission) -> Decision:
    """The record itself, for somebody who may change it, and may read what it says."""
    shown = decision_shown(decision_id)
    check_may(permission, shown.activity.directorate_id, shown.activity.division_id)
    decision = db.session().get_one(Decision, decision_id)
    said = (shown.called_in_reason, shown.implementation_note)
    if any(head.withheld for head in shown.heads) or said != (decision.called_in_reason, decision.implementation_note):
        refuse_entry()
    return decision


def document(name: str, paper: Paper) -> ResponseReturnValue:
    """A paper as a Word document."""
    named = f"{slug(name)}.docx"
    return send_file(io.BytesIO(paper_docx(paper)), mimetype=OFFICE_WORD, as_attachment=True, download_name=named)


def check_may_see_amounts(activity: Activity) -> None:
    """Whoever may not see the amounts may not change them either."""
    if not may_see_amounts(db.session(), current_reader(), activity.id):
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
