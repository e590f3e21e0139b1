"""From a file's text to the table that an import works on: known columns, ISO days, slugs, whole keys."""

from collections.abc import Container, Iterator

from comparisons.desk.files import messages
from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.columns import DayColumn, MomentColumn
from comparisons.desk.files.days import with_iso_days
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.report import ImportReport
from comparisons.desk.files.tables import Problem, Table, Unreadable, find_unstorable, table_of


def read_table(*, format: str, text: str, kind: Kind, report: ImportReport) -> Table:
    """Return the rows of a file. What prevents the import goes into the report."""
    try:
        table = _with_new_names(FORMATS[format].read(text.lstrip("\ufeff")), kind, report)
    except Unreadable as unreadable:
        report.problems.append(unreadable.problem)
        return table_of([])
    report.problems += find_unstorable(table)
    if report.problems:
        return table
    report.notes += [
        messages.unknown_column(heading=heading, known=kind.columns)
        for heading in table.headings
        if heading not in kind.columns
    ]
    days = [name for name, column in kind.columns.items() if isinstance(column, DayColumn | MomentColumn)]
    table, notes = with_iso_days(table, days)
    report.notes += notes
    table, problems = kind.complete(table)
    report.problems += [*problems, *_missing_keys(table, kind)]
    report.problems += [] if problems else _doubled_keys(table, kind)
    return table


def _with_new_names(table: Table, kind: Kind, report: ImportReport) -> Table:
    """Return a file's table with today's columns, in any case of letters, and `best_for` as “Best for” too.

    Raises Unreadable where a row has one twice.
    """
    known = {*kind.columns, *kind.old_names, *kind.left_out}
    names = {heading: _known_name(heading, known) for heading in table.headings}
    report.notes += [kind.left_out[name] for name in names.values() if name in kind.left_out]
    names = {heading: kind.old_names.get(name, name) for heading, name in names.items()}
    if all(heading == name and name not in kind.left_out for heading, name in names.items()):
        return table
    return table_of(
        (
            [(names[heading], text) for heading, text in row.items() if names[heading] not in kind.left_out]
            for row in table.rows
        ),
        table.numbers,
    )


def _known_name(heading: str, known: Container[str]) -> str:
    name = "_".join(heading.casefold().split())
    return name if name in known else heading


def _missing_keys(table: Table, kind: Kind) -> Iterator[Problem]:
    for name in kind.key:
        if table.headings and name not in table.headings:
            yield Problem(row=0, column=name, sentence=messages.KEY_MISSING)
            continue
        for number, cells in table.numbered():
            if name not in cells:
                yield Problem(row=number, column=name, sentence=messages.KEY_MISSING)


def _doubled_keys(table: Table, kind: Kind) -> Iterator[Problem]:
    rows: dict[tuple[str, ...], int] = {}
    for number, cells in table.numbered():
        if all(name in cells for name in kind.key):
            first = rows.setdefault(tuple(cells[name].strip() for name in kind.key), number)
            if first != number:
                yield Problem(row=number, column=kind.key[0], sentence=messages.doubled_key(row=first))
