"""Making one tool of two that are the same: what readers gave and linked to goes over, the doubled entry goes.

Votes (one per visitor: the newer word counts), bookmarks, comparisons and addresses go over. The verdicts of the tool that goes
stay in the history alone, for a panel speaks once about a tool.
"""

from dataclasses import dataclass
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction

from comparisons.models import Bookmark, Comparison
from reviews.models import BatchStatus, OldSlug, Tool, Verdict, Vote, VoteBatch, VoteStatus
from reviews.services.editing import history
from reviews.services.editing.slugs import readers_know
from reviews.services.voting.cast import WITHDRAWN, withdrawn
from reviews.services.voting.recount import recount_tool
from reviews.services.voting.tallies import locked_tally


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging `gone` into `kept` does, in numbers and names."""

    gone: Tool
    kept: Tool
    votes_moved: int
    votes_doubled: int
    """Visitors who voted on both: the newer vote counts."""
    bookmarks_moved: int
    bookmarks_doubled: int
    moved: tuple[Comparison, ...]
    """Comparisons that go over, as they are named now."""
    dropped: tuple[Comparison, ...]
    """Comparisons that would be doubled, or compare the two with each other."""
    addresses: tuple[str, ...]
    """Slugs that lead to the kept tool afterwards."""
    verdicts: tuple[Verdict, ...]
    """Verdicts that stay in the history alone."""
    refusal: str
    """Why it is not to be done, and what to do instead; empty where nothing speaks against it."""


def plan_merge(*, gone: Tool, kept: Tool) -> MergePlan:
    """Say what `merge` would do, without doing it. A fixed number of queries.

    Raises ValueError for a tool and itself.
    """
    if gone.pk == kept.pk:
        raise ValueError("A tool can't be merged with itself.")
    votes, bookmarks = Vote.objects.filter(tool=gone), Bookmark.objects.filter(tool=gone)
    doubled = votes.filter(visitor__in=Vote.objects.filter(tool=kept).values("visitor")).count()
    kept_twice = bookmarks.filter(visitor__in=Bookmark.objects.filter(tool=kept).values("visitor")).count()
    moved, dropped = _comparisons(gone=gone, kept=kept)
    slugs = [gone.slug] if readers_know(tool=gone) else []
    return MergePlan(
        gone=gone,
        kept=kept,
        votes_moved=votes.count() - doubled,
        votes_doubled=doubled,
        bookmarks_moved=bookmarks.count() - kept_twice,
        bookmarks_doubled=kept_twice,
        moved=tuple(moved),
        dropped=tuple(dropped),
        addresses=tuple(chain(slugs, OldSlug.objects.filter(tool=gone).values_list("slug", flat=True))),
        verdicts=tuple(Verdict.objects.filter(tool=gone).in_panel_order().select_related("reviewer", "tool")),
        refusal=_refusal(gone=gone, kept=kept),
    )


@transaction.atomic
def merge(*, gone: Tool, kept: Tool, by: str) -> MergePlan:
    """Merge `gone` into `kept` and return what was done, all or nothing. `by` is the editor's name.

    Raises ValueError for a tool and itself, Tool.DoesNotExist when one of them is gone by now, and ValidationError when it
    would take a page away from readers.
    """
    for pk in sorted([gone.pk, kept.pk]):  # tallies before tools, as a vote does, so that neither waits for the other
        locked_tally(tool_id=pk)
    locked = {tool.pk: tool for tool in Tool.objects.select_for_update().filter(pk__in=[gone.pk, kept.pk]).order_by("pk")}
    plan = plan_merge(gone=locked[gone.pk], kept=locked[kept.pk])
    if plan.refusal:
        raise ValidationError(plan.refusal)
    for comparison in plan.dropped:
        history.delete(row=comparison, by=by, reason=f"{gone} was merged into {kept}.")
    for comparison in plan.moved:
        if comparison.first_id == gone.pk:
            comparison.first = kept
        else:
            comparison.second = kept
        history.save(row=comparison, by=by, reason=f"{gone} was merged into {kept}.")
    _move_votes(gone=gone, kept=kept)
    Bookmark.objects.filter(tool=gone, visitor__in=Bookmark.objects.filter(tool=kept).values("visitor")).delete()
    Bookmark.objects.filter(tool=gone).update(tool=kept)
    OldSlug.objects.filter(tool=gone).update(tool=kept)
    history.delete(row=Tool.objects.get(pk=gone.pk), by=by, reason=f"Merged into {kept}.")
    if plan.gone.slug in plan.addresses:
        OldSlug.objects.create(slug=plan.gone.slug, tool=kept)
    recount_tool(tool_id=kept.pk)
    return plan


def _refusal(*, gone: Tool, kept: Tool) -> str:
    """Addresses that readers know lead on to the kept tool, so it must have a page where the other one has."""
    if kept.has_page or not gone.has_page:
        return ""
    return f"Readers see {gone}, and not yet {kept}. Publish {kept} first, or merge the other way round."


def _comparisons(*, gone: Tool, kept: Tool) -> tuple[list[Comparison], list[Comparison]]:
    """Return the comparisons that go over and those that are dropped.

    Where both tools are compared with the same third one, a published comparison stays rather than a draft.
    """
    of_kept = {_other(each, kept): each for each in Comparison.objects.of_tool(kept).select_related("first", "second")}
    moved, dropped = [], []
    for each in Comparison.objects.of_tool(gone).select_related("first", "second"):
        other = _other(each, gone)
        rival = of_kept.get(other)
        if other == kept.pk:
            dropped.append(each)
        elif rival is None:
            moved.append(each)
        elif each.published_at and not rival.published_at:
            moved.append(each)
            dropped.append(rival)
        else:
            dropped.append(each)
    return moved, dropped


def _other(comparison: Comparison, tool: Tool) -> int:
    return comparison.second_id if comparison.first_id == tool.pk else comparison.first_id


def _is_withdrawn(vote: Vote) -> bool:
    return vote.visitor.startswith(WITHDRAWN)


def _person(vote: Vote) -> str:
    """Return the same word for a visitor's vote and for a discarded one that the same visitor took back."""
    return vote.visitor if _is_withdrawn(vote) else withdrawn(vote.visitor)


def _move_votes(*, gone: Tool, kept: Tool) -> None:
    """Move the votes and what holds them; of two votes of one visitor the newer one stands. Both tallies are locked."""
    held = {_person(vote): vote for vote in Vote.objects.filter(tool=kept)}
    pairs = [(vote, held[_person(vote)]) for vote in Vote.objects.filter(tool=gone) if _person(vote) in held]
    older = [min(pair, key=lambda vote: (not _is_withdrawn(vote), vote.changed_at)).pk for pair in pairs]
    Vote.objects.filter(pk__in=older, status=VoteStatus.DISCARDED).unlink()  # on record for ever, as nobody's
    Vote.objects.filter(pk__in=older).exclude(status=VoteStatus.DISCARDED).delete()
    waiting = {batch.reason: batch for batch in VoteBatch.objects.filter(tool=kept, status=BatchStatus.WAITING)}
    for batch in VoteBatch.objects.filter(tool=gone):
        into = waiting.get(batch.reason) if batch.status == BatchStatus.WAITING else None
        if into:
            batch.votes.update(batch=into)
            batch.delete()
        else:
            batch.tool = kept
            batch.save(update_fields=["tool"])
    Vote.objects.filter(tool=gone).update(tool=kept)
