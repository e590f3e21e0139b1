"""Running an export or an import, row by row, so that whoever waits can be told how far it is.

An import writes all of a file or nothing. A dry run does the same work and takes everything back, so that what it reports is
what would happen.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from comparisons.desk.files.catalogue_resource import CatalogueResource
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.preloaded import Preloaded
from comparisons.desk.files.resources import RESOURCES
from comparisons.desk.files.tables import Problem, Row, RowChange, Table, Unreadable, unstorable
from comparisons.desk.files.warnings import with_warnings

EVERY = 25
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: rows done of all."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished file."""

    text: str
    rows: int


@dataclass(slots=True)
class Imported:
    """What an import did, or in a dry run would do."""

    rows: int = 0
    changes: list[RowChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_written: bool = False
    is_outdated: bool = False
    """The catalogue changed since the dry run, so nothing was written."""

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.changes)

    @property
    def digest(self) -> str:
        """A short name for exactly these changes."""
        told = [(each.row, each.name, each.changes) for each in self.changes]
        return hashlib.sha256(json.dumps(told, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


def export_rows(*, kind: str, format: str) -> Iterator[Progress | Exported]:
    """Write all rows of a kind (a key of `RESOURCES`) in a format (a key of `FORMATS`); progress first, the file last."""
    resource = RESOURCES[kind]()
    rows = resource.get_queryset()
    headings = [name for name in resource.get_export_headers() if name != "reason"]
    written, total = [], rows.count()
    for done, row in enumerate(rows, start=1):
        written.append([resource.fields[name].export(row) for name in headings])
        if done % EVERY == 0:
            yield Progress(done=done, total=total)
    yield Exported(text=FORMATS[format].write(headings, written), rows=total)


def import_rows(
    *,
    kind: str,
    format: str,
    text: str,
    by: str,
    is_dry_run: bool,
    may_be_incomplete: bool = False,
    expected: str = "",
    log: Callable[[Imported], None] | None = None,
) -> Iterator[Progress | Imported]:
    """Read a file of a kind in a format; progress first, the report last. All or nothing; a dry run takes everything back.

    `expected` is the digest of a dry run: where the same file would change something else by now, nothing is written. What `log`
    notes of an import is written together with it.
    """
    report = Imported()
    resource = RESOURCES[kind](by=by, may_be_incomplete=may_be_incomplete)
    rows = _read(format, text, resource, report)
    if report.problems:
        yield report
        return
    report.rows = len(rows)
    # Most rows of most files say what is stored already. They are set aside first, for the second part keeps all other
    # writers waiting on SQLite.
    telling, loader = [], Preloaded(resource, rows)
    for number, row in enumerate(rows, start=1):
        if resource.says_something_new(row, loader):
            telling.append((number, row))
        if number % EVERY == 0:
            yield Progress(done=number, total=len(rows) + len(telling))
    saved: list[Any] = []
    with transaction.atomic():
        loader = Preloaded(resource, [row for _, row in telling])  # read again: somebody may have saved meanwhile
        for done, (number, row) in enumerate(telling, start=1):
            _import_row(resource, loader, number, row, report, saved)
            if done % EVERY == 0:
                yield Progress(done=len(rows) + done, total=len(rows) + len(telling))
        report.is_outdated = bool(expected) and expected != report.digest
        report.is_written = not (is_dry_run or report.problems or report.is_outdated)
        if report.is_written and log:
            log(report)
        transaction.set_rollback(not report.is_written)
    if kind == "verdicts":  # outside, for the texts are held against all others, and nobody should wait for that
        report.changes = with_warnings(report.changes, saved)
    yield report


def _read(format: str, text: str, resource: CatalogueResource, report: Imported) -> list[Row]:
    """Return the rows of a file; what stops all of it goes into the report."""
    try:
        table = FORMATS[format].read(text.lstrip("\ufeff"))
    except Unreadable as unreadable:
        report.problems.append(unreadable.problem)
        return []
    report.problems += unstorable(table) or [*_unknown_columns(table, resource), *_missing_keys(table, resource)]
    return table.rows


def _unknown_columns(table: Table, resource: CatalogueResource) -> Iterator[Problem]:
    known = list(resource.fields)
    for heading in table.headings:
        if heading not in known:
            yield Problem(row=0, column=heading, sentence=f"There is no such column. Known are: {', '.join(known)}.")


def _missing_keys(table: Table, resource: CatalogueResource) -> Iterator[Problem]:
    for name in resource._meta.import_id_fields:
        sentence = "This column is needed to know which row is meant."
        if table.headings and name not in table.headings:
            yield Problem(row=0, column=name, sentence=sentence)
        else:
            for number, row in enumerate(table.rows, start=1):
                if name not in row:
                    yield Problem(row=number, column=name, sentence=sentence)


def _import_row(
    resource: CatalogueResource, loader: Preloaded, number: int, row: Row, report: Imported, saved: list[Any]
) -> None:
    """Save one row; what is wrong with it, or what it changes, goes into the report, and the row itself to the `saved`."""
    key = " / ".join(str(row.get(name) or "") for name in resource._meta.import_id_fields)
    result = resource.import_row(row, loader, row_number=number, dry_run=False, use_transactions=True)
    if result.validation_error is not None:
        report.problems += _problems(number, result.validation_error)
    for error in result.errors:
        report.problems.append(Problem(row=number, column="", sentence=f"Refused: {str(error.error).splitlines()[0]}"))
    if result.import_type not in (result.IMPORT_TYPE_NEW, result.IMPORT_TYPE_UPDATE):
        return
    before, after = resource.original, result.instance
    report.changes.append(RowChange(row=number, name=key, is_new=before is None, changes=resource.changes(before, after)))
    saved.append(after)


def _problems(number: int, error: ValidationError) -> Iterator[Problem]:
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, sentences in told.items():
        for sentence in sentences:
            yield Problem(row=number, column="" if name == NON_FIELD_ERRORS else name, sentence=sentence)
