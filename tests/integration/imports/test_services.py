"""A service list by itself: by command and by page."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import db
from app.council import commands as council
from app.register.models import DeliveryRoute, Service
from tests.makers import signed_in

LIST = (
    "Service,Directorate,Delivery route,In-house unit,Gross budget,FTE,Head of service\n"
    'Libraries,Communities,In-house,Library Service,"£1,200,000",42.5,Head of Libraries\n'
    "School meals,Children,External,,,,\n"
    "Parks,Communities,by magic,,,,\n"
    ",Communities,External,,,,\n"
)


@pytest.fixture
def ours(new_app: Callable[[str], Flask], engine_name: str) -> Flask:
    app = new_app(engine_name)
    with app.app_context():
        council.create_council(db.session(), "Wexmouthshire", today=date(2026, 11, 22))
        db.session.commit()
    return app


def test_a_service_list_comes_in_by_command_and_again_changes_nothing(ours: Flask, tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text(LIST)
    run = ours.test_cli_runner()
    done = run.invoke(args=["register", "import-services", str(path), "--create-missing"])
    assert done.stdout.splitlines() == [
        "rows read: 4",
        "created: 2",
        "updated: 0",
        "unchanged: 0",
        "held: 0",
        "refused: 2",
    ]
    assert "by magic" in done.stderr
    again = run.invoke(args=["register", "import-services", str(path), "--create-missing"])
    assert "unchanged: 2" in again.stdout.splitlines()
    with ours.app_context():
        service = db.session.scalars(select(Service).where(Service.name == "Libraries")).one()
        assert (service.route, service.fte, service.gross_budget) == (
            DeliveryRoute.IN_HOUSE,
            Decimal("42.50"),
            Decimal(1200000),
        )
        assert service.in_house_unit is not None
        db.session.rollback()


def test_a_file_that_is_no_service_list_is_refused(ours: Flask, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("A,B\n1,2\n")
    done = ours.test_cli_runner().invoke(args=["register", "import-services", str(path)])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_service_list_is_shown_before_it_is_stored(client: FlaskClient, session: Session) -> None:
    signed_in(client, session)
    sent = client.post("/import/services", data={"file": (io.BytesIO(LIST.encode()), "services.csv")})
    assert sent.status_code == 302
    assert "The council has no directorate" in client.get(sent.location).text
    page = client.post(sent.location, data={"create_missing": "yes"})
    assert page.status_code == 200
    assert session.scalars(select(Service)).all() == []
    assert client.post(sent.location, data={"create_missing": "yes", "store": "yes"}).status_code == 302
    session.expire_all()
    assert sorted(session.scalars(select(Service.name))) == ["Libraries", "School meals"]
