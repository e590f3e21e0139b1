"""Related comparisons: curated ones of the same tools or categories."""

from collections.abc import Sequence

from django.db.models import Case, Q, Value, When

from comparisons.models import Comparison
from reviews.models import Tool

MOST = 4


def related_comparisons(*, tools: Sequence[Tool], comparison: Comparison | None) -> list[Comparison]:
    """Return at most four curated comparisons besides `comparison`, with both tools loaded. One query.

    First those of one of `tools`, then those of their categories, each newest first.
    """
    shares_a_tool = Q(first__in=tools) | Q(second__in=tools)
    categories = {tool.category_id for tool in tools}
    is_near = shares_a_tool | Q(first__category__in=categories) | Q(second__category__in=categories)
    others = Comparison.objects.published().filter(is_near).select_related("first", "second")
    if comparison:
        others = others.exclude(pk=comparison.pk)
    nearness = Case(When(shares_a_tool, then=Value(0)), default=Value(1))
    return list(others.order_by(nearness, "-published_at", "-pk")[:MOST])
