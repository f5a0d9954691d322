"""Who records something, and when: what commands need of the person at the page."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Recorder:
    """By name, as history keeps it."""

    by: str
    now: datetime
    today: date
