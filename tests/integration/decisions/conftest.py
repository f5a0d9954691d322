"""The day it is, and the part of a council, that the tests of decisions share."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.clock import LONDON
from tests.integration.decisions.making import TODAY, Place, a_place


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def place(session: Session) -> Place:
    return a_place(session)


@pytest.fixture
def the_clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What day it is, as the test moves on."""
    held = SimpleNamespace(today=TODAY)
    monkeypatch.setattr(clock, "today", lambda: held.today)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(held.today, datetime.min.time(), LONDON).replace(hour=9))
    return held
