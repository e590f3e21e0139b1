"""Published tools by their exact name."""

from collections.abc import Sequence

from django.db.models import Q

from reviews.models import Tool
from reviews.models.text_cleaning import name_key
from reviews.services.naming.name_slugs import slug_of_name


def tools_named(*, texts: Sequence[str]) -> dict[str, Tool]:
    """Return for each of `texts` the published tool it names, if any, with its category; one query.

    By slug, else by name in any case or width, else by the slug made of the text: “Mistral 3B!” is
    `mistral-3b`.
    """
    if not texts:
        return {}
    keys = {text: name_key(text) for text in texts}
    slugs = {text.lower() for text in texts} | {slug_of_name(text) for text in texts}
    tools = Tool.objects.published().select_related("category")
    by_slug: dict[str, Tool] = {}
    by_name: dict[str, Tool] = {}
    for tool in tools.filter(Q(name_key__in=keys.values()) | Q(slug__in=slugs)):
        by_slug[tool.slug] = tool
        by_name[tool.name_key] = tool
    found = {}
    for text in texts:
        tool_named = by_slug.get(text.lower()) or by_name.get(keys[text]) or by_slug.get(slug_of_name(text))
        if tool_named:
            found[text] = tool_named
    return found
