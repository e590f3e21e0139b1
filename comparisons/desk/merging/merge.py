"""Merging one tool into another: votes, bookmarks, comparisons and addresses move; the rest is deleted.

Its verdicts stay only in the history: a panel judges a tool once.
"""

from django.db import transaction
from django.utils import timezone

from comparisons.desk.merging.plan import MergePlan, plan_merge
from comparisons.desk.merging.records import MergeNotes, begin_notes, store_record
from comparisons.models import Bookmark
from reviews.models import BatchStatus, Fact, OldSlug, Tool, Vote, VoteBatch, VoteStatus
from reviews.models.votes import withdrawn
from reviews.services.editing import history
from reviews.services.facts.save import Evidence, changed_fact, save_fact
from reviews.services.voting.recount import recount_tool
from reviews.services.voting.tallies import locked_tally


class MergeRefused(Exception):
    """The tool that would be deleted is public, the other is not."""


@transaction.atomic
def merge(*, gone: Tool, kept: Tool, by: str) -> MergePlan:
    """Merge `gone` into `kept`, all or nothing, and return what was done. `by` is the editor's name.

    Raises ValueError if both are the same, Tool.DoesNotExist if one is gone, MergeRefused.
    """
    for pk in sorted(
        [gone.pk, kept.pk]
    ):  # tallies before tools, as a vote locks them, so that neither waits for the other
        locked_tally(tool_id=pk)
    locked = {
        tool.pk: tool
        for tool in Tool.objects.select_for_update().filter(pk__in=[gone.pk, kept.pk]).order_by("pk")
    }
    plan = plan_merge(gone=locked[gone.pk], kept=locked[kept.pk])
    if plan.is_refused:
        raise MergeRefused
    now = timezone.now()
    notes = begin_notes(plan=plan)
    _move_comparisons(plan, by=by)
    _move_facts(plan, notes, by=by)
    _move_votes(notes, gone=gone, kept=kept)
    Bookmark.objects.filter(
        tool=gone, visitor__in=Bookmark.objects.filter(tool=kept).values("visitor")
    ).delete()
    Bookmark.objects.filter(tool=gone).update(tool=kept)
    OldSlug.objects.filter(tool=gone).update(tool=kept)
    history.delete(row=Tool.objects.get(pk=gone.pk), by=by, reason=f"Merged into {kept}.")
    if plan.gone.slug in plan.old_slugs:
        OldSlug.objects.create(slug=plan.gone.slug, tool=kept)
    recount_tool(tool=plan.kept, now=now)
    store_record(plan=plan, notes=notes, by=by, now=now)
    return plan


def _move_comparisons(plan: MergePlan, *, by: str) -> None:
    reason = f"{plan.gone} was merged into {plan.kept}."
    for comparison in plan.comparisons_deleted:
        history.delete(row=comparison, by=by, reason=reason)
    for comparison in plan.comparisons_moved:
        if comparison.first_id == plan.gone.pk:
            comparison.first = plan.kept
        else:
            comparison.second = plan.kept
        history.save(row=comparison, by=by, reason=reason)


def _move_facts(plan: MergePlan, notes: MergeNotes, *, by: str) -> None:
    """Give the kept tool what is not known of it. The facts themselves go with the tool that goes."""
    unknown = {fact.attribute_id: fact for fact in Fact.objects.filter(tool=plan.kept)}
    for fact in plan.facts_moved:
        moved = changed_fact(
            stored=unknown.get(fact.attribute_id),
            tool=plan.kept,
            attribute=fact.attribute,
            value=fact.text,
            evidence=Evidence(fact.state, fact.source_url, fact.quote, fact.looked_at_on),
        )
        revision = save_fact(fact=moved, by=by, reason=f"{plan.gone} was merged into {plan.kept}.")
        if revision is not None:
            notes.facts.append([revision.object_id, revision.pk])


def _move_votes(notes: MergeNotes, *, gone: Tool, kept: Tool) -> None:
    """Move votes and batches; of two votes of one visitor the newer stands. Both tallies are locked."""
    votes_on_kept = {_visitor_key(vote): vote for vote in Vote.objects.filter(tool=kept)}
    older = []
    for vote in Vote.objects.filter(tool=gone):
        if other := votes_on_kept.get(_visitor_key(vote)):
            first, second = sorted((vote, other), key=_standing)
            older.append(first.pk)
            notes.add_double(first, survivor=second, stays=first.status == VoteStatus.DISCARDED)
    Vote.objects.filter(
        pk__in=older, status=VoteStatus.DISCARDED
    ).unlink()  # stays on record, without its visitor
    Vote.objects.filter(pk__in=older).exclude(status=VoteStatus.DISCARDED).delete()
    _move_batches(notes, gone=gone, kept=kept)
    Vote.objects.filter(tool=gone).update(tool=kept)


def _move_batches(notes: MergeNotes, *, gone: Tool, kept: Tool) -> None:
    """Move batches; two undecided ones of bursts, or of one network, become one."""
    undecided = (BatchStatus.WATCHED, BatchStatus.WAITING)
    of_kept = {
        (batch.reason, batch.network): batch
        for batch in VoteBatch.objects.filter(tool=kept, status__in=undecided)
    }
    for batch in VoteBatch.objects.filter(tool=gone):
        same = of_kept.get((batch.reason, batch.network)) if batch.status in undecided else None
        if same:
            notes.batches_joined.append([batch.pk, same.pk])
            batch.votes.update(batch=same)
            if batch.status == BatchStatus.WAITING:
                VoteBatch.objects.filter(pk=same.pk).update(status=BatchStatus.WAITING)
            batch.delete()
        else:
            batch.tool = kept
            batch.save(update_fields=["tool"])


def _visitor_key(vote: Vote) -> str:
    """Return the same text for a visitor's vote and withdrawn vote."""
    return vote.visitor if vote.is_withdrawn else withdrawn(vote.visitor)


def _standing(vote: Vote) -> tuple[bool, object]:
    """Order votes of one visitor from old to new; a withdrawn one counts as oldest."""
    return (not vote.is_withdrawn, vote.changed_at)
