"""What is noted of an import while it runs: how far it is, and every change that it made."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from comparisons.desk.files import messages
from comparisons.desk.files.report import ImportReport
from comparisons.models import ImportedRevision, ImportRun, ImportState
from reviews.models import Revision

SILENT_FOR = timedelta(seconds=60)
"""An import that notes nothing for so long has stopped: its process is gone."""


def begin_run(*, kind: str, by: str) -> ImportRun:
    """Return the run of an import that was not begun at the desk."""
    return ImportRun.objects.create(kind=kind, editor=by, state=ImportState.WRITING)


def end_run(*, run: ImportRun, report: ImportReport) -> None:
    """Note that all is written, or where writing stopped. The file of a finished import is deleted."""
    if report.stopped:
        run.failure = messages.stopped(row=report.stopped.row, reason=report.stopped.sentence)[:500]
    else:
        run.state = ImportState.WRITTEN
    run.ended_at = timezone.now()
    run.save(update_fields=["state", "failure", "ended_at"])


def note_progress(*, run: ImportRun, done: int, total: int) -> None:
    run.done = done
    run.total = total
    run.touched_at = timezone.now()
    run.save(update_fields=["done", "total", "touched_at"])


def note_written(*, run: ImportRun, written: int, revisions: Sequence[Revision]) -> None:
    """Note the number of rows written so far and the changes since. Call it in the transaction of them."""
    run.written = written
    run.touched_at = timezone.now()
    run.save(update_fields=["written", "touched_at"])
    ImportedRevision.objects.bulk_create(
        ImportedRevision(run=run, revision=revision.pk) for revision in revisions
    )
