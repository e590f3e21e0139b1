"""Which attributes readers can require something of."""

from collections.abc import Sequence

from reviews.models import Attribute, Tool
from reviews.services.facts.requirements import is_filterable


def filterable_attributes(*, category: int | None) -> list[Attribute]:
    """Return those of a category's tools, or of all tools, the category's own first. One query."""
    rows = Attribute.objects.of_category(category) if category else Attribute.objects.general()
    return [row for row in rows.filter(is_deal_breaker=True).in_display_order() if is_filterable(row)]


def shared_attributes(*, tools: Sequence[Tool]) -> list[Attribute]:
    """Return the attributes of which a fact stands with one of the tools and that all of them could have.

    The general ones, and a category's own where all tools are of it; in display order. Sends no query: tools
    come loaded `with_facts()`.
    """
    categories = {tool.category_id for tool in tools}
    found: dict[int, Attribute] = {}
    for tool in tools:
        for fact in tool.facts.all():
            if fact.attribute.is_general or len(categories) == 1:
                found.setdefault(fact.attribute_id, fact.attribute)
    return sorted(found.values(), key=lambda row: (row.is_general, row.position, row.label))
