"""Loading the sample catalogue without ever overwriting an editor.

`seed` remembers what it wrote into each row. A row that still holds that may follow the fixtures; a row that holds something
else was changed by an editor since, and is left alone, and so is one that an editor deleted. `reset` overrules both.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from comparisons.models import SeededRow

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same loader in C, ten times as fast, where it was built

FILES = ("panel.yaml", "categories.yaml", "tools/*.yaml", "comparisons.yaml")


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A row of the fixtures that an editor has changed (`fields` says what) or deleted (no fields)."""

    row: str
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class SeedReport:
    """What one run did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: list[LeftAlone] = field(default_factory=list)


KEY_FIELDS = {
    "reviews.reviewer": ("slug",),
    "reviews.question": ("reviewer", "position"),
    "reviews.category": ("slug",),
    "reviews.tool": ("slug",),
    "reviews.verdict": ("tool", "reviewer"),
    "reviews.answer": ("verdict", "question"),
    "comparisons.comparison": ("first", "second"),
}
"""The fields that make up each model's natural key, so that a row can be named before it exists. Models stand in the order in
which they depend on each other."""

Key = tuple[str, ...]


@transaction.atomic
def seed_catalogue(*, folder: Path | None = None, reset: bool = False) -> SeedReport:
    """Bring the database in line with the fixtures below `folder`, all or nothing; may be repeated.

    `reset` overwrites what editors changed and brings back what they deleted. It removes nothing that they added.

    Raises LookupError when a fixture names a row that does not exist.
    """
    run = _Run(reset=reset)
    for label, records in _by_model(folder or settings.BASE_DIR / "fixtures").items():
        for record in records:
            run.take(label, record)
        run.store(label)
    return run.report


class _Run:
    """One run: what the database holds, what was seeded before, and what is to be written, model by model."""

    def __init__(self, *, reset: bool) -> None:
        self.reset = reset
        self.report = SeedReport()
        self.held = _Held()
        self.seeded = {(row.model, row.key): row for row in SeededRow.objects.all()}
        self.deleted: set[tuple[str, Key]] = set()  # by an editor: such a row stays away, and so does what hangs on it
        self.new: list[models.Model] = []
        self.changed: list[SeededRow] = []

    def take(self, label: str, record: dict[str, Any]) -> None:
        """Decide what becomes of one row of the fixtures."""
        key = _key(record)
        if self.deleted & set(_references(record)):
            self.deleted.add((label, key))
            return
        memory = self.seeded.get((label, " ".join(key))) or SeededRow(model=label, key=" ".join(key))
        row, wanted = self.held.rows[label].get(key), self.held.build(record)
        fields = tuple(record["fields"])
        values = self.held.values(wanted, fields)
        if row is None and memory.pk and not self.reset:
            self.deleted.add((label, key))
            self.report.left_alone.append(LeftAlone(row=str(memory)))
            return
        if row is None:
            self.new.append(wanted)
            self.report.created += 1
        elif not self._follow(row, wanted, memory, values):
            return
        if memory.values != values:
            memory.values = values
            self.changed.append(memory)

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
            wanted.pk = row.pk
            wanted.save(force_update=True, update_fields=fields)
            self.report.updated += 1
        else:
            changed = tuple(name for name in fields if current[name] != (seeded or values)[name])
            self.report.left_alone.append(LeftAlone(row=str(memory), fields=changed))
            return False
        return True

    def store(self, label: str) -> None:
        """Write the new rows of one model and what was seeded, in a statement each."""
        for row in apps.get_model(label)._default_manager.bulk_create(self.new):
            self.held.add(label, row)
        SeededRow.objects.bulk_create([row for row in self.changed if not row.pk])
        SeededRow.objects.bulk_update([row for row in self.changed if row.pk], ["values"])
        self.new, self.changed = [], []


class _Held:
    """What the database holds, by natural key: read once, instead of asking for each of a thousand rows."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Key, models.Model]] = {label: {} for label in KEY_FIELDS}
        self.keys: dict[tuple[str, Any], Key] = {}
        for label in KEY_FIELDS:
            for row in apps.get_model(label)._default_manager.all():
                self.add(label, row)

    def add(self, label: str, row: models.Model) -> None:
        """Remember a row that is stored."""
        key = _flat(self.values(row, KEY_FIELDS[label]).values())
        self.rows[label][key] = row
        self.keys[label, row.pk] = key

    def build(self, record: dict[str, Any]) -> models.Model:
        """Return the row that a record of the fixtures describes, not yet stored."""
        model = apps.get_model(record["model"])
        row = model()
        for name, value in record["fields"].items():
            field_: Any = model._meta.get_field(name)
            if field_.is_relation:
                label, key = field_.related_model._meta.label_lower, tuple(str(part) for part in value)
                if key not in self.rows[label]:
                    raise LookupError(
                        f"{record['model']} {' '.join(_key(record))} needs {label} {' '.join(key)}, which does not exist."
                    )
                value = self.rows[label][key].pk
            setattr(row, field_.attname, field_.to_python(value))
        return row

    def values(self, row: models.Model, fields: tuple[str, ...]) -> dict[str, Any]:
        """Return the row's `fields` as a fixture would hold them, in JSON's own types so that they compare equal."""
        values: dict[str, Any] = {}
        for name in fields:
            field_: Any = row._meta.get_field(name)
            value = getattr(row, field_.attname)
            is_reference = field_.is_relation and value is not None
            values[name] = list(self.keys[field_.related_model._meta.label_lower, value]) if is_reference else value
        return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def _by_model(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the records of the fixtures by model, in the order in which models depend on each other."""
    records: dict[str, list[dict[str, Any]]] = {label: [] for label in KEY_FIELDS}
    for pattern in FILES:
        for file in sorted(folder.glob(pattern)):
            with file.open(encoding="utf-8") as stream:
                for record in yaml.load(stream, LOADER) or []:  # noqa: S506  # a safe loader, chosen above
                    records[record["model"]].append(record)
    return records


def _key(record: dict[str, Any]) -> Key:
    """Return the row's natural key as words: `("smollm3", "founder")` for a verdict."""
    return _flat(record["fields"][name] for name in KEY_FIELDS[record["model"]])


def _flat(values: Iterable[Any]) -> Key:
    return tuple(str(part) for value in values for part in (value if isinstance(value, list) else [value]))


def _references(record: dict[str, Any]) -> Iterator[tuple[str, Key]]:
    """Yield the model and key of each row that this one needs."""
    fields: list[Any] = list(apps.get_model(record["model"])._meta.concrete_fields)
    for field_ in fields:
        if field_.is_relation and field_.name in record["fields"]:
            yield field_.related_model._meta.label_lower, tuple(str(part) for part in record["fields"][field_.name])
