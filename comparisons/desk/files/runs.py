"""Imports at the desk: begun by a request, they go on in the background, and a row says how far they are."""

import time
from collections.abc import Iterator, Sequence
from functools import partial

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from comparisons.desk.files import background, messages
from comparisons.desk.files.imports import import_rows
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.report import ImportReport
from comparisons.desk.files.steps import StepsDone
from comparisons.desk.files.taking_back import take_back
from comparisons.desk.files.tracking import SILENT_FOR, note_progress
from comparisons.models import ImportRun, ImportState, Upload

RUNNING = (ImportState.CHECKING, ImportState.WRITING, ImportState.TAKING_BACK)
SECONDS_BETWEEN_NOTES = 0.5


def is_running(run: ImportRun) -> bool:
    return run.state in RUNNING and not run.failure and timezone.now() - run.touched_at < SILENT_FOR


def is_stopped(run: ImportRun) -> bool:
    """Say whether it ended before it was through: with a reason, or because its process is gone."""
    return run.state in RUNNING and not is_running(run)


def begin_check(*, upload: Upload, notes: Sequence[str] = ()) -> ImportRun:
    """Begin the dry run of a file, and return its run."""
    run = ImportRun.objects.create(
        upload=upload if upload.pk else None, kind=upload.kind, editor=upload.editor
    )
    background.start(partial(_check, run, upload, notes))
    return run


def _check(run: ImportRun, upload: Upload, notes: Sequence[str]) -> None:
    report = _follow(
        run,
        import_rows(
            kind=upload.kind,
            format=upload.format,
            text=upload.text,
            by=upload.editor,
            is_dry_run=True,
            may_be_incomplete=upload.may_be_incomplete,
            notes=notes,
        ),
    )
    if report is not None:
        _keep_report(run, report)


def begin_write(*, run: ImportRun, digest: str, user: int) -> bool:
    """Begin to write a checked file, whose changes are those of `digest`; False if it has begun already.

    It stands in the desk's log before anything is written.
    """
    with transaction.atomic():
        checked = ImportRun.objects.filter(pk=run.pk, state=ImportState.CHECKED, upload__isnull=False)
        now = timezone.now()
        if not checked.update(state=ImportState.WRITING, touched_at=now, done=0, total=0):
            return False
        _log(run, user, "begun")
    run.refresh_from_db()
    background.start(partial(_write, run, digest))
    return True


def _write(run: ImportRun, digest: str) -> None:
    upload = Upload.objects.get(importrun=run)
    notes = ImportReport.from_json(run.report).notes if run.report else []
    report = _follow(
        run,
        import_rows(
            kind=upload.kind,
            format=upload.format,
            text=upload.text,
            by=upload.editor,
            is_dry_run=False,
            may_be_incomplete=upload.may_be_incomplete,
            expected=digest,
            run=run,
        ),
    )
    if report is None:
        return
    report.notes = notes
    if report.is_written:
        upload.delete()
        run.upload = None
    if report.run is None:
        _keep_report(run, report)
    else:
        run.report = report.as_json()
        run.save(update_fields=["report"])


def _log(run: ImportRun, user: int, deed: str) -> None:
    LogEntry.objects.create(
        user_id=user,
        content_type=ContentType.objects.get_for_model(KINDS[run.kind].model),
        object_repr=f"Import of {run.kind}",
        action_flag=CHANGE,
        change_message=f"Import {run.pk} {deed}.",
    )


def may_be_taken_back(run: ImportRun) -> bool:
    """Say whether it wrote something and is at rest. One that stopped being taken back may be begun again."""
    wrote = run.state in (ImportState.WRITTEN, ImportState.WRITING, ImportState.TAKING_BACK)
    return wrote and run.written > 0 and not is_running(run)


def begin_to_take_back(*, run: ImportRun, user: int, by: str) -> bool:
    """Begin to take an import back; False if somebody has begun already. The desk's log says who."""
    if not may_be_taken_back(run):
        return False
    with transaction.atomic():
        as_seen = ImportRun.objects.filter(pk=run.pk, state=run.state, touched_at=run.touched_at)
        now = timezone.now()
        values = {"state": ImportState.TAKING_BACK, "failure": "", "touched_at": now, "done": 0, "total": 0}
        if not as_seen.update(**values):
            return False
        _log(run, user, "taken back")
    run.refresh_from_db()
    background.start(partial(_take_back, run, by))
    return True


def _take_back(run: ImportRun, by: str) -> None:
    _follow(run, take_back(run=run, by=by))
    run.state = ImportState.TAKEN_BACK
    run.ended_at = timezone.now()
    run.save(update_fields=["state", "ended_at"])


def _follow(run: ImportRun, steps: Iterator[StepsDone | ImportReport]) -> ImportReport | None:
    """Note each step in the run and return the report; None where it failed, with its reason in the run."""
    noted = time.monotonic()
    report = None
    try:
        for step in steps:
            if isinstance(step, ImportReport):
                report = step
            elif time.monotonic() - noted > SECONDS_BETWEEN_NOTES:
                noted = time.monotonic()
                note_progress(run=run, done=step.done, total=step.total)
    except Exception:
        ImportRun.objects.filter(pk=run.pk).update(failure=messages.FAILED)
        raise
    return report


def _keep_report(run: ImportRun, report: ImportReport) -> None:
    run.report = report.as_json()
    run.state = ImportState.CHECKED
    run.save(update_fields=["report", "state"])
