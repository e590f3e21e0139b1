"""What may have been meant by a name that nothing is called: tools, makers and categories that look like it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviews.models import Category, Tool
from reviews.services.search.documents import with_signs
from reviews.services.search.engines import engine
from reviews.services.search.suggestions import tools_in_order
from reviews.services.search.words import LONGEST_QUERY, SearchWords, folded, read_words

SIMILAR = 0.7  # from 0 to 1: how near a name must be to what was typed
SHORTEST_GUESS = 3  # letters
SHORT, FEW = 5, 50
"""In up to five letters a slip can leave no three in a row, so the fifty shortest names of that first letter count too."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A name that may have been meant: of a tool, of a category, or else of a maker."""

    name: str
    tool: Tool | None = None
    category: Category | None = None


def did_you_mean(*, query: str, limit: int = 3) -> list[Tool]:
    """Return published tools whose names look like `query` or a word of it, the likeliest first, in three queries at most."""
    likeness = _like_tools(_typed(query))
    return tools_in_order(sorted(likeness, key=lambda pk: (-likeness[pk], pk))[:limit])


def guesses(*, query: str, limit: int = 3) -> list[Guess]:
    """Return tools, makers and categories whose names look like `query`, the likeliest first, in five queries at most.

    Makers and categories are a few hundred names, which are read and compared as they are: no index holds them. Of a maker the
    whole name must be alike, with its blanks or without ("huggingface"), for the words of makers are everybody's.
    """
    typed = _typed(query)
    if len(typed) < SHORTEST_GUESS:
        return []
    tools = _like_tools(typed)
    categories = {each: _likeness(typed, folded(each.name)) for each in Category.objects.with_published_tools()}
    makers = _like_makers(typed, Tool.objects.published().order_by().values_list("vendor", flat=True).distinct())
    found = {tool.pk: tool for tool in tools_in_order(sorted(tools, key=lambda pk: (-tools[pk], pk))[:limit])}
    likely = [(tools[pk], Guess(name=tool.name, tool=tool)) for pk, tool in found.items()]
    likely += [(likeness, Guess(name=each.name, category=each)) for each, likeness in categories.items() if likeness >= SIMILAR]
    likely += [(likeness, Guess(name=name)) for name, likeness in sorted(makers.items())]
    by_name: dict[str, Guess] = {}
    for _, guess in sorted(likely, key=lambda each: -each[0]):
        by_name.setdefault(folded(guess.name), guess)  # of a tool and a maker with one name, the tool
    return list(by_name.values())[:limit]


def _typed(query: str) -> str:
    return " ".join(read_words(folded(query[:LONGEST_QUERY])).words)


def _like_tools(typed: str) -> dict[int, float]:
    """Return how alike the names of published tools are, by id, of those that are alike."""
    if len(typed) < SHORTEST_GUESS:
        return {}
    candidates = engine().names_like(text=typed)
    if len(typed) <= SHORT:
        candidates += engine().names_beginning(words=SearchWords((typed[0],)), limit=FEW)
    likeness = {tool_id: _likeness(with_signs(typed), folded(with_signs(name))) for tool_id, name in candidates}
    return {tool_id: alike for tool_id, alike in likeness.items() if alike >= SIMILAR}


def _like_makers(typed: str, makers: Iterable[str]) -> dict[str, float]:
    """Return how alike makers' names are to what was typed, of those that are alike."""
    whole, bare = SequenceMatcher(b=with_signs(typed), autojunk=False), SequenceMatcher(b=_bare(typed), autojunk=False)
    found = {}
    for maker in makers:
        whole.set_seq1(folded(maker))
        bare.set_seq1(_bare(folded(maker)))
        # The quick ratios are never too low, and spare most names the careful one.
        near = [each.ratio() for each in (whole, bare) if each.real_quick_ratio() >= SIMILAR and each.quick_ratio() >= SIMILAR]
        if near and max(near) >= SIMILAR:
            found[maker] = max(near)
    return found


def _bare(text: str) -> str:
    return with_signs(text).replace(" ", "")


def _likeness(typed: str, name: str) -> float:
    """Say how alike the two are, from 0 to 1: as a whole, or in their likeliest two words."""
    words = [(one, other) for one in typed.split() for other in name.split() if min(len(one), len(other)) >= SHORTEST_GUESS]
    return max(
        SequenceMatcher(None, typed, name, autojunk=False).ratio(),
        # Two words of many say less than the whole.
        *(0.95 * SequenceMatcher(None, one, other, autojunk=False).ratio() for one, other in words),
        0.0,
    )
