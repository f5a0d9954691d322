"""Clocks, and the lines the bench prints."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from typing_extensions import override

T = TypeVar("T")
MILLISECONDS = 1_000


@dataclass(frozen=True)
class Figure:
    """One measured thing beside its floor, in the same unit."""

    name: str
    value: float
    unit: str
    #: What nothing on this machine does faster for the same work; None where no such thing is meant.
    floor: float | None = None
    aim: str = ""

    @override
    def __str__(self) -> str:
        floor = f"{self.floor:>10,.1f}" if self.floor is not None else " " * 10
        ratio = f"{self.value / self.floor:>8.1f}x" if self.floor else " " * 9
        return f"{self.name:<58}{self.value:>11,.1f} {self.unit:<8}{floor}{ratio}  {self.aim}"


HEADINGS = f"{'':<58}{'figure':>11} {'unit':<8}{'floor':>10}{'ratio':>9}  aim"


def seconds(work: Callable[[], T]) -> tuple[float, T]:
    """How long it takes once."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def median_ms(work: Callable[[], object], *, times: int = 30, warm: int = 3) -> float:
    """The median of many runs, in milliseconds."""
    for _ in range(warm):
        work()
    return statistics.median(seconds(work)[0] for _ in range(times)) * MILLISECONDS
