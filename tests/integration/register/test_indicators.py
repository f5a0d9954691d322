"""Key performance indicators through the browser's door: set, measured, corrected, due, below target."""

import io
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.findings import Asked
from app.core.rights import Grant, Permission, Reader
from app.register.findings.of_contracts import CONTRACT_FINDINGS, applies
from app.register.models import Contract, Document, Indicator, IndicatorResult
from app.register.queries import indicators as queries
from app.register.ratings import Rating
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate
from tests.sending import inputs, send, squeezed

EVERYTHING = Reader(None, "a test", (Grant(frozenset(Permission), exempt=True),))
ABOUT = {
    "name": "Calls answered",
    "target": "95",
    "unit": "per cent",
    "direction": "higher is better",
    "frequency": "quarterly",
    "measured_from": "1/4/2025",
    "set_before_entering": "yes",
}


def a_measured_contract(
    client: FlaskClient, session: Session, role: Role = Role.PROCUREMENT
) -> tuple[Contract, Indicator]:
    a_council(session)
    contract = a_contract(
        session, a_directorate(session), title="Contact centre", starts_on=date(2025, 4, 1), ends_on=date(2030, 3, 31)
    )
    signed_in(client, session)
    assert send(client, f"/contracts/{contract.id}/performance/new", **ABOUT).status_code == 302
    session.expire_all()
    if role is not Role.PROCUREMENT:
        signed_in(client, session, role)
    return contract, session.scalars(select(Indicator)).one()


def found(session: Session, code: str, today: date) -> list[str]:
    finding = CONTRACT_FINDINGS[code]
    which = session.scalars(select(Contract).where(applies(finding, session, Asked(EVERYTHING, today)))).all()
    return [finding.working(session, one, today) for one in which]


def test_a_result_is_rated_by_a_person_as_the_target_suggests(client: FlaskClient, session: Session) -> None:
    contract, indicator = a_measured_contract(client, session, Role.PERFORMANCE)
    url = f"/indicators/{indicator.id}/results/new"
    opened = inputs(client.get(url).text)
    assert (opened["from_on"], opened["to_on"]) == ("1 April 2025", "30 June 2025")
    asked = send(client, url, figure="91", assessed_by="Performance team")
    assert "Against the target this is “approaching target”: check the rating, then save again" in squeezed(asked)
    assert inputs(asked.text)["rating"] == "approaching target"
    assert (
        send(client, url, figure="91", rating="requires improvement", assessed_by="Performance team").status_code == 302
    )
    page = squeezed(client.get(f"/contracts/{contract.id}"))
    assert "Requires improvement" in page
    assert "91 per cent" in page
    overlapping = send(client, url, from_on="30/6/2025", to_on="31/7/2025", figure="97", rating="good")
    assert "There is a result for 1 April 2025 to 30 June 2025 already" in squeezed(overlapping)


def test_a_correction_stands_beside_what_it_corrects(client: FlaskClient, session: Session) -> None:
    _, indicator = a_measured_contract(client, session)
    send(client, f"/indicators/{indicator.id}/results/new", figure="50", rating="inadequate")
    first = session.scalars(select(IndicatorResult)).one()
    url = f"/indicators/{indicator.id}/results/{first.id}/correct"
    assert "Say why, for those who read both" in squeezed(send(client, url, figure="96", rating="good"))
    assert send(client, url, figure="96", rating="good", reason="A line was left out").status_code == 302
    session.expire_all()
    old, new = session.scalars(select(IndicatorResult).order_by(IndicatorResult.id))
    assert (old.figure, old.rating, old.stands) == (Decimal(50), Rating.INADEQUATE, False)
    assert (new.corrects_id, new.reason, new.stands) == (old.id, "A line was left out", True)
    indicator = session.scalars(select(Indicator)).one()
    assert (indicator.latest_rating, indicator.periods_below) == (Rating.GOOD, 0)
    page = squeezed(client.get(f"/indicators/{indicator.id}"))
    assert "Corrected: A line was left out" in page
    again = client.post(url, data={**inputs(client.get(url).text), "figure": "1", "rating": "good", "reason": "Again"})
    assert "This result was corrected already" in squeezed(again)


def test_results_due_and_two_periods_below_are_findings(client: FlaskClient, session: Session) -> None:
    _, indicator = a_measured_contract(client, session)
    assert found(session, "result-due", date(2025, 7, 30)) == [], "a month is given after the period"
    assert found(session, "result-due", date(2025, 8, 1)) == [
        "Calls answered: no result for the period that ended on 30 June 2025"
    ]
    url = f"/indicators/{indicator.id}/results/new"
    assert send(client, url, figure="80", rating="requires improvement").status_code == 302
    assert found(session, "below-target", date(2025, 11, 1)) == []
    assert send(client, url, figure="60", rating="inadequate").status_code == 302
    session.expire_all()
    assert found(session, "below-target", date(2025, 11, 1)) == ["Calls answered: below target 2 periods running"]
    assert found(session, "result-due", date(2026, 1, 30)) == []
    assert queries.latest_assessment_of(session, indicator.contract_id) == date(2025, 9, 30)
    set_before = select(queries.how_many(set_before_entering=True)).where(Contract.id == indicator.contract_id)
    assert session.scalar(set_before) == 1
    assert send(client, f"/indicators/{indicator.id}/withdraw", reason="No longer measured").status_code == 302
    session.expire_all()
    assert found(session, "below-target", date(2025, 11, 1)) == []
    assert client.post(f"/indicators/{indicator.id}/restore").status_code == 302


def test_evidence_sent_with_a_result_is_filed_with_the_contract(client: FlaskClient, session: Session) -> None:
    contract, indicator = a_measured_contract(client, session)
    url = f"/indicators/{indicator.id}/results/new"
    answers = {**inputs(client.get(url).text), "figure": "97", "rating": "good"}
    page = (io.BytesIO(b"<html>"), "log.csv")
    assert "is not a CSV file" in squeezed(client.post(url, data={**answers, "evidence": page}))
    sent = client.post(url, data={**answers, "evidence": (io.BytesIO(b"day,calls\n"), "log.csv")})
    assert sent.status_code == 302
    filed = session.scalars(select(Document)).one()
    assert (filed.contract_id, filed.filename) == (contract.id, "log.csv")
    assert f"/documents/{filed.id}" in client.get(f"/indicators/{indicator.id}").text


def test_why_there_are_no_indicators_is_recorded_until_one_is_set(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="A licence")
    signed_in(client, session)
    url = f"/contracts/{contract.id}/performance"
    assert send(client, f"{url}/none", reason="A single delivery").status_code == 302
    assert "No key performance indicators are set: A single delivery" in squeezed(
        client.get(f"/contracts/{contract.id}")
    )
    assert send(client, f"{url}/new", **ABOUT).status_code == 302
    session.expire_all()
    assert session.get_one(Contract, contract.id).no_indicators_reason is None
    assert "Indicators are set: withdraw them first" in squeezed(send(client, f"{url}/none", reason="None"))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("ends_after_it_starts", {"to_on": date(2025, 3, 31)}),
        ("correction_has_a_reason", {"corrects_id": 1}),
    ],
)
def test_results_that_contradict_themselves_are_refused_by_the_database(
    client: FlaskClient, session: Session, name: str, changes: dict[str, object]
) -> None:
    _, indicator = a_measured_contract(client, session)
    send(client, f"/indicators/{indicator.id}/results/new", figure="50", rating="inadequate")
    result = session.scalars(select(IndicatorResult)).one()
    for column, value in changes.items():
        setattr(result, column, result.id if column == "corrects_id" else value)
    with pytest.raises(IntegrityError, match=name):
        session.flush()
    session.rollback()
    assert indicator is not None
