"""From the address of a comparison to its tools, and what to offer when an address leads nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from comparisons.comparison_slugs import FEWEST, MOST, join_slugs, split_slugs
from comparisons.models import Comparison
from comparisons.services.find.similar_slugs import similar_slugs
from reviews.models import Tool
from reviews.services.editing.slugs import current_slugs


@dataclass(frozen=True, slots=True)
class ResolvedComparison:
    """The tools of a comparison in their canonical order."""

    tools: tuple[Tool, ...]
    comparison: Comparison | None
    """The editor's own row, or None for a pair that nobody curated and for three or four tools."""

    @property
    def address(self) -> str:
        """The one address of this comparison."""
        return join_slugs([tool.slug for tool in self.tools])


class ComparisonNotFound(Exception):
    """An address that names no comparison, with a sentence for the reader and the tools that may have been meant."""

    def __init__(self, sentence: str, *, suggestions: Sequence[Tool] = (), retired: Tool | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestions = suggestions
        self.retired = retired


def resolve_comparison(*, address: str) -> ResolvedComparison:
    """Return what `address` (`a-vs-b`, in any order and case) compares, in at most three queries, six for old addresses.

    The canonical order is the editor's where an editor chose one, else the slugs' alphabetical order.

    Raises NotFound for fewer than two or more than four tools, the same tool twice, and a tool that is not published.
    """
    slugs = split_slugs(address)
    if not FEWEST <= len(slugs) <= MOST:
        raise ComparisonNotFound(
            "A comparison puts two to four tools side by side.", suggestions=similar_tools(slugs=slugs[:MOST])
        )
    if len(set(slugs)) < len(slugs):
        raise ComparisonNotFound("A tool can't be compared with itself.", suggestions=similar_tools(slugs=slugs))
    tools = _published(slugs)
    unknown = _without(slugs, tools)
    moved = current_slugs(slugs=unknown) if unknown else {}
    if moved:
        # An old address leads on: what is found has the new one, to which the page redirects.
        slugs = [moved.get(slug, slug) for slug in slugs]
        if len(set(slugs)) < len(slugs):
            raise ComparisonNotFound("A tool can't be compared with itself.", suggestions=similar_tools(slugs=slugs))
        tools = _published(slugs)
        unknown = _without(slugs, tools)
    if unknown:
        retired = Tool.objects.with_page().filter(slug__in=unknown).first()
        sentence = f"There is no published tool at “{unknown[0][:120]}”."
        if retired:
            sentence = f"{retired.name} is retired and no longer compared."
        raise ComparisonNotFound(sentence, suggestions=similar_tools(slugs=slugs), retired=retired)
    comparison = Comparison.objects.published().of_pair(*tools).first() if len(tools) == 2 else None
    return in_canonical_order(tools=tools, comparison=comparison)


def in_canonical_order(*, tools: Sequence[Tool], comparison: Comparison | None) -> ResolvedComparison:
    """Put the tools of a comparison in the order of its one address. `comparison` is the editor's row of a pair, if any."""
    ordered = sorted(tools, key=lambda tool: tool.slug)
    if comparison and comparison.first_id != ordered[0].pk:
        ordered.reverse()
    return ResolvedComparison(tools=tuple(ordered), comparison=comparison)


def _published(slugs: Sequence[str]) -> list[Tool]:
    return list(Tool.objects.published().with_answers().for_pages().filter(slug__in=slugs).order_by("slug"))


def _without(slugs: Sequence[str], tools: Sequence[Tool]) -> list[str]:
    return [slug for slug in slugs if slug not in {tool.slug for tool in tools}]


def similar_tools(*, slugs: Sequence[str], most: int = 6) -> list[Tool]:
    """Return published tools whose slugs look like one of `slugs`, those that look like the first one first."""
    return list(dict.fromkeys(chain.from_iterable(similar_to_each(slugs=slugs, most=most).values())))[:most]


def similar_to_each(*, slugs: Sequence[str], most: int) -> dict[str, list[Tool]]:
    """Return for each of `slugs` up to `most` published tools whose slugs look like it, the likeliest first. Two queries."""
    known = Tool.objects.published().order_by("slug").values_list("slug", flat=True)
    likely = similar_slugs(typed=slugs, known=known, most=most)
    wanted = set(chain.from_iterable(likely.values()))
    found = Tool.objects.published().select_related("category").in_bulk(wanted, field_name="slug") if wanted else {}
    return {slug: [found[each] for each in alike if each in found] for slug, alike in likely.items()}
