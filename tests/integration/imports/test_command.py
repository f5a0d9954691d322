"""``flask register import``: what it prints, what it stores, what it holds, and what a kill leaves."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.audit import Change
from app.core.db import db
from app.council import commands as council
from app.council.models import Directorate
from app.imports.models import ImportRow, ImportRun, RunState
from app.register.models import Contract, ContractEvent, DeliveryRoute, EventKind, Provider, ProviderIdentifier, Service
from tests.conftest import ROOT

HEADINGS = "Reference,Title,Directorate,Category,Supplier,Start date,End date,Contract value,Description"
DIRTY = ROOT / "tests" / "data" / "dirty-register.csv"


@pytest.fixture
def ours(new_app: Callable[[str], Flask], engine_name: str) -> Flask:
    """A council of one's own, in a database of its own: commands commit."""
    app = new_app(engine_name)
    with app.app_context():
        council.create_council(db.session(), "Wexmouthshire", today=date(2026, 11, 22))
        db.session.commit()
    return app


def written(folder: Path, *rows: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((HEADINGS, *rows)))
    return path


def imported(app: Flask, path: Path, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["register", "import", str(path), *options])


def counts_of(done: Result) -> dict[str, str]:
    assert done.exit_code == 0, done.output
    counts = dict(line.split(": ") for line in done.stdout.splitlines())
    rows = [int(counts[name]) for name in ("created", "updated", "unchanged", "held", "refused")]
    pounds = [Decimal(counts[f"pounds {name}"]) for name in ("stored", "held", "refused", "repeated")]
    assert sum(rows) == int(counts["rows read"])
    assert sum(pounds) == Decimal(counts["pounds read"])
    return counts


def stored(app: Flask) -> list[Contract]:
    with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        found = list(session.scalars(select(Contract).order_by(Contract.id)))
        for one in found:
            _ = one.events, one.options, [entry.provider.name for entry in one.providers], one.lead_service
        return found


ROW = "C1,School meals,Children,Catering,Acme Ltd,01/04/2015,31/03/2030,120000,Hot meals"


def test_the_command_prints_its_eleven_lines_in_order(ours: Flask, tmp_path: Path) -> None:
    done = imported(ours, written(tmp_path, ROW), "--create-missing")
    assert done.stdout.splitlines() == [
        "rows read: 1",
        "created: 1",
        "updated: 0",
        "unchanged: 0",
        "held: 0",
        "refused: 0",
        "pounds read: 120000.00",
        "pounds stored: 120000.00",
        "pounds held: 0.00",
        "pounds refused: 0.00",
        "pounds repeated: 0.00",
    ]


def test_the_same_file_again_changes_nothing(ours: Flask, tmp_path: Path) -> None:
    path = written(tmp_path, ROW)
    imported(ours, path, "--create-missing")
    assert counts_of(imported(ours, path, "--create-missing"))["unchanged"] == "1"
    assert len(stored(ours)) == 1


def test_a_dry_run_stores_nothing(ours: Flask, tmp_path: Path) -> None:
    assert counts_of(imported(ours, written(tmp_path, ROW), "--dry-run", "--create-missing"))["created"] == "1"
    with ours.app_context():
        for table in (Contract, Provider, Directorate, ImportRun):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0
        db.session.rollback()


def test_without_create_missing_unknown_names_are_held(ours: Flask, tmp_path: Path) -> None:
    counts = counts_of(imported(ours, written(tmp_path, ROW)))
    assert (counts["held"], counts["pounds held"]) == ("1", "120000.00")
    assert stored(ours) == []


def test_a_service_is_made_of_each_category_only_when_asked(ours: Flask, tmp_path: Path) -> None:
    imported(ours, written(tmp_path, ROW), "--create-missing", "--services-from", "category")
    (contract,) = stored(ours)
    assert contract.lead_service is not None
    assert (contract.lead_service.name, contract.lead_service.route) == ("Catering", DeliveryRoute.EXTERNAL)
    assert contract.lead_service.note == "Made from the category of its contracts"
    with ours.app_context():
        assert db.session.scalar(select(func.count()).select_from(Service)) == 1
        db.session.rollback()


def test_a_blank_cell_never_erases(ours: Flask, tmp_path: Path) -> None:
    imported(ours, written(tmp_path, ROW), "--create-missing")
    path = written(tmp_path, ROW.replace("Hot meals", ""))
    assert counts_of(imported(ours, path))["unchanged"] == "1"
    assert stored(ours)[0].description == "Hot meals"


def test_a_plain_change_is_taken_in_and_kept_in_history(ours: Flask, tmp_path: Path) -> None:
    imported(ours, written(tmp_path, ROW), "--create-missing")
    assert counts_of(imported(ours, written(tmp_path, ROW.replace("Hot meals", "Cold meals"))))["updated"] == "1"
    assert stored(ours)[0].description == "Cold meals"
    with ours.app_context():
        change = db.session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        assert change.fields == {"description": ["Hot meals", "Cold meals"]}
        assert change.actor_name == "command line"
        db.session.rollback()


@pytest.mark.parametrize(
    ("answer", "kind", "awarded"),
    [
        ("vary", EventKind.VARIATION, 120000),
        ("extend", EventKind.EXTENSION, 120000),
        ("correct", EventKind.CORRECTION, 150000),
    ],
)
def test_a_changed_value_of_a_started_contract_waits_for_an_answer(
    ours: Flask, tmp_path: Path, answer: str, kind: EventKind, awarded: int
) -> None:
    imported(ours, written(tmp_path, ROW), "--create-missing")
    path = written(tmp_path, ROW.replace("120000", "150000"))
    assert counts_of(imported(ours, path))["held"] == "1"
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"patterns": {"changed_value": answer}}))
    assert counts_of(imported(ours, path, "--answers", str(answers)))["updated"] == "1"
    (contract,) = stored(ours)
    assert (contract.awarded_high, contract.current_high) == (Decimal(awarded), Decimal(150000))
    assert [event.kind for event in contract.events] == [kind]
    assert counts_of(imported(ours, path))["unchanged"] == "1"


def test_a_later_end_of_a_started_contract_is_an_extension_when_answered(ours: Flask, tmp_path: Path) -> None:
    imported(ours, written(tmp_path, ROW), "--create-missing")
    path = written(tmp_path, ROW.replace("31/03/2030", "31/03/2032"))
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"patterns": {"later_end": "extend"}}))
    assert counts_of(imported(ours, path, "--answers", str(answers)))["updated"] == "1"
    (contract,) = stored(ours)
    assert [str(day) for day in (contract.awarded_end_on, contract.current_end_on)] == ["2030-03-31", "2032-03-31"]
    assert counts_of(imported(ours, path))["unchanged"] == "1"


def test_an_extension_to_where_an_option_leads_takes_it_up(ours: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    text = "Reference,Title,Directorate,Start date,End date,Extension in months\nC1,Buses,Roads,01/04/2015,{},24\n"
    path.write_text(text.format("31/03/2020"))
    imported(ours, path, "--create-missing")
    assert str(stored(ours)[0].latest_end_on) == "2022-03-31"
    path.write_text(text.format("31/03/2022"))
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"patterns": {"later_end": "extend"}}))
    assert counts_of(imported(ours, path, "--answers", str(answers)))["updated"] == "1"
    (contract,) = stored(ours)
    assert [option.taken for option in contract.options] == [True]
    assert str(contract.latest_end_on) == "2022-03-31"


def test_a_field_a_person_edited_since_is_held(ours: Flask, tmp_path: Path) -> None:
    path = written(tmp_path, ROW)
    imported(ours, path, "--create-missing")
    with ours.app_context():
        db.session.scalars(select(Contract)).one().description = "Meals for schools"
        db.session.commit()
    done = imported(ours, path)
    assert counts_of(done)["held"] == "1"
    assert stored(ours)[0].description == "Meals for schools"


def test_one_value_on_several_rows_of_a_contract_counts_once(ours: Flask, tmp_path: Path) -> None:
    path = written(tmp_path, ROW, ROW.replace("Acme Ltd", "Binns Ltd"))
    counts = counts_of(imported(ours, path, "--create-missing"))
    assert (counts["created"], counts["pounds stored"], counts["pounds repeated"]) == ("2", "120000.00", "120000.00")
    (contract,) = stored(ours)
    assert {entry.provider.name for entry in contract.providers} == {"Acme Ltd", "Binns Ltd"}
    again = counts_of(imported(ours, path, "--create-missing"))
    assert (again["unchanged"], again["pounds repeated"]) == ("2", "120000.00")


DESCRIBED = (
    "Reference,Title,Directorate,Supplier,Company number,Charity number,SME supplier,VCSE supplier,VCSE supplier type"
)


def the_only_provider(app: Flask) -> tuple[bool | None, bool | None, str | None, dict[str, str]]:
    with app.app_context(), Session(db.engine) as session:
        one = session.scalars(select(Provider)).one()
        return one.sme, one.vcse, one.vcse_type, {number.scheme: number.value for number in one.identifiers}


def described(folder: Path, *cells: str) -> Path:
    path = folder / "providers.csv"
    rows = (f"{number},Meals {number},Children,Acme,{said}" for number, said in enumerate(cells))
    path.write_text("\n".join((DESCRIBED, *rows)))
    return path


def test_a_provider_learns_from_every_row_that_names_it(ours: Flask, tmp_path: Path) -> None:
    imported(ours, described(tmp_path, ",,,,", "7445476,,Yes,,", ",1090095,No,Yes,Charity"), "--create-missing")
    assert the_only_provider(ours) == (True, True, "Charity", {"GB-COH": "07445476", "GB-CHC": "1090095"})


def test_a_file_fills_what_a_known_provider_lacks_and_overwrites_nothing(ours: Flask, tmp_path: Path) -> None:
    imported(ours, described(tmp_path, ",,,,"), "--create-missing")
    with ours.app_context():
        one = db.session.scalars(select(Provider)).one()
        one.sme = False
        one.identifiers.append(ProviderIdentifier(scheme="GB-COH", value="01234567"))
        db.session.commit()
        version = one.version
    path = described(tmp_path, "7445476,1090095,Yes,Yes,Charity")
    assert counts_of(imported(ours, path, "--dry-run"))["unchanged"] == "1"
    assert the_only_provider(ours)[1:3] == (None, None), "looking stores nothing"
    imported(ours, path)
    assert the_only_provider(ours) == (False, True, "Charity", {"GB-COH": "01234567", "GB-CHC": "1090095"})
    with ours.app_context():
        one = db.session.scalars(select(Provider)).one()
        assert one.version > version, "whoever has the provider open is told"
        told = select(Change).where(Change.record_kind == "provider", Change.reason == "Import of providers.csv")
        lines = db.session.scalars(told.order_by(Change.id.desc()).limit(2)).all()
        fields = [line.fields for line in lines]
        assert {"vcse": [None, True], "vcse_type": [None, "Charity"]} in fields
        db.session.rollback()


def test_a_row_that_is_held_says_nothing_of_its_provider(ours: Flask, tmp_path: Path) -> None:
    imported(ours, described(tmp_path, ",,,,"), "--create-missing")
    path = described(tmp_path, ",,,,")
    path.write_text(f"{path.read_text()}\n9,Meals 9,Nowhere,Acme,7445476,,Yes,,")
    assert counts_of(imported(ours, path))["held"] == "1"
    assert the_only_provider(ours) == (None, None, None, {})


def test_a_number_its_register_would_not_give_is_left_out_and_said(ours: Flask, tmp_path: Path) -> None:
    path, report = described(tmp_path, ",XN12345,,,"), tmp_path / "report.csv"
    imported(ours, path, "--create-missing", "--report", str(report))
    assert the_only_provider(ours)[3] == {}
    with ours.app_context():
        (row,) = db.session.scalars(select(ImportRow)).all()
        assert row.remarks[0].startswith("The provider's number “NIC12345” is left out: Enter a Northern Irish")
        db.session.rollback()


def test_a_call_off_finds_its_framework_below_it(ours: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Reference,Title,Directorate,Parent reference,Contract type\n"
        "K1,Agency nurses,Adults,F1,call-off\nF1,Agency staff,Adults,,framework\n"
    )
    imported(ours, path, "--create-missing")
    call_off, framework = stored(ours)
    assert call_off.parent_id == framework.id


def test_every_new_contract_has_its_history(ours: Flask, tmp_path: Path) -> None:
    imported(ours, written(tmp_path, ROW), "--create-missing")
    (contract,) = stored(ours)
    with ours.app_context():
        lines = db.session.scalars(select(Change).where(Change.record_kind == "contract").order_by(Change.id)).all()
        assert [(line.part, line.record_id, line.reason) for line in lines] == [
            ("contract", contract.id, "Import of list.csv"),
            ("contract_provider", contract.id, "Import of list.csv"),
        ]
        assert lines[0].fields["title"] == [None, "School meals"]
        assert lines[0].fields["awarded_high"] == [None, "120000.00"]
        assert "search_text" not in lines[0].fields
        db.session.rollback()


def test_a_file_that_cannot_be_used_says_why_in_one_line(ours: Flask, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("Just some words\n")
    for args in ([str(path)], [str(tmp_path / "absent.csv")], [], ["--no-such-option"]):
        done = ours.test_cli_runner().invoke(args=["register", "import", *args])
        assert done.exit_code == 2
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1
    with ours.app_context():
        assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 0
        db.session.rollback()


def test_the_report_tells_where_every_row_went(ours: Flask, tmp_path: Path) -> None:
    path = written(tmp_path, ROW, "C2,Vans,Children,Vans,Binns Ltd,01/04/2015,tomorrow,1,")
    imported(ours, path, "--create-missing", "--report", str(tmp_path / "out.csv"))
    report = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "created" in report
    assert "tomorrow" in report


def test_two_hundred_dirty_rows_all_have_a_place(ours: Flask) -> None:
    first = counts_of(imported(ours, DIRTY, "--create-missing"))
    assert int(first["created"]) > 100
    again = counts_of(imported(ours, DIRTY, "--create-missing"))
    assert (again["created"], again["updated"], again["unchanged"]) == ("0", "0", first["created"])
    assert again["pounds stored"] == first["pounds stored"]


def test_a_real_register_comes_in_once(ours: Flask, samples: Path) -> None:
    path = samples / "registers" / "norfolk-2015-quarter.csv"
    first = counts_of(imported(ours, path, "--create-missing"))
    assert (first["rows read"], first["created"], first["held"]) == ("1432", "1417", "15")
    assert first["pounds read"] == "894093376.78"
    with ours.app_context():
        kept = {(one.scheme, one.value) for one in db.session.scalars(select(ProviderIdentifier))}
        assert {("GB-COH", "07445476"), ("GB-COH", "00928555"), ("GB-MPR", "IP22981R")} <= kept
        db.session.rollback()
    again = counts_of(imported(ours, path, "--create-missing"))
    assert (again["created"], again["updated"], again["unchanged"]) == ("0", "0", first["created"])
    total = sum(contract.awarded_high or 0 for contract in stored(ours))
    assert f"{total:.2f}" == first["pounds stored"]


def test_hostile_words_are_stored_held_or_refused(ours: Flask, samples: Path, tmp_path: Path) -> None:
    """Formulas, naughty strings, text that is half a character: never a traceback, and each row has its place."""
    words = [*json.loads((samples / "hostile" / "blns.json").read_text()), "nought\0inside", "\ud800"]
    path = tmp_path / "hostile.csv"
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Reference", "Title", "Directorate", "Supplier", "Description", "Contract value"])
        lines.writerows([f"H{number}", word, "Hostile", word, word, 100] for number, word in enumerate(words))
    done = imported(ours, path, "--create-missing")
    assert done.exit_code == 2 or int(counts_of(done)["rows read"]) > len(words) / 2, done.output


# Killed half-way

KILLED = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from app import create_app
app = create_app()

@event.listens_for(Engine, "before_cursor_execute")
def kill(connection, cursor, statement, *rest):
    if statement.startswith("INSERT INTO contract_provider"):
        os.kill(os.getpid(), signal.SIGKILL)

app.test_cli_runner().invoke(args=["register", "import", sys.argv[1], "--create-missing"])
"""


def test_a_kill_in_the_middle_changes_nothing(ours: Flask, tmp_path: Path) -> None:
    with ours.app_context():
        address = db.engine.url.render_as_string(hide_password=False)
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "SECRET_KEY": "for tests only",
        "FILES_DIR": str(tmp_path / "files"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(written(tmp_path, ROW))], env=environment, cwd=ROOT, check=False
    )
    assert done.returncode == -signal.SIGKILL
    time.sleep(0.1)
    with ours.app_context():
        for table in (Contract, Provider, Directorate, ContractEvent):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0
        assert db.session.scalars(select(ImportRun.state)).one() is RunState.APPLYING
        assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 1
        db.session.rollback()
    assert counts_of(imported(ours, written(tmp_path, ROW), "--create-missing"))["created"] == "1"
