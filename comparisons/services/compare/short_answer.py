"""The short answer: pick this one if, pick that one if, neither if.

Pure rules over what `side_by_side` has loaded: no query, no clock of its own. The lines are made in `reasons`. `/methodology/`
tells the same rules in plain words, and a test of each sentence's name holds the two together.
"""

from dataclasses import dataclass
from datetime import date, timedelta

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
class Caveat:
    """What the answer does not know: `missing`, `old` or `apart`, about one tool or all."""

    kind: str
    tool: Tool | None
    number: int
    """Verdicts that are missing, or days: the age of the oldest verdict, or how far apart the tools were judged."""


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The whole answer."""

    picks: tuple[Pick, ...]
    neither: tuple[Reason, ...]
    standing: Standing
    """Whom the panel prefers, and by what; nobody where it is level or knows too little."""
    is_too_close: bool
    """Nothing but the editor's recommendations separates the tools."""
    caveats: tuple[Caveat, ...]


def short_answer(*, page: SideBySide, today: date, stale_days: int, apart_days: int) -> ShortAnswer:
    """Answer “which one should I ship with?” from the rows of `page`.

    Verdicts older than `stale_days` and tools judged more than `apart_days` apart are named as caveats.
    """
    picks = tuple(Pick(tool=column.tool, reasons=strongest(reasons_for(column, page))) for column in page.columns)
    return ShortAnswer(
        picks=picks,
        neither=strongest(reasons_for_neither(page)),
        standing=standing_of(tools=page.tools, weights={}),
        is_too_close=not any(reason.strength >= SEPARATES for pick in picks for reason in pick.reasons),
        caveats=_caveats(page, today=today, stale_days=stale_days, apart_days=apart_days),
    )


def _caveats(page: SideBySide, *, today: date, stale_days: int, apart_days: int) -> tuple[Caveat, ...]:
    caveats = [Caveat("missing", each.tool, len(each.missing)) for each in page.reviewed if each.missing]
    for each in page.reviewed:
        if each.first_on and today - each.first_on > timedelta(days=stale_days):
            caveats.append(Caveat("old", each.tool, (today - each.first_on).days))
    days = sorted(each.last_on for each in page.reviewed if each.last_on)
    widest = (days[-1] - days[0]).days if len(days) > 1 else 0
    if widest > apart_days:
        caveats.append(Caveat("apart", None, widest))
    return tuple(caveats)
