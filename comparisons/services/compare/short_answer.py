"""The short answer: pick this one if, pick that one if, neither if.

Pure rules over the panel matrix: no query, no clock. `reasons` makes the lines. `/methodology/` tells the
same rules; tests compare the two.
"""

from dataclasses import dataclass

from comparisons.services.compare.panel_matrix import PanelMatrix
from comparisons.services.compare.reasons import Reason, SkipsAll, reasons_for, reasons_for_neither
from comparisons.services.compare.standing import Standing, standing_of
from reviews.models import Tool


@dataclass(frozen=True, slots=True)
class Pick:
    """The lines of one tool, in display order."""

    tool: Tool
    is_leader: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    picks: tuple[Pick, ...]
    """The leader first, else in column order."""
    neither: tuple[SkipsAll, ...]
    """Reviewers who skip every tool; often none."""
    standing: Standing


def short_answer(*, matrix: PanelMatrix, is_fair: bool = True) -> ShortAnswer:
    """Answer “which one should I ship with?”. `is_fair` is False if the jobs differ."""
    tools = matrix.tools
    rows = matrix.rows
    standing = standing_of(tools=tools, weights={}, is_fair=is_fair)
    picks = [
        Pick(
            tool=tool,
            is_leader=tool == standing.leader,
            reasons=reasons_for(
                tool, rows=rows, others=[other for other in tools if other != tool], is_fair=is_fair
            ),
        )
        for tool in tools
    ]
    return ShortAnswer(
        picks=tuple(sorted(picks, key=lambda pick: not pick.is_leader)),
        neither=reasons_for_neither(rows=rows, is_fair=is_fair),
        standing=standing,
    )
