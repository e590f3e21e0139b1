"""Checking rows against the catalogue and against each other. Nothing is written, and nobody waits."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from comparisons.desk.files import messages
from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.exchanges import MOST_ROWS, Exchange, Unique, group_exchanges, placeholder
from comparisons.desk.files.form_limits import Errors
from comparisons.desk.files.report import ImportReport, RowChange
from comparisons.desk.files.steps import ROWS_BETWEEN_STEPS, StepsDone
from comparisons.desk.files.stored_rows import StoredRows
from comparisons.desk.files.tables import Problem, Row, Table


@dataclass(slots=True)
class ChangingRow:
    """A row of the file that changes something, or can't be read."""

    number: int
    cells: Row
    before: models.Model | None
    after: Any
    errors: Errors


@dataclass(slots=True)
class CheckedRows:
    """Rows to write, in groups that are written together, each group as in the file."""

    groups: list[list[ChangingRow]]
    valid_rows: list[Any] = field(default_factory=list)
    """As they would be, in the order of the report's changes."""


def check_rows(*, kind: Kind, table: Table, report: ImportReport) -> Iterator[StepsDone | CheckedRows]:
    """Yield the progress, then the rows to write. Changes and problems go into the report."""
    stored = StoredRows(kind, table.rows)
    changing: list[ChangingRow] = []
    total = len(table.rows)
    for done, (number, cells) in enumerate(table.numbered(), start=1):
        before = stored.find(cells)
        after = copy(before) if before else kind.model()
        errors = kind.fill(after, cells)
        if errors or before is None or kind.changes(before, after):
            changing.append(ChangingRow(number, cells, before, after, errors))
        if done % ROWS_BETWEEN_STEPS == 0:
            yield StepsDone(done=done, total=total + len(changing))
    groups = _groups(kind, changing, report)
    given_up: set[Unique] = set()
    for row in changing:
        given_up.update(_exchange(kind, row).given_up)
    valid_rows: list[Any] = []
    identities: dict[Any, int] = {}
    for done, row in enumerate(changing, start=1):
        taken = {unique[1] for unique in _exchange(kind, row).taken if unique in given_up}
        try:
            _validate(kind, row, taken)
        except ValidationError as error:
            report.problems += _problems(row.number, error)
        else:
            identity = kind.identity(row.after)
            if identity is not None and identities.setdefault(identity, row.number) != row.number:
                sentence = messages.doubled_key(row=identities[identity])
                report.problems.append(Problem(row=row.number, column="", sentence=sentence))
            report.changes.append(_change(kind, row))
            valid_rows.append(row.after)
        if done % ROWS_BETWEEN_STEPS == 0:
            yield StepsDone(done=total + done, total=total + len(changing))
    yield CheckedRows(groups=groups, valid_rows=valid_rows)


def _change(kind: Kind, row: ChangingRow) -> RowChange:
    name = " / ".join(row.cells[column] for column in kind.key if row.cells[column])
    changes = kind.changes(row.before, row.after)
    return RowChange(row=row.number, name=name, is_new=row.before is None, changes=changes)


def _exchange(kind: Kind, row: ChangingRow) -> Exchange:
    has = {name: getattr(row.before, name) for name in kind.exchanged} if row.before else {}
    gets = {name: getattr(row.after, name) for name in kind.exchanged}
    scope = getattr(row.after, kind.exchanged_within) if kind.exchanged_within else None
    return Exchange(number=row.number, has=has, gets=gets, scope=scope)


def _groups(kind: Kind, changing: Sequence[ChangingRow], report: ImportReport) -> list[list[ChangingRow]]:
    """Return the rows in groups of those that take each other's unique values.

    Too large groups, and two rows that take the same value, are problems.
    """
    if not kind.exchanged:
        return [[row] for row in changing]
    exchanges = [_exchange(kind, row) for row in changing]
    takers: dict[Unique, int] = {}
    for exchange in exchanges:
        for unique in exchange.taken:
            first = takers.setdefault(unique, exchange.number)
            if first != exchange.number:
                sentence = messages.taken_twice(row=first)
                report.problems.append(Problem(row=exchange.number, column=unique[1], sentence=sentence))
    rows = {row.number: row for row in changing}
    groups = group_exchanges(exchanges)
    for numbers in groups:
        if len(numbers) > MOST_ROWS:
            report.problems += [
                Problem(row=number, column=kind.exchanged[0], sentence=messages.TOO_MANY_EXCHANGES)
                for number in numbers
            ]
    return [[rows[number] for number in numbers] for numbers in groups]


def _validate(kind: Kind, row: ChangingRow, taken: set[str]) -> None:
    """Raise ValidationError. `taken` are fields whose value another row of the file gives up: it is free."""
    kept = {name: getattr(row.after, name) for name in taken}
    for name in taken:
        setattr(row.after, name, placeholder(kind.model, name))
    try:
        kind.validate(row.after, row.errors)
    finally:
        for name, value in kept.items():
            setattr(row.after, name, value)


def _problems(number: int, error: ValidationError) -> Iterator[Problem]:
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, sentences in by_field.items():
        column = "" if name == NON_FIELD_ERRORS else name
        for sentence in sentences:
            yield Problem(row=number, column=column, sentence=sentence)
