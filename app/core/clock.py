"""The only clock. Views and commands of the command line ask it; rules take today as an argument."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_behind = ContextVar("behind", default=timedelta(0))


def now() -> datetime:
    return datetime.now(UTC) - _behind.get()


@contextmanager
def set_back(by: timedelta) -> Iterator[None]:
    """For the demonstration's past alone: what a person or a command does is never dated otherwise than now."""
    token = _behind.set(by)
    try:
        yield
    finally:
        _behind.reset(token)


def local_now() -> datetime:
    """As the council's own clocks show it, without a zone."""
    return now().astimezone(LONDON).replace(tzinfo=None)


def today() -> date:
    """Return the day it is in England."""
    return now().astimezone(LONDON).date()
