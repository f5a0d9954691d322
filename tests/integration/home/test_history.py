"""What changed: per record, person and day, as a file, and a value put back by a new change."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import audit, clock
from app.core.audit import Change
from app.core.base import Base
from app.core.rights import ScopeKind
from app.home.history.kinds import kinds
from app.register.models import Contract, ContractEvent, Provider, Service
from tests.integration.kept_back import EMBARGOED, FIRST, forms_of, keep_back
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import a_person, signed_in


@pytest.fixture
def made(app: Flask, session: Session) -> WholeCouncil:
    return a_whole_council(session, app.extensions["settings"].files_dir)


def change_of(session: Session, record_id: int, column: str, kind: str = "contract") -> int:
    """The number of the latest change of the column."""
    rows = session.scalars(
        select(Change).where(Change.record_kind == kind, Change.record_id == record_id).order_by(Change.id.desc())
    )
    return next(row.id for row in rows if column in row.fields and row.action == "changed")


def edit(session: Session, record: Base, who: str = "Robin Holt", why: str | None = None, **values: object) -> None:
    audit.act_as(session, audit.Actor(None, who), reason=why)
    for column, value in values.items():
        setattr(record, column, value)
    session.commit()


def test_every_kind_of_record_that_keeps_a_history_has_its_page(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    signed_in(client, session, Role.AUDITOR)
    there = session.execute(select(Change.record_kind, func.min(Change.record_id)).group_by(Change.record_kind)).all()
    assert {kind for kind, _ in there} <= kinds().keys()
    assert len(there) > 15, made
    for kind, number in there:
        page = client.get(f"/history/{kind}/{number}")
        assert page.status_code == 200, kind
        assert client.get(f"/history/{kind}/{number}.csv").status_code == 200, kind


def test_the_history_is_told_in_words_by_act_person_day_kind_and_reason(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    contract = made.adults.contract
    service = made.adults.service
    edit(
        session, contract, who="Sam Reed", why="After the audit", title="Care at home", outcome_id=None,
        programme_id=made.programme.id,
    )  # fmt: skip
    signed_in(client, session, Role.AUDITOR)
    page = client.get("/history?q=after+the+AUDIT").text
    for words in ("Sam Reed", "After the audit", "Adults contract", "Care at home", made.programme.name):
        assert words in page, words
    assert service.name not in page
    today = clock.today()
    assert "Care at home" in client.get(f"/history?on={today}&kind=contract&action=changed").text
    assert "No changes match" in client.get(f"/history?to={today - timedelta(days=1)}").text
    act = session.scalars(select(Change.act).where(Change.reason == "After the audit")).first()
    assert client.get(f"/history?act={act}&kind=contract").text.count('<h2 class="govuk-heading-s" id="act-') == 1
    file = client.get("/history.csv?q=after+the+audit&kind=contract").text.splitlines()
    assert len(file) == 3, "the heading, and a line for each column that was told"
    assert f"contract,{contract.id}" in file[1].lower()
    assert client.get("/history.xlsx?q=after").data[:2] == b"PK"


def test_people_read_their_own_changes_and_those_of_records_they_may_open(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    finance = a_person(session, Role.FINANCE, name="Fay Moss")
    edit(session, made.adults.contract, who="Sam Reed", title="Care at home")
    audit.act_as(session, audit.Actor(finance.id, finance.name))
    made.provider.note = "Pays late"
    signed_in(client, session, finance)
    mine = client.get("/history").text
    assert "Pays late" in mine
    assert "Care at home" not in mine
    assert "Care at home" not in client.get("/history?who=1&kind=contract").text
    assert "Care at home" in client.get(f"/history/contract/{made.adults.contract.id}").text
    assert client.get(f"/history/person/{made.person.id}").status_code == 404
    assert client.get("/history/contract/999999").status_code == 404
    assert client.get("/history/nothing/1").status_code == 404


def test_a_long_history_is_read_a_page_after_another_and_whole_as_a_file(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    service = made.adults.service
    for number in range(120):
        edit(session, service, why=f"Edit {number}.", purpose=f"Purpose {number}.")
    signed_in(client, session, Role.AUDITOR)
    url, seen = f"/history/service/{service.id}", ""
    for _ in range(3):
        page = client.get(url).text
        seen += page
        url = page.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    assert all(f"Purpose {number}." in seen for number in range(120))
    assert client.get(f"/history/service/{service.id}.csv").text.count("Purpose") > 238


def test_exempt_amounts_and_embargoed_records_stay_out_of_every_history(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    kept = keep_back(session, made)
    signed_in(client, session, a_person(session, Role.COMMISSIONER, name="Robin", scope=ScopeKind.DIRECTORATE,
                                        scope_id=made.adults.directorate.id))  # fmt: skip
    hidden = {form for amount in FIRST for form in forms_of(amount)} | {EMBARGOED}
    page = client.get(f"/history/contract/{kept.contract.id}").text
    assert "Exempt" in page
    assert not [word for word in hidden if word in page]
    for url in (f"/history/contract/{kept.zirconium.id}", f"/history/contract/{kept.zirconium.id}.csv"):
        assert client.get(url).status_code == 404

    auditor = client.application.test_client()
    signed_in(auditor, session, Role.AUDITOR)
    assert EMBARGOED in auditor.get("/history").text + auditor.get("/history.csv").text


def test_a_value_put_back_is_a_new_change_with_its_reason(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    contract = made.adults.contract
    edit(session, contract, who="Sam Reed", title="Oops")
    lead = a_person(session, Role.PROCUREMENT, name="Morgan Ash")
    signed_in(client, session, lead)
    change = change_of(session, contract.id, "title")
    url = f"/history/changes/{change}/put-back/title"
    assert f'href="{url}"' in client.get(f"/history/contract/{contract.id}").text
    assert "Say why it is put back" in client.post(url, data={"reason": ""}).text
    assert client.post(url, data={"reason": "It was right"}).location == f"/contracts/{contract.id}"
    session.expire_all()
    assert session.get_one(Contract, contract.id).title == "Adults contract"
    last = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
    assert (last.actor_id, last.fields["title"]) == (lead.id, ["Oops", "Adults contract"])
    assert last.reason == "Put back from the history: It was right"
    assert "says this already" in client.post(url, data={"reason": "Again"}).text


def test_what_was_awarded_is_put_back_as_a_correction_and_settled(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    contract = made.adults.contract
    signed_in(client, session, Role.PROCUREMENT)
    client.post(
        f"/contracts/{contract.id}/edit/value",
        data={"version": contract.version, "awarded_low": "5000000", "reason": "Misread", "certainty": "fixed",
              "passing": "It is right"},
    )  # fmt: skip
    session.expire_all()
    assert contract.awarded_low == 5_000_000
    change = change_of(session, contract.id, "awarded_low")
    client.post(f"/history/changes/{change}/put-back/awarded_low", data={"reason": "It was six after all"})
    session.expire_all()
    assert [contract.awarded_low, contract.awarded_high] == [6_000_000, 6_000_000]
    events = session.scalars(select(ContractEvent.reason).where(ContractEvent.contract_id == contract.id)).all()
    assert events[-1] == "It was six after all"
    current = change_of(session, contract.id, "current_high")
    refused = client.post(f"/history/changes/{current}/put-back/current_high", data={"reason": "Please"}).text
    assert "This follows from other values" in refused


def test_services_providers_and_activities_are_put_back_by_their_own_commands(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    edit(session, made.provider, name="Lumen Ltd")
    edit(session, made.adults.service, head_post="Head of Care", purpose="To care")
    edit(session, made.adults.activity, title="Oops")
    tried = {
        f"/history/changes/{change_of(session, made.provider.id, 'name', 'provider')}/put-back/name": 302,
        f"/history/changes/{change_of(session, made.adults.service.id, 'purpose', 'service')}/put-back/purpose": 302,
        f"/history/activity-changes/{change_of(session, made.adults.activity.id, 'title', 'activity')}"
        "/put-back/title": 302,
        f"/history/changes/{change_of(session, made.provider.id, 'name', 'provider')}/put-back/sme": 404,
    }
    for url, status in tried.items():
        assert client.post(url, data={"reason": "It was right"}).status_code == status, url
    session.expire_all()
    assert session.get_one(Provider, made.provider.id).name == "Lumen Care Ltd"
    service = session.get_one(Service, made.adults.service.id)
    assert (service.purpose, service.head_post) == (None, "Head of Care")
    assert made.adults.activity.title == "Adults anew"


def test_what_is_valid_no_more_and_what_is_not_one_s_own_is_refused(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    contract = made.roads.contract
    edit(session, contract, arrangement_id=made.roads.arrangement.id)
    edit(session, contract, arrangement_id=None)
    made.roads.arrangement.withdrawn_at, made.roads.arrangement.withdrawn_reason = clock.now(), "Not one"
    session.commit()
    url = f"/history/changes/{change_of(session, contract.id, 'arrangement_id')}/put-back/arrangement_id"
    signed_in(client, session, Role.PROCUREMENT)
    assert "not in the register any more" in client.post(url, data={"reason": "Again"}).text
    other = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=made.adults.directorate.id)
    elsewhere = signed_in(client.application.test_client(), session, other)
    assert elsewhere.get(url).status_code == elsewhere.post(url, data={"reason": "Mine"}).status_code == 403
    signed_in(client, session, Role.AUDITOR)
    assert client.post(url, data={"reason": "Mine"}).status_code == 403
