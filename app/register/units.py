"""The parts of the council as one question: a directorate, or a division of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from typing_extensions import override

from app.core.forms import Choice
from app.core.rights import Units
from app.council.models import Directorate


@dataclass(frozen=True)
class UnitChosen:
    """A directorate, or a division of one; written "3" or "3-7"."""

    directorate_id: int
    division_id: int | None = None

    @override
    def __str__(self) -> str:
        return str(self.directorate_id) if self.division_id is None else f"{self.directorate_id}-{self.division_id}"


def unit_choices(directorates: Iterable[Directorate], units: Units) -> list[Choice[UnitChosen]]:
    """Every unit within these, in the structure chart's order: "Adults", "Adults: Commissioning"."""
    every = [
        choice
        for directorate in directorates
        for choice in (
            Choice(UnitChosen(directorate.id), directorate.name),
            *(
                Choice(UnitChosen(directorate.id, division.id), f"{directorate.name}: {division.name}")
                for division in directorate.divisions
            ),
        )
    ]
    return [one for one in every if units.include(one.value.directorate_id, one.value.division_id)]


def directorate_choices(directorates: Iterable[Directorate]) -> list[Choice[int]]:
    return [Choice(directorate.id, directorate.name) for directorate in directorates]


def division_choices(directorates: Iterable[Directorate]) -> list[Choice[int]]:
    return [
        Choice(division.id, f"{directorate.name}: {division.name}")
        for directorate in directorates
        for division in directorate.divisions
    ]
