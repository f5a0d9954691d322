"""The only clock. Views and commands of the command line ask it; rules take today as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    return datetime.now(UTC)


def local_now() -> datetime:
    """As the council's own clocks show it, without a zone."""
    return now().astimezone(LONDON).replace(tzinfo=None)


def today() -> date:
    """Return the day it is in England."""
    return now().astimezone(LONDON).date()
