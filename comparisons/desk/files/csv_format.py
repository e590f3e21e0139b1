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

SEPARATORS = (",", ";", "\t")
"""The first of equals is taken."""
TOLD_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def read(text: str) -> Table:
    """Skip blank rows; cells missing at a row's end are empty. Raises Unreadable."""
    separator, text = _find_separator(text)
    lists = enumerate(_lists(text, separator), start=1)
    numbered = [(number, cells) for number, cells in lists if any(map(str.strip, cells))]
    if not numbered:
        raise Unreadable(messages.EMPTY_FILE)
    headings = _read_headings(numbered[0][1])
    rows = []
    for number, cells in numbered[1:]:
        _refuse_cells_without_heading(headings, cells, number)
        named = zip_longest(headings, map(_unescape, cells[: len(headings)]), fillvalue="")
        rows.append({heading: cell for heading, cell in named if heading})
    named_headings = [heading for heading in headings if heading]
    return Table(headings=named_headings, rows=rows, numbers=[number for number, _ in numbered[1:]])


def _find_separator(text: str) -> tuple[str, str]:
    """Return the separator and the text without the line “sep=;”, which spreadsheets don't count as a row.

    Without that line, it is the separator that makes the most headings.
    """
    if told := TOLD_SEPARATOR.match(text):
        return told[1], text[told.end() :]
    headings = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=lambda each: _cells_of(headings, each)), text


def _cells_of(headings: str, separator: str) -> int:
    try:
        return len(next(csv.reader([headings], delimiter=separator), []))
    except csv.Error:
        return 0  # `read` says what is wrong


def _refuse_cells_without_heading(headings: list[str], cells: list[str], number: int) -> None:
    """Raise Unreadable where a cell with a text has no heading. Empty ones are left out."""
    filled = [position for position, cell in enumerate(cells, start=1) if cell.strip()]
    if filled and filled[-1] > len(headings):
        raise Unreadable(messages.too_many_cells(cells=filled[-1], headings=len(headings)), row=number)
    for position in filled:
        if not headings[position - 1]:
            raise Unreadable(messages.heading_missing(position=position), row=number)


def _lists(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the cells of each row, blank rows too. Raises Unreadable."""
    # Not strict, an open quotation mark would take in all rows below.
    lists = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
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
    for heading in map(str.strip, line):
        if heading and heading in headings:
            raise Unreadable(messages.DOUBLED_IN_FILE, column=heading)
        headings.append(heading)
    return headings


def write(headings: list[str], rows: list[list[Any]]) -> str:
    return write_rows([headings, *rows])


def write_rows(rows: list[list[Any]]) -> str:
    file = StringIO(newline="")
    csv.writer(file).writerows([_escape(cell) for cell in row] for row in rows)
    return file.getvalue()


def _escape(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and LIKE_A_FORMULA.match(cell) else cell


def _unescape(cell: str) -> str:
    return cell[1:] if ESCAPED.match(cell) else cell
