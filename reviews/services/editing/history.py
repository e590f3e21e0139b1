"""How editors' changes are written down, and taken back. Every save of the desk goes through `save` or `delete`.

A row that was there before anything was recorded (the sample catalogue, an old database) first gets a revision that says how it
was found, so that the first change can be taken back too.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from reviews.models import Action, Answer, Revision, Tool, Verdict
from reviews.services.voting.tallies import locked_tally

Snapshot = dict[str, Any]

NOT_RESTORED = {"reviews.tool": ("slug", "status", "published_at"), "comparisons.comparison": ("published_at",)}
"""A tool's address, and what readers see, have rules and buttons of their own."""


def snapshot(row: models.Model) -> Snapshot:
    """Return the row's values by column, in JSON's own types; without its primary key."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def stored(row: models.Model) -> models.Model | None:
    """Return the row as the database holds it now, or None. One query; what `row` has loaded along is lent to it."""
    held = type(row)._default_manager.filter(pk=row.pk).order_by("pk").first() if row.pk else None
    fields: tuple[Any, ...] = row._meta.concrete_fields if held else ()
    for field in fields:
        if field.is_relation and field.is_cached(row) and getattr(held, field.attname) == getattr(row, field.attname):
            field.set_cached_value(held, field.get_cached_value(row))
    return held


@transaction.atomic
def save(*, row: models.Model, by: str, reason: str = "", action: Action | None = None) -> Revision | None:
    """Save `row` and write down what changed; returns None, and records nothing, where nothing did.

    `row` is one that has been validated. `by` is the editor's name.
    """
    before = stored(row)
    row.save(force_insert=before is None)
    # Read back: a value may have been given as text, and its column knows better what it is.
    after: Any = stored(row)
    changes = differences(before=before, after=after)
    if not changes:
        return None
    if before is not None and not Revision.objects.of_row(row).exists():
        _write(row=before, action=Action.FOUND, by="", reason="", changes={})
    return _write(
        row=after, action=action or (Action.CHANGED if before else Action.CREATED), by=by, reason=reason, changes=changes
    )


@transaction.atomic
def delete(*, row: models.Model, by: str, reason: str = "") -> None:
    """Delete `row`, and with a tool or a verdict what hangs on it; each is written down with how it last looked.

    Raises Tool.DoesNotExist when `row` is a tool that is gone by now.
    """
    if isinstance(row, Tool):
        locked_tally(tool_id=row.pk)  # before the tool, as a vote does, so that neither waits for the other
        Tool.objects.select_for_update().get(pk=row.pk)
    for each in [*_hanging_on(row), row]:
        held = stored(each)
        if held is not None:
            _write(row=held, action=Action.DELETED, by=by, reason=reason, changes={})
    row.delete()


def build(*, revision: Revision) -> Any:
    """Return the row as `revision` saw it, not saved; what `NOT_RESTORED` names stays as it is now, if the row is there."""
    model = apps.get_model(revision.model)
    row = model._default_manager.filter(pk=revision.object_id).order_by("pk").first()
    kept = NOT_RESTORED.get(revision.model, ()) if row else ()
    row = row or model(pk=revision.object_id)
    for field in model._meta.concrete_fields:
        if field.attname in revision.snapshot and field.attname not in kept:
            setattr(row, field.attname, field.to_python(revision.snapshot[field.attname]))
    if isinstance(row, Tool) and row._state.adding:
        row.status = "draft"
    return row


@transaction.atomic
def restore(*, revision: Revision, by: str, reason: str = "") -> Revision | None:
    """Bring a row back to what `revision` saw, a deleted one too; what happened since stays on record.

    Raises ValidationError when the old values are not allowed any more, or when a changed decision or score has no reason.
    """
    row = build(revision=revision)
    if lost := obstacle(row):
        raise ValidationError(lost)
    row.full_clean()
    if needs_reason(row) and not reason.strip():
        raise ValidationError({"reason": REASON_WANTED})
    return save(row=row, by=by, reason=reason.strip(), action=Action.RESTORED)


def obstacle(row: models.Model) -> str:
    """Say what a row that was built belongs to and is gone, and what to do about it; empty where all of it is there."""
    for field in row._meta.concrete_fields:
        key, model = getattr(row, field.attname), cast(type[models.Model], field.related_model)
        if field.is_relation and key and not model._default_manager.filter(pk=key).exists():
            is_recorded = Revision.objects.filter(model=model._meta.label_lower, object_id=key).exists()
            advice = ": restore that first" if is_recorded else ", so that it can't come back"
            return f"The {field.verbose_name} it belongs to is gone{advice}."
    return ""


REASON_WANTED = "Say why the decision or the score changed: readers see it on the tool's page."


def needs_reason(row: models.Model) -> bool:
    """Say whether saving `row` would change a stored verdict's decision or score."""
    if not isinstance(row, Verdict) or not row.pk:
        return False
    stands = Verdict.objects.filter(pk=row.pk)
    return stands.exists() and not stands.filter(decision=row.decision, score=row.score).exists()


def version_of_tool(*, tool: int | None) -> int:
    """Return a number that grows with every recorded change of a tool, its verdicts and answers; 0 before the first."""
    newest = Revision.objects.of_tool(tool).newest_first().values_list("pk", flat=True).first() if tool else None
    return newest or 0


def version_of_row(*, row: models.Model) -> int:
    """Return a number that grows with every recorded change of `row`; 0 before the first."""
    newest = Revision.objects.of_row(row).newest_first().values_list("pk", flat=True).first() if row.pk else None
    return newest or 0


def fingerprint(*, rows: Iterable[models.Model]) -> int:
    """Return a number that is another one as soon as any of `rows` says something else: a version without a history."""
    told = json.dumps([[row.pk, snapshot(row)] for row in rows], sort_keys=True)
    return int(hashlib.sha256(told.encode()).hexdigest()[:12], 16)


def differences(*, before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
    """Return the fields that differ, each with what it says `before` and `after`; another row is named by its name."""
    old = snapshot(before) if before else {}
    new = snapshot(after)
    return {
        field.name: [_words(before, field, old.get(field.attname)), _words(after, field, new[field.attname])]
        for field in after._meta.concrete_fields
        if not field.primary_key and old.get(field.attname) != new[field.attname]
    }


def _words(row: models.Model | None, field: Any, value: Any) -> Any:
    if row is None or value is None or not field.is_relation:
        return value
    return str(field.related_model._default_manager.filter(pk=value).order_by("pk").first() or value)


def _hanging_on(row: models.Model) -> list[models.Model]:
    if isinstance(row, Tool):
        return [*Answer.objects.filter(verdict__tool=row), *Verdict.objects.filter(tool=row)]
    return list(Answer.objects.filter(verdict=row)) if isinstance(row, Verdict) else []


def _tool_of(row: models.Model) -> int | None:
    if isinstance(row, Tool):
        return row.pk
    if isinstance(row, Answer):
        return row.verdict.tool_id
    return row.tool_id if isinstance(row, Verdict) else None


def _write(*, row: models.Model, action: Action, by: str, reason: str, changes: dict[str, list[Any]]) -> Revision:
    return Revision.objects.create(
        model=row._meta.label_lower,
        object_id=row.pk,
        tool_id=_tool_of(row),
        name=_name(row)[:300],
        action=action,
        editor=by,
        reason=reason,
        changes=changes,
        snapshot=snapshot(row),
    )


def _name(row: models.Model) -> str:
    return f"{row.verdict}: {row.question}" if isinstance(row, Answer) else str(row)
