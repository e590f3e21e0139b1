"""What a file says once it is read: rows of cells, each the text that was written. What a row leaves out is not in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, str]

UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
HOLDS_UNSTORABLE = "holds a character that can't be stored, such as NUL. Take it out; it may be invisible."
NOT_A_TABLE = "A file is a list of rows, and each row names its columns: look at an exported one."
NOT_PLAIN = "A cell holds a text, a number or nothing; this one holds a list or an object."


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing was written: a sentence, and where it is; row 0 is the file as a whole. Rows are counted without headings."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one row of the file would change, or has changed: per column the value before and after."""

    row: int
    name: str
    is_new: bool
    changes: dict[str, list[Any]]
    warnings: tuple[str, ...] = ()


class Unreadable(Exception):
    """A file that can't be read any further, with its problem."""

    def __init__(self, sentence: str, *, row: int = 0, column: str = "") -> None:
        super().__init__(sentence)
        self.problem = Problem(row=row, column=UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", column), sentence=sentence)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and the headings that stand in it: of all rows together, in the order in which they come."""

    headings: list[str]
    rows: list[Row]


def table_of(rows: Iterable[Iterable[tuple[str, Any]]]) -> Table:
    """Return rows that name each of their cells as a table. Raises Unreadable where a row names one twice."""
    held = [_row(number, pairs) for number, pairs in enumerate(rows, start=1)]
    return Table(headings=list(dict.fromkeys(name for row in held for name in row)), rows=held)


def unstorable(table: Table) -> list[Problem]:
    """Return where a character stands that no database keeps: NUL, or half of a pair, as JSON can spell them."""
    if any(UNSTORABLE.search(heading) for heading in table.headings):
        return [Problem(row=0, column="", sentence=f"A heading {HOLDS_UNSTORABLE}")]
    return [
        Problem(row=number, column=name, sentence=f"The cell {HOLDS_UNSTORABLE}")
        for number, row in enumerate(table.rows, start=1)
        for name, text in row.items()
        if UNSTORABLE.search(text)
    ]


def _row(number: int, pairs: Iterable[tuple[str, str]]) -> Row:
    row: Row = {}
    for written, text in pairs:
        name = written.strip()
        if name in row:
            raise Unreadable("This column stands twice in the row.", row=number, column=name)
        row[name] = text
    return row
