"""CSV: the first row names the columns.

Spreadsheets run cells that begin like a formula, so such a text gets an apostrophe in front, and so does one
that has apostrophes there already. Reading removes it.
"""

import csv
import re
from io import StringIO
from itertools import zip_longest
from typing import Any

from comparisons.desk.files import messages
from comparisons.desk.files.tables import Table, Unreadable

LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def read(text: str) -> Table:
    """Skip blank lines; cells missing at a row's end are empty. Raises Unreadable."""
    try:
        lines = [line for line in csv.reader(StringIO(text, newline="")) if line]
    except csv.Error as error:
        raise Unreadable(messages.unreadable(format="CSV", reason=error)) from None
    if not lines:
        raise Unreadable(messages.EMPTY_FILE)
    headings = _read_headings(lines[0])
    for number, line in enumerate(lines[1:], start=1):
        if len(line) > len(headings):
            raise Unreadable(messages.too_many_cells(cells=len(line), headings=len(headings)), row=number)
    rows = [dict(zip_longest(headings, map(_unescape, line), fillvalue="")) for line in lines[1:]]
    return Table(headings=headings, rows=rows)


def _read_headings(line: list[str]) -> list[str]:
    headings: list[str] = []
    for position, heading in enumerate(map(str.strip, line), start=1):
        if not heading:
            raise Unreadable(messages.heading_missing(position=position))
        if heading in headings:
            raise Unreadable(messages.DOUBLED_IN_FILE, column=heading)
        headings.append(heading)
    return headings


def write(headings: list[str], rows: list[list[Any]]) -> str:
    file = StringIO(newline="")
    csv.writer(file).writerows([headings, *([_escape(cell) for cell in row] for row in rows)])
    return file.getvalue()


def _escape(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and LIKE_A_FORMULA.match(cell) else cell


def _unescape(cell: str) -> str:
    return cell[1:] if ESCAPED.match(cell) else cell
