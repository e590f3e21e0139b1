"""Published tools by their exact name."""

from collections.abc import Sequence

from django.db.models import Q

from reviews.models import Tool
from reviews.models.text_cleaning import name_key
from reviews.services.editing.slugs import current_slugs
from reviews.services.naming.name_slugs import slug_of_name


def tools_named(*, texts: Sequence[str]) -> dict[str, Tool]:
    """Return for each of `texts` the published tool it names, if any, with its category; one query.

    By slug, else by name in any case or width, else by the slug made of the text: “Mistral 3B!” is
    `mistral-3b`. What is none of these may be an old slug: one query more, and another if it is.
    """
    found = _named_now(texts)
    return found | _formerly_named([text for text in texts if text not in found])


def _named_now(texts: Sequence[str]) -> dict[str, Tool]:
    """Return the published tools by the texts that are their slug or name; one query."""
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


def _formerly_named(texts: Sequence[str]) -> dict[str, Tool]:
    """Return for each of `texts` the published tool that it is an old slug of; two queries, or none."""
    moved = current_slugs(slugs=texts) if texts else {}
    tools = Tool.objects.published().select_related("category")
    by_slug = tools.in_bulk(moved.values(), field_name="slug") if moved else {}
    current = {text: moved[text.lower()] for text in texts if text.lower() in moved}
    return {text: by_slug[slug] for text, slug in current.items() if slug in by_slug}


def slugs_meant(*, texts: Sequence[str]) -> dict[str, str]:
    """Return for each of `texts`, parts of an address, the slug it certainly means; at most two queries.

    An old slug means its tool, a retired one too; a name, as in `llama.cpp`, means the published tool.
    """
    moved = current_slugs(slugs=texts)
    found = {text: moved[text.lower()] for text in texts if text.lower() in moved}
    named = _named_now([text for text in texts if text not in found])
    return found | {text: tool.slug for text, tool in named.items()}
