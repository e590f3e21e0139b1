"""From what somebody typed or ticked to the tools that are to be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from comparisons.comparison_slugs import FEWEST, MOST
from comparisons.models import Comparison
from comparisons.services.find.resolve import in_canonical_order, similar_to_each
from reviews.models import Tool
from reviews.services.search import offer_tools

READ_AT_MOST = 2 * MOST  # wishes; what is typed beyond them is not looked at
LONGEST = 120  # characters of a wish that are looked at: the longest name
OFFERED = 8  # tools for one unclear wish
ASKED_AT_ONCE = MOST  # unclear wishes; the others keep their place until these are answered


@dataclass(frozen=True, slots=True)
class RequestedTool:
    """What stood in one field, and the tool that is called so, or else those that may have been meant.

    `is_looked_for` is False where enough others have to be answered first.
    """

    typed: str
    tool: Tool | None = None
    candidates: tuple[Tool, ...] = ()
    is_looked_for: bool = True


@dataclass(frozen=True, slots=True)
class PickResult:
    """What came of the wishes: an address to go to, or a sentence and what is still to be chosen."""

    requested_tools: tuple[RequestedTool, ...]
    address: str | None = None
    sentence: str = ""

    @property
    def tools(self) -> list[Tool]:
        """The tools that are clear by now, in the order of the wishes."""
        return [requested.tool for requested in self.requested_tools if requested.tool]

    @property
    def is_too_many(self) -> bool:
        return len(self.tools) > MOST


def pick_tools(*, typed: Sequence[str]) -> PickResult:
    """Find the published tools that `typed` names: each by slug or by whole name in any case; empty texts are left out.

    At most two queries where every wish is clear; two more for each of up to four that are not, and two for all of them.
    """
    texts = [text for text in (" ".join(each.split())[:LONGEST] for each in typed) if text][:READ_AT_MOST]
    known = _named(texts)
    requested_tools = [RequestedTool(typed=text, tool=known.get(text.casefold())) for text in texts]
    distinct = [
        requested
        for position, requested in enumerate(requested_tools)
        if requested.tool is None or requested.tool not in _tools(requested_tools[:position])
    ]
    is_twice = len(distinct) < len(requested_tools)
    unclear = list(dict.fromkeys(requested.typed for requested in distinct if not requested.tool))
    candidates, left = _candidates(unclear[:ASKED_AT_ONCE]), unclear[ASKED_AT_ONCE:]
    picked = tuple(
        replace(requested, candidates=tuple(candidates.get(requested.typed, ())), is_looked_for=requested.typed not in left)
        for requested in distinct
    )
    tools = _tools(picked)
    if len(tools) == len(picked) and FEWEST <= len(tools) <= MOST and not is_twice:
        return PickResult(requested_tools=picked, address=_address(tools))
    return PickResult(requested_tools=picked, sentence=_sentence(picked, is_twice=is_twice))


def _address(tools: Sequence[Tool]) -> str:
    comparison = Comparison.objects.published().of_pair(*tools).first() if len(tools) == FEWEST else None
    return in_canonical_order(tools=tools, comparison=comparison).address


def _tools(requested_tools: Sequence[RequestedTool]) -> list[Tool]:
    return [requested.tool for requested in requested_tools if requested.tool]


def _named(texts: Sequence[str]) -> dict[str, Tool]:
    """Return the tools that are called as one of `texts`, by that text in folded case. A slug counts before a name."""
    if not texts:
        return {}
    called = Q(slug__in=[text.lower() for text in texts])
    for text in texts:
        called |= Q(name__iexact=text)
    tools = list(Tool.objects.published().filter(called).select_related("category"))
    return {tool.name.casefold(): tool for tool in tools} | {tool.slug: tool for tool in tools}


def _candidates(texts: Sequence[str]) -> dict[str, list[Tool]]:
    """Return for each of `texts` the tools that its field would suggest, else those whose slug looks like it."""
    found = {text: offer_tools(query=text, limit=OFFERED) for text in texts}
    slugs = {text: "-".join(text.lower().split()) for text in texts if not found[text]}
    alike = similar_to_each(slugs=list(slugs.values()), most=OFFERED) if slugs else {}
    return found | {text: alike[slug] for text, slug in slugs.items()}


def _sentence(requested_tools: Sequence[RequestedTool], *, is_twice: bool) -> str:
    """Say what is still to be done."""
    tools = _tools(requested_tools)
    unclear = [requested for requested in requested_tools if not requested.tool]
    if len(tools) > MOST:
        return f"Up to {MOST} tools fit side by side, and you chose {len(tools)}. Untick what you can do without."
    if any(requested.is_looked_for and not requested.candidates for requested in unclear):
        return "A name is not known here: try another spelling, or a part of it."  # which one, its field says
    if unclear:
        return "Say which tool you mean, and the comparison is next."
    if is_twice and len(tools) < FEWEST:
        return f"{tools[0].name} can't be compared with itself. Name another tool to put beside it."
    if is_twice:
        return "You named a tool twice. Here is what is left: add another, or compare these."
    if tools:
        return f"Name one more tool to put beside {tools[0].name}."
    return "Two to four fit side by side. A name will do, or a part of one."
