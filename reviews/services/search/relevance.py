"""Which tool answers a search best, the same on both databases.

1. More of the words come before fewer.
2. A word in the name weighs most (whole before prefix), then one in tagline, maker or category.
3. Of equal names, the shortest is nearest.
4. Then count the texts that hold the words, a rare word more than a common one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import log2


class MatchedField(IntEnum):
    """The best field that holds a word, and its weight: eight taglines weigh less than one name."""

    TEXT = 0
    KEYWORDS = 1
    NAME_PREFIX = 15
    NAME = 20


TOOL_POINTS = 4
VERDICT_POINTS = 1
"""What a text (the tool's own, or a verdict with answers) adds to the points of its word."""
HALF_POINTS = 3  # points at which a word has half of the weight it can get


@dataclass(frozen=True, slots=True)
class Match:
    tool_id: int
    word: int
    """Its number in the query, from 0."""
    field: int
    points: int
    name_length: int


@dataclass(frozen=True, slots=True)
class RankedTool:
    tool_id: int
    words: int


def rank(matches: Iterable[Match]) -> list[RankedTool]:
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

    return [
        RankedTool(tool_id=tool_id, words=len(found)) for tool_id, found in sorted(by_tool.items(), key=key)
    ]
