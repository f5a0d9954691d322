"""What the annexes print, read from the register as the rows of ``reports``."""
