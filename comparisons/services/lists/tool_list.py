"""The list of tools: what a reader asked for, one page of it, and the place of each tool in a category."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from comparisons.services.compare.your_panel import DealBreakers, WeighedTool, failing, weigh
from comparisons.services.lists.pages import ListPage, one_page
from reviews.models import Reviewer, Tool
from reviews.models.tool_queryset import ToolQuerySet
from reviews.services.counting.community import FEWEST_FOR_A_PERCENTAGE
from reviews.services.counting.places import Place, places
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools

SORTED: dict[str, Callable[[ToolQuerySet], ToolQuerySet]] = {
    "panel": ToolQuerySet.by_panel_ship,
    "score": ToolQuerySet.by_mean_score,
    "community": lambda rows: rows.with_community_counts(fewest=FEWEST_FOR_A_PERCENTAGE).by_community(),
    "newest": ToolQuerySet.newest_first,
    "name": ToolQuerySet.by_name,
}

NOT_KNOWN = "not-known"
"""Asks for tools whose licence is not known; no licence is called that."""


@dataclass(frozen=True, slots=True)
class ToolChoice:
    """What a reader asked for. An empty text asks for nothing in particular."""

    category: str = ""
    """A category's slug."""
    kind: str = ""
    price: str = ""
    """`free` or `paid`."""
    licence: str = ""
    """A licence as tools name it, or `NOT_KNOWN`."""
    verdict: str = ""
    """`ship`, `split`, `skip`, or `none` for tools that nobody has judged."""
    sort: str = "name"
    """A key of `SORTED`."""


@dataclass(frozen=True, slots=True)
class ListedTool:
    """A tool in a list, with its place where the list is a ranking."""

    summary: ToolSummary
    place: Place | None
    weighed: WeighedTool | None = None
    """The tool as the reader's own weights count it, where the reader gave some."""


@dataclass(frozen=True, slots=True)
class ByWeight:
    """A reader's own panel, to rank a list by."""

    reviewers: Sequence[Reviewer]
    weights: Mapping[str, int]
    """By reviewer's slug."""
    deal_breakers: DealBreakers

    @property
    def by_id(self) -> dict[int, int]:
        return {reviewer.pk: self.weights[reviewer.slug] for reviewer in self.reviewers}


def tool_list(
    *, choice: ToolChoice, page: int, is_ranked: bool = False, by_weight: ByWeight | None = None
) -> ListPage[ListedTool]:
    """Return a page of the published tools that were asked for; at most five queries.

    With `by_weight`, the list is ranked by a reader's own weights instead of `choice.sort`, tools that fail a deal-breaker last,
    and each tool says what the weights come to and what it fails.

    With `is_ranked`, a list by panel ship says each tool's place among all tools of the category, whatever else was chosen;
    tools of equal panel ship share one.
    """
    rows = chosen_tools(choice)
    ranked = {}
    if is_ranked and choice.sort == "panel":
        everybody = chosen_tools(ToolChoice(category=choice.category))
        ranked = places(dict(everybody.order_by().values_list("panel_ship").annotate(Count("pk"))))

    def listed(tools: Iterable[Tool]) -> list[ListedTool]:
        return [
            ListedTool(
                summary=each,
                place=ranked.get(each.panel.ship_percent),
                weighed=weigh(tool=each.tool, weights=by_weight.weights, deal_breakers=by_weight.deal_breakers)
                if by_weight
                else None,
            )
            for each in summarise_tools(tools)
        ]

    in_order = _by_weight(rows, by_weight) if by_weight else SORTED[choice.sort](rows)
    return one_page(rows=in_order.with_panel().for_pages(), number=page, ready=listed)


def _by_weight(rows: ToolQuerySet, by_weight: ByWeight) -> ToolQuerySet:
    licences = Tool.objects.published().licences() if by_weight.deal_breakers.must_be_open_source else ()
    return rows.by_weights(by_weight.by_id, last=failing(deal_breakers=by_weight.deal_breakers, licences=licences))


def chosen_tools(choice: ToolChoice) -> ToolQuerySet:
    """Return the published tools that were asked for, counted, in no order of their own."""
    rows = Tool.objects.published().with_panel_counts()
    if choice.category:
        rows = rows.filter(category__slug=choice.category)
    if choice.kind:
        rows = rows.filter(kind=choice.kind)
    if choice.price:
        rows = rows.free() if choice.price == "free" else rows.paid()
    if choice.licence:
        rows = rows.filter(licence="" if choice.licence == NOT_KNOWN else choice.licence)
    if choice.verdict:
        rows = rows.decided(choice.verdict)
    return rows
