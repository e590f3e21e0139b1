"""Saving a tool."""

from django.db import transaction

from reviews.models import Fact, OldSlug, Revision, Tool
from reviews.services.editing import history
from reviews.services.editing.slugs import is_known_to_readers


@transaction.atomic
def save_tool(*, tool: Tool, by: str, reason: str = "", before: Tool | None = None) -> Revision | None:
    """Save a validated tool. Addresses that readers may know keep leading to it.

    In another category, the facts that only the former one asks for stay in the history alone.
    `before` is the tool as it was, where a placeholder is stored in its place.
    """
    if before is None and tool.pk:
        before = Tool.objects.filter(pk=tool.pk).first()
    revision = history.save(row=tool, by=by, reason=reason, before=before)
    if before is not None and before.slug != tool.slug:
        OldSlug.objects.filter(slug=tool.slug, tool=tool).delete()
        if is_known_to_readers(tool=before):
            OldSlug.objects.create(slug=before.slug, tool=tool)
    if before is not None and before.category_id != tool.category_id:
        for fact in Fact.objects.of_other_categories(tool):
            history.delete(row=fact, by=by, reason="The tool is in another category.")
    return revision
