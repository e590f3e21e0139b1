"""Loading the sample catalogue without ever overwriting an editor.

`seed` remembers what it wrote into which row. A row that still holds that may follow the fixtures; a row that holds something
else was changed by an editor since, and is left alone, and so is one that an editor deleted. `reset` overrules both. Neither
touches a row that an editor made: what would stand in its way (the name is taken, say) is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from comparisons.models import Comparison, SeededRow
from comparisons.sample.fixture_rows import HeldRows, Key, key_of, read_fixtures, references_of
from reviews.models import Answer, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.slugs import free_addresses, save_tool


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A row of the fixtures that was not written, because an editor had."""

    row: str
    why: str


@dataclass(slots=True)
class SeedReport:
    """What one run did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: list[LeftAlone] = field(default_factory=list)


SEED = "seed"
"""Whom the history names for what this has written."""
TAKEN = "its name or address is taken by a row that an editor made"


@transaction.atomic
def seed_catalogue(*, folder: Path | None = None, reset: bool = False) -> SeedReport:
    """Bring the database in line with the fixtures below `folder`, all or nothing; may be repeated.

    `reset` overwrites what editors changed and brings back what they deleted. It removes nothing that they added.

    Raises LookupError when a fixture names a row that does not exist.
    """
    _wait_for_other_runs()
    run = _Run(reset=reset)
    for label, records in read_fixtures(folder or settings.BASE_DIR / "fixtures").items():
        for record in records:
            run.take(label, record)
        run.store(label)
    return run.report


def _wait_for_other_runs() -> None:
    """Let two runs at once, of two servers that start together say, come one after the other: on SQLite they do anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(SeededRow._meta.db_table)} IN EXCLUSIVE MODE")


class _Run:
    """One run: what the database holds, what was seeded before, and what is to be written, model by model."""

    def __init__(self, *, reset: bool) -> None:
        self.reset = reset
        self.report = SeedReport()
        self.seeded = {(row.model, row.key): row for row in SeededRow.objects.all()}
        self.held = HeldRows({(row.model, row.row): tuple(row.key.split(" ")) for row in self.seeded.values()})
        self.absent: set[tuple[str, Key]] = set()  # for an editor's sake: such a row stays away, and so does what hangs on it
        self.new: list[tuple[models.Model, SeededRow, dict[str, Any]]] = []
        self.changed: list[SeededRow] = []

    def take(self, label: str, record: dict[str, Any]) -> None:
        """Decide what becomes of one row of the fixtures."""
        key = key_of(record)
        if self.absent & set(references_of(record)):
            self.absent.add((label, key))
            return
        memory = self.seeded.get((label, " ".join(key))) or SeededRow(model=label, key=" ".join(key))
        row, wanted = self.held.rows[label].get(key), self.held.build(record)
        values = self.held.values(wanted, tuple(record["fields"]))
        if row is not None and self._is_an_editors(row, memory, values):
            self._leave_out(memory, TAKEN)
        elif row is not None:
            follows = self._follow(row, wanted, memory, values)
            if follows or memory.pk:
                self._remember(memory, values if follows else memory.values, row.pk)
        elif memory.pk and not self.reset:
            self._leave_out(memory, "deleted by an editor")
        else:
            self.new.append((wanted, memory, values))

    def _is_an_editors(self, row: models.Model, memory: SeededRow, values: dict[str, Any]) -> bool:
        """Say whether this is another row than the one that was seeded, and says something else: an editor's own."""
        is_another = memory.row not in (None, row.pk)
        return is_another and self.held.values(row, tuple(values)) not in (values, memory.values)

    def _follow(self, row: models.Model, wanted: models.Model, memory: SeededRow, values: dict[str, Any]) -> bool:
        """Let a stored row follow the fixtures unless an editor changed it; say whether it now holds what they say."""
        fields = tuple(values)
        current = self.held.values(row, fields)
        # A field that came to the fixtures later was seeded as what a new row has there.
        fresh = self.held.values(type(wanted)(), tuple(name for name in fields if name not in (memory.values or ())))
        seeded = {**fresh, **memory.values} if memory.pk else None
        if current == values:
            self.report.unchanged += 1
        elif self.reset or current == seeded:
            if not _stored(lambda: self._overwrite(row, wanted, fields)):
                self.report.left_alone.append(LeftAlone(row=str(memory), why=TAKEN))
                return False
            self.report.updated += 1
        else:
            changed = tuple(name for name in fields if current[name] != (seeded or values)[name])
            self.report.left_alone.append(LeftAlone(row=str(memory), why=f"changed by an editor: {', '.join(changed)}"))
            return False
        return True

    def _overwrite(self, row: models.Model, wanted: models.Model, fields: tuple[str, ...]) -> None:
        """Write what the fixtures say into a stored row, so that an editor finds it in the history and can take it back."""
        changed: Any = history.stored(row)
        for name in fields:
            column: Any = row._meta.get_field(name)
            setattr(changed, column.attname, getattr(wanted, column.attname))
        reason = "Set back to the sample catalogue." if self.reset else "The sample catalogue has changed."
        if isinstance(changed, Tool):
            save_tool(tool=changed, by=SEED, reason=reason)
        elif isinstance(changed, Verdict | Answer | Comparison):
            history.save(row=changed, by=SEED, reason=reason)
        else:
            changed.save()

    def store(self, label: str) -> None:
        """Write the new rows of one model and what was seeded, in a statement each unless an editor's row stands in the way."""
        rows = [row for row, _, _ in self.new]
        all_at_once = _stored(lambda: apps.get_model(label)._default_manager.bulk_create(rows))
        for row, memory, values in self.new:
            if not all_at_once and not _stored(partial(row.save, force_insert=True)):
                self._leave_out(memory, TAKEN)
                continue
            self.report.created += 1
            self.held.add(label, row)
            self._remember(memory, values, row.pk)
        free_addresses(slugs=[row.slug for row, _, _ in self.new if isinstance(row, Tool) and row.pk])
        SeededRow.objects.bulk_create([row for row in self.changed if not row.pk])
        SeededRow.objects.bulk_update([row for row in self.changed if row.pk], ["values", "row"])
        self.new, self.changed = [], []

    def _remember(self, memory: SeededRow, values: dict[str, Any], row: int) -> None:
        if memory.values != values or memory.row != row:
            memory.values, memory.row = values, row
            self.changed.append(memory)

    def _leave_out(self, memory: SeededRow, why: str) -> None:
        self.absent.add((memory.model, tuple(memory.key.split(" "))))
        self.report.left_alone.append(LeftAlone(row=str(memory), why=why))


def _stored(write: Callable[[], object]) -> bool:
    """Write, and say whether the database took it; what it refused is undone."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return False
    return True
