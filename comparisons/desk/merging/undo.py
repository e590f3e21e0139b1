"""Taking a merge back: what went over returns as far as nothing newer contradicts, the rest is named."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from comparisons.desk.merging.records import KEPT
from comparisons.models import Bookmark, Comparison, MergeRecord
from reviews.models import (
    Action,
    Answer,
    Attribute,
    BatchStatus,
    Category,
    Fact,
    OldSlug,
    Question,
    Reviewer,
    Revision,
    Tool,
    Verdict,
    Vote,
    VoteBatch,
)
from reviews.models.votes import UNLINKED
from reviews.services.editing import history
from reviews.services.editing.restore import build
from reviews.services.editing.slugs import slug_for
from reviews.services.voting.recount import recount_tool
from reviews.services.voting.tallies import locked_tally

REASON = "The merge was taken back."


class Refusal(StrEnum):
    EXPIRED = "expired"
    NAME_TAKEN = "name-taken"
    NO_CATEGORY = "no-category"


class UndoRefused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(slots=True)
class UndoPlan:
    """What taking a merge back does, and what stays where it is because something newer contradicts."""

    record: MergeRecord
    tool: Tool
    """The tool that comes back, as it was, unsaved."""
    refusal: Refusal | None
    has_other_slug: bool
    """Its address is in use by now, so that it comes back at another."""
    slugs: list[str]
    """Old addresses that lead to it again."""
    slugs_stay: list[str]
    rows: list[Revision]
    """Verdicts, answers and facts that come back."""
    rows_stay: list[Revision]
    """Their reviewer, question or attribute is gone or has changed."""
    comparisons: list[Comparison]
    """They name the tool again."""
    comparisons_stay: list[str]
    """Names of those that were moved, and changed or deleted since."""
    comparisons_restored: list[Revision]
    comparisons_lost: list[Revision]
    """Another comparison of the same pair was made since, or the other tool is gone."""
    facts: list[tuple[Fact, Revision | None]]
    """Facts that the kept tool got, each with the revision it had before; None: it had none."""
    facts_stay: list[Fact]
    """Those that were changed since."""
    votes: list[int]
    votes_stay: int
    """Visitors who changed or withdrew their vote since."""
    votes_restored: list[dict[str, Any]]
    """The older votes of visitors who had voted on both."""
    votes_lost: int
    bookmarks: list[int]
    bookmarks_stay: int
    """Visitors who took the bookmark away since."""
    bookmarks_restored: list[dict[str, Any]]

    @property
    def verdicts(self) -> int:
        return sum(row.model == "reviews.verdict" for row in self.rows)

    @property
    def facts_returning(self) -> int:
        return sum(row.model == "reviews.fact" for row in self.rows)


def plan_undo(*, record: MergeRecord, now: datetime) -> UndoPlan:
    """Return what taking the merge back would do. A fixed number of queries, and a few per comparison."""
    state = record.state
    tool = build(revision=Revision.objects.get(pk=state["tool"]))
    tool.status = Revision.objects.get(pk=state["tool"]).snapshot["status"]
    refusal = _refusal(record, tool, now=now)
    is_taken = (
        Tool.objects.filter(slug=tool.slug).exists()
        or OldSlug.objects.filter(slug=tool.slug).exclude(tool=record.kept_id).exists()
    )
    slugs = set(OldSlug.objects.filter(tool=record.kept_id).values_list("slug", flat=True))
    rows, rows_stay = _rows(state["rows"], tool)
    moved, moved_stay = _moved_comparisons(record)
    restored, lost = _deleted_comparisons(record, moved)
    facts, facts_stay = _facts(state["facts"])
    votes, votes_stay, doubles, votes_lost = _votes(record)
    bookmarks, bookmarks_restored = _bookmarks(record)
    return UndoPlan(
        record=record,
        tool=tool,
        refusal=refusal,
        has_other_slug=is_taken,
        slugs=[slug for slug in state["old_slugs"] if slug in slugs],
        slugs_stay=[slug for slug in state["old_slugs"] if slug not in slugs],
        rows=rows,
        rows_stay=rows_stay,
        comparisons=moved,
        comparisons_stay=moved_stay,
        comparisons_restored=restored,
        comparisons_lost=lost,
        facts=facts,
        facts_stay=facts_stay,
        votes=votes,
        votes_stay=votes_stay,
        votes_restored=doubles,
        votes_lost=votes_lost,
        bookmarks=bookmarks,
        bookmarks_stay=len(state["bookmarks"]) - len(bookmarks),
        bookmarks_restored=bookmarks_restored,
    )


def _refusal(record: MergeRecord, tool: Tool, *, now: datetime) -> Refusal | None:
    if record.merged_at <= now - KEPT:
        return Refusal.EXPIRED
    if Tool.objects.named(tool.name).exists():
        return Refusal.NAME_TAKEN
    if not Category.objects.filter(pk=tool.category_id).exists():
        return Refusal.NO_CATEGORY
    return None


def _rows(keys: list[int], tool: Tool) -> tuple[list[Revision], list[Revision]]:
    """Part the deleted verdicts, answers and facts: those that can come back, parents first, and others."""
    revisions = list(Revision.objects.filter(pk__in=keys).order_by("pk"))
    reviewers = set(Reviewer.objects.values_list("pk", flat=True))
    questions = set(Question.objects.values_list("pk", flat=True))
    types = dict(Attribute.objects.of_category(tool.category_id).values_list("pk", "type"))
    verdicts = {
        row.object_id
        for row in revisions
        if row.model == Verdict._meta.label_lower and row.snapshot["reviewer_id"] in reviewers
    }

    def can_return(row: Revision) -> bool:
        values = row.snapshot
        if row.model == Verdict._meta.label_lower:
            return row.object_id in verdicts
        if row.model == Answer._meta.label_lower:
            return values["verdict_id"] in verdicts and values["question_id"] in questions
        return types.get(values["attribute_id"]) == values["type"]

    order = {Verdict._meta.label_lower: 0, Answer._meta.label_lower: 1}
    back = sorted(filter(can_return, revisions), key=lambda row: order.get(row.model, 2))
    return back, [row for row in revisions if not can_return(row)]


def _moved_comparisons(record: MergeRecord) -> tuple[list[Comparison], list[str]]:
    keys = record.state["comparisons_moved"]
    found = Comparison.objects.filter(pk__in=keys).select_related("first", "second").in_bulk()
    back: list[Comparison] = []
    stay: list[str] = []
    for key in keys:
        comparison = found.get(key)
        if comparison and record.kept_id in (comparison.first_id, comparison.second_id):
            back.append(comparison)
        else:
            stay.append(str(comparison) if comparison else f"comparison {key}")
    return back, stay


def _deleted_comparisons(
    record: MergeRecord, moved: list[Comparison]
) -> tuple[list[Revision], list[Revision]]:
    """Part the comparisons that the merge deleted: those that can come back, and the others."""
    going = {comparison.pk for comparison in moved}
    restored: list[Revision] = []
    lost: list[Revision] = []
    for revision in Revision.objects.filter(pk__in=record.state["comparisons_deleted"]).order_by("pk"):
        pair = [revision.snapshot["first_id"], revision.snapshot["second_id"]]
        there = Tool.objects.filter(pk__in=pair).count() + (record.gone_id in pair)
        same = Comparison.objects.filter(first__in=pair, second__in=pair).exclude(pk__in=going)
        is_possible = there == 2 and not same.exists()
        (restored if is_possible else lost).append(revision)
    return restored, lost


def _facts(keys: list[list[int]]) -> tuple[list[tuple[Fact, Revision | None]], list[Fact]]:
    facts = Fact.objects.filter(pk__in=[pk for pk, _ in keys]).select_related("attribute", "tool").in_bulk()
    back: list[tuple[Fact, Revision | None]] = []
    stay: list[Fact] = []
    for pk, moved_by in keys:
        fact = facts.get(pk)
        if fact is None:
            continue
        revisions = Revision.objects.of_row(fact)
        if revisions.filter(pk__gt=moved_by).exists():
            stay.append(fact)
        else:
            back.append((fact, revisions.filter(pk__lt=moved_by).newest_first().first()))
    return back, stay


def _votes(record: MergeRecord) -> tuple[list[int], int, list[dict[str, Any]], int]:
    """Return the votes that go back, how many stay, the deleted ones that come back, and how many do not.

    A vote that its visitor changed or withdrew since stays with the kept tool: it is the newer word.
    """
    recorded = record.state["votes"]
    doubles = record.state["doubles"]
    deleted = {row["pk"] for row in doubles if not row["stays"]}
    keys = [pk for pk, _ in recorded] + [row["survivor"] for row in doubles]
    keys += [row["pk"] for row in doubles]
    rows = Vote.objects.filter(pk__in=keys, tool=record.kept_id)
    current = dict(rows.values_list("pk", "changed_at"))
    back = [pk for pk, moment in recorded if current.get(pk) == datetime.fromisoformat(moment)]
    moved = len([pk for pk, _ in recorded if pk not in deleted])
    untouched = {pk for pk, changed_at in current.items() if changed_at <= record.merged_at}
    restored = [row for row in doubles if row["survivor"] in untouched]
    return back, moved - len(back), restored, len(doubles) - len(restored)


def _bookmarks(record: MergeRecord) -> tuple[list[int], list[dict[str, Any]]]:
    kept = Bookmark.objects.filter(tool=record.kept_id)
    back = list(kept.filter(pk__in=record.state["bookmarks"]).values_list("pk", flat=True))
    deleted = record.state["bookmarks_deleted"]
    visitors = set(
        kept.filter(visitor__in=[row["visitor"] for row in deleted]).values_list("visitor", flat=True)
    )
    return back, [row for row in deleted if row["visitor"] in visitors]


@transaction.atomic
def undo_merge(*, record: MergeRecord, by: str, now: datetime) -> UndoPlan:
    """Take a merge back and return what was done. `by` is the editor's name.

    Raises UndoRefused, MergeRecord.DoesNotExist if somebody did it meanwhile, Tool.DoesNotExist if the kept
    tool is gone.
    """
    locked_tally(tool_id=record.kept_id)
    kept = Tool.objects.select_for_update().get(pk=record.kept_id)
    record = MergeRecord.objects.select_for_update().get(pk=record.pk)
    plan = plan_undo(record=record, now=now)
    if plan.refusal:
        raise UndoRefused(plan.refusal)
    OldSlug.objects.filter(tool=kept, slug=record.state["own_slug"]).delete()
    if plan.has_other_slug:
        plan.tool.slug = slug_for(name=plan.tool.name)
    history.save(row=plan.tool, by=by, reason=REASON, action=Action.RESTORED)
    tool = Tool.objects.get(pk=record.gone_id)
    OldSlug.objects.filter(tool=kept, slug__in=plan.slugs).update(tool=tool)
    for revision in plan.rows:
        history.save(row=build(revision=revision), by=by, reason=REASON, action=Action.RESTORED)
    _return_comparisons(plan, kept=kept, tool=tool, by=by)
    _return_facts(plan, by=by)
    locked_tally(tool_id=tool.pk)
    _return_votes(plan, kept=kept, tool=tool)
    Bookmark.objects.filter(pk__in=plan.bookmarks).update(tool=tool)
    for row in plan.bookmarks_restored:
        Bookmark.objects.create(tool=tool, **row)
    for each in (kept, tool):
        recount_tool(tool=each, now=now)
    record.delete()
    return plan


def _return_comparisons(plan: UndoPlan, *, kept: Tool, tool: Tool, by: str) -> None:
    for comparison in plan.comparisons:
        if comparison.first_id == kept.pk:
            comparison.first = tool
        else:
            comparison.second = tool
        history.save(row=comparison, by=by, reason=REASON)
    for revision in plan.comparisons_restored:
        history.save(row=build(revision=revision), by=by, reason=REASON, action=Action.RESTORED)


def _return_facts(plan: UndoPlan, *, by: str) -> None:
    for fact, former in plan.facts:
        if former is None:
            history.delete(row=fact, by=by, reason=REASON)
        else:
            history.save(row=build(revision=former), by=by, reason=REASON, action=Action.RESTORED)


def _return_votes(plan: UndoPlan, *, kept: Tool, tool: Tool) -> None:
    """Move votes and batches back, and restore the older votes of visitors who had voted on both."""
    returning = Vote.objects.filter(pk__in=plan.votes)
    batches = VoteBatch.objects.filter(Exists(returning.filter(batch=OuterRef("pk")))).order_by("pk")
    batch_of = {batch.pk: _returned_batch(batch, plan.votes, tool=tool).pk for batch in batches}
    recorded = VoteBatch.objects.filter(pk__in=plan.record.state["batches"], tool=kept)
    recorded.filter(votes=None).update(tool=tool)  # decided ones whose votes have changed since
    for before, after in batch_of.items():
        returning.filter(batch=before).update(batch=after)
    returning.update(tool=tool)
    joined = dict(plan.record.state["batches_joined"])
    for row in plan.votes_restored:
        batch = joined.get(row["batch_id"], row["batch_id"])
        _restore_vote(row, batch=batch_of.get(batch, batch))


def _returned_batch(batch: VoteBatch, returning: list[int], *, tool: Tool) -> VoteBatch:
    """Return the batch of those votes of `batch` that return: itself, or one like it if others stay in it."""
    if batch.votes.exclude(pk__in=returning).exists():
        batch = VoteBatch(
            reason=batch.reason,
            network=batch.network,
            status=batch.status,
            opened_at=batch.opened_at,
            decided_at=batch.decided_at,
            decided_by=batch.decided_by,
        )
    batch.tool = tool
    batch.save()
    return batch


def _restore_vote(row: dict[str, Any], *, batch: int | None) -> None:
    """Bring back a vote that the merge deleted, or give a discarded one its visitor again."""
    if row["stays"]:
        Vote.objects.filter(pk=row["pk"], visitor__startswith=UNLINKED).update(visitor=row["visitor"])
        return
    vote = Vote(pk=row["pk"])
    for column in Vote._meta.concrete_fields:
        if column.attname in row:
            setattr(vote, column.attname, column.to_python(row[column.attname]))
    vote.batch = VoteBatch.objects.filter(pk=batch, tool=vote.tool_id).first() if batch else None
    if vote.is_waiting and vote.batch is None:  # it waits on, for an editor
        vote.batch, _ = VoteBatch.objects.get_or_create(
            tool_id=vote.tool_id, reason=vote.status, network="", status=BatchStatus.WAITING
        )
    vote.save(force_insert=True)
