"""Programmes: the phases of transformation that contracts and activities are tagged with."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.text import fold
from app.register.models import Programme


def add_programme(session: Session, name: str, *, until_on: date | None = None) -> Programme:
    _check_name(session, name)
    programme = Programme(name=name, until_on=until_on)
    session.add(programme)
    session.flush()
    return programme


def change_programme(session: Session, programme: Programme, *, name: str, until_on: date | None) -> None:
    _check_name(session, name, programme.id)
    programme.name, programme.until_on = name, until_on


def _check_name(session: Session, name: str, own: int | None = None) -> None:
    every = session.execute(select(Programme.id, Programme.name)).all()
    if any(fold(there) == fold(name) and number != own for number, there in every):
        raise Refusal(f"There is a programme called {name} already", field="name")
