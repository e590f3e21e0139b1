"""The short answer: pick this one if, pick that one if, neither if.

Pure rules over what `side_by_side` has loaded: no query, no clock of its own. The lines are made in `reasons`. `/methodology/`
tells the same rules in plain words, and a test of each sentence's name holds the two together.
"""

from dataclasses import dataclass

from comparisons.services.compare.reasons import SEPARATES, Reason, reasons_for, reasons_for_neither, strongest
from comparisons.services.compare.side_by_side import SideBySide
from comparisons.services.compare.standing import Standing, standing_of
from reviews.models import Tool


@dataclass(frozen=True, slots=True)
class Pick:
    """The reasons to choose one tool, the strongest first."""

    tool: Tool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The whole answer."""

    picks: tuple[Pick, ...]
    neither: tuple[Reason, ...]
    standing: Standing
    """Whom the panel prefers, and by what; nobody where it is level or knows too little."""
    is_too_close: bool
    """Nothing but the editor's recommendations separates the tools."""


def short_answer(*, page: SideBySide, is_fair: bool = True) -> ShortAnswer:
    """Answer “which one should I ship with?” from the rows of `page`. `is_fair` is False where the jobs differ."""
    picks = tuple(Pick(tool=column.tool, reasons=strongest(reasons_for(column, page))) for column in page.columns)
    return ShortAnswer(
        picks=picks,
        neither=strongest(reasons_for_neither(page)),
        standing=standing_of(tools=page.tools, weights={}, is_fair=is_fair),
        is_too_close=not any(reason.strength >= SEPARATES for pick in picks for reason in pick.reasons),
    )
