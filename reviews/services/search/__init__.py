"""Search over tools, verdicts and answers, suggestions while typing, and the names that may have been meant.

The database itself does the finding (`sqlite`, `postgresql`), in an index that follows every write
(`index`). Only published tools are ever found, and only by what is said of them now.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import connection

from reviews.models import Tool
from reviews.services.search import postgresql, sqlite
from reviews.services.search.documents import with_signs
from reviews.services.search.hits import FoundTool, found_tools
from reviews.services.search.ranking import rank
from reviews.services.search.words import LONGEST_QUERY, SearchWords, folded, read_words

ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}

SIMILAR = 0.7  # from 0 to 1: how near a name must be to what was typed
SHORTEST_GUESS = 3  # letters
SHORT, FEW = 5, 50
"""In up to five letters a slip can leave no three in a row, so the fifty shortest names of that first letter count too."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of what a search has found, and how much there is."""

    found: tuple[FoundTool, ...] = ()
    total: int = 0
    """How many tools hold at least one of the words."""
    total_holding_all: int = 0
    """How many hold all of them; they come first."""
    words: int = 0
    """How many words were looked for; none when nothing was typed that is a word."""
    is_cut: bool = False
    """Whether more was typed than a search takes."""

    @property
    def total_holding_some(self) -> int:
        """How many hold some of the words and not all."""
        return self.total - self.total_holding_all


def search_tools(*, query: str, limit: int = 20, offset: int = 0) -> SearchResults:
    """Return published tools that hold the words of `query`, best first, from `offset` on, with four queries at most.

    A word finds its other forms ("licence", "licensing") and its other spelling ("license"), with or without accents, and the
    last one also what it begins.
    """
    words = read_words(query)
    if not words:
        return SearchResults(is_cut=words.is_cut)
    engine = ENGINES[connection.vendor]
    ranked = rank(engine.find(words=words))
    holding_all = [each.tool_id for each in ranked if each.held == len(words.words)]
    page = [each.tool_id for each in ranked[offset : offset + limit]]
    tools = {tool.pk: tool for tool in Tool.objects.published().with_panel().for_pages().filter(pk__in=page)} if page else {}
    marked = engine.mark(words=words, tool_ids=page) if page else []
    return SearchResults(
        found=found_tools(tools=[tools[pk] for pk in page if pk in tools], holding_all=frozenset(holding_all), marked=marked),
        total=len(ranked),
        total_holding_all=len(holding_all),
        words=len(words.words),
        is_cut=words.is_cut,
    )


def suggest_tools(*, query: str, limit: int = 8) -> list[Tool]:
    """Return published tools in whose name each word of `query` begins a word, with their categories, in two queries.

    "cod lla" finds Code Llama 4. Names that begin as the query does come first, shorter ones before longer ones.
    """
    words = read_words(query)
    if not words:
        return []
    return _in_order([tool_id for tool_id, _ in ENGINES[connection.vendor].names_beginning(words=words, limit=limit)])


def did_you_mean(*, query: str, limit: int = 3) -> list[Tool]:
    """Return published tools whose names look like `query` or a word of it, the likeliest first, in three queries at most."""
    words = read_words(folded(query[:LONGEST_QUERY])).words
    typed = " ".join(words)
    if len(typed) < SHORTEST_GUESS:
        return []
    engine = ENGINES[connection.vendor]
    candidates = engine.names_like(text=typed)
    if len(typed) <= SHORT:
        candidates += engine.names_beginning(words=SearchWords((typed[0],)), limit=FEW)
    likeness = {tool_id: _likeness(with_signs(typed), folded(with_signs(name))) for tool_id, name in candidates}
    likely = sorted((pk for pk in likeness if likeness[pk] >= SIMILAR), key=lambda pk: (-likeness[pk], pk))
    return _in_order(likely[:limit])


def _likeness(typed: str, name: str) -> float:
    """Say how alike the two are, from 0 to 1: as a whole, or in their likeliest two words."""
    words = [(one, other) for one in typed.split() for other in name.split() if min(len(one), len(other)) >= SHORTEST_GUESS]
    return max(
        SequenceMatcher(None, typed, name, autojunk=False).ratio(),
        # Two words of many say less than the whole.
        *(0.95 * SequenceMatcher(None, one, other, autojunk=False).ratio() for one, other in words),
        0.0,
    )


def _in_order(ids: list[int]) -> list[Tool]:
    tools = Tool.objects.published().select_related("category").for_pages().in_bulk(ids)
    return [tools[pk] for pk in ids if pk in tools]
