"""The rows of a file in any format. Cells are texts as written; a row may leave some out.

Rows are numbered as people see them: a spreadsheet counts headings and blank rows, a list does neither.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from comparisons.desk.files import messages

Row = dict[str, str]

UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""NUL, and half of a surrogate pair, which JSON can spell: no database stores them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file is refused. Row 0 is the whole file."""

    row: int
    column: str
    sentence: str


class Unreadable(Exception):
    """A file that can't be read further."""

    def __init__(self, sentence: str, *, row: int = 0, column: str = "") -> None:
        super().__init__(sentence)
        printable = UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", column)
        self.problem = Problem(row=row, column=printable, sentence=sentence)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and all their headings in order of appearance."""

    headings: list[str]
    rows: list[Row]
    numbers: Sequence[int]
    """The number of each row, for people."""

    def numbered(self) -> Iterator[tuple[int, Row]]:
        return zip(self.numbers, self.rows, strict=True)


def table_of(rows: Iterable[Iterable[tuple[str, str]]], numbers: Sequence[int] | None = None) -> Table:
    """Return rows that name their cells as a table. Raises Unreadable if one is named twice.

    `numbers` are those of the rows; without them, rows count from 1.
    """
    read = [_row(number, cells) for number, cells in zip(numbers or count(1), rows, strict=False)]
    headings: dict[str, None] = {}
    for row in read:
        headings |= dict.fromkeys(row)
    return Table(headings=list(headings), rows=read, numbers=numbers or range(1, len(read) + 1))


def _row(number: int, cells: Iterable[tuple[str, str]]) -> Row:
    row: Row = {}
    for heading, text in cells:
        name = heading.strip()
        if name in row:
            raise Unreadable(messages.DOUBLED_IN_ROW, row=number, column=name)
        row[name] = text
    return row


def find_unstorable(table: Table) -> list[Problem]:
    """Return where characters are that no database stores."""
    if any(UNSTORABLE.search(heading) for heading in table.headings):
        return [Problem(row=0, column="", sentence=messages.unstorable(place="A heading"))]
    problems = []
    for number, row in table.numbered():
        for name, text in row.items():
            if UNSTORABLE.search(text):
                problems.append(
                    Problem(row=number, column=name, sentence=messages.unstorable(place="The cell"))
                )
    return problems
