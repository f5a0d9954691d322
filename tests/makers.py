"""Makers: one typed function for each thing a test needs, added to the session it is given and flushed.

A maker is named after what it makes, takes the session first and then only keywords, fills in what the test does not
care about, and returns the record::

    def a_directorate(session: Session, *, name: str = "Adult Social Services") -> Directorate:
        return added(session, Directorate(name=name, starts_on=date(2015, 4, 1)))

A test names what it is about and nothing else: ``a_contract(session, current_end_on=date(2018, 3, 31))``. Then it
commits, so that the app, which has a session of its own, sees the record.
"""

from typing import TypeVar

from sqlalchemy.orm import Session

from app.core.base import Base

Record = TypeVar("Record", bound=Base)


def added(session: Session, record: Record) -> Record:
    session.add(record)
    session.flush()
    return record
