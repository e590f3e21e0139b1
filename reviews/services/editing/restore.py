"""Taking a change back: the row as a revision saw it is saved as a new change."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

from reviews.models import Action, Revision, Status, Tool
from reviews.services.editing import history

NOT_RESTORED = ("slug", "status", "published_at")
"""A stored row keeps these: they have rules and buttons of their own."""


@dataclass(frozen=True, slots=True)
class MissingParent:
    """A deleted row that the one to be restored belongs to."""

    name: str
    """Such as “tool”."""
    is_recorded: bool
    """It can be restored first."""


class ParentMissing(Exception):
    def __init__(self, parent: MissingParent) -> None:
        super().__init__(parent)
        self.parent = parent


class ReasonMissing(Exception):
    """Decision or score would change without a reason."""


def build(*, revision: Revision) -> Any:
    """Return the row as `revision` saw it, unsaved. A deleted tool becomes a draft."""
    model = apps.get_model(revision.model)
    stored = model._default_manager.filter(pk=revision.object_id).order_by("pk").first()
    row = stored or model(pk=revision.object_id)
    for field in model._meta.concrete_fields:
        is_kept = stored is not None and field.attname in NOT_RESTORED
        if field.attname in revision.snapshot and not is_kept:
            setattr(row, field.attname, field.to_python(revision.snapshot[field.attname]))
    if stored is None and isinstance(row, Tool):
        row.status = Status.DRAFT
    return row


def needs_reason(row: models.Model) -> bool:
    """Say whether saving a built row needs a reason. One query."""
    return history.needs_reason(row=row, changed=history.changed_fields(row))


@transaction.atomic
def restore(*, revision: Revision, by: str, reason: str = "") -> Revision | None:
    """Bring a row back, also a deleted one; None if nothing changes.

    Raises ValidationError if the old values are no longer allowed, ParentMissing and ReasonMissing.
    """
    row = build(revision=revision)
    parent = missing_parent(row)
    if parent:
        raise ParentMissing(parent)
    row.full_clean()
    if needs_reason(row) and not reason.strip():
        raise ReasonMissing
    return history.save(row=row, by=by, reason=reason.strip(), action=Action.RESTORED)


def missing_parent(row: models.Model) -> MissingParent | None:
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        parent: Any = field.related_model
        if parent is None or not key or parent._default_manager.filter(pk=key).exists():
            continue
        is_recorded = Revision.objects.filter(model=parent._meta.label_lower, object_id=key).exists()
        return MissingParent(name=str(field.verbose_name), is_recorded=is_recorded)
    return None
