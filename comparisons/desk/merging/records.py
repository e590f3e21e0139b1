"""What a merge leaves behind for a week, so that it can be taken back.

A record holds keys and, of votes and bookmarks that the merge deleted, the rows without their network. Rows
with a history are not copied: their revisions say what they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from comparisons.desk.merging.plan import MergePlan
from comparisons.models import Bookmark, MergeRecord
from reviews.models import Action, OldSlug, Revision, Vote, VoteBatch
from reviews.models.votes import withdrawn
from reviews.services.editing.history import snapshot

KEPT = timedelta(days=7)
NOT_KEPT = ("network", "subnetwork")
"""Of a deleted vote: the hash of a network goes with its key, which may be deleted before the record is."""


@dataclass(slots=True)
class MergeNotes:
    """What is noted before and while two tools are merged, in the types of JSON."""

    newest_revision: int
    votes: list[list[Any]]
    """Of each vote of the tool that goes: key, and moment of its last change."""
    batches: list[int]
    bookmarks: list[int]
    bookmarks_deleted: list[dict[str, Any]]
    old_slugs: list[str]
    comparisons_deleted: list[int]
    doubles: list[dict[str, Any]] = field(default_factory=list)
    """The older of two votes of one visitor, each with `pk`, `survivor` and whether it `stays` unlinked."""
    batches_joined: list[list[int]] = field(default_factory=list)
    """A batch that went, and the one that took its votes."""
    facts: list[list[int]] = field(default_factory=list)
    """A fact of the kept tool, and the revision that gave it the value of the other tool."""

    def add_double(self, older: Vote, *, survivor: Vote, stays: bool) -> None:
        row = {name: value for name, value in snapshot(older).items() if name not in NOT_KEPT}
        # JSON's own form of a moment ends at milliseconds.
        row |= {"cast_at": older.cast_at.isoformat(), "changed_at": older.changed_at.isoformat()}
        self.doubles.append({"pk": older.pk, "survivor": survivor.pk, "stays": stays, **row})


def begin_notes(*, plan: MergePlan) -> MergeNotes:
    """Note what the merge will change. Both tools are locked."""
    gone = plan.gone
    kept = plan.kept
    votes = Vote.objects.filter(tool=gone).order_by("pk").values_list("pk", "changed_at")
    bookmarks = Bookmark.objects.filter(tool=gone).order_by("pk")
    doubled = set(Bookmark.objects.filter(tool=kept).values_list("visitor", flat=True))
    deleted = [each for each in bookmarks if each.visitor in doubled]
    return MergeNotes(
        newest_revision=Revision.objects.aggregate(newest=Max("pk"))["newest"] or 0,
        votes=[[pk, changed_at.isoformat()] for pk, changed_at in votes],
        batches=list(VoteBatch.objects.filter(tool=gone).values_list("pk", flat=True)),
        bookmarks=[each.pk for each in bookmarks if each.visitor not in doubled],
        bookmarks_deleted=[
            {"visitor": each.visitor, "created_at": each.created_at.isoformat()} for each in deleted
        ],
        old_slugs=list(OldSlug.objects.filter(tool=gone).values_list("slug", flat=True)),
        comparisons_deleted=[comparison.pk for comparison in plan.comparisons_deleted],
    )


def store_record(*, plan: MergePlan, notes: MergeNotes, by: str, now: datetime) -> MergeRecord:
    """Store what was noted, in the transaction of the merge."""
    gone = plan.gone
    since = Revision.objects.filter(pk__gt=notes.newest_revision, action=Action.DELETED)
    deleted = since.filter(tool_id=gone.pk).exclude(model="reviews.tool")
    of_comparisons = since.filter(model="comparisons.comparison", object_id__in=notes.comparisons_deleted)
    state = {
        "tool": since.get(model="reviews.tool", object_id=gone.pk).pk,
        "rows": list(deleted.order_by("pk").values_list("pk", flat=True)),
        "comparisons_moved": [comparison.pk for comparison in plan.comparisons_moved],
        "comparisons_deleted": list(of_comparisons.order_by("pk").values_list("pk", flat=True)),
        "old_slugs": notes.old_slugs,
        "own_slug": gone.slug,
        "votes": notes.votes,
        "doubles": notes.doubles,
        "batches": notes.batches,
        "batches_joined": notes.batches_joined,
        "bookmarks": notes.bookmarks,
        "bookmarks_deleted": notes.bookmarks_deleted,
        "facts": notes.facts,
    }
    return MergeRecord.objects.create(
        kept=plan.kept, gone_id=gone.pk, gone_name=gone.name, merged_by=by, merged_at=now, state=state
    )


def records_of(*, tool: int, now: datetime) -> list[MergeRecord]:
    """Return the merges into this tool that can still be taken back, newest first. One query."""
    rows = MergeRecord.objects.filter(kept=tool, merged_at__gt=now - KEPT)
    return list(rows.defer("state").select_related("kept"))


def forget_merges(*, now: datetime) -> int:
    """Delete the records of more than a week ago; return their number."""
    return MergeRecord.objects.filter(merged_at__lte=now - KEPT).delete()[0]


def forget_visitor_in_merges(*, visitor: str) -> None:
    """Take a visitor's votes and bookmarks out of all records."""
    names = {visitor, withdrawn(visitor)}
    for record in MergeRecord.objects.select_for_update().order_by("pk"):
        doubles = _of_others(record.state["doubles"], names)
        bookmarks = _of_others(record.state["bookmarks_deleted"], names)
        if (doubles, bookmarks) != (record.state["doubles"], record.state["bookmarks_deleted"]):
            record.state |= {"doubles": doubles, "bookmarks_deleted": bookmarks}
            record.save(update_fields=["state"])


def _of_others(rows: Iterable[dict[str, Any]], visitors: set[str]) -> list[dict[str, Any]]:
    return [row for row in rows if row["visitor"] not in visitors]
