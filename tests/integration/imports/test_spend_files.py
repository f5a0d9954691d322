"""Spend files: seen before they are stored, stored once however often they come, undone; on the command line too."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.audit import Change
from app.core.rights import Grant, Permission, Reader
from app.imports import spend_taking
from app.register.models import Contract, ContractSpend
from tests.makers import added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate
from tests.sending import inputs, squeezed

FILE = """OrganisationLabel,PaymentDate,SupplierName,NetAmount,ContractRef
Wold,03/04/2025,Lumen,"12,500.00",C/1
Wold,05/05/2025,Lumen,"£7,500.50",c/1
Wold,05/05/2025,Lumen,"£7,500.50",c/1
Wold,31/03/2025,Lumen,(100.25),C/1
Wold,05/06/2025,Home,500,C/2
Wold,05/06/2025,Home,501,NOPE
Wold,,Home,502,C/1
Wold,05/06/2025,Home,tbc,C/1
Wold,05/06/2025,Home,20,
Wold,05/06/2025,Home,40,C/3
"""


def a_spent_council(session: Session) -> Contract:
    """One contract of its own reference, two that share one, and one whose year a person entered."""
    a_council(session)
    adults = a_directorate(session)
    contract = a_contract(session, adults, title="Home care", reference="C/1", value=500_000)
    for number in (1, 2):
        a_contract(session, adults, title=f"Home {number}", reference="C/2")
    entered = a_contract(session, adults, title="Entered", reference="C/3")
    figure = {"amount": Decimal(99), "to_on": date(2026, 3, 31), "source": "Ledger"}
    added(session, ContractSpend(contract_id=entered.id, year=2025, **figure))
    session.commit()
    return contract


def sent(client: FlaskClient, text: str, name: str = "spend.csv") -> str:
    answers = {**inputs(client.get("/import/spend").text), "file": (io.BytesIO(text.encode()), name)}
    answer = client.post("/import/spend", data=answers)
    assert answer.status_code == 302, squeezed(answer)
    return answer.location


def figures(session: Session, contract: Contract) -> dict[int, Decimal]:
    session.expire_all()
    rows = session.scalars(select(ContractSpend).where(ContractSpend.contract_id == contract.id))
    return {row.year: row.amount for row in rows if row.withdrawn_at is None}


def test_a_spend_file_is_seen_before_it_is_stored_and_can_be_undone(client: FlaskClient, session: Session) -> None:
    contract = a_spent_council(session)
    signed_in(client, session)
    url = sent(client, FILE)
    preview = squeezed(client.get(url))
    assert "£20,000.50" in preview
    assert "nothing is stored yet" in preview
    assert figures(session, contract) == {}
    for answer in ("£28,963.75", "£19,900.25", "£1,563", "£7,500.50"):
        assert answer in preview, "pounds read, stored, held, repeated"
    held = client.get(f"{url}/held.csv").text
    reasons = ("reference not found", "of several contracts", "no date", "not an amount", "no contract reference")
    for why in (*reasons, "entered by a person", "repeats row 3"):
        assert why in held
    assert client.post(url, data={"store": "yes"}).status_code == 302
    assert figures(session, contract) == {2024: Decimal("-100.25"), 2025: Decimal("20000.50")}
    again = squeezed(client.get(sent(client, FILE)))
    assert "Nothing would change: the register says all of this already" in again
    assert "Spend file spend.csv" in client.get(f"/contracts/{contract.id}").text
    assert client.post(f"{url}/undo").status_code == 302
    assert figures(session, contract) == {}
    assert "Only a spend file that has been taken in can be undone" in squeezed(client.post(f"{url}/undo"))


def test_a_month_takes_the_place_of_the_same_month_and_others_stay(client: FlaskClient, session: Session) -> None:
    contract = a_spent_council(session)
    signed_in(client, session)
    april, may = (f"Contract ref,Date paid,Net\nC/1,{day}/2025,{sum_}\n" for day, sum_ in (("1/4", 100), ("1/5", 20)))
    first = sent(client, april)
    client.post(first, data={"store": "yes"})
    second = sent(client, may)
    assert "£120" in squeezed(client.get(second))
    client.post(second, data={"store": "yes"})
    client.post(sent(client, april.replace("100", "300")), data={"store": "yes"})
    assert figures(session, contract) == {2025: Decimal(320)}
    assert "1 figure changed since kept as they are" in squeezed(client.get(client.post(f"{first}/undo").location))
    assert figures(session, contract) == {2025: Decimal(320)}


def test_figures_a_person_entered_give_way_only_where_somebody_says_so(client: FlaskClient, session: Session) -> None:
    a_spent_council(session)
    signed_in(client, session)
    entered = session.scalars(select(Contract).where(Contract.title == "Entered")).one()
    url = sent(client, FILE)
    client.post(url, data={"store": "yes"})
    assert figures(session, entered) == {2025: Decimal(99)}
    over = sent(client, FILE)
    assert "£99" in squeezed(client.post(over, data={"over_entered": "yes"}))
    client.post(over, data={"store": "yes", "over_entered": "yes"})
    assert figures(session, entered) == {2025: Decimal(40)}
    client.post(f"{over}/undo")
    assert figures(session, entered) == {2025: Decimal(99)}


def test_payments_under_hidden_contracts_are_left_out_of_the_held_rows(session: Session, tmp_path: Path) -> None:
    a_spent_council(session)
    entered = session.scalars(select(Contract).where(Contract.title == "Entered")).one()
    entered.exempt, entered.exempt_ground = True, "Paragraph 3"
    session.commit()
    path = tmp_path / "spend.csv"
    path.write_text(FILE)
    today = date(2026, 11, 22)
    looked = spend_taking.look(session, spend_taking.read_spend(path, path.name), over_entered=False, today=today)
    nobody = Reader(None, "an importer", (Grant(frozenset({Permission.READ, Permission.IMPORT})),))
    hidden = spend_taking.hidden_from(session, nobody, looked.placed, today)
    assert hidden == {entered.id}
    _, rows = spend_taking.held_rows(looked, hidden)
    assert len(rows) == 6, "seven are held or repeated, and one is of the exempt contract"
    assert all("C/3" not in row for row in rows)


def test_the_command_prints_what_adds_up_and_changes_nothing_twice(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    contract = a_spent_council(session)
    path = tmp_path / "spend.csv"
    path.write_text(FILE)
    run = app.test_cli_runner()
    dry = run.invoke(args=["register", "import-spend", str(path), "--dry-run"])
    assert dry.exit_code == 0, dry.output
    said = dict(line.split(": ") for line in dry.output.splitlines())
    rows = {name: int(said[name]) for name in ("rows read", "matched", "held", "repeated")}
    assert rows == {"rows read": 10, "matched": 3, "held": 6, "repeated": 1}
    assert said["pounds read"] == "28963.75"
    assert figures(session, contract) == {}
    held = tmp_path / "held.csv"
    done = run.invoke(args=["register", "import-spend", str(path), "--held", str(held)])
    assert done.output == dry.output
    assert held.read_text("utf-8-sig").count("\n") == 8
    assert figures(session, contract) == {2024: Decimal("-100.25"), 2025: Decimal("20000.50")}
    changes = len(session.scalars(select(Change.id)).all())
    again = run.invoke(args=["register", "import-spend", str(path)])
    assert "years unchanged: 2" in again.output
    assert len(session.scalars(select(Change.id)).all()) == changes
    path.write_text("Supplier,Amount\nLumen,1\n")
    refused = run.invoke(args=["register", "import-spend", str(path)])
    assert refused.exit_code == 2
    assert "no column for the contract reference or the payment date" in refused.stderr
