"""What merging one tool into another would do."""

from dataclasses import dataclass

from comparisons.models import Bookmark, Comparison
from reviews.models import Fact, OldSlug, Tool, Verdict, Vote
from reviews.services.editing.slugs import is_known_to_readers


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging `gone` into `kept` does."""

    gone: Tool
    kept: Tool
    votes_moved: int
    votes_doubled: int
    """Visitors who voted on both; the newer vote counts."""
    bookmarks_moved: int
    bookmarks_doubled: int
    comparisons_moved: tuple[Comparison, ...]
    """They still name `gone`."""
    comparisons_deleted: tuple[Comparison, ...]
    """They would be doubled, or compare the tool with itself."""
    old_slugs: tuple[str, ...]
    """Slugs that will lead to `kept`."""
    verdicts: tuple[Verdict, ...]
    """Verdicts of `gone`, which only the history keeps."""
    facts_moved: tuple[Fact, ...]
    """Facts of `gone` that are not known of `kept`."""
    facts_left: tuple[Fact, ...]
    """Facts of `gone` that only the history keeps."""
    is_refused: bool
    """`gone` is public and `kept` is not: known addresses would lead to nothing."""


def plan_merge(*, gone: Tool, kept: Tool) -> MergePlan:
    """Return what merging would do. A fixed number of queries.

    Raises ValueError if both are the same tool.
    """
    if gone.pk == kept.pk:
        raise ValueError("A tool can't be merged with itself.")
    votes = Vote.objects.given().filter(tool=gone)
    bookmarks = Bookmark.objects.filter(tool=gone)
    votes_doubled = votes.filter(visitor__in=Vote.objects.filter(tool=kept).values("visitor")).count()
    bookmarks_doubled = bookmarks.filter(
        visitor__in=Bookmark.objects.filter(tool=kept).values("visitor")
    ).count()
    moved, deleted = _comparisons(gone=gone, kept=kept)
    facts_moved, facts_left = _facts(gone=gone, kept=kept)
    own_slug = [gone.slug] if is_known_to_readers(tool=gone) else []
    return MergePlan(
        gone=gone,
        kept=kept,
        votes_moved=votes.count() - votes_doubled,
        votes_doubled=votes_doubled,
        bookmarks_moved=bookmarks.count() - bookmarks_doubled,
        bookmarks_doubled=bookmarks_doubled,
        comparisons_moved=tuple(moved),
        comparisons_deleted=tuple(deleted),
        old_slugs=(*own_slug, *OldSlug.objects.filter(tool=gone).values_list("slug", flat=True)),
        verdicts=tuple(Verdict.objects.filter(tool=gone).in_panel_order().select_related("reviewer", "tool")),
        facts_moved=tuple(facts_moved),
        facts_left=tuple(facts_left),
        is_refused=gone.has_page and not kept.has_page,
    )


def _facts(*, gone: Tool, kept: Tool) -> tuple[list[Fact], list[Fact]]:
    """Return the known facts of `gone` that move, and those that do not.

    What is known of `kept` stays as it is, and its category may not ask for the attribute.
    """
    known_of_kept = set(Fact.objects.known().filter(tool=kept).values_list("attribute", flat=True))
    moved: list[Fact] = []
    left: list[Fact] = []
    for fact in Fact.objects.known().filter(tool=gone).in_display_order():
        is_asked_for = fact.attribute.category_id in (None, kept.category_id)
        moves = is_asked_for and fact.attribute_id not in known_of_kept
        (moved if moves else left).append(fact)
    return moved, left


def _comparisons(*, gone: Tool, kept: Tool) -> tuple[list[Comparison], list[Comparison]]:
    """Return the comparisons that move and those that are deleted.

    If both tools are compared with the same third one, a published comparison stays rather than a draft.
    """
    of_kept = {
        _other(row, kept): row for row in Comparison.objects.of_tool(kept).select_related("first", "second")
    }
    moved: list[Comparison] = []
    deleted: list[Comparison] = []
    for comparison in Comparison.objects.of_tool(gone).select_related("first", "second"):
        other = _other(comparison, gone)
        same_pair = of_kept.get(other)
        if other == kept.pk:
            deleted.append(comparison)
        elif same_pair is None:
            moved.append(comparison)
        elif comparison.published_at and not same_pair.published_at:
            moved.append(comparison)
            deleted.append(same_pair)
        else:
            deleted.append(comparison)
    return moved, deleted


def _other(comparison: Comparison, tool: Tool) -> int:
    return comparison.second_id if comparison.first_id == tool.pk else comparison.first_id
