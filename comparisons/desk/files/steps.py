"""How far an export or an import is."""

from dataclasses import dataclass

ROWS_BETWEEN_STEPS = 25


@dataclass(frozen=True, slots=True)
class StepsDone:
    """Steps done of all. Exporting a row is a step; importing one is two where it changes something."""

    done: int
    total: int
