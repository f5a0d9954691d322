"""Cells understood, strictly and as a British council means them: ``read_cell`` is the door."""

from app.imports.cells.reader import read_cell
from app.imports.cells.reading import Asks, Blank, Problem, Reading, Understood

__all__ = ["Asks", "Blank", "Problem", "Reading", "Understood", "read_cell"]
