"""Saving a tool."""

from django.db import transaction

from reviews.models import Fact, OldSlug, Revision, Tool
from reviews.services.editing import history
from reviews.services.editing.slugs import is_known_to_readers


@transaction.atomic
def save_tool(*, tool: Tool, by: str, reason: str = "") -> Revision | None:
    """Save a validated tool. Addresses that readers may know keep leading to it.

    In another category, the facts that only the former one asks for stay in the history alone.
    """
    before = Tool.objects.filter(pk=tool.pk).first() if tool.pk else None
    revision = history.save(row=tool, by=by, reason=reason)
    if before is not None and before.slug != tool.slug:
        OldSlug.objects.filter(slug=tool.slug, tool=tool).delete()
        if is_known_to_readers(tool=before):
            OldSlug.objects.create(slug=before.slug, tool=tool)
    if before is not None and before.category_id != tool.category_id:
        for fact in Fact.objects.of_other_categories(tool):
            history.delete(row=fact, by=by, reason="The tool is in another category.")
    return revision
