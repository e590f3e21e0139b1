"""Whether readers see a row as it is stored."""

from typing import Any

from django.db import models

from reviews.models import Answer, Fact, Tool, Verdict


def tool_of(row: models.Model) -> int | None:
    """Return the id of the tool on whose page a row stands; None for other rows."""
    if isinstance(row, Tool):
        return row.pk
    if isinstance(row, Answer):
        return row.verdict.tool_id
    return row.tool_id if isinstance(row, Verdict | Fact) else None


def is_seen(row: models.Model) -> bool:
    """Say whether readers see `row` on a page, also on that of a retired tool. One query at most.

    Reviewers, questions, categories and attributes stand on public pages from the first day.
    """
    if row._state.adding:
        return False
    if isinstance(row, Tool):
        return row.has_page
    tool = tool_of(row)
    if tool is not None:
        return Tool.objects.with_page().filter(pk=tool).exists()
    rows: Any = type(row)._default_manager
    return not hasattr(rows, "published") or rows.published().filter(pk=row.pk).exists()
