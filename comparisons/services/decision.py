"""The short answer: pick this one if, pick that one if, neither if.

Pure rules over what `side_by_side` has loaded: no query, no clock of its own. The lines are made in `reasons`. `/methodology/`
tells the same rules in plain words, and a test of each sentence's name holds the two together.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from comparisons.services.reasons import (
    POINTS_THAT_COUNT,
    SEPARATES,
    Reason,
    reasons_for,
    reasons_for_neither,
    strongest,
)
from comparisons.services.side_by_side import SideBySide
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
    leader: Tool | None
    """The tool that the panel prefers, or None where the panel is level or knows too little."""
    scores_decide: bool
    """The leader has its share of ships in common with another tool, and higher scores."""
    is_too_close: bool
    """Nothing but the editor's recommendations separates the tools."""
    caveats: tuple[Caveat, ...]


def short_answer(*, page: SideBySide, today: date, stale_days: int, apart_days: int) -> ShortAnswer:
    """Answer “which one should I ship with?” from the rows of `page`.

    Verdicts older than `stale_days` and tools judged more than `apart_days` apart are named as caveats.
    """
    picks = tuple(Pick(tool=column.tool, reasons=strongest(reasons_for(column, page))) for column in page.columns)
    leader, scores_decide = _leader(page)
    return ShortAnswer(
        picks=picks,
        neither=strongest(reasons_for_neither(page)),
        leader=leader,
        scores_decide=scores_decide,
        is_too_close=not any(reason.strength >= SEPARATES for pick in picks for reason in pick.reasons),
        caveats=_caveats(page, today=today, stale_days=stale_days, apart_days=apart_days),
    )


def _leader(page: SideBySide) -> tuple[Tool | None, bool]:
    """Return the tool with the largest share of ships, and between equal shares the one whose scores lie five or more above.

    The second value says whether it took the scores. They are compared over the reviewers who have scored every tool, so that
    nobody gains or loses by an unknown one.
    """
    if any(not column.panel.total for column in page.columns):
        return None, False
    common = _common_scores(page)
    totals = [sum(scores) for scores in zip(*common, strict=True)] or [0] * len(page.columns)
    shares = [Fraction(column.panel.ships, column.panel.total) for column in page.columns]
    ranked = sorted(zip(shares, totals, page.columns, strict=True), key=lambda each: each[:2], reverse=True)
    (share, total, first), (next_share, next_total, _) = ranked[:2]
    if share > next_share:
        return first.tool, False
    is_above = bool(common) and total - next_total >= POINTS_THAT_COUNT * len(common)
    return (first.tool, True) if is_above else (None, False)


def _common_scores(page: SideBySide) -> list[list[int]]:
    """Return, for each reviewer who has scored every tool, the scores in column order."""
    rows = [[side.verdict.score if side.verdict else None for side in duel.sides] for duel in page.duels]
    return [[score for score in row if score is not None] for row in rows if None not in row]


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
