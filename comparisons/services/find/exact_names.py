"""Published tools by their exact name."""

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify

from reviews.models import Tool


def tools_named(*, texts: Sequence[str]) -> dict[str, Tool]:
    """Return for each of `texts` the published tool it names, if any, with its category; one query.

    By slug, else by name in any case, else by the slug made of the text: “Mistral 3B!” is `mistral-3b`.
    """
    if not texts:
        return {}
    names = {text.lower() for text in texts}
    slugs = names | {slugify(text) for text in texts}
    tools = Tool.objects.published().annotate(lower_name=Lower("name")).select_related("category")
    by_slug: dict[str, Tool] = {}
    by_name: dict[str, Tool] = {}
    for tool in tools.filter(Q(lower_name__in=names) | Q(slug__in=slugs)):
        by_slug[tool.slug] = tool
        by_name[tool.name.lower()] = tool
    found = {}
    for text in texts:
        tool_named = by_slug.get(text.lower()) or by_name.get(text.lower()) or by_slug.get(slugify(text))
        if tool_named:
            found[text] = tool_named
    return found
