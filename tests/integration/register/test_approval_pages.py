"""Approvals through the browser's door, on both databases: what a decision allows, and what is let under it."""

from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.rights import ScopeKind
from app.register.models import Approval
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate


def shown(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.text[:2000]
    return " ".join(response.text.split())


def test_an_approval_is_recorded_and_read_aloud(client: FlaskClient, session: Session) -> None:
    a_council(session)
    directorate = a_directorate(session)
    signed_in(client, session)
    answers = {
        "reference": "18/00055",
        "title": "Highways term maintenance: authority to award",
        "directorate_id": str(directorate.id),
        "sum_allowed": "1.7m",
        "allows_options": "yes",
        "delegate_post": "Director of Highways",
    }
    assert client.post("/approvals/new", data=answers).status_code == 302
    assert 'id="reference-error"' in client.post("/approvals/new", data=answers).text
    approval = session.scalars(select(Approval)).one()
    page = shown(client, f"/approvals/{approval.id}")
    assert "Decision 18/00055 allows up to £1,700,000, options to extend included" in page
    changed = {**answers, "sum_allowed": "1.9m", "version": str(approval.version)}
    assert client.post(f"/approvals/{approval.id}/edit", data=changed).status_code == 302
    assert "Somebody else saved" in client.post(f"/approvals/{approval.id}/edit", data=changed).text
    assert "£1.9m" in shown(client, "/approvals?q=highways")


def test_more_let_than_allowed_and_for_longer_is_said(client: FlaskClient, session: Session) -> None:
    a_council(session)
    directorate = a_directorate(session)
    allowed = Decimal(3_000_000)
    approval = added(
        session,
        Approval(
            reference="18/1",
            title="Care",
            directorate_id=directorate.id,
            sum_allowed=allowed,
            latest_end_on=date(2029, 1, 1),
        ),
    )
    for _ in range(2):
        a_contract(session, directorate, value=2_000_000, approval=approval)
    page = shown(signed_in(client, session), f"/approvals/{approval.id}")
    assert "£4,000,000 over 2 contracts, £1,000,000 more than it allows" in page
    assert "2 contracts end after the day it allows" in page
    a_contract(session, directorate, value=1_000_000, approval=approval, exempt=True)
    member = shown(signed_in(client, session, Role.MEMBER), f"/approvals/{approval.id}")
    assert "an amount under it is exempt" in member


def test_an_approval_is_changed_only_within_ones_own_directorate(client: FlaskClient, session: Session) -> None:
    a_council(session)
    mine, other = a_directorate(session), a_directorate(session)
    approval = added(session, Approval(reference="18/1", title="Care", directorate_id=other.id))
    person = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=mine.id)
    signed_in(client, session, person)
    assert client.get(f"/approvals/{approval.id}/edit").status_code == 403
