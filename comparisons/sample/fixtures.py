"""The fixtures: Django's own format, each row named by its natural key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import models

from comparisons.models import Comparison
from reviews.models import Answer, Attribute, Authorship, Category, Fact, Question, Reviewer, Tool, Verdict
from reviews.models.methods import method_on

Record = dict[str, Any]
"""One row of a fixture: its `model` and `fields`."""

FILES = ("panel.yaml", "categories.yaml", "attributes.yaml", "tools/*.yaml", "comparisons.yaml")
"""In the order in which their rows need each other."""

STORED: tuple[models.QuerySet, ...] = (
    Reviewer.objects.all(),
    Question.objects.select_related("reviewer"),
    Category.objects.all(),
    Attribute.objects.select_related("category"),
    Tool.objects.select_related("category"),
    Fact.objects.select_related("tool", "attribute__category"),
    Verdict.objects.select_related("tool", "reviewer"),
    Answer.objects.select_related("verdict__tool", "verdict__reviewer", "question__reviewer"),
    Comparison.objects.select_related("first", "second"),
)
"""The sample's models, each with the parts of its natural key."""

VALUE = "value"
"""What a fact's fixture calls its value: the text that an editor would type."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_records(folder: Path) -> Iterator[Record]:
    """Yield the records of all files below `folder`, each after those it needs."""
    for pattern in FILES:
        for file in sorted(folder.glob(pattern)):
            text = file.read_text(encoding="utf-8")
            yield from yaml.load(text, LOADER) or []  # noqa: S506  # nosec B506  # a safe loader


class StoredRows:
    """The rows of the sample's models, read once; `loaddata` would query several times per row."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], models.Model] = {}
        for queryset in STORED:
            for row in queryset.all():
                self.add(row)

    def add(self, row: Any) -> None:
        self._rows[_key(row, row.natural_key())] = row

    def remove(self, row: Any) -> None:
        """Forget a row, so that rows that need it can't be built."""
        self._rows.pop(_key(row, row.natural_key()), None)

    def find(self, row: Any) -> models.Model | None:
        """Return the stored row with the natural key of `row`."""
        return self._rows.get(_key(row, row.natural_key()))

    def build(self, record: Record) -> models.Model:
        """Return the row of a record, not saved.

        Raises LookupError when it needs a row that is not there, and ValidationError when a fact's value does
        not fit its attribute.
        """
        row = apps.get_model(record["model"])()
        if isinstance(row, Verdict):
            # What the sample's verdicts have in common: written by a machine from documents, and nobody
            # answers for one by name.
            row.authorship = Authorship.MACHINE
            row.method_version = method_on(record["fields"]["reviewed_on"])
        for name, value in record["fields"].items():
            if isinstance(row, Fact) and name == VALUE:
                continue
            field: Any = row._meta.get_field(name)
            if field.is_relation:
                key = _key(field.related_model, value)
                if key not in self._rows:
                    raise LookupError(
                        f"A row of {record['model']} needs {' '.join(key)}, which does not exist."
                    )
                setattr(row, name, self._rows[key])
            else:
                setattr(row, name, field.to_python(value))
        if isinstance(row, Fact):
            row.set_value(record["fields"][VALUE])
        return row


def row_name(row: Any) -> str:
    """Return model and natural key: `reviews.verdict smollm3 founder`."""
    return " ".join(_key(row, row.natural_key()))


def _key(model: Any, natural_key: Any) -> tuple[str, ...]:
    return (model._meta.label_lower, *map(str, natural_key))
