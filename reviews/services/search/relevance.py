"""Which tool answers a search best. Plain values, no database: so both databases put the same tools in the same order.

A database says for each word which tools hold it, and where. From that:

1. tools that hold all words come before those that hold some, and more words before fewer;
2. a word in the name weighs most (a whole one more than a prefix), then one in the tagline, the vendor or the category;
3. of several names that hold as much, the shortest is nearest to what was typed;
4. then counts how many of the tool's texts hold the words, a rare word more than one that is everywhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import log2


class MatchedField(IntEnum):
    """The best field of a tool that holds a word, and what it weighs: eight taglines weigh less than one name."""

    TEXT = 0
    KEYWORDS = 1
    NAME_PREFIX = 15
    NAME = 20


TOOL_POINTS, VERDICT_POINTS = 4, 1
"""What a text that holds a word adds to the word's points: the tool's own, and one verdict with its answers."""
HALF_POINTS = 3  # points at which a word has half of the weight it can get


@dataclass(frozen=True, slots=True)
class Match:
    """One word, found at one tool."""

    tool_id: int
    word: int
    """The word's number in the query, from 0."""
    field: int
    points: int
    name_length: int


@dataclass(frozen=True, slots=True)
class RankedTool:
    """A found tool, with how many of the words it holds."""

    tool_id: int
    words: int


def rank(matches: Iterable[Match]) -> list[RankedTool]:
    """Return the tools that hold a word, best first."""
    by_tool: dict[int, list[Match]] = defaultdict(list)
    tools_with: Counter[int] = Counter()
    for match in matches:
        by_tool[match.tool_id].append(match)
        tools_with[match.word] += 1
    rarity = {word: 1 / log2(1 + count) for word, count in tools_with.items()}

    def key(item: tuple[int, list[Match]]) -> tuple[float, ...]:
        tool_id, found = item
        field = sum(match.field for match in found)
        name_length = max(match.name_length for match in found) if field >= MatchedField.NAME_PREFIX else 0
        score = sum(rarity[match.word] * match.points / (match.points + HALF_POINTS) for match in found)
        return (-len(found), -field, name_length, -score, tool_id)

    return [RankedTool(tool_id=tool_id, words=len(found)) for tool_id, found in sorted(by_tool.items(), key=key)]
