"""Importing the catalogue, with progress: a whole file or nothing.

A dry run does the same and rolls back, so that it reports what would happen.
"""

import hashlib
import json
from collections.abc import Callable, Container, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, models, transaction

from comparisons.desk.files import messages
from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.columns import DayColumn, MomentColumn
from comparisons.desk.files.days import with_iso_days
from comparisons.desk.files.exchanges import MOST_ROWS, Exchange, group_exchanges, put_placeholders
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.steps import ROWS_BETWEEN_STEPS, StepsDone
from comparisons.desk.files.stored_rows import StoredRows
from comparisons.desk.files.tables import Problem, Row, Table, Unreadable, find_unstorable, table_of
from comparisons.desk.files.warnings import file_warnings

NumberedRow = tuple[int, Row]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one row of the file changes: by column the cells before and after."""

    row: int
    name: str
    is_new: bool
    changes: dict[str, list[Any]]
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What an import did, or a dry run would do."""

    rows: int = 0
    changes: list[RowChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_written: bool = False
    notes: list[str] = field(default_factory=list)
    """What of the file was not read or was guessed, and why."""
    is_outdated: bool = False
    """The catalogue changed since the dry run; nothing was written."""

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.changes)

    @property
    def digest(self) -> str:
        """A hash of exactly these changes."""
        changes = [(change.row, change.name, change.changes) for change in self.changes]
        return hashlib.sha256(json.dumps(changes, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


def import_rows(
    *,
    kind: str,
    format: str,
    text: str,
    by: str,
    is_dry_run: bool,
    may_be_incomplete: bool = False,
    notes: Sequence[str] = (),
    expected: str | None = None,
    log: Callable[[ImportReport], None] | None = None,
) -> Iterator[StepsDone | ImportReport]:
    """Yield the progress of importing a file (a kind of `KINDS`, a format of `FORMATS`), then the report.

    `notes` are those of decoding it. `expected` is the digest of a dry run: nothing is written if the
    changes differ. `log` is called in the transaction that writes.
    """
    file_kind = KINDS[kind](by=by, may_be_incomplete=may_be_incomplete)
    report = ImportReport(notes=list(notes))
    table = _read(format, text, file_kind, report)
    if report.problems:
        yield report
        return
    rows = table.rows
    report.rows = len(rows)
    # Most rows of most files change nothing. They are set aside first, because the transaction keeps all
    # other writers waiting on SQLite.
    changing = []
    stored = StoredRows(file_kind, rows)
    for done, (number, cells) in enumerate(table.numbered(), start=1):
        if _has_something_new(file_kind, stored, cells):
            changing.append((number, cells))
        if done % ROWS_BETWEEN_STEPS == 0:
            yield StepsDone(done=done, total=len(rows) + len(changing))
    saved: list[Any] = []
    with transaction.atomic():
        stored = StoredRows(
            file_kind, [cells for _, cells in changing]
        )  # again: somebody may have saved meanwhile
        done = 0
        for group in _groups(file_kind, stored, changing, report):
            with_placeholder = _put_placeholders(file_kind, stored, group)
            for number, cells in group:
                row = _import_row(file_kind, stored, number, cells, report, with_placeholder)
                if row is not None:
                    saved.append(row)
                done += 1
                if done % ROWS_BETWEEN_STEPS == 0:
                    yield StepsDone(done=len(rows) + done, total=len(rows) + len(changing))
        report.is_outdated = expected is not None and expected != report.digest
        report.is_written = not (is_dry_run or report.problems or report.is_outdated)
        if report.is_written and log:
            log(report)
        transaction.set_rollback(not report.is_written)
    # After the transaction: comparing texts takes long, and nobody should wait for it.
    changed = [None if change.is_new else change.changes.keys() for change in report.changes]
    warnings = file_warnings(rows=saved, changed=changed)
    report.changes = [
        replace(change, warnings=sentences)
        for change, sentences in zip(report.changes, warnings, strict=True)
    ]
    yield report


def _read(format: str, text: str, kind: Kind, report: ImportReport) -> Table:
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


def _groups(
    kind: Kind, stored: StoredRows, changing: Sequence[NumberedRow], report: ImportReport
) -> list[list[NumberedRow]]:
    """Return the rows in groups of those that take each other's unique values; too large ones are refused."""
    if not kind.exchanged:
        return [[row] for row in changing]
    exchanges = []
    for number, cells in changing:
        before = stored.find(cells)
        after = copy(before) if before else kind.model()
        kind.fill(after, cells)
        has = {name: getattr(before, name) for name in kind.exchanged} if before else {}
        gets = {name: getattr(after, name) for name in kind.exchanged}
        exchanges.append(Exchange(number=number, has=has, gets=gets))
    rows = dict(changing)
    groups = group_exchanges(exchanges)
    too_large = [numbers for numbers in groups if len(numbers) > MOST_ROWS]
    for numbers in too_large:
        report.problems += [
            Problem(row=number, column=kind.exchanged[0], sentence=messages.TOO_MANY_EXCHANGES)
            for number in numbers
        ]
    return [[(number, rows[number]) for number in numbers] for numbers in groups if len(numbers) <= MOST_ROWS]


def _put_placeholders(kind: Kind, stored: StoredRows, group: Sequence[NumberedRow]) -> bool:
    """Free the unique values that the rows of a group take from each other. Say whether there are any."""
    if len(group) == 1:
        return False
    found = [row for row in (stored.find(cells) for _, cells in group) if row is not None]
    put_placeholders(found, kind.exchanged)
    return True


def _has_something_new(kind: Kind, stored: StoredRows, cells: Row) -> bool:
    """Say whether a row is new, differs from what is stored, or can't be read."""
    before = stored.find(cells)
    if before is None:
        return True
    row = copy(before)
    errors = kind.fill(row, cells)
    return bool(errors or kind.changes(before, row))


def _import_row(
    kind: Kind, stored: StoredRows, number: int, cells: Row, report: ImportReport, with_placeholder: bool
) -> models.Model | None:
    """Save one row and return it. Errors and changes go into the report.

    `with_placeholder` says that the stored row has placeholders for its unique values at this moment.
    """
    found = stored.find(cells)
    before = copy(found) if found else None
    row = (
        found or kind.model()
    )  # the found row itself, so that a later row of the file sees what this one changed
    errors = kind.fill(row, cells)
    if not errors and before is not None and not kind.changes(before, row):
        return None
    try:
        kind.validate(row, errors)
        with transaction.atomic():  # a refused row must not spoil the ones after it
            kind.save(row, before=before if with_placeholder else None)
    except ValidationError as error:
        report.problems += _problems(number, error)
        return None
    except DatabaseError as error:
        report.problems.append(Problem(row=number, column="", sentence=messages.refused(error=error)))
        return None
    name = " / ".join(cells[column] for column in kind.key if cells[column])
    report.changes.append(
        RowChange(row=number, name=name, is_new=before is None, changes=kind.changes(before, row))
    )
    return row


def _problems(number: int, error: ValidationError) -> Iterator[Problem]:
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, sentences in by_field.items():
        column = "" if name == NON_FIELD_ERRORS else name
        for sentence in sentences:
            yield Problem(row=number, column=column, sentence=sentence)
