"""The list of tools, filtered and sorted, page by page, with each tool's place in a category."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from comparisons.services.compare.your_panel import DealBreakers, WeighedTool, failing, weigh
from comparisons.services.lists.pages import ListPage, paginate
from reviews.models import Reviewer, Tool
from reviews.models.tool_facts import costs_at_most
from reviews.models.tool_queryset import ToolQuerySet
from reviews.services.counting.places import Place, places
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools
from reviews.services.facts.requirements import Requirement, met_in_sql
from reviews.services.voting.rules import FEWEST_NETWORKS

ORDERS: dict[str, Callable[[ToolQuerySet], ToolQuerySet]] = {
    "panel": ToolQuerySet.by_panel_ship,
    "score": ToolQuerySet.by_mean_score,
    "community": lambda rows: rows.with_community_counts(fewest=FEWEST_NETWORKS).by_community(),
    "newest": ToolQuerySet.newest_first,
    "name": ToolQuerySet.by_name,
}

NOT_KNOWN = "not-known"
"""For tools whose licence is not known; no licence has this name."""


@dataclass(frozen=True, slots=True)
class ToolChoice:
    """What was chosen. Empty for all."""

    category: str = ""
    """A category's slug."""
    most_a_month: int | None = None
    """US dollars."""
    requirements: tuple[Requirement, ...] = ()
    price: str = ""
    """`free` or `paid`."""
    licence: str = ""
    """A licence as tools name it, or `NOT_KNOWN`."""
    verdict: str = ""
    """`ship`, `split`, `skip`, or `none` for unjudged tools."""
    sort: str = "name"
    """A key of `ORDERS`."""


@dataclass(frozen=True, slots=True)
class ListedTool:
    """A tool in a list, with its place if the list is a ranking."""

    summary: ToolSummary
    place: Place | None
    weighed: WeighedTool | None = None
    """The tool with the reader's own weights, if given."""


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """A reader's own panel, to rank a list by."""

    reviewers: Sequence[Reviewer]
    weights: Mapping[str, int]
    """By reviewer's slug."""
    deal_breakers: DealBreakers

    @property
    def by_id(self) -> dict[int, int]:
        return {reviewer.pk: self.weights[reviewer.slug] for reviewer in self.reviewers}


def tool_list(
    *, choice: ToolChoice, page: int, is_ranked: bool = False, ranking_weights: RankingWeights | None = None
) -> ListPage[ListedTool]:
    """Return a page of the chosen published tools; at most five queries.

    `ranking_weights` rank the list instead of `choice.sort`, tools that fail a deal-breaker last, and each
    tool says its weighted result and what it fails.

    `is_ranked` adds to a list by panel ship each tool's place among all of the category; equal panel ships
    share one.
    """
    rows = chosen_tools(choice)
    places_by_share = {}
    if is_ranked and choice.sort == "panel":
        all_tools: Any = chosen_tools(ToolChoice(category=choice.category))
        places_by_share = places(dict(all_tools.order_by().values_list("panel_ship").annotate(Count("pk"))))

    def list_tools(tools: Iterable[Tool]) -> list[ListedTool]:
        return [
            ListedTool(
                summary=summary,
                place=places_by_share.get(summary.panel.ship_percent),
                weighed=weigh(
                    tool=summary.tool,
                    weights=ranking_weights.weights,
                    deal_breakers=ranking_weights.deal_breakers,
                )
                if ranking_weights
                else None,
            )
            for summary in summarise_tools(tools)
        ]

    ordered = _rank_by_weights(rows, ranking_weights) if ranking_weights else ORDERS[choice.sort](rows)
    return paginate(rows=ordered.with_panel().with_facts().for_pages(), number=page, build_items=list_tools)


def _rank_by_weights(rows: ToolQuerySet, ranking_weights: RankingWeights) -> ToolQuerySet:
    licences = (
        Tool.objects.published().licences() if ranking_weights.deal_breakers.must_be_open_source else ()
    )
    return rows.by_weights(
        ranking_weights.by_id, last=failing(deal_breakers=ranking_weights.deal_breakers, licences=licences)
    )


def chosen_tools(choice: ToolChoice) -> ToolQuerySet:
    """Return the chosen published tools, counted and unordered."""
    rows = Tool.objects.published().with_panel_counts()
    if choice.category:
        rows = rows.filter(category__slug=choice.category)
    if choice.most_a_month is not None:
        rows = rows.filter(costs_at_most(choice.most_a_month))
    for requirement in choice.requirements:
        rows = rows.filter(met_in_sql(requirement))
    if choice.price:
        rows = rows.free() if choice.price == "free" else rows.paid()
    if choice.licence:
        rows = rows.under_licence("" if choice.licence == NOT_KNOWN else choice.licence)
    if choice.verdict:
        rows = rows.decided(choice.verdict)
    return rows
