"""A visitor's bookmarks: set, unset, listed."""

from django.db import IntegrityError, transaction

from comparisons.models import Bookmark
from reviews.models import Tool
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools

MOST_BOOKMARKS = 200


class TooManyBookmarks(Exception):
    """The visitor has the most bookmarks that are kept for one."""


def set_bookmark(*, visitor: str, tool: Tool, is_bookmarked: bool) -> None:
    """Set or unset the bookmark of `tool` for `visitor`. Repeatable.

    Raises TooManyBookmarks beyond the 200th. Two requests at once may both pass as the 200th; nothing depends
    on an exact limit.

    Raises Tool.DoesNotExist if the tool is gone, perhaps merged. No lock is taken: the foreign key waits for
    a merge, and not for an editor's save.
    """
    try:
        with transaction.atomic():
            _set(visitor=visitor, tool=tool, is_bookmarked=is_bookmarked)
    except IntegrityError as error:
        raise Tool.DoesNotExist from error


def _set(*, visitor: str, tool: Tool, is_bookmarked: bool) -> None:
    if not is_bookmarked:
        Bookmark.objects.by_visitor(visitor).filter(tool=tool).delete()
        return
    mine = Bookmark.objects.by_visitor(visitor).shown()
    if not mine.filter(tool=tool).exists() and mine.count() >= MOST_BOOKMARKS:
        raise TooManyBookmarks
    Bookmark.objects.bulk_create([Bookmark(visitor=visitor, tool=tool)], ignore_conflicts=True)


def bookmarked_tools(*, visitor: str | None) -> list[ToolSummary]:
    """Return the published tools that `visitor` bookmarked, newest bookmark first."""
    if visitor is None:
        return []
    order = list(Bookmark.objects.by_visitor(visitor).values_list("tool_id", flat=True))
    tools = Tool.objects.published().with_panel().with_facts().for_pages().in_bulk(order)
    return summarise_tools(tools[pk] for pk in order if pk in tools)
