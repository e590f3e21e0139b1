"""CSV: the first row names the columns.

Spreadsheets run a cell that begins like a formula, so such a text goes out behind an apostrophe, which comes off again on the way
in. A text that has apostrophes of its own before such a sign gets one more, so that each text is read as it was.
"""

import csv
import re
from io import StringIO
from itertools import zip_longest
from typing import Any

from comparisons.desk.files.tables import Table, Unreadable

LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def read(text: str) -> Table:
    """Read rows below their headings; blank lines count for nothing, and cells that a row lacks at its end are empty."""
    try:
        lines = [line for line in csv.reader(StringIO(text, newline="")) if line]
    except csv.Error as error:
        raise Unreadable(f"This can't be read as CSV: {error}.") from None
    if not lines:
        raise Unreadable("The file is empty: its first row names the columns.")
    headings = _headings(lines[0])
    for number, line in enumerate(lines[1:], start=1):
        if len(line) > len(headings):
            raise Unreadable(f"There are {len(line)} cells under {len(headings)} headings.", row=number)
    rows = [dict(zip_longest(headings, map(_unescaped, line), fillvalue="")) for line in lines[1:]]
    return Table(headings=headings, rows=rows)


def _headings(written: list[str]) -> list[str]:
    headings: dict[str, int] = {}
    for place, heading in enumerate(map(str.strip, written), start=1):
        if not heading:
            raise Unreadable(f"Column {place} has no heading.")
        if heading in headings:
            raise Unreadable("This column stands twice in the file.", column=heading)
        headings[heading] = place
    return list(headings)


def write(headings: list[str], rows: list[list[Any]]) -> str:
    file = StringIO(newline="")
    csv.writer(file).writerows([headings, *([_escaped(cell) for cell in row] for row in rows)])
    return file.getvalue()


def _escaped(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and LIKE_A_FORMULA.match(cell) else cell


def _unescaped(cell: str) -> str:
    return cell[1:] if ESCAPED.match(cell) else cell
