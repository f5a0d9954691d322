"""What the register exports comes in again and changes nothing."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, select

from app.core import clock
from app.core.db import db
from app.imports.cli import EVERYTHING
from app.register.models import Contract
from app.register.queries.export import COLUMNS, exported_list
from app.register.queries.narrowing import Wanted
from app.register.settling import settle
from reports.listing import write_list_csv, write_list_xlsx


@pytest.fixture
def app(demo_app: Flask) -> Flask:
    return demo_app


@pytest.fixture
def demo(app: Flask, connection: Connection) -> Flask:  # noqa: ARG001 - the connection keeps what is saved to this test
    return app


def export(app: Flask, path: Path) -> None:
    with app.app_context():
        rows = [list(row) for row in exported_list(db.session(), Wanted(), EVERYTHING, clock.today())]
    if path.suffix == ".xlsx":
        write_list_xlsx(COLUMNS, rows, path, title="Contracts")
    else:
        path.write_bytes(b"".join(write_list_csv([column.heading for column in COLUMNS], rows)))


def add_formulas(app: Flask) -> None:
    """A title and a provider that a spreadsheet would run, were they not guarded."""
    with app.app_context():
        contract = db.session.scalars(select(Contract).where(Contract.providers.any()).order_by(Contract.id)).first()
        assert contract is not None
        contract.title, contract.providers[0].provider.name = "=SUM(A1) and 'quotes'", "+Plus Ltd"
        settle(contract)
        db.session.commit()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_importing_what_was_exported_changes_nothing(demo: Flask, tmp_path: Path, ending: str) -> None:
    """The demo council has events, options, ranges, exempt values and several providers to a contract."""
    add_formulas(demo)
    export(demo, tmp_path / f"before{ending}")
    export(demo, tmp_path / "before.csv")
    done = demo.test_cli_runner().invoke(args=["register", "import", str(tmp_path / f"before{ending}")])
    counts = dict(line.split(": ") for line in done.stdout.splitlines())
    assert counts["unchanged"] == counts["rows read"] != "0", done.output
    export(demo, tmp_path / "after.csv")
    assert (tmp_path / "after.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()
