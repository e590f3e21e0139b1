"""Positions in small pictures drawn by the server, in the units of their viewBox."""

from dataclasses import dataclass
from itertools import pairwise

from django import template

from comparisons.services.compare.panel_matrix import MatrixRow
from reviews.services.counting.reviewer_record import ReviewerRecord

register = template.Library()

UNITS_PER_POINT = 2
"""A plot of scores is 200 wide, for 0 to 100."""
TOO_NEAR = 14
"""Dots nearer than this stand above each other."""
MIDDLE = 13
UPPER = 8
LOWER = 18


@dataclass(frozen=True, slots=True)
class Dot:
    """One tool's score on a reviewer's axis."""

    x: int
    y: int
    initial: str
    decision: str

    @property
    def baseline(self) -> int:
        """The baseline of its letter."""
        return self.y + 3


@dataclass(frozen=True, slots=True)
class DotPlot:
    """The known scores of one reviewer, from the lowest to the highest."""

    dots: tuple[Dot, ...]

    @property
    def lowest(self) -> int:
        return self.dots[0].x

    @property
    def highest(self) -> int:
        return self.dots[-1].x


@register.filter
def dot_plot(row: MatrixRow) -> DotPlot:
    """Place a reviewer's known scores on an axis from 0 to 100; near ones alternate above and below."""
    cells = sorted(row.scored, key=lambda cell: cell.score or 0)
    places = [UNITS_PER_POINT * (cell.score or 0) for cell in cells]
    is_near = [right - left < TOO_NEAR for left, right in pairwise(places)]
    heights: list[int] = []
    for number in range(len(cells)):
        if number and is_near[number - 1]:
            heights.append(LOWER if heights[-1] == UPPER else UPPER)
        else:
            heights.append(UPPER if number < len(is_near) and is_near[number] else MIDDLE)
    return DotPlot(
        tuple(
            Dot(x=x, y=y, initial=cell.tool.initial, decision=cell.decision or "")
            for cell, x, y in zip(cells, places, heights, strict=True)
        )
    )


@register.filter
def score_bars(record: ReviewerRecord) -> list[dict[str, int]]:
    """A bar for each ten scores, 0 to 9 first, 90 to 100 last, in a picture 200 wide and 56 high."""
    tens = [sum(times for score, times in record.scores if min(score // 10, 9) == ten) for ten in range(10)]
    heights = [56 * count // max(tens) for count in tens]
    return [{"x": 20 * ten + 1, "y": 56 - height, "height": height} for ten, height in enumerate(heights)]
