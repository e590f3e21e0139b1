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
"""In the order in which rows depend on each other."""


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
"""The fields that make up each model's natural key, so that a row can be named before it exists."""

Key = tuple[str, ...]


@transaction.atomic
def seed_catalogue(*, folder: Path | None = None, reset: bool = False) -> SeedReport:
    """Bring the database in line with the fixtures below `folder`, all or nothing; may be repeated.

    `reset` overwrites what editors changed and brings back what they deleted. It removes nothing that they added.

    Raises LookupError when a fixture names a row that does not exist.
    """
    held = _Held()
    seeded = {(row.model, row.key): row for row in SeededRow.objects.all()}
    deleted: set[tuple[str, Key]] = set()  # by an editor: such a row stays away, and so does what hangs on it
    report = SeedReport()
    for record in _records(folder or settings.BASE_DIR / "fixtures"):
        label, key = record["model"], _key(record)
        if deleted & set(_references(record)):
            deleted.add((label, key))
            continue
        memory = seeded.get((label, " ".join(key))) or SeededRow(model=label, key=" ".join(key))
        if memory.pk and key not in held.rows[label] and not reset:
            deleted.add((label, key))
            report.left_alone.append(LeftAlone(row=str(memory)))
            continue
        _seed_row(record, held, memory, reset=reset, report=report)
    return report


def _seed_row(record: dict[str, Any], held: "_Held", memory: SeededRow, *, reset: bool, report: SeedReport) -> None:
    label, fields = record["model"], tuple(record["fields"])
    row = held.rows[label].get(_key(record))
    wanted = held.build(record)
    values, current = held.values(wanted, fields), held.values(row, fields) if row else None
    # A field that came to the fixtures later was seeded as what a new row has there.
    fresh = held.values(type(wanted)(), tuple(name for name in fields if name not in (memory.values or ())))
    seeded = {**fresh, **memory.values} if memory.pk else None
    if current == values:
        report.unchanged += 1
    elif current is None:
        wanted.save(force_insert=True)
        held.add(label, wanted)
        report.created += 1
    elif reset or current == seeded:
        wanted.pk = row.pk  # type: ignore[union-attr]  # there are current values, so there is a row
        wanted.save(force_update=True, update_fields=fields)
        report.updated += 1
    else:
        changed = tuple(name for name in fields if current[name] != (seeded or values)[name])
        report.left_alone.append(LeftAlone(row=str(memory), fields=changed))
        return
    if memory.values != values:
        memory.values = values
        memory.save()


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


def _records(folder: Path) -> Iterator[dict[str, Any]]:
    for pattern in FILES:
        for file in sorted(folder.glob(pattern)):
            with file.open(encoding="utf-8") as stream:
                yield from yaml.load(stream, LOADER) or []  # noqa: S506  # a safe loader, chosen above


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
