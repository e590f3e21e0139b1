"""CSV: the first row names the columns.

Spreadsheets run cells that begin like a formula, so such a text gets an apostrophe in front, and so does one
that has apostrophes there already. Reading removes it.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import count, zip_longest
from typing import Any

from comparisons.desk.files import messages
from comparisons.desk.files.tables import Table, Unreadable

LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def read(text: str) -> Table:
    """Skip blank rows; cells missing at a row's end are empty. Raises Unreadable."""
    numbered = [(number, cells) for number, cells in enumerate(_lists(text), start=1) if cells]
    if not numbered:
        raise Unreadable(messages.EMPTY_FILE)
    headings = _read_headings(numbered[0][1])
    rows = []
    for number, cells in numbered[1:]:
        if len(cells) > len(headings):
            raise Unreadable(messages.too_many_cells(cells=len(cells), headings=len(headings)), row=number)
        rows.append(dict(zip_longest(headings, map(_unescape, cells), fillvalue="")))
    return Table(headings=headings, rows=rows, numbers=[number for number, _ in numbered[1:]])


def _lists(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row, blank rows too. Raises Unreadable."""
    lists = csv.reader(
        StringIO(text, newline=""), strict=True
    )  # else an open quotation mark takes in all below
    for row in count(1):
        line = lists.line_num + 1
        try:
            yield next(lists)
        except StopIteration:
            return
        except csv.Error as error:
            is_of_one_line = lists.line_num == line and "field larger" in str(error)
            sentence = (
                messages.unreadable(format="CSV", reason=error)
                if is_of_one_line
                else messages.open_quotation(line=line)
            )
            raise Unreadable(sentence, row=row) from None


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
