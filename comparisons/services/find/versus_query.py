"""A comparison asked for in words: “mistral 3b vs code llama 4”, “qdrant or pgvector?”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

from comparisons.comparison_slugs import FEWEST, MOST
from comparisons.models import Comparison
from comparisons.services.find.exact_names import tools_named
from comparisons.services.find.resolve import ResolvedComparison, in_canonical_order
from reviews.models import Tool
from reviews.services.search import did_you_mean, suggest_tools
from reviews.services.search.words import LONGEST_QUERY, STOP_WORDS, folded, read_words

VERSUS = re.compile(r"(?<!\s)\s+(?:vs\.?|versus)\s+|-vs-", re.IGNORECASE)
LOOSELY = re.compile(r" (?:or|and|vs\.?|versus) | ?, ?(?:(?:or|and) )?|-vs-", re.IGNORECASE)
"""What also stands between words that name no tools: it counts only where tools stand on its sides.

For a text with single blanks."""
SIGNS = " .?!:;()[]\"'"
CANDIDATES = 8
CHOICES = 3
"""How many tools an uncertain side may stand for."""
MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class VersusQuery:
    """What a query of the form “a vs b” may mean."""

    offered: tuple[ResolvedComparison, ...]
    """One comparison if certain, else up to six: curated ones first, then the likeliest."""
    is_certain: bool
    """Whether each side names exactly one published tool."""

    @property
    def guess(self) -> ResolvedComparison | None:
        """The only comparison that may have been meant, if uncertain."""
        return self.offered[0] if len(self.offered) == 1 and not self.is_certain else None


@dataclass(frozen=True, slots=True)
class _Side:
    tools: tuple[Tool, ...]
    is_certain: bool


def versus_query(*, query: str) -> VersusQuery | None:
    """Read “a vs b” (two to four sides; `vs`, `vs.` or `versus`); None if `query` is nothing of the kind.

    Also “a or b”, “a and b” and “a, b”, in a question too, where each side is exactly one tool.

    A side is certain if it is a tool's name or slug, or words that one name alone holds. At most two queries,
    and four more for each side that is no name.
    """
    asked = query.strip()[:LONGEST_QUERY]
    texts = [text.strip() for text in VERSUS.split(asked)]
    if not FEWEST <= len(texts) <= MOST or not all(texts):
        return _loose_query(asked)
    named = tools_named(texts=texts)
    sides = [_Side(tools=(named[text],), is_certain=True) if text in named else _side(text) for text in texts]
    offered = _comparisons(list(_pairings(sides)))
    if not offered:
        return None
    return VersusQuery(
        offered=tuple(offered[:MOST_OFFERED]), is_certain=all(side.is_certain for side in sides)
    )


def _loose_query(asked: str) -> VersusQuery | None:
    """Read “which is better, a or b?”; None unless each side but for its empty words is a tool's name."""
    if not LOOSELY.search(asked[:LONGEST_QUERY]):
        return None
    texts = list(filter(None, map(_without_stop_words, LOOSELY.split(" ".join(asked.split())))))
    if not FEWEST <= len(texts) <= MOST:
        return None
    named = tools_named(texts=texts)
    tools = tuple(named[text] for text in texts if text in named)
    if len({tool.pk for tool in tools}) < len(texts):
        return None
    return VersusQuery(offered=tuple(_comparisons([tools])), is_certain=True)


def _without_stop_words(text: str) -> str:
    """Leave out the words at the beginning and the end that carry nothing, and signs around it."""
    words = text.strip(SIGNS).split()
    while words and words[0].lower() in STOP_WORDS:
        words = words[1:]
    while words and words[-1].lower() in STOP_WORDS:
        words = words[:-1]
    return " ".join(words).strip(SIGNS)


def _side(text: str) -> _Side:
    suggested = suggest_tools(query=text, limit=CANDIDATES)
    words = set(read_words(folded(text)).words)
    whole = [tool for tool in suggested if words <= set(read_words(folded(tool.name)).words)]
    tools = whole or suggested or did_you_mean(query=text, limit=CHOICES)
    # With as many candidates as were asked for, there may be another one.
    return _Side(tools=tuple(tools[:CHOICES]), is_certain=len(whole) == 1 and len(suggested) < CANDIDATES)


def _pairings(sides: Sequence[_Side]) -> Iterator[tuple[Tool, ...]]:
    """Yield each choice of one tool per side without repeats."""
    for tools in product(*(side.tools for side in sides)):
        if len({tool.pk for tool in tools}) == len(tools):
            yield tools


def _comparisons(pairings: Sequence[tuple[Tool, ...]]) -> list[ResolvedComparison]:
    ids = {tool.pk for tool in chain.from_iterable(pairings)}
    curated = {
        frozenset((row.first_id, row.second_id)): row
        for row in Comparison.objects.published().filter(first__in=ids, second__in=ids)
    }
    found = [
        in_canonical_order(tools=tools, comparison=curated.get(frozenset(tool.pk for tool in tools)))
        for tools in pairings
    ]
    return sorted(found, key=lambda each: each.comparison is None)
