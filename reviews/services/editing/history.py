"""All saving and deleting at the desk: who, when, what and why are recorded.

A row older than its history first gets a revision of its former state, so that its first change can be taken
back too.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from reviews.models import Action, Answer, Fact, Revision, Tool, Verdict
from reviews.models.history import JUDGEMENT_FIELDS
from reviews.services.editing.readers import is_seen, tool_of
from reviews.services.voting.tallies import locked_tally

Snapshot = dict[str, Any]
_collected: ContextVar[list[Revision] | None] = ContextVar("collected", default=None)


@contextmanager
def collected() -> Iterator[list[Revision]]:
    """Collect every revision that is recorded inside, in their order."""
    revisions: list[Revision] = []
    token = _collected.set(revisions)
    try:
        yield revisions
    finally:
        _collected.reset(token)


def snapshot(row: models.Model) -> Snapshot:
    """Return the row's values by column in JSON's types, without its primary key."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def stored_row(row: models.Model) -> models.Model | None:
    """Return the row as stored, or None. One query; relations loaded on `row` are shared."""
    stored = type(row)._default_manager.filter(pk=row.pk).order_by("pk").first() if row.pk else None
    if stored is None:
        return None
    fields: Iterable[Any] = row._meta.concrete_fields
    for field in fields:
        is_loaded = field.is_relation and field.is_cached(row)
        if is_loaded and getattr(stored, field.attname) == getattr(row, field.attname):
            field.set_cached_value(stored, field.get_cached_value(row))
    return stored


@transaction.atomic
def save(
    *,
    row: models.Model,
    by: str,
    reason: str = "",
    action: Action | None = None,
    before: models.Model | None = None,
    was_seen: bool | None = None,
) -> Revision | None:
    """Save a validated row and record what changed; None if nothing did. `by` is the editor's name.

    `before` is the row as it was, where its stored values only keep their place until this transaction ends.
    `was_seen` says whether readers saw it until now, where the same transaction publishes its tool.
    """
    before = before or stored_row(row)
    row.save(force_insert=before is None)
    # Read back, because a value may have been given as text: its column knows what it is.
    after: Any = stored_row(row)
    changes = differences(before=before, after=after)
    if not changes:
        return None
    if was_seen is None or before is None:
        was_seen = before is not None and is_seen(before)
    if before is not None and not Revision.objects.of_row(row).exists():
        _record(row=before, action=Action.FOUND, was_seen=was_seen)
    usual_action = Action.CHANGED if before else Action.CREATED
    return _record(
        row=after, action=action or usual_action, by=by, reason=reason, changes=changes, was_seen=was_seen
    )


@transaction.atomic
def delete(*, row: models.Model, by: str, reason: str = "") -> None:
    """Delete `row` and what depends on it, and record each as it last was.

    Raises Tool.DoesNotExist if `row` is a tool that is gone by now.
    """
    if isinstance(row, Tool):
        locked_tally(
            tool_id=row.pk
        )  # before the tool, as a vote locks them, so that neither waits for the other
        Tool.objects.select_for_update().get(pk=row.pk)
    was_seen = is_seen(row)
    for deleted in [*_dependent_rows(row), row]:
        stored = stored_row(deleted)
        if stored is not None:
            _record(row=stored, action=Action.DELETED, by=by, reason=reason, was_seen=was_seen)
    row.delete()


def changed_fields(row: models.Model) -> set[str]:
    """Return the fields in which `row` differs from what is stored; none for a new row. One query."""
    before = stored_row(row)
    return set(differences(before=before, after=row)) if before else set()


def needs_reason(*, row: models.Model, changed: Iterable[str]) -> bool:
    """Say whether these changes need a reason: decision and score of a verdict that readers see do.

    One query at most.
    """
    return isinstance(row, Verdict) and not JUDGEMENT_FIELDS.isdisjoint(changed) and is_seen(row)


def version_of_tool(*, tool: int | None) -> int:
    """Return a number from 0 that grows with each change of a tool, its verdicts and answers."""
    return _newest(Revision.objects.of_tool(tool)) if tool else 0


def version_of_row(*, row: models.Model) -> int:
    """Return a number from 0 that grows with each recorded change of `row`."""
    return _newest(Revision.objects.of_row(row)) if row.pk else 0


def _newest(revisions: models.QuerySet[Revision]) -> int:
    return revisions.order_by("-pk").values_list("pk", flat=True).first() or 0


def fingerprint(*, rows: Iterable[models.Model]) -> int:
    """Return a hash of `rows`, the version of rows without a history."""
    values = json.dumps([[row.pk, snapshot(row)] for row in rows], sort_keys=True)
    return int(hashlib.sha256(values.encode()).hexdigest()[:12], 16)


def differences(*, before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
    """Return by field the values `before` and `after` that differ. Related rows are given by name.

    Fields that nobody edits follow from others, and are left out.
    """
    old = snapshot(before) if before else {}
    new = snapshot(after)
    return {
        field.name: [
            _display_value(before, field, old.get(field.attname)),
            _display_value(after, field, new[field.attname]),
        ]
        for field in after._meta.concrete_fields
        if field.editable and not field.primary_key and old.get(field.attname) != new[field.attname]
    }


def _display_value(row: models.Model | None, field: Any, value: Any) -> Any:
    if row is None or value is None or not field.is_relation:
        return value
    if field.is_cached(row):
        return str(field.get_cached_value(row))
    return str(field.related_model._default_manager.filter(pk=value).order_by("pk").first() or value)


def _dependent_rows(row: models.Model) -> list[models.Model]:
    if isinstance(row, Tool):
        answers = Answer.objects.filter(verdict__tool=row)
        return [*answers, *Verdict.objects.filter(tool=row), *Fact.objects.filter(tool=row)]
    return list(Answer.objects.filter(verdict=row)) if isinstance(row, Verdict) else []


def _record(
    *,
    row: models.Model,
    action: Action,
    was_seen: bool,
    by: str = "",
    reason: str = "",
    changes: dict[str, list[Any]] | None = None,
) -> Revision:
    revision = Revision.objects.create(
        model=row._meta.label_lower,
        object_id=row.pk,
        tool_id=tool_of(row),
        name=_name(row)[:300],
        action=action,
        editor=by,
        reason=reason,
        changes=changes or {},
        snapshot=snapshot(row),
        was_seen=was_seen,
    )
    if (revisions := _collected.get()) is not None:
        revisions.append(revision)
    return revision


def _name(row: models.Model) -> str:
    return f"{row.verdict}: {row.question}" if isinstance(row, Answer) else str(row)
