"""Resetting the sample's rows to the fixtures.

Editors' changes are overwritten (the history keeps them), deleted rows come back, and added ones stay. A
sample row whose name an editor's row has is left out, with all that belongs to it.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError, models, transaction

from comparisons.models import Comparison
from comparisons.sample.fixtures import VALUE, StoredRows, read_records, row_name
from comparisons.sample.seed import FIXTURES, wait_for_other_runs
from reviews.models import Action, Answer, Fact, Revision, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.slugs import release_old_slugs
from reviews.services.editing.tools import save_tool
from reviews.services.facts.save import save_fact

EDITOR = "seed"
"""The name in the history."""
REASON = "Set back to the sample catalogue."


@dataclass(slots=True)
class ResetReport:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: list[str] = field(default_factory=list)
    """Rows whose name an editor's row has."""
    dependents_left_out: int = 0
    """Rows that belong to one of those."""


@transaction.atomic
def reset_catalogue(*, folder: Path = FIXTURES) -> ResetReport:
    """Reset the rows of the fixtures below `folder`, all or nothing.

    Raises LookupError if a fixture names a row that no fixture makes.
    """
    wait_for_other_runs()
    report = ResetReport()
    stored = StoredRows()
    by_editors = _rows_by_editors()
    for record in read_records(folder):
        try:
            wanted = stored.build(record)
        except LookupError:
            if not report.left_out:
                raise
            report.dependents_left_out += 1
            continue
        found = stored.find(wanted)
        is_in_the_way = found is not None and (found._meta.label_lower, found.pk) in by_editors
        if is_in_the_way or not _reset_row(found, wanted, fields=record["fields"], report=report):
            report.left_out.append(row_name(wanted))
            stored.remove(wanted)
        elif found is None:
            stored.add(wanted)
    return report


def _rows_by_editors() -> set[tuple[str, int]]:
    """Return model and id of each row that an editor made; sample rows have no such revision."""
    return set(Revision.objects.filter(action=Action.CREATED).values_list("model", "object_id"))


def _reset_row(
    found: models.Model | None, wanted: models.Model, *, fields: Iterable[str], report: ResetReport
) -> bool:
    """Reset one row, and count it. False if another row has its name."""
    try:
        with transaction.atomic():
            if found is None:
                _create(wanted)
                report.created += 1
            elif _update(found, wanted, fields):
                report.updated += 1
            else:
                report.unchanged += 1
    except IntegrityError:
        return False
    return True


def _create(row: models.Model) -> None:
    row.save(force_insert=True)
    if isinstance(row, Tool):
        release_old_slugs(slugs=[row.slug])


def _update(found: models.Model, wanted: models.Model, fields: Iterable[str]) -> bool:
    """Set the given fields, and say whether that changed anything."""
    row = copy(found)
    for name in fields:
        for column in ("type", "text", "number") if name == VALUE else (name,):
            setattr(row, column, getattr(wanted, column))
    if not history.differences(before=found, after=row):
        return False
    if isinstance(row, Tool):
        save_tool(tool=row, by=EDITOR, reason=REASON)
    elif isinstance(row, Fact):
        save_fact(fact=row, by=EDITOR)
    elif isinstance(row, Verdict | Answer | Comparison):
        history.save(row=row, by=EDITOR, reason=REASON)
    else:
        row.save()
    return True
