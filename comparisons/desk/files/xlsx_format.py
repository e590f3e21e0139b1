"""XLSX: the first sheet of a workbook, whose first row with anything in it names the columns.

From upload to writing, a workbook is kept as the CSV of what its cells show. Formulas are never run: what
counts is the result that the spreadsheet program stored. Texts are written as texts, however they begin.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from comparisons.desk.files import csv_format, messages
from comparisons.desk.files.tables import Unreadable

MOST_BYTES_UNPACKED = 50_000_000
MOST_CELLS = 2_000_000
"""Empty ones between filled ones count."""
MOST_ROWS = 1_048_576
"""What the format has room for. A file may claim more."""
OLDER_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How a workbook begins that is older, or locked with a password."""
ARCHIVE = b"PK\x03\x04"
"""How a workbook begins."""
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML can't hold or changes, and what begins like the escape of it."""
ESCAPED_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")


def decode(content: bytes) -> tuple[str, list[str]]:
    """Return the first sheet as CSV, with each row at its own place, and notes. Raises Unreadable."""
    try:
        _check_archive(content)
        rows, notes = _read_workbook(content)
    except Unreadable:
        raise
    except Exception:  # a broken or hostile workbook may raise anything
        raise Unreadable(messages.BROKEN_WORKBOOK) from None
    return f"sep=,\n{csv_format.write_rows(rows)}", notes


def _check_archive(content: bytes) -> None:
    """Raise Unreadable where this is no workbook, or unpacks to more than a catalogue needs."""
    if content.startswith(OLDER_OR_LOCKED):
        raise Unreadable(messages.OLDER_OR_LOCKED_WORKBOOK)
    try:
        with ZipFile(BytesIO(content)) as archive:
            # zipfile never unpacks more of a member than is declared here.
            unpacked = sum(member.file_size for member in archive.infolist())
    except (BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise Unreadable(messages.NO_WORKBOOK) from None
    if unpacked > MOST_BYTES_UNPACKED:
        raise Unreadable(messages.workbook_too_large(most=MOST_BYTES_UNPACKED))
    # The format has no use for declarations of entities. The package reads some parts without refusing them.
    if _has_part_with(content, DECLARATION):
        raise Unreadable(messages.BROKEN_WORKBOOK)


def _read_workbook(content: bytes) -> tuple[list[list[str]], list[str]]:
    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise Unreadable(messages.EMPTY_FILE)
    rows = [[_text(cell) for cell in row] for row in _cells(sheets[0])]
    if _has_part_with(content, FORMULA):
        _refuse_formulas_without_result(content, sheets[0].title, rows)
    others = [sheet.title for sheet in sheets[1:]]
    return rows, [messages.other_sheets(read=sheets[0].title, others=others)] if others else []


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each row. Raises Unreadable where there are too many."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    count = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        count += 1 + len(row)
        if count > MOST_CELLS or number > MOST_ROWS:
            raise Unreadable(messages.too_many_cells_in_workbook(most=MOST_CELLS))
        yield row


def _text(cell: Any) -> str:
    """Return what a cell holds as a text. Raises Unreadable where it shows an error."""
    value = cell.value
    if cell.data_type == "e":
        place = f"{get_column_letter(cell.column)}{cell.row}"
        raise Unreadable(messages.cell_with_error(cell=place, error=str(value)), row=cell.row)
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            # Spreadsheets show 15 digits, and mean those.
            return _plain_number(Decimal(f"{value:.15g}"))
        case datetime():
            moment = (value + timedelta(milliseconds=500)).replace(microsecond=0)
            return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")
        case str():
            return ESCAPED_CHARACTER.sub(lambda escaped: chr(int(escaped[1], 16)), value)
    return str(value)


def _plain_number(number: Decimal) -> str:
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _has_part_with(content: bytes, pattern: re.Pattern[bytes]) -> bool:
    with ZipFile(BytesIO(content)) as archive:
        return any(pattern.search(archive.read(name)) for name in archive.namelist())


def _refuse_formulas_without_result(content: bytes, title: str, rows: list[list[str]]) -> None:
    """Raise Unreadable where a formula has no result: read as empty, it would delete a value."""
    sheet = load_workbook(BytesIO(content), read_only=True, keep_links=False)[title]
    places = []
    for cells, texts in zip(_cells(sheet), rows, strict=True):
        for cell, text in zip(cells, texts, strict=True):
            if cell.data_type == "f" and not text:
                places.append(f"{get_column_letter(cell.column)}{cell.row}")
    if places:
        raise Unreadable(messages.formulas_without_result(cells=places))


def write(headings: list[str], rows: list[list[Any]]) -> bytes:
    """Write one sheet: numbers and days as such, all else as text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Catalogue")
    sheet.freeze_panes = "A2"
    for row in [headings, *rows]:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, UNWRITABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", value))
    cell.data_type = "s"  # the package would make a formula or an error of some texts
    cell.quotePrefix = bool(csv_format.LIKE_A_FORMULA.match(value))  # a text also after somebody edits it
    return cell
