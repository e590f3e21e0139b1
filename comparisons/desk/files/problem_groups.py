"""Equal problems of many rows, told once."""

from collections.abc import Iterable
from dataclasses import dataclass

from comparisons.desk.files.tables import Problem

MOST_RANGES = 12


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """One sentence about one column, and the rows that it is about. Row 0 is the whole file."""

    column: str
    sentence: str
    rows: tuple[int, ...]

    @property
    def place(self) -> str:
        """“The file”, “7”, or “494 rows: 2–480, 482–496”."""
        if self.rows == (0,):
            return "The file"
        if len(self.rows) == 1:
            return str(self.rows[0])
        ranges = _ranges(self.rows)
        more = " and more" if len(ranges) > MOST_RANGES else ""
        return f"{len(self.rows)} rows: {', '.join(ranges[:MOST_RANGES])}{more}"


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Return the groups in the order in which the file has the first of each."""
    rows: dict[tuple[str, str], dict[int, None]] = {}
    for problem in problems:
        rows.setdefault((problem.column, problem.sentence), {})[problem.row] = None
    return [
        ProblemGroup(column=column, sentence=sentence, rows=tuple(numbers))
        for (column, sentence), numbers in rows.items()
    ]


def _ranges(rows: Iterable[int]) -> list[str]:
    ranges: list[list[int]] = []
    for row in sorted(rows):
        if ranges and ranges[-1][1] + 1 == row:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return [str(first) if first == last else f"{first}–{last}" for first, last in ranges]
