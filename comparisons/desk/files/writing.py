"""Writing checked rows in batches, each a short transaction, so that votes get in between.

A row that is no longer as it was checked stops the import; what was written before stays, and is recorded.
"""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from copy import copy

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction

from comparisons.desk.files import messages
from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.checking import ChangingRow
from comparisons.desk.files.exchanges import put_placeholders
from comparisons.desk.files.steps import StepsDone
from comparisons.desk.files.stored_rows import StoredRows
from comparisons.desk.files.tables import Problem
from comparisons.desk.files.tracking import note_written
from comparisons.models import ImportRun
from reviews.services.editing import history

ROWS_PER_BATCH = 25
SECONDS_PER_BATCH = 0.25
"""After that long, a batch ends with the group of rows that it is at."""
PAUSE_SECONDS = 0.12
"""SQLite's waiting writers look every 100 ms whether they can write: so long they must be let."""

Group = Sequence[ChangingRow]


class Stopped(Exception):
    """Writing can't go on; the batch is not written."""

    def __init__(self, row: int, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = Problem(row=row, column="", sentence=sentence)


def write_rows(*, kind: Kind, groups: Sequence[Group], run: ImportRun) -> Iterator[StepsDone]:
    """Write groups of checked rows and note them in `run`; yield the progress after each batch.

    Raises Stopped. Each batch is all or nothing.
    """
    waiting = deque(groups)
    done = 0
    total = sum(map(len, groups))
    while waiting:
        batch = _next_batch(waiting)
        with transaction.atomic(), history.collected() as revisions:
            written = _write_batch(kind, batch)
            done += sum(map(len, batch[:written]))
            note_written(run=run, written=done, revisions=revisions)
        for _ in range(written):
            waiting.popleft()
        yield StepsDone(done=done, total=total)
        pause()


def pause() -> None:
    """Let waiting writers write. Only SQLite has one writer at a time."""
    if connection.vendor == "sqlite":
        time.sleep(PAUSE_SECONDS)


def _next_batch(waiting: deque[Group]) -> list[Group]:
    batch: list[Group] = []
    for group in waiting:
        if batch and sum(map(len, batch)) + len(group) > ROWS_PER_BATCH:
            break
        batch.append(group)
    return batch


def _write_batch(kind: Kind, batch: Sequence[Group]) -> int:
    """Write groups of rows until the time is up, and return their number. Raises Stopped."""
    began = time.monotonic()
    cells = []
    for group in batch:
        cells += [row.cells for row in group]
    stored = StoredRows(kind, cells)
    for number, group in enumerate(batch, start=1):
        _write_group(kind, group, stored)
        if time.monotonic() - began > SECONDS_PER_BATCH:
            return number
    return len(batch)


def _write_group(kind: Kind, group: Group, stored: StoredRows) -> None:
    found = [stored.find(row.cells) for row in group]
    for row, before in zip(group, found, strict=True):
        is_same = before is None if row.before is None else before is not None and _is_same(kind, row, before)
        if not is_same:
            raise Stopped(row.number, messages.CHANGED_SINCE_CHECK)
    has_placeholders = len(group) > 1
    if has_placeholders:
        put_placeholders([row for row in found if row is not None], kind.exchanged)
    for row, before in zip(group, found, strict=True):
        # Filled anew, because columns that no file has may have changed since the check.
        after = copy(before) if before else kind.model()
        kind.fill(after, row.cells)
        try:
            kind.save(after, before=before if has_placeholders else None)
        except ValidationError as error:
            raise Stopped(row.number, " ".join(error.messages)) from None
        except DatabaseError as error:
            raise Stopped(row.number, messages.refused(error=error)) from None


def _is_same(kind: Kind, row: ChangingRow, before: models.Model) -> bool:
    """Say whether the stored row is still what the row of the file was checked against."""
    return not kind.changes(row.before, before)
