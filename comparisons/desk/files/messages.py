"""Messages about a refused file."""

from collections.abc import Iterable, Sequence

from django.db import DatabaseError

EMPTY_FILE = "The file is empty: its first row names the columns."
NOT_A_TABLE = "A file is a list of rows, and each row names its columns: look at an exported one."
NOT_PLAIN = "A cell holds a text, a number or nothing; this one holds a list or an object."
NO_WORKBOOK = (
    "This is no XLSX workbook: choose the format that the file has, or save it as XLSX and try again."
)
OLDER_OR_LOCKED_WORKBOOK = (
    "This is an older workbook (.xls), or one with a password: save it as XLSX without a password "
    "and try again."
)
BROKEN_WORKBOOK = (
    "This workbook is broken or made in a way that is not understood: open it in a spreadsheet program, save "
    "it as XLSX and try again."
)
NO_TEXT = "This file is not text in UTF-8, UTF-16 or Windows-1252. Save it as UTF-8 and try again."
WORKBOOK_AS_TEXT = "This is a workbook: choose XLSX as its format."
DOUBLED_IN_FILE = "This column stands twice in the file."
DOUBLED_IN_ROW = "This column stands twice in the row."
KEY_MISSING = "This column is needed to know which row is meant."
FAILED = "A fault of the site stopped it; the server's log says which."
CHANGED_SINCE_CHECK = "Somebody changed this after the file was checked."
TOO_MANY_EXCHANGES = (
    "More than 100 rows take each other's names or positions: did a column slip by a row? If it is meant, "
    "change them in several files."
)
DAY_WANTED = (
    "Write a day as 2026-11-22. Another order is understood where the days of the file leave no doubt of it."
)
POSITION_WANTED = "A position is a whole number from 0 to 32767."
YES_OR_NO_WANTED = "Write yes or no."
PAIRS_WANTED = 'Write pairs such as [["hnsw", "HNSW"], ["ivf", "IVF"]].'
CATEGORY_NEEDED = "Name its category: the site itself makes the attributes of every tool."
FIXED_BY_THE_SITE = (
    "The site relies on this attribute of every tool: a file may change its label, help text, position and "
    "deal-breaker alone."
)
FACTS_CHECKED_ON_LEFT_OUT = (
    "The column “facts_checked_on” was not read: one day no longer stands for all facts of a tool. Each fact "
    "has its own source and its own day, in the column “looked_at_on” of the file of facts."
)
MOMENT_WANTED = "Write a moment as 2026-11-22T09:30:00+00:00."
PANEL_INCOMPLETE = (
    "Not every reviewer has judged it. Bring the verdicts first, or allow publishing incomplete."
)


def unreadable(*, format: str, reason: object) -> str:
    return f"This can't be read as {format}: {reason}."


def workbook_too_large(*, most: int) -> str:
    return f"This workbook unpacks to more than {most // 1_000_000} MB. Keep one plain sheet and try again."


def too_many_cells_in_workbook(*, most: int) -> str:
    return f"The sheet reaches over more than {most:,} cells. Delete empty rows and columns and try again."


def other_sheets(*, read: str, others: Sequence[str]) -> str:
    return f"Only the first sheet, “{read}”, was read, and not: {', '.join(others)}."


def cell_with_error(*, cell: str, error: str) -> str:
    return f"Cell {cell} shows the error {error}. Put it right and save the workbook again."


def formulas_without_result(*, cells: Sequence[str]) -> str:
    shown = ", ".join(cells[:12])
    more = f" and {len(cells) - 12} more" if len(cells) > 12 else ""
    return (
        f"These cells hold a formula without its result: {shown}{more}. Open the workbook in a spreadsheet "
        "program, save it and try again."
    )


def open_quotation(*, line: int) -> str:
    """`line` is where the row begins."""
    return (
        f"In the row that begins on line {line}, a quotation mark is opened and not closed, or text follows "
        "a closed one. Close it; write one that belongs to the text twice, in a cell between quotation marks."
    )


def has_anchor(*, line: int) -> str:
    return f"Line {line} has an anchor or an alias (“&”, “*”): write each value where it belongs."


def has_tag(*, line: int) -> str:
    return f"Line {line} has a tag (“!”): write the value alone, or in quotation marks."


def heading_missing(*, position: int) -> str:
    return f"Column {position} has no heading."


def too_many_cells(*, cells: int, headings: int) -> str:
    return f"There are {cells} cells under {headings} headings."


def taken_twice(*, row: int) -> str:
    return f"Row {row} gets the same: no two rows have it."


def stopped(*, row: int, reason: str) -> str:
    return f"It stopped at row {row}: {reason}"


def doubled_key(*, row: int) -> str:
    return f"Row {row} is about the same: one file names each once."


def unstorable(*, place: str) -> str:
    """`place` is “The cell” or “A heading”."""
    return f"{place} holds a character that can't be stored, such as NUL. Take it out; it may be invisible."


def unknown_column(*, heading: str, known: Iterable[str]) -> str:
    return f"The column “{heading}” was not read: it is not known. Known are: {', '.join(known)}."


def read_as_windows_1252(*, example: str) -> str:
    return (
        f"This file is not UTF-8, so it was read as Windows-1252: is “{example}” right? If not, save "
        "the file as UTF-8 and try again."
    )


def days_read(*, example: str, is_day_first: bool) -> str:
    return f"Days such as {example} were read with the {'day' if is_day_first else 'month'} first."


def slug_wanted(*, slug: str) -> str:
    if slug:
        return f"Another row has or gets the slug “{slug}”: give this one a slug of its own."
    return "No slug can be made from this name: give one."


def unknown_slug(*, model: object, slug: str) -> str:
    return f"There is no {model} “{slug}”. Name it by its slug."


def unknown_attribute(*, category: str, key: str) -> str:
    place = (
        f"the category “{category}” has no attribute “{key}”" if category else f"no “{key}” is of every tool"
    )
    return f"Not known: {place}. Bring the attributes first."


def unknown_question(*, reviewer: object, position: int) -> str:
    return f"The {reviewer} has no question {position}."


def answer_too_long(*, most: int, length: int) -> str:
    return f"At most {most} characters; these are {length}."


def refused(*, error: DatabaseError) -> str:
    return f"Refused: {str(error).splitlines()[0]}"
