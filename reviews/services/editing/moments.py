"""Bringing a tool's whole page back to a moment: the tool, its verdicts, answers and facts as they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction

from reviews.models import Action, Revision, Tool
from reviews.services.editing import history
from reviews.services.editing.restore import ParentMissing, ReasonMissing, build, missing_parent, needs_reason

ONE_SAVE = timedelta(seconds=2)
"""Changes of one editor that follow each other so closely were saved together."""
ORDER = ("reviews.tool", "reviews.verdict", "reviews.answer", "reviews.fact")
"""Parents before what belongs to them."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What bringing a page back does to one row."""

    name: str
    row: Any
    """The row as it would be saved; as it is, where it goes."""
    is_deleted: bool
    is_new: bool
    changes: dict[str, list[Any]]
    needs_reason: bool


def page_changes(*, revision: Revision) -> list[RowChange]:
    """Return what differs between a tool's page now and right after the save that `revision` was part of.

    Rows that were never changed since they were first recorded stay as they are.
    """
    last = _last_of_save(revision)
    found = []
    for model, key, wanted in _wanted_rows(revision.tool_id, last):
        stored = apps.get_model(model)._default_manager.filter(pk=key).order_by("pk").first()
        change = _change(stored, wanted)
        if change is not None:
            found.append(change)
    return sorted(found, key=_place)


@transaction.atomic
def restore_page(*, revision: Revision, by: str, reason: str = "") -> list[RowChange]:
    """Bring a tool's page back, and return what changed.

    Raises ReasonMissing, ParentMissing, and ValidationError if the old values are no longer allowed.
    """
    Tool.objects.select_for_update(no_key=True).filter(pk=revision.tool_id).order_by("pk").first()
    changes = page_changes(revision=revision)
    if any(change.needs_reason for change in changes) and not reason.strip():
        raise ReasonMissing
    for change in changes:
        if change.is_deleted:
            # What belongs to a deleted row may have gone with it.
            if history.stored_row(change.row) is not None:
                history.delete(row=change.row, by=by, reason=reason.strip())
            continue
        parent = missing_parent(change.row)
        if parent:
            raise ParentMissing(parent)
        change.row.full_clean()
        history.save(
            row=change.row,
            by=by,
            reason=reason.strip() if change.needs_reason else "",
            action=Action.RESTORED,
        )
    return changes


def _last_of_save(revision: Revision) -> int:
    """Return the key of the last change that was saved together with `revision`."""
    last = revision
    for later in Revision.objects.of_tool(revision.tool_id or 0).filter(pk__gt=revision.pk).order_by("pk"):
        if later.editor != last.editor or later.at - last.at > ONE_SAVE:
            break
        last = later
    return last.pk


def _wanted_rows(tool: int | None, last: int) -> Iterator[tuple[str, int, Revision | None]]:
    """Yield each row of the page with the change after which it was as wanted; None: it was not there."""
    before: dict[tuple[str, int], Revision] = {}
    after: dict[tuple[str, int], Revision] = {}
    for each in Revision.objects.of_tool(tool or 0).order_by("pk"):
        key = (each.model, each.object_id)
        if each.pk <= last:
            before[key] = each
        else:
            after.setdefault(key, each)
    for key in {**before, **after}:
        state = before.get(key)
        if state is None and after[key].action == Action.FOUND:
            state = after[key]  # older than its history: it was recorded as it had been until then
        is_there = state is not None and state.action != Action.DELETED
        yield *key, state if is_there else None


def _change(stored: models.Model | None, wanted: Revision | None) -> RowChange | None:
    if wanted is None:
        if stored is None:
            return None
        return RowChange(str(stored), stored, is_deleted=True, is_new=False, changes={}, needs_reason=False)
    row = build(revision=wanted)
    changes = history.differences(before=stored, after=row)
    if not changes:
        return None
    return RowChange(
        wanted.name,
        row,
        is_deleted=False,
        is_new=stored is None,
        changes=changes,
        needs_reason=stored is not None and needs_reason(row),
    )


def _place(change: RowChange) -> tuple[bool, int]:
    """Deletions come first, so that they make room; children go before parents."""
    place = ORDER.index(change.row._meta.label_lower)
    return (False, -place) if change.is_deleted else (True, place)
