"""``flask register export`` and ``flask register check``, on both databases."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import clock
from app.register.fields import FIELDS
from app.register.models import Contract, ContractEvent, EventKind, ExtensionOption
from app.register.settling import settle
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service


def run(app: Flask, *args: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["register", *args])
    return done.exit_code, done.output


def some_contracts(session: Session) -> Contract:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults)
    contract = a_contract(session, adults, title="Home care", service=service, providers=(a_provider(session),))
    contract.options = [ExtensionOption(position=0, months=24, value=Decimal(500_000))]
    contract.events = [
        ContractEvent(
            kind=EventKind.EXTENSION,
            effective_on=clock.today(),
            ends_on=contract.awarded_end_on.replace(year=2033) if contract.awarded_end_on else None,
            value_change=Decimal(100_000),
            reason="It goes well",
            recorded_at=clock.now(),
            recorded_by="Morgan Ash",
        )
    ]
    settle(contract)
    a_contract(session, adults, title="Secret", value=7, exempt=True)
    a_contract(session, adults, title="Gone", withdrawn_at=clock.now(), withdrawn_reason="Twice")
    session.commit()
    return contract


@pytest.mark.usefixtures("client")
def test_settled_contracts_pass_the_check(app: Flask, session: Session) -> None:
    some_contracts(session)
    assert run(app, "check") == (0, "Every stored figure is as settled.\n")


@pytest.mark.usefixtures("client")
def test_a_figure_changed_behind_the_registers_back_is_found(app: Flask, session: Session) -> None:
    contract = some_contracts(session)
    session.execute(update(Contract).where(Contract.id == contract.id).values(maximum_high=Decimal(5)))
    session.commit()
    code, said = run(app, "check")
    assert code == 1
    assert f"contract {contract.id} (Home care): maximum_high is £5, should be £2,600,000" in said
    assert "1 figure of 1 contract not as settled" in said


@pytest.mark.usefixtures("client")
def test_every_contract_that_stands_is_exported_with_every_field(app: Flask, session: Session, tmp_path: Path) -> None:
    some_contracts(session)
    code, said = run(app, "export", str(tmp_path / "all.csv"))
    assert (code, said) == (0, "contracts written: 2\n")
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Title"] for row in rows] == ["Home care", "Secret"]
    assert list(rows[0]) == [one.label for one in FIELDS]
    assert rows[1]["Contract value"] == "7.00"


@pytest.mark.usefixtures("client")
def test_a_workbook_is_written_too_and_nothing_half_written_is_left(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    some_contracts(session)
    assert run(app, "export", str(tmp_path / "all.xlsx"))[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["all.xlsx"]


@pytest.mark.parametrize("name", ["all.pdf", "all", "no/such/folder/all.csv"])
@pytest.mark.usefixtures("client")
def test_a_file_that_cannot_be_written_is_refused_in_one_line(
    app: Flask, session: Session, tmp_path: Path, name: str
) -> None:
    some_contracts(session)
    code, said = run(app, "export", str(tmp_path / name))
    assert code == 2
    assert len(said.splitlines()) == 1
