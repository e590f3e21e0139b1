"""The sample catalogue as its fixtures tell it, and the rows of the database that it is about, both by natural key."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

Key = tuple[str, ...]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same loader in C, ten times as fast, where it was built

FILES = ("panel.yaml", "categories.yaml", "tools/*.yaml", "comparisons.yaml")

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


class HeldRows:
    """What the database holds, by natural key: read once, instead of asking for each of a thousand rows.

    A row that was seeded goes by the key that it has in the fixtures, even where an editor has given it another slug
    since, unless another row has that key now.
    """

    def __init__(self, seeded: dict[tuple[str, int | None], Key]) -> None:
        self.rows: dict[str, dict[Key, models.Model]] = {label: {} for label in KEY_FIELDS}
        self.keys: dict[tuple[str, Any], Key] = {}
        for label in KEY_FIELDS:
            rows = list(apps.get_model(label)._default_manager.all())
            for row in rows:
                self.add(label, row)
            for row in rows:
                key = seeded.get((label, row.pk))
                if key and key not in self.rows[label]:
                    self.add(label, row, key)

    def add(self, label: str, row: models.Model, key: Key | None = None) -> None:
        """Remember a row that is stored, by its natural key unless told another."""
        key = key or _flat(self.values(row, KEY_FIELDS[label]).values())
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
                        f"{record['model']} {' '.join(key_of(record))} needs {label} {' '.join(key)}, which does not exist."
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


def read_fixtures(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the records of the fixtures by model, in the order in which models depend on each other."""
    records: dict[str, list[dict[str, Any]]] = {label: [] for label in KEY_FIELDS}
    for pattern in FILES:
        for file in sorted(folder.glob(pattern)):
            with file.open(encoding="utf-8") as stream:
                for record in yaml.load(stream, LOADER) or []:  # noqa: S506  # a safe loader, chosen above
                    records[record["model"]].append(record)
    return records


def key_of(record: dict[str, Any]) -> Key:
    """Return the row's natural key as words: `("smollm3", "founder")` for a verdict."""
    return _flat(record["fields"][name] for name in KEY_FIELDS[record["model"]])


def _flat(values: Iterable[Any]) -> Key:
    return tuple(str(part) for value in values for part in (value if isinstance(value, list) else [value]))


def references_of(record: dict[str, Any]) -> Iterator[tuple[str, Key]]:
    """Yield the model and key of each row that this one needs."""
    fields: list[Any] = list(apps.get_model(record["model"])._meta.concrete_fields)
    for field_ in fields:
        if field_.is_relation and field_.name in record["fields"]:
            yield field_.related_model._meta.label_lower, tuple(str(part) for part in record["fields"][field_.name])
