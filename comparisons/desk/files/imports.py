"""Importing the catalogue, with progress: a file is checked as a whole, then written in short batches."""

from collections.abc import Iterator, Sequence

from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.checking import CheckedRows, check_rows
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.reading import read_table
from comparisons.desk.files.report import ImportReport
from comparisons.desk.files.steps import StepsDone
from comparisons.desk.files.tracking import begin_run, end_run
from comparisons.desk.files.writing import Stopped, write_rows
from comparisons.models import ImportRun


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
    run: ImportRun | None = None,
) -> Iterator[StepsDone | ImportReport]:
    """Yield the progress of importing a file (a kind of `KINDS`, a format of `FORMATS`), then the report.

    `notes` are those of decoding it. `expected` is the digest of a dry run: nothing is written if the
    changes differ. What is written is noted in `run`, or in a run of its own.
    """
    file_kind = KINDS[kind](by=by, may_be_incomplete=may_be_incomplete)
    report = ImportReport(notes=list(notes))
    table = read_table(format=format, text=text, kind=file_kind, report=report)
    if report.problems:
        yield report
        return
    report.rows = len(table.rows)
    checked = CheckedRows([])
    for step in check_rows(kind=file_kind, table=table, report=report):
        if isinstance(step, CheckedRows):
            checked = step
        else:
            yield step
    report.is_outdated = expected is not None and expected != report.digest
    if not (is_dry_run or report.problems or report.is_outdated):
        yield from _write(file_kind, checked, run or begin_run(kind=kind, by=by), report)
    report.add_warnings(rows=checked.valid_rows)
    yield report


def _write(
    kind: Kind, checked: CheckedRows, run: ImportRun, report: ImportReport
) -> Iterator[StepsDone | ImportReport]:
    report.run = run.pk
    rows = report.rows + len(report.changes)
    try:
        for step in write_rows(kind=kind, groups=checked.groups, run=run):
            report.written = step.done
            yield StepsDone(done=rows + step.done, total=rows + step.total)
    except Stopped as stopped:
        report.stopped = stopped.problem
    report.is_written = report.stopped is None
    end_run(run=run, report=report)
