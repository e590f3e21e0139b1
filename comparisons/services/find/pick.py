"""From typed or ticked names to the tools to compare."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from comparisons.comparison_slugs import FEWEST, MOST
from comparisons.models import Comparison
from comparisons.services.find.exact_names import tools_named
from comparisons.services.find.resolve import in_canonical_order, similar_to_each
from reviews.models import Tool
from reviews.services.search import offer_tools

MOST_READ = 2 * MOST  # names; what is typed beyond them is not looked at
LONGEST = 120  # characters of a name that are looked at: the longest name there is
MOST_CANDIDATES = 8  # tools offered for one unclear name
MOST_ASKED = MOST  # unclear names asked about at once; the others keep their field until these are answered


@dataclass(frozen=True, slots=True)
class RequestedTool:
    """One field's text, with the tool of exactly that name, or those that may have been meant."""

    typed: str
    tool: Tool | None = None
    candidates: tuple[Tool, ...] = ()
    is_looked_for: bool = True
    """False if enough other names are unclear."""


class PickProblem(Enum):
    """What prevents a comparison."""

    TOO_MANY = "too many"
    UNKNOWN_NAME = "unknown name"
    UNCLEAR_NAME = "unclear name"
    SAME_TOOL_ONLY = "same tool only"
    SAME_TOOL_TWICE = "same tool twice"
    ONE_TOOL = "one tool"
    NOTHING_NAMED = "nothing named"


@dataclass(frozen=True, slots=True)
class PickResult:
    """An address to go to, or a problem and what is still to be chosen."""

    requested_tools: tuple[RequestedTool, ...]
    address: str | None = None
    problem: PickProblem | None = None

    @property
    def tools(self) -> list[Tool]:
        """The tools that are clear, in the order named."""
        return _clear_tools(self.requested_tools)

    @property
    def is_too_many(self) -> bool:
        return self.problem == PickProblem.TOO_MANY


def pick_tools(*, typed: Sequence[str]) -> PickResult:
    """Find the published tools that `typed` names exactly; empty texts are left out.

    At most two queries if every name is clear; two more for each of up to four others, and two for all.
    """
    texts = [text for text in (" ".join(raw.split())[:LONGEST] for raw in typed) if text][:MOST_READ]
    named = tools_named(texts=texts)
    requested_tools = _without_repeats([RequestedTool(typed=text, tool=named.get(text)) for text in texts])
    is_repeated = len(requested_tools) < len(texts)
    unclear = list(dict.fromkeys(requested.typed for requested in requested_tools if not requested.tool))
    candidates = _candidates(unclear[:MOST_ASKED])
    postponed = unclear[MOST_ASKED:]
    completed = tuple(
        replace(
            requested,
            candidates=tuple(candidates.get(requested.typed, ())),
            is_looked_for=requested.typed not in postponed,
        )
        for requested in requested_tools
    )
    tools = _clear_tools(completed)
    if len(tools) == len(completed) and FEWEST <= len(tools) <= MOST and not is_repeated:
        return PickResult(requested_tools=completed, address=_address(tools))
    return PickResult(requested_tools=completed, problem=_problem(completed, is_repeated=is_repeated))


def _without_repeats(requested_tools: Sequence[RequestedTool]) -> list[RequestedTool]:
    """Leave out a tool named before; unclear names all stay."""
    kept: list[RequestedTool] = []
    for requested in requested_tools:
        if requested.tool is None or requested.tool not in _clear_tools(kept):
            kept.append(requested)
    return kept


def _clear_tools(requested_tools: Sequence[RequestedTool]) -> list[Tool]:
    return [requested.tool for requested in requested_tools if requested.tool]


def _candidates(texts: Sequence[str]) -> dict[str, list[Tool]]:
    """Return for each of `texts` the tools its field would suggest, else those with a similar slug."""
    offered = {text: offer_tools(query=text, limit=MOST_CANDIDATES) for text in texts}
    slugs = {text: "-".join(text.lower().split()) for text in texts if not offered[text]}
    similar = similar_to_each(slugs=list(slugs.values()), most=MOST_CANDIDATES) if slugs else {}
    return offered | {text: similar[slug] for text, slug in slugs.items()}


def _address(tools: Sequence[Tool]) -> str:
    is_pair = len(tools) == FEWEST
    comparison = Comparison.objects.published().of_pair(*tools).first() if is_pair else None
    return in_canonical_order(tools=tools, comparison=comparison).address


def _problem(requested_tools: Sequence[RequestedTool], *, is_repeated: bool) -> PickProblem:
    tools = _clear_tools(requested_tools)
    unclear = [requested for requested in requested_tools if not requested.tool]
    if len(tools) > MOST:
        return PickProblem.TOO_MANY
    if any(requested.is_looked_for and not requested.candidates for requested in unclear):
        return PickProblem.UNKNOWN_NAME
    if unclear:
        return PickProblem.UNCLEAR_NAME
    if is_repeated:
        return PickProblem.SAME_TOOL_TWICE if len(tools) >= FEWEST else PickProblem.SAME_TOOL_ONLY
    return PickProblem.ONE_TOOL if tools else PickProblem.NOTHING_NAMED
