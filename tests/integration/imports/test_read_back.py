"""The register's own export, some of its columns or all, comes in again: unchanged where nobody changed it."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import Change
from app.core.db import db
from app.council.models import Directorate, Outcome
from app.imports.choices import Choices
from app.imports.cli import EVERYTHING
from app.imports.models import RowOutcome
from app.imports.plans import RowPlan
from app.imports.running import look, open_file
from app.imports.unchanged import stands
from app.imports.workbook import RawRow, Workbook
from app.register.fields import field
from app.register.models import (
    Approval,
    Arrangement,
    ArrangementKind,
    Contract,
    ContractProvider,
    ContractService,
    Provider,
    ProviderIdentifier,
    Service,
)
from app.register.queries.export import COLUMNS, exported
from bench.filling import fill

HEADINGS = [column.heading for column in COLUMNS]


@pytest.fixture
def app(demo_app: Flask) -> Flask:
    return demo_app


@pytest.fixture
def demo(app: Flask, connection: Connection) -> Flask:  # noqa: ARG001 - the connection keeps what is saved to this test
    return app


def rows_of(number: int | None = None) -> list[Sequence[object]]:
    ids = db.session.scalars(select(Contract.id).where(Contract.withdrawn_at.is_(None)).order_by(Contract.id)).all()
    return list(exported(db.session(), ids[:number], EVERYTHING, clock.today()))


def written(path: Path, rows: Sequence[Mapping[str, object]]) -> Workbook:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return open_file(path, path.name)


def looked_at(book: Workbook) -> list[RowPlan]:
    return list(look(db.session(), book, Choices(), today=clock.today()).plan.rows)


def of_columns(book: Workbook, *places: int) -> Workbook:
    """The file with these columns alone, as it would be read."""
    (sheet,) = book.sheets
    rows = tuple(RawRow(row.number, tuple(row.cells[place] for place in places)) for row in sheet.rows)
    return replace(book, sheets=(replace(sheet, rows=rows),))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_any_column_alone_with_the_register_id_changes_nothing(demo: Flask, tmp_path: Path) -> None:
    """A list of a few chosen columns is imported again as safely as the whole. Reading a file asks no engine."""
    with demo.app_context():
        rows = [dict(zip(HEADINGS, row, strict=True)) for row in rows_of(60)]
        book, own = written(tmp_path / "whole.csv", rows), HEADINGS.index("Register id")
        for place, heading in enumerate(HEADINGS):
            if place != own:
                told = {(plan.outcome, *plan.remarks) for plan in looked_at(of_columns(book, own, place))}
                assert told == {(RowOutcome.UNCHANGED,)}, heading


def changed(path: Path, contract: Contract, **cells: str) -> RowPlan:
    """The plan for a file of one row that says these cells, named as fields are."""
    said = {field(name).label: text for name, text in cells.items()}
    return looked_at(written(path, [{"Register id": str(contract.uid), **said}]))[0]


def import_cells(app: Flask, path: Path, contract: Contract, **cells: str) -> None:
    changed(path, contract, **cells)
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["register", "import", str(path)])
    assert "updated: 1" in done.stdout, done.output
    db.session.expire_all()


def test_what_the_export_says_of_other_records_is_read_again(demo: Flask, tmp_path: Path) -> None:
    """Outcome, arrangement, successor, decision, other services and shares, each by the name the register gives it."""
    path = tmp_path / "changed.csv"
    with demo.app_context():
        shared = db.session.scalars(select(Contract).where(Contract.providers.any()).order_by(Contract.id)).first()
        assert shared is not None
        arrangement = db.session.scalars(select(Arrangement).order_by(Arrangement.id)).first()
        approval = db.session.scalars(select(Approval).order_by(Approval.id)).first()
        other = db.session.scalars(
            select(Contract).where(Contract.reference.is_not(None), Contract.id != shared.id).order_by(Contract.id)
        ).first()
        names = select(Service.name).group_by(Service.name).order_by(Service.name).limit(2)
        services = list(db.session.scalars(names))
        assert arrangement is not None
        assert approval is not None
        assert other is not None
        assert other.reference
        provider = shared.providers[0].provider.name
        import_cells(
            demo,
            path,
            shared,
            arrangement=arrangement.title,
            replaces=other.reference,
            approval=approval.reference,
            other_services="; ".join(services),
            provider_shares=f"{provider}: £1,250.50",
        )
        assert shared.arrangement is arrangement
        assert shared.approval is approval
        assert shared.replaces is other
        assert [one.service.name for one in shared.other_services] == services
        assert str(shared.providers[0].share) == "1250.50"
        again = changed(path, shared, other_services="; ".join(services), provider_shares=f"{provider}: £1,250.50")
        assert again.outcome is RowOutcome.UNCHANGED


def test_lots_of_a_shared_contract_come_in_with_its_shares(demo: Flask, tmp_path: Path) -> None:
    path = tmp_path / "lots.csv"
    with demo.app_context():
        shared = db.session.scalars(select(Contract).where(Contract.providers.any()).order_by(Contract.id)).first()
        assert shared is not None
        name = shared.providers[0].provider.name
        import_cells(demo, path, shared, provider_shares=f"{name}: £1,250.50 [Lot 2: north; and east]")
        assert (shared.providers[0].share, shared.providers[0].lot) == (Decimal("1250.50"), "Lot 2: north; and east")
        import_cells(demo, path, shared, provider_shares=f"{name}: £900")
        assert (shared.providers[0].share, shared.providers[0].lot) == (Decimal(900), "Lot 2: north; and east")
        import_cells(demo, path, shared, provider_shares=f"{name}: [Lot 3]")
        assert (shared.providers[0].share, shared.providers[0].lot) == (None, "Lot 3")


def test_what_a_file_says_otherwise_of_a_provider_waits_with_its_cure(demo: Flask, tmp_path: Path) -> None:
    with demo.app_context():
        contract = db.session.scalars(select(Contract).where(Contract.providers.any()).order_by(Contract.id)).first()
        assert contract is not None
        contract.providers[1:] = []
        provider = contract.providers[0].provider
        provider.sme, provider.identifiers = True, [ProviderIdentifier(scheme="GB-COH", value="01234567")]
        db.session.commit()
        for cells, told in (
            (
                {"sme": "No"},
                f"{provider.name}: SME is “Yes” in the register and “No” here; change it on the provider's",
            ),
            ({"provider_company_number": "07654321"}, "01234567 in the register, 07654321 here"),
        ):
            plan = changed(tmp_path / "other.csv", contract, provider=provider.name, **cells)
            assert plan.outcome is RowOutcome.HELD, cells
            assert told in " ".join(plan.remarks)
            db.session.rollback()
        plan = changed(tmp_path / "same.csv", contract, provider=provider.name, sme="Yes")
        assert plan.outcome is RowOutcome.UNCHANGED


UNKNOWN = (
    ("outcome", "Happier badgers", "no outcome called so"),
    ("arrangement", "No such arrangement", "no arrangement called so"),
    ("replaces", "ZZ/404", "no contract called so"),
    ("approval", "99/99999", "no approval called so"),
    ("parent_reference", "ZZ/404", "no contract called so"),
    ("other_services", "Badger counting", "no service is called “Badger counting”"),
    ("provider_shares", "Nobody Ltd: £5", "names nobody under Provider"),
    ("provider_shares", "five pounds", "write each as Name: £12,000"),
    ("programme", "Badgers 2030", "the council has none called so"),
    ("division", "Badgers", "no division “Badgers”"),
    ("service", "Badger counting", "no service “Badger counting”"),
)


def test_a_name_the_register_does_not_have_holds_the_row_and_says_the_cure(demo: Flask, tmp_path: Path) -> None:
    with demo.app_context():
        contract = db.session.scalars(select(Contract).order_by(Contract.id)).first()
        assert contract is not None
        for name, text, cure in UNKNOWN:
            plan = changed(tmp_path / "unknown.csv", contract, **{name: text})
            assert plan.outcome is RowOutcome.HELD, name
            assert cure in " ".join(plan.remarks)


def test_one_end_of_a_range_changes_that_end_alone(demo: Flask, tmp_path: Path) -> None:
    with demo.app_context():
        ranged = (
            db.session.scalars(
                select(Contract).where(Contract.annual_low < Contract.annual_high).order_by(Contract.id)
            ).first()
            or db.session.scalars(select(Contract).where(Contract.awarded_low < Contract.awarded_high)).first()
        )
        assert ranged is not None
        yearly = ranged.annual_low is not None and ranged.annual_low != ranged.annual_high
        high = ranged.annual_high if yearly else ranged.awarded_high
        plan = changed(tmp_path / "end.csv", ranged, **{"annual_low" if yearly else "value_low": "1"})
        changes = [*plan.changes, *plan.remarks]
        assert any(f"1.00–{high}" in str(change) for change in changes)


def test_an_end_before_the_start_the_contract_has_holds_the_row(demo: Flask, tmp_path: Path) -> None:
    with demo.app_context():
        contract = db.session.scalars(
            select(Contract)
            .where(Contract.starts_on.is_not(None), Contract.withdrawn_at.is_(None))
            .order_by(Contract.id)
        ).first()
        assert contract is not None
        plan = changed(tmp_path / "end.csv", contract, current_end_on="1 January 1990")
        assert plan.outcome is RowOutcome.HELD
        assert "is before the start" in " ".join(plan.remarks)


def test_a_changed_option_is_shown_and_options_without_their_sums_are_not(demo: Flask, tmp_path: Path) -> None:
    with demo.app_context():
        contract = db.session.scalars(
            select(Contract).where(Contract.options.any(), ~Contract.events.any()).order_by(Contract.id)
        ).first()
        assert contract is not None
        assert not any(option.taken or option.lapsed for option in contract.options)
        option = contract.options[0]
        option.months, option.ends_on, option.value = 24, None, Decimal(5000)
        contract.options = [option]
        db.session.commit()
        said = "24 months" + (f", {option.notice_months} months' notice" if option.notice_months else "")
        assert changed(tmp_path / "o.csv", contract, options=said).outcome is RowOutcome.UNCHANGED
        import_cells(demo, tmp_path / "o.csv", contract, options="12 months, £6,000; 12 months")
        assert [(one.months, one.position) for one in contract.options] == [(12, 1), (12, 2)]


def test_how_a_cell_is_written_does_not_change_what_it_says() -> None:
    end, value, rolling = field("current_end_on"), field("value"), field("rolling")
    day = end.read_as("31 March 2030")
    assert all(stands(end, text, day) for text in ("2030-03-31", "31/03/2030", "2030-03-31 00:00:00", ""))
    assert not stands(end, "31/03/2031", day)
    amount = value.read_as("£1,200.50")
    assert stands(value, "1200.5", amount)
    assert not stands(value, "1200", amount)
    assert stands(rolling, "TRUE", "Yes")
    assert not stands(rolling, "No", "Yes")
    assert stands(field("title"), "'=A1", "=A1")
    assert not stands(field("title"), "Care", "CARE")


MANY = 10_000


@pytest.fixture
def ten_thousand(new_app: Callable[[str], Flask]) -> Flask:
    """A register of a county's size, whose contracts name other records in every way the export tells."""
    app = new_app("sqlite")
    with app.app_context():
        fill(db.session(), MANY)
        make_rich(db.session())
        db.session.commit()
    return app


def make_rich(session: Session) -> None:
    """Several providers with shares, other services, frameworks, successors, decisions, outcomes, exempt amounts."""
    table = Contract.__table__
    assert isinstance(table, Table)
    ids = list(session.scalars(select(Contract.id).order_by(Contract.id)))
    services, providers = (list(session.scalars(select(one.id).order_by(one.id))) for one in (Service, Provider))
    unit = session.scalars(select(Directorate)).first()
    assert unit is not None
    outcomes = [Outcome(name=f"Outcome {n}", position=n) for n in range(3)]
    decided = [Approval(reference=f"25/{n:05}", title=f"Let contract {n}", directorate=unit) for n in range(50)]
    together = [
        Arrangement(title="Care home agreement", kind=ArrangementKind.FRAMEWORK, directorate=unit) for _ in range(2)
    ]
    session.add_all([*outcomes, *decided, *together])
    session.flush()
    session.connection().execute(
        update(table).where(table.c.id == bindparam("number")),
        [
            {
                "number": number,
                "outcome_id": outcomes[n % 3].id,
                "approval_id": decided[n % 50].id,
                "arrangement_id": together[n % 2].id,
                "parent_id": ids[n - 1],
                "replaces_id": ids[n - 2],
                "note": f"=1+{n}; see, note",
                "exempt": n % 8 == 0,
                "exempt_ground": "Paragraph 3" if n % 8 == 0 else None,
            }
            for n, number in enumerate(ids)
            if n % 4 == 0
        ],
    )
    delivers = {
        row[0]: row[1] for row in session.execute(select(ContractProvider.contract_id, ContractProvider.provider_id))
    }
    session.execute(
        insert(ContractProvider),
        [
            {
                "contract_id": number,
                "provider_id": provider,
                "position": 1,
                "share": Decimal("1000.10"),
                "lot": f"Lot {n % 3}: the north" if n % 2 else None,
            }
            for n, number in enumerate(ids)
            if n % 5 == 0 and (provider := providers[n % len(providers)]) != delivers[number]
        ],
    )
    session.execute(
        insert(ContractService),
        [{"contract_id": number, "service_id": services[n % 60]} for n, number in enumerate(ids) if n % 3 == 0],
    )


def test_ten_thousand_contracts_out_and_in_again_change_nothing(ten_thousand: Flask, tmp_path: Path) -> None:
    before, book, after = tmp_path / "before.csv", tmp_path / "before.xlsx", tmp_path / "after.csv"
    run = ten_thousand.test_cli_runner()
    for path in (before, book):
        assert run.invoke(args=["register", "export", str(path)]).exit_code == 0
    said = changes_of_contracts(ten_thousand)
    for path in (before, book):
        done = run.invoke(args=["register", "import", str(path)])
        counts = dict(line.split(": ") for line in done.stdout.splitlines())
        assert counts["unchanged"] == counts["rows read"] == str(MANY), done.output
        assert counts["pounds read"] == counts["pounds stored"] != "0.00"
    assert changes_of_contracts(ten_thousand) == said
    assert run.invoke(args=["register", "export", str(after)]).exit_code == 0
    assert after.read_bytes() == before.read_bytes()


def changes_of_contracts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Change.id)).where(Change.record_kind == "contract")) or 0
