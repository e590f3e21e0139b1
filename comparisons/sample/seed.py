"""Filling an empty catalogue with the sample."""

from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from comparisons.sample.fixtures import STORED, StoredRows, read_records
from reviews.models import Attribute, Reviewer

FIXTURES = settings.BASE_DIR / "fixtures"
PANEL = ("reviews.reviewer", "reviews.question")


@transaction.atomic
def seed_catalogue(*, folder: Path = FIXTURES, is_panel_only: bool = False) -> int | None:
    """Load the fixtures below `folder`, all or nothing, and return the number of rows.

    `is_panel_only` leaves out all but reviewers and questions, for a catalogue of one's own.

    Returns None, and changes nothing, if the catalogue is not empty. Raises LookupError if a fixture names a
    row that no fixture makes.
    """
    wait_for_other_runs()
    # The general attributes are no sample: `migrate` makes them.
    if any(queryset.exists() for queryset in STORED if queryset.model is not Attribute):
        return None
    stored = StoredRows()
    count = 0
    for record in read_records(folder):
        if is_panel_only and record["model"] not in PANEL:
            continue
        row = stored.build(record)
        row.save(force_insert=True)
        stored.add(row)
        count += 1
    return count


def wait_for_other_runs() -> None:
    """Make runs of servers that start together follow each other. On SQLite they do anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Reviewer._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
