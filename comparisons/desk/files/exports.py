"""Exporting the catalogue, with progress."""

from collections.abc import Iterator
from dataclasses import dataclass

from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.steps import ROWS_BETWEEN_STEPS, StepsDone


@dataclass(frozen=True, slots=True)
class ExportedFile:
    text: str
    rows: int


def export_rows(*, kind: str, format: str) -> Iterator[StepsDone | ExportedFile]:
    """Yield the progress of writing a kind (a key of `KINDS`) in a format (of `FORMATS`), then the file."""
    file_kind = KINDS[kind]()
    columns = file_kind.exported_columns
    rows = file_kind.rows()
    total = rows.count()
    written = []
    for done, row in enumerate(rows, start=1):
        written.append([column.cell(row) for column in columns])
        if done % ROWS_BETWEEN_STEPS == 0:
            yield StepsDone(done=done, total=total)
    yield ExportedFile(text=FORMATS[format].write([column.name for column in columns], written), rows=total)
