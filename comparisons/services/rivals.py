"""Pairs that readers are likely to ask for and that no editor has curated: the same kind and category, both fully judged."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q

from comparisons.models import Comparison
from reviews.models import Category, Tool


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two tools that nobody has compared yet."""

    first: Tool
    second: Tool


def count_rivals() -> int:
    """Return how many likely pairs nobody has curated, with three queries: counted by groups, and never pair by pair."""
    full = Tool.objects.published().with_full_panel()
    groups = full.order_by().values("category", "kind").annotate(total=Count("pk")).values_list("total", flat=True)
    pairs = sum(total * (total - 1) // 2 for total in groups)
    same = Q(first__category=F("second__category"), first__kind=F("second__kind"))
    return pairs - Comparison.objects.filter(same, first__in=full, second__in=full).count()


def likely_rivals(*, most: int, category: Category | None = None) -> list[Rivals]:
    """Return the `most` newest of these pairs, alphabetically within each, with three queries."""
    full = Tool.objects.published().with_full_panel()
    shelf = full.filter(category=category) if category else full
    curated = Comparison.objects.filter(
        Q(first=OuterRef("pk"), second=OuterRef("rival")) | Q(first=OuterRef("rival"), second=OuterRef("pk"))
    )
    pairs = (
        shelf.filter(category__tools__kind=F("kind"), category__tools__pk__lt=F("pk"), category__tools__in=full)
        .annotate(rival=F("category__tools"))
        .exclude(Exists(curated))
        .order_by("-pk", "-rival")
        .values_list("pk", "rival")[:most]
    )
    found = list(pairs)
    tools = Tool.objects.select_related("category").in_bulk({pk for pair in found for pk in pair})
    return [Rivals(*sorted((tools[one], tools[other]), key=lambda tool: tool.name.casefold())) for one, other in found]
