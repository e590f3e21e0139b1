"""Exporting the catalogue, with progress."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from comparisons.desk.files.columns import Column, DayColumn
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.steps import ROWS_BETWEEN_STEPS, StepsDone


@dataclass(frozen=True, slots=True)
class ExportedFile:
    content: bytes
    rows: int


def export_rows(*, kind: str, format: str) -> Iterator[StepsDone | ExportedFile]:
    """Yield the progress of writing a kind (a key of `KINDS`) in a format (of `FORMATS`), then the file."""
    file_kind = KINDS[kind]()
    columns = file_kind.exported_columns
    has_days = not FORMATS[format].is_text
    rows = file_kind.rows()
    total = rows.count()
    written = []
    for done, row in enumerate(rows, start=1):
        written.append([_cell(column, row, has_days=has_days) for column in columns])
        if done % ROWS_BETWEEN_STEPS == 0:
            yield StepsDone(done=done, total=total)
    content = FORMATS[format].write([column.name for column in columns], written)
    yield ExportedFile(content=content, rows=total)


def _cell(column: Column, row: models.Model, *, has_days: bool) -> Any:
    cell = column.cell(row)
    return date.fromisoformat(cell) if cell and has_days and isinstance(column, DayColumn) else cell
