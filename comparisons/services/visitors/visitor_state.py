"""What is personal about a page: a visitor's votes and bookmarks on its tools."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from comparisons.models import Bookmark
from reviews.models import Decision, Tool, Vote
from reviews.services.counting.community import CommunitySummary, summarise_votes
from reviews.services.editing.slugs import current_slugs

MOST_TOOLS = 60
"""As many as any page shows."""


@dataclass(frozen=True, slots=True)
class VisitorTool:
    """One tool for one visitor; the count includes the visitor's own vote."""

    tool: Tool
    decision: str
    """`ship`, `skip`, or empty for no vote."""
    is_bookmarked: bool
    community: CommunitySummary
    asked_as: str = ""
    """The old slug that the page has, or empty."""

    @property
    def is_ship(self) -> bool:
        return self.decision == Decision.SHIP

    @property
    def is_skip(self) -> bool:
        return self.decision == Decision.SKIP


@dataclass(frozen=True, slots=True)
class VisitorState:
    """A visitor's state for some tools, and the number of all bookmarks."""

    tools: tuple[VisitorTool, ...] = ()
    bookmark_count: int = 0


def visitor_state(*, visitor: str | None, slugs: Sequence[str]) -> VisitorState:
    """Return the visitor's state of the published tools named by `slugs`, in order; at most three queries.

    Two more for old slugs, which a page has that was kept from before the change.
    A stranger has none: a page from the browser's history after its visitor was forgotten shows just that.
    """
    wanted = list(dict.fromkeys(slugs))[:MOST_TOOLS]
    tools = _tools(wanted)
    mine = Vote.objects.of_person(visitor).filter(tool__in=tools.values()) if visitor and tools else []
    votes = {vote.tool_id: vote for vote in mine}
    bookmarked = (
        set(Bookmark.objects.by_visitor(visitor).shown().values_list("tool_id", flat=True))
        if visitor
        else set()
    )
    return VisitorState(
        tools=tuple(
            replace(
                visitor_tool(tool=tool, vote=votes.get(tool.pk), is_bookmarked=tool.pk in bookmarked),
                asked_as="" if slug == tool.slug else slug,
            )
            for slug, tool in tools.items()
        ),
        bookmark_count=len(bookmarked),
    )


def _tools(slugs: Sequence[str]) -> dict[str, Tool]:
    """Return the published tools by the slugs they were asked for by, in order."""
    rows = Tool.objects.published().select_related("tally").for_pages()
    tools = rows.in_bulk(slugs, field_name="slug") if slugs else {}
    unknown = [slug for slug in slugs if slug not in tools]
    moved = current_slugs(slugs=unknown) if unknown else {}
    tools |= rows.in_bulk(moved.values(), field_name="slug") if moved else {}
    asked = {slug: moved.get(slug, slug) for slug in slugs}
    return {slug: tools[current] for slug, current in asked.items() if current in tools}


def has_acted(*, visitor: str) -> bool:
    """Say whether the visitor has a vote or a bookmark; at most two queries."""
    return Vote.objects.by_visitor(visitor).exists() or Bookmark.objects.by_visitor(visitor).exists()


def visitor_tool(*, tool: Tool, vote: Vote | None, is_bookmarked: bool) -> VisitorTool:
    """Add one visitor's vote and bookmark to the public count. The tool comes with its tally.

    Its own voter sees a waiting vote counted, and a withdrawn one removed, so as not to notice the hold.
    """
    community = summarise_votes(getattr(tool, "tally", None))
    said = "" if vote is None or vote.is_withdrawn else vote.decision
    if vote is not None:
        community = community.with_own(said=said, counted=vote.counted, is_first=vote.is_first)
    return VisitorTool(tool=tool, decision=said, is_bookmarked=is_bookmarked, community=community)
