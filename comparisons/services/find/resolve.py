"""From the address of a comparison to its tools, or to suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from comparisons.comparison_slugs import FEWEST, MOST, join_slugs, split_slugs
from comparisons.models import Comparison
from comparisons.services.find.exact_names import slugs_meant
from comparisons.services.find.similar_slugs import similar_slugs
from reviews.models import Tool


@dataclass(frozen=True, slots=True)
class ResolvedComparison:
    """The tools of a comparison in canonical order."""

    tools: tuple[Tool, ...]
    comparison: Comparison | None
    """The editor's row; None for uncurated pairs, and for three or four tools."""

    @property
    def address(self) -> str:
        """The canonical address: the slugs joined by `-vs-`."""
        return join_slugs([tool.slug for tool in self.tools])


class NotFoundReason(Enum):
    """Why an address names no comparison."""

    WRONG_NUMBER = "wrong number"
    """Fewer than two or more than four tools."""
    SAME_TOOL = "same tool"
    RETIRED = "retired"
    UNKNOWN = "unknown"


class ComparisonNotFound(Exception):
    """An address that names no comparison, with suggested tools."""

    def __init__(
        self,
        reason: NotFoundReason,
        *,
        suggestions: Sequence[Tool] = (),
        unknown: Sequence[str] = (),
        names: Sequence[str] = (),
        retired: Tool | None = None,
    ) -> None:
        """`unknown` are the slugs of no published tool; `retired` is the tool for RETIRED.

        `names` are the tools as a reader would write them, in the order of the address.
        """
        super().__init__(reason.value)
        self.reason = reason
        self.suggestions = suggestions
        self.unknown = unknown
        self.names = names
        self.retired = retired


def resolve_comparison(*, address: str) -> ResolvedComparison:
    """Return what `address` (`a-vs-b`, any order and case) compares; three to six queries.

    The canonical order is the editor's if there is one, else alphabetical. Raises ComparisonNotFound for
    fewer than two or more than four tools, the same tool twice, and a tool that is not published.
    """
    slugs = split_slugs(address)
    if not FEWEST <= len(slugs) <= MOST:
        raise ComparisonNotFound(NotFoundReason.WRONG_NUMBER, suggestions=similar_tools(slugs=slugs[:MOST]))
    _check_distinct(slugs)
    tools = _published(slugs)
    unknown = _unknown(slugs, tools)
    meant = slugs_meant(texts=unknown) if unknown else {}
    if meant:
        # The result has the right address, to which the page redirects.
        slugs = [meant.get(slug, slug) for slug in slugs]
        _check_distinct(slugs)
        tools = _published(slugs)
        unknown = _unknown(slugs, tools)
    if unknown:
        retired = Tool.objects.with_page().filter(slug__in=unknown).first()
        raise ComparisonNotFound(
            NotFoundReason.RETIRED if retired else NotFoundReason.UNKNOWN,
            suggestions=similar_tools(slugs=slugs),
            unknown=unknown,
            names=_names(slugs, tools),
            retired=retired,
        )
    comparison = Comparison.objects.published().of_pair(*tools).first() if len(tools) == 2 else None
    return in_canonical_order(tools=tools, comparison=comparison)


def in_canonical_order(*, tools: Sequence[Tool], comparison: Comparison | None) -> ResolvedComparison:
    """Put tools in canonical order. `comparison` is the editor's row of a pair, if any."""
    ordered = sorted(tools, key=lambda tool: tool.slug)
    if comparison and comparison.first_id != ordered[0].pk:
        ordered.reverse()
    return ResolvedComparison(tools=tuple(ordered), comparison=comparison)


def similar_tools(*, slugs: Sequence[str], most: int = 6) -> list[Tool]:
    """Return published tools with a slug like one of `slugs`, those like the first one first."""
    return list(dict.fromkeys(chain.from_iterable(similar_to_each(slugs=slugs, most=most).values())))[:most]


def similar_to_each(*, slugs: Sequence[str], most: int) -> dict[str, list[Tool]]:
    """Return for each of `slugs` up to `most` published tools with a similar slug, best first; 2 queries."""
    known = Tool.objects.published().order_by("slug").values_list("slug", flat=True)
    similar = similar_slugs(typed=slugs, known=known, most=most)
    wanted = set(chain.from_iterable(similar.values()))
    rows = Tool.objects.published().select_related("category")
    tools = rows.in_bulk(wanted, field_name="slug") if wanted else {}
    return {slug: [tools[other] for other in others if other in tools] for slug, others in similar.items()}


def _check_distinct(slugs: Sequence[str]) -> None:
    if len(set(slugs)) < len(slugs):
        raise ComparisonNotFound(NotFoundReason.SAME_TOOL, suggestions=similar_tools(slugs=slugs))


def _published(slugs: Sequence[str]) -> list[Tool]:
    return list(Tool.objects.published().with_answers().for_pages().filter(slug__in=slugs).order_by("slug"))


def _names(slugs: Sequence[str], tools: Sequence[Tool]) -> list[str]:
    names = {tool.slug: tool.name for tool in tools}
    return [names.get(slug) or slug.replace("-", " ") for slug in slugs]


def _unknown(slugs: Sequence[str], tools: Sequence[Tool]) -> list[str]:
    known = {tool.slug for tool in tools}
    return [slug for slug in slugs if slug not in known]
