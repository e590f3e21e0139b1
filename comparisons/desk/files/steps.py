"""The progress of an export or an import."""

from dataclasses import dataclass

ROWS_BETWEEN_STEPS = 25


@dataclass(frozen=True, slots=True)
class StepsDone:
    """Steps done of all. An exported row is one; an imported row that changes something is two."""

    done: int
    total: int
