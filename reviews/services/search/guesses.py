"""Tools, makers and categories whose names look like a mistyped one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from reviews.models import Category, Tool
from reviews.services.search.documents import with_signs
from reviews.services.search.engines import engine
from reviews.services.search.likeness import Likeness
from reviews.services.search.suggestions import tools_in_order
from reviews.services.search.words import LONGEST_QUERY, SearchWords, folded, read_words

SIMILAR = 0.7
"""A name may have been meant from this likeness on, 0 to 1."""
WORD_WEIGHT = 0.95  # two words of many say less than the whole
SHORTEST_GUESS = 3  # letters
SHORT = 5
SHORT_CANDIDATES = 50
"""A typing error in five letters leaves no trigram: so many short names with that first letter are read."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A tool, a category, or else a maker."""

    name: str
    tool: Tool | None = None
    category: Category | None = None


def did_you_mean(*, query: str, limit: int = 3) -> list[Tool]:
    """Return tools whose names look like `query` or a word of it, likeliest first; three queries at most."""
    return _likeliest_tools(_similar_tools(_typed(query)), limit)


def guesses(*, query: str, limit: int = 3) -> list[Guess]:
    """Return tools, makers and categories, likeliest first; five queries at most.

    Makers and categories are not indexed: a few hundred names are read and compared. A maker's name must look
    like the whole query, with or without blanks ("huggingface"), because its words are common ones.
    """
    typed = _typed(query)
    if len(typed) < SHORTEST_GUESS:
        return []
    likeness = _similar_tools(typed)
    candidates = [
        (likeness[tool.pk], Guess(name=tool.name, tool=tool)) for tool in _likeliest_tools(likeness, limit)
    ]
    for category in Category.objects.with_published_tools():
        category_likeness = name_likeness(typed, folded(category.name))
        if category_likeness >= SIMILAR:
            candidates.append((category_likeness, Guess(name=category.name, category=category)))
    makers = Tool.objects.published().makers()
    candidates += [
        (share, Guess(name=maker)) for maker, share in sorted(_similar_makers(typed, makers).items())
    ]
    by_name: dict[str, Guess] = {}
    for _, guess in sorted(candidates, key=lambda candidate: -candidate[0]):
        by_name.setdefault(folded(guess.name), guess)  # of a tool and a maker with one name, the tool
    return list(by_name.values())[:limit]


def name_likeness(typed: str, name: str) -> float:
    """Return the likeness of the whole, or of the likeliest two words, 0 to 1."""
    words = [word for word in typed.split() if len(word) >= SHORTEST_GUESS]
    name_words = [word for word in name.split() if len(word) >= SHORTEST_GUESS]
    of_words = (WORD_WEIGHT * Likeness(word).of(name_word) for word, name_word in product(words, name_words))
    return max(Likeness(typed).of(name), *of_words, 0.0)


def _typed(query: str) -> str:
    return " ".join(read_words(folded(query[:LONGEST_QUERY])).words)


def _similar_tools(typed: str) -> dict[int, float]:
    """Return the likeness by id of the tools that are alike."""
    if len(typed) < SHORTEST_GUESS:
        return {}
    candidates = engine().names_like(text=typed)
    if len(typed) <= SHORT:
        candidates += engine().names_beginning(words=SearchWords((typed[0],)), limit=SHORT_CANDIDATES)
    likeness = {
        tool_id: name_likeness(with_signs(typed), folded(with_signs(name))) for tool_id, name in candidates
    }
    return {tool_id: share for tool_id, share in likeness.items() if share >= SIMILAR}


def _likeliest_tools(likeness: dict[int, float], limit: int) -> list[Tool]:
    return tools_in_order(sorted(likeness, key=lambda pk: (-likeness[pk], pk))[:limit])


def _similar_makers(typed: str, makers: Iterable[str]) -> dict[str, float]:
    whole = Likeness(with_signs(typed))
    joined = Likeness(_joined(typed))
    found = {}
    for maker in makers:
        name = folded(maker)
        share = max(whole.of(name, at_least=SIMILAR), joined.of(_joined(name), at_least=SIMILAR))
        if share:
            found[maker] = share
    return found


def _joined(text: str) -> str:
    return with_signs(text).replace(" ", "")
