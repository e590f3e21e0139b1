"""Search, suggestions while typing, and names that may have been meant.

The database searches (`sqlite`, `postgresql`) in an index that follows every write (`index`). Only published
tools are found.
"""

from dataclasses import dataclass

from reviews.models import Tool
from reviews.services.search.engines import ENGINES, engine
from reviews.services.search.guesses import Guess, did_you_mean, guesses
from reviews.services.search.hits import FoundTool, found_tools
from reviews.services.search.relevance import rank
from reviews.services.search.suggestions import offer_tools, suggest_tools
from reviews.services.search.words import read_words

__all__ = [
    "ENGINES",
    "Guess",
    "SearchResults",
    "did_you_mean",
    "guesses",
    "offer_tools",
    "search_tools",
    "suggest_tools",
]


@dataclass(frozen=True, slots=True)
class SearchResults:
    found: tuple[FoundTool, ...] = ()
    total: int = 0
    """Tools that hold at least one of the words."""
    total_holding_all: int = 0
    """Tools that hold all of them; these come first."""
    words: int = 0
    is_cut: bool = False
    """More was typed than a search reads."""

    @property
    def total_holding_some(self) -> int:
        return self.total - self.total_holding_all


def search_tools(*, query: str, limit: int = 20, offset: int = 0) -> SearchResults:
    """Return a page of published tools that hold words of `query`, best first; four queries at most.

    A word also finds its other forms ("licence", "licensing") and spellings ("license"), with or without
    accents. The last one is also a prefix; below four letters, in names, taglines, makers and categories
    only.
    """
    words = read_words(query)
    if not words:
        return SearchResults(is_cut=words.is_cut)
    ranked = rank(engine().find(words=words))
    holding_all = frozenset(tool.tool_id for tool in ranked if tool.words == len(words.words))
    page = [tool.tool_id for tool in ranked[offset : offset + limit]]
    tools = Tool.objects.published().with_panel().for_pages().in_bulk(page)
    marked = engine().mark(words=words, tool_ids=page) if page else []
    return SearchResults(
        found=found_tools(
            tools=[tools[pk] for pk in page if pk in tools], holding_all=holding_all, marked=marked
        ),
        total=len(ranked),
        total_holding_all=len(holding_all),
        words=len(words.words),
        is_cut=words.is_cut,
    )
