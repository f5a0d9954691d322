"""A quarter's register from the page before it goes out to the page that everybody reads, and what never leaves."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import audit, clock
from app.core.findings import Asked, kind_of
from app.core.rights import Grant, Permission, Reader
from app.council import commands as council
from app.council.calendar import Quarter
from app.council.models import Directorate, Setting
from app.council.settings import CODE_EXTRAS, CODE_LEFT_OUT, CODE_VIA_PLATFORM
from app.publication.commands.redacting import Redact, redact
from app.publication.models import FieldRedaction, PublishedEdition, PublishedRow
from app.publication.queries.preview import preview
from app.publication.rules.periods import Period, latest_ended
from app.publication.rules.redaction import COMMERCIAL, PERSONAL, Ground, Withholdable
from app.register.models import Contract, ContractForm, ContractStage, ProviderIdentifier, ProviderKind
from tests.integration.kept_back import EMBARGOED, FIRST, forms_of, keep_back
from tests.integration.reading import told
from tests.integration.whole_council import a_whole_council
from tests.makers import signed_in
from tests.register_makers import a_contract, a_directorate, a_provider

TODAY = clock.today()
PERIOD = latest_ended(TODAY)
HERE, THERE = f"/publication/{PERIOD.key}", f"/published/{PERIOD.key}"
RUNNING: dict[str, Any] = {
    "starts_on": PERIOD.first - timedelta(days=400),
    "ends_on": PERIOD.last + timedelta(days=400),
}


@dataclass
class Register:
    adults: Directorate
    homecare: Contract
    exempt: Contract
    sole: Contract


@pytest.fixture
def register(session: Session) -> Register:
    """One of everything a file has to tell apart."""
    council.create_council(session, "Wold Council", today=TODAY)
    adults = a_directorate(session, name="Adults")
    lumen = a_provider(session, name="Lumen Care Ltd", sme=True, vcse=False)
    lumen.identifiers = [
        ProviderIdentifier(scheme="GB-COH", value="01234567"),
        ProviderIdentifier(scheme="VENDOR", value="V100"),
    ]
    jane = a_provider(session, name="Jane Ashdown", kind=ProviderKind.SOLE_TRADER, name_masked=True)
    homecare = a_contract(
        session, adults, title="Home care", reference="A1", value=1_250_000, providers=(lumen,),
        description="Care at home", manager_post="Head of Commissioning", contact_email="robin.holt@wold.example",
        **RUNNING,
    )  # fmt: skip
    exempt = a_contract(session, adults, title="Night care", value=7_654_321, exempt=True, providers=(lumen,),
                        description="Some £7.65m of care by night", **RUNNING)  # fmt: skip
    sole = a_contract(session, adults, title="Foster care: Jane Ashdown", value=30_000, providers=(jane,), **RUNNING)
    a_contract(session, adults, title="Pens", value=4_000, **RUNNING)
    a_contract(session, adults, title="Anew", stage=ContractStage.PLANNED, **RUNNING)
    a_contract(session, adults, title="Legal work", form=ContractForm.INTERNAL_SLA, **RUNNING)
    a_contract(session, adults, title="Lunch clubs", form=ContractForm.GRANT, value=900, providers=(jane,), **RUNNING)
    a_contract(session, adults, title="Secret", embargoed_until=TODAY + timedelta(days=30), **RUNNING)
    a_contract(session, adults, title="Long over", starts_on=date(2010, 4, 1), ends_on=date(2012, 3, 31))
    gone = a_contract(session, adults, title="A slip", **RUNNING)
    gone.withdrawn_at, gone.withdrawn_reason = clock.now(), "Twice"
    session.commit()
    return Register(adults, homecare, exempt, sole)


def seen_on(page: str) -> str:
    """What the page before publishing says was looked at."""
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def publish(client: FlaskClient, **more: str) -> str:
    seen = seen_on(client.get(f"{HERE}/publish").text)
    answer = client.post(f"{HERE}/publish", data={"seen": seen, "with_gaps": "y", **more})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def content(client: FlaskClient, url: str) -> bytes:
    with client.get(url) as answer:
        assert answer.status_code == 200, url
        return answer.get_data()


def told_by(client: FlaskClient, url: str) -> str:
    with client.get(url) as answer:
        assert answer.status_code == 200, url
        return told(answer)


def test_before_it_goes_out_every_record_is_accounted_for_and_each_count_opens_its_list(
    client: FlaskClient, session: Session, register: Register
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    shown = preview(session, PERIOD, TODAY)
    assert len(shown.entries) + sum(shown.left_out.values()) == shown.total == 10
    assert len(shown.entries) == 3
    page = client.get(HERE).text
    assert "3 rows" in page
    links = dict(re.findall(rf'href="{HERE}/list/([a-z-]+)">([0-9,]+)<', page))
    assert {"rows", "left-withdrawn", "left-embargoed", "left-planned", "left-grant", "left-not-over"} <= links.keys()
    for part, number in links.items():
        listed = client.get(f"{HERE}/list/{part}")
        assert f"{number} record" in listed.text, part
    assert client.get(f"{HERE}/list/nonsense").status_code == 404
    assert client.get("/publication/nonsense").status_code == 404
    assert register.adults.name in page


def test_a_quarter_is_published_as_it_stood_and_a_mistake_is_met_by_a_new_edition(
    app: Flask, client: FlaskClient, session: Session, register: Register
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    unready = client.post(f"{HERE}/publish", data={"seen": seen_on(client.get(f"{HERE}/publish").text)})
    assert "Tick the box to publish it with what is missing" in unready.text
    assert publish(client) == THERE

    everybody = app.test_client()
    page = told(everybody.get(THERE))
    assert "£1,250,000" in page
    file = f"{THERE}/1/contracts-register-{PERIOD.key.lower()}"
    first = content(everybody, f"{file}-schema.csv")
    printed = {row["ContractTitle"]: row for row in rows_of(first)}
    homecare = printed["Home care"]
    assert homecare["ContractValue"] == "1250000.00"
    assert (homecare["CompaniesHouseRegistrationNumber"], homecare["OtherSupplierID"]) == ("01234567", "")
    assert (homecare["ContactName"], homecare["ContactEmail"]) == ("Head of Commissioning", "")
    night = next(row for row in printed.values() if row["ContractValue"] == COMMERCIAL)
    assert night["Description"] == night["IrrecoverableVAT"] == COMMERCIAL
    foster = next(row for row in printed.values() if row["SupplierName"] == PERSONAL)
    assert foster["ContractTitle"] == PERSONAL
    told_by_json = json.loads(content(everybody, f"{file}-schema.json"))
    assert [row.get("ContractValue") for row in told_by_json["rows"]].count(1_250_000.0) == 1
    template = rows_of(content(everybody, f"{file}-template.csv"))
    assert {row["Effective date"] for row in template} == {f"{PERIOD.last:%d/%m/%Y}"}
    assert "Home care" in told_by(everybody, f"{file}-template.xlsx")
    assert "Lumen" in everybody.get(f"{THERE}?q=lumen").text
    assert "No rows have these words" in everybody.get(f"{THERE}?q=pens").text

    audit.act_as(session, audit.Actor(None, "Robin Holt"))
    register.homecare.title = "Care at home and beyond"
    session.commit()
    assert content(everybody, f"{file}-schema.csv") == first
    assert told(everybody.get(THERE)) == page

    again = client.post(f"{HERE}/publish", data={"seen": seen_on(client.get(f"{HERE}/publish").text), "with_gaps": "y"})
    assert "Say what the edition published before has wrong" in again.text
    stale = client.post(f"{HERE}/publish", data={"seen": "0" * 64, "with_gaps": "y", "correction": "The title"})
    assert "The register has changed since you opened this page" in stale.text
    publish(client, correction="The title of home care was cut short")
    assert "Care at home and beyond" in everybody.get(THERE).text
    old = everybody.get(f"{THERE}/1").text
    assert "Superseded." in old
    assert "The title of home care was cut short" in old
    assert "Care at home and beyond" not in old
    assert content(everybody, f"{file}-schema.csv") == first
    assert "superseded" in everybody.get("/published").text
    assert everybody.get(f"{THERE}/3").status_code == everybody.get(f"{THERE}/1/none.csv").status_code == 404


def test_a_field_is_withheld_with_its_ground_looked_at_again_and_lifted(
    client: FlaskClient, session: Session, register: Register
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    contract = f"/contracts/{register.homecare.id}"
    answers = {
        "field": "SupplierName", "ground": "foi43_2", "reason": "The market is thin", "decided_by": "Head of Buying",
        "decided_on": f"{TODAY:%d/%m/%Y}", "review_on": f"{TODAY + timedelta(days=90):%d/%m/%Y}",
    }  # fmt: skip
    assert "say how it was weighed" in client.post(f"{contract}/withhold", data=answers).text
    weighed = {**answers, "public_interest": "Openness against a thin market"}
    assert client.post(f"{contract}/withhold", data=weighed).status_code == 302
    assert "is withheld already" in client.post(f"{contract}/withhold", data=weighed).text
    page = client.get(f"{contract}/published").text
    assert COMMERCIAL in page
    assert "Freedom of Information Act 2000, section 43(2)" in page
    assert "Supplier’s name and numbers is withheld" in client.get(contract).text
    assert "The market is thin" in client.get(f"{contract}/history").text
    row = next(one for one in preview(session, PERIOD, TODAY).entries if one.contract_id == register.homecare.id)
    assert row.cells["SupplierName"] == COMMERCIAL
    assert "CompaniesHouseRegistrationNumber" not in row.cells

    made = session.scalars(select(FieldRedaction)).one()
    look = f"{contract}/withheld/{made.id}"
    later = {"stays": "yes", "review_on": f"{TODAY + timedelta(days=200):%d/%m/%Y}", "reason": "Talks go on"}
    assert client.post(look, data=later).status_code == 302
    assert client.post(look, data={"stays": "no", "reason": "The contract is let"}).status_code == 302
    assert "Somebody has lifted it already" in client.post(look, data={"stays": "no", "reason": "Again"}).text
    session.expire_all()
    assert "Lumen Care Ltd" in client.get(f"{contract}/published").text
    assert client.get(f"/contracts/{register.exempt.id}/withheld/{made.id}").status_code == 404


def test_a_redaction_whose_day_has_come_is_found_and_the_list_of_all_shows_it(
    client: FlaskClient, session: Session, register: Register
) -> None:
    wanted = Redact(
        field=Withholdable.DESCRIPTION, ground=Ground.INTELLECTUAL_PROPERTY, reason="Theirs", public_interest=None,
        decided_by="Head of Legal", decided_on=TODAY - timedelta(days=60), review_on=TODAY + timedelta(days=1),
    )  # fmt: skip
    redact(session, register.homecare.id, wanted, today=TODAY)
    session.commit()
    signed_in(client, session, Role.PROCUREMENT)
    assert "1 field" in client.get("/publication/withheld").text
    assert "Nothing is withheld here" in client.get("/publication/withheld?due=yes").text
    kind = kind_of("redaction-review")
    assert kind is not None
    reader = Reader(1, "Morgan Ash", (Grant(frozenset(Permission)),))
    assert not session.execute(kind.rows(session, Asked(reader, TODAY))).all()
    tomorrow = Asked(reader, TODAY + timedelta(days=1))
    assert [row.id for row in session.execute(kind.rows(session, tomorrow))] == [register.homecare.id]
    assert "description" in kind.working(session, tomorrow, [register.homecare.id])[register.homecare.id]


def test_a_quarter_not_published_within_a_month_is_found_by_those_who_publish(
    session: Session, client: FlaskClient, register: Register
) -> None:
    kind = kind_of("TC2")
    assert kind is not None
    lead = Reader(1, "Morgan Ash", (Grant(frozenset(Permission)),))
    late = Asked(lead, PERIOD.due_on + timedelta(days=1))
    assert [row.due_on for row in session.execute(kind.rows(session, late))] == [PERIOD.due_on]
    assert PERIOD.key.split("-Q")[0] in next(iter(kind.working(session, late, [1]).values()))
    assert not session.execute(kind.rows(session, Asked(Reader(2, "A member"), late.today))).all()
    signed_in(client, session, Role.PROCUREMENT)
    publish(client)
    assert not session.execute(kind.rows(session, late)).all()
    session.add(Setting(name=CODE_VIA_PLATFORM.name, from_on=TODAY, value="See Find a Tender", source="Decision 7"))
    session.commit()
    assert "See Find a Tender" in client.get("/published").text
    assert register.adults.id


def test_the_council_drops_optional_columns_and_adds_its_own_after_them(
    client: FlaskClient, session: Session, register: Register
) -> None:
    for definition, value in ((CODE_LEFT_OUT, "empty columns"), (CODE_EXTRAS, "ValueBasis, Division")):
        setting = session.scalars(select(Setting).where(Setting.name == definition.name)).one()
        setting.value = value
    session.commit()
    signed_in(client, session, Role.PROCUREMENT)
    rows = rows_of(client.get(f"{HERE}/try/schema.csv").data)
    assert [*rows[0]][-2:] == ["ValueBasis", "Division"]
    assert "ProclassCode" not in rows[0]
    assert "CharityCommissionNumber" in rows[0]
    assert client.get(f"{HERE}/try/template.json").status_code == 404
    assert len(rows) == 3, register


def test_grants_have_a_list_of_their_own_each_year(client: FlaskClient, session: Session, register: Register) -> None:
    year = Period(PERIOD.year + -1)
    donkey = a_provider(session, name="Wold Carers", vcse=True)
    a_contract(session, register.adults, title="Carers' cafe", description="A place to meet", form=ContractForm.GRANT,
               value=900, providers=(donkey,), awarded_on=year.first, **RUNNING)  # fmt: skip
    session.commit()
    signed_in(client, session, Role.PROCUREMENT)
    rows = rows_of(client.get(f"/publication/{year.key}/try/grants.csv").data)
    paid = [row for row in rows if row["Beneficiary"] == "Wold Carers"]
    assert [(row["Amount"], row["Summary of the purpose of the grant"]) for row in paid] == [
        ("900.00", "A place to meet")
    ]


def test_the_command_writes_both_layouts_publishes_and_refuses_in_one_line(
    app: Flask, session: Session, register: Register, tmp_path: Path
) -> None:
    runner = app.test_cli_runner()
    made = runner.invoke(
        args=["publication", "make", PERIOD.key, "--layout", "schema", "--output", str(tmp_path), "--publish"]
    )
    assert made.exit_code == 0, made.output
    assert "rows: 3\n" in made.output
    assert "published: edition 1" in made.output
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".json", ".xlsx"]
    assert session.scalars(select(PublishedEdition)).one().rows == 3
    assert len(session.scalars(select(PublishedRow)).all()) == 3
    for wrong in (
        ["nonsense"], [PERIOD.key, "--layout", "none"], [PERIOD.key, "--publish"],
        [Period.of_quarter(Quarter.of(TODAY)).key, "--publish"],
    ):  # fmt: skip
        refused = runner.invoke(args=["publication", "make", *wrong, "--output", str(tmp_path)])
        assert refused.exit_code == 2, wrong
        assert refused.output.strip().splitlines()[-1].startswith("Error: "), wrong
    assert register.homecare.id


def test_nothing_kept_back_is_in_what_is_published_or_answered(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    made = a_whole_council(session, app.extensions["settings"].files_dir)
    kept = keep_back(session, made)
    kept.contract.description = f"Worth £{FIRST[0]:,} in all"
    session.commit()
    signed_in(client, session, Role.PROCUREMENT)
    publish(client)
    answer = client.post("/publication/foi/new", data={"reference": "FOI 9", "received_on": f"{TODAY:%d/%m/%Y}"})
    everybody = app.test_client()
    pages = {
        url: told(everybody.get(url)) for url in (THERE, "/published", f"{THERE}?q=roads", f"{THERE}?q={EMBARGOED}")
    }
    edition = session.scalars(select(PublishedEdition).where(PublishedEdition.period == PERIOD.key)).one()
    for file in edition.files:
        pages[file.name] = told_by(everybody, f"{THERE}/1/{file.name}")
    for ending in ("csv", "xlsx", "docx"):
        pages[f"answer.{ending}"] = told_by(client, f"{answer.location}/file.{ending}")
    pages |= {f"row {row.id}": str(row.cells) for row in session.scalars(select(PublishedRow))}
    hidden = {form for amount in FIRST for form in forms_of(amount)} | {EMBARGOED, EMBARGOED.lower()}
    leaks = [f"{name}: {word}" for name, text in pages.items() for word in hidden if word in text and "q=" not in name]
    assert not leaks
    assert "Roads contract" in pages[THERE]
    assert "Withheld: Schedule 12A, paragraph 3" in pages["answer.csv"]


def test_a_request_is_answered_kept_and_marked_as_sent(
    client: FlaskClient, session: Session, register: Register
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    received = TODAY - timedelta(days=3)
    asked = {"reference": "FOI 12", "received_on": f"{received:%d/%m/%Y}", "directorate": str(register.adults.id),
             "live_on": f"{TODAY:%d/%m/%Y}"}  # fmt: skip
    made = client.post("/publication/foi/new", data=asked)
    assert made.status_code == 302, made.text
    page = client.get(made.location).text
    assert "Adults, running on" in page
    rows = rows_of(content(client, f"{made.location}/file.csv"))
    assert {row["Title"] for row in rows} >= {"Home care", "Legal work", "Pens"}
    assert not {"Secret", "Anew", "A slip", "Long over"} & {row["Title"] for row in rows}
    homecare = next(row for row in rows if row["Title"] == "Home care")
    assert (homecare["Owner (post)"], homecare["Shared mailbox"]) == ("Head of Commissioning", "")
    letter = told_by(client, f"{made.location}/file.docx")
    assert "internal review" in letter
    assert "section 22" in letter
    before = content(client, f"{made.location}/file.csv")
    register.homecare.title = "Another"
    session.commit()
    assert content(client, f"{made.location}/file.csv") == before
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(f"{made.location}/sent").text)
    assert version
    early = {"version": version[1], "sent_on": f"{received - timedelta(days=1):%d/%m/%Y}"}
    assert "Enter a day between" in client.post(f"{made.location}/sent", data=early).text
    sent = {"version": version[1], "sent_on": f"{TODAY:%d/%m/%Y}"}
    assert client.post(f"{made.location}/sent", data=sent).status_code == 302
    assert "Sent" in client.get("/publication/foi").text
    nothing = client.post("/publication/foi/new", data={**asked, "live_on": "1/1/1900"})
    assert "No agreement of the register" in nothing.text


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_others_see_what_is_published_of_a_contract_and_publish_nothing(
    client: FlaskClient, session: Session, register: Register, role: Role
) -> None:
    signed_in(client, session, role)
    page = client.get(f"/contracts/{register.exempt.id}/published")
    assert page.status_code == 200
    assert COMMERCIAL in page.text
    assert "7,654,321" not in page.text
    assert "7654321" not in page.text
    for url in ("/publication", HERE, f"{HERE}/publish", "/publication/withheld", "/publication/foi"):
        assert client.get(url).status_code == 403, url


def test_what_is_worth_nothing_known_is_in_the_file_with_its_value_missing(
    client: FlaskClient, session: Session, register: Register
) -> None:
    a_contract(session, register.adults, title="Rates as they come", value=None, **RUNNING)
    a_contract(session, register.adults, title="By the year", value=None, annual=Decimal(2_000), starts_on=PERIOD.first,
               ends_on=PERIOD.first + timedelta(days=4 * 366))  # fmt: skip
    session.commit()
    signed_in(client, session, Role.PROCUREMENT)
    listed = client.get(f"{HERE}/list/missing-value").text
    assert "Rates as they come" in listed
    assert "By the year" not in listed
    assert "By the year" in client.get(f"{HERE}/list/rows").text
