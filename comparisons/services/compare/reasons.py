"""The lines of the short answer: what speaks for a tool, and what against them all.

Pure rules over what `side_by_side` has loaded. Each line comes from a row on the page and names it. A score that is not known
is never taken for a low one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from comparisons.services.compare.licences import is_open_source
from comparisons.services.compare.scorecard import ReviewerCell, ReviewerRow
from comparisons.services.compare.side_by_side import SideBySide
from reviews.models import Tool
from reviews.services.counting.tool_summary import ToolSummary
from reviews.services.panel import POINTS_THAT_COUNT

MOST_LINES = 4

# How much a line weighs. Only the order matters; points of difference are added where scores are known.
BY_DECISION = 200
BY_KIND = 150
BY_SCORE = 100
BY_LICENCE = 90
BY_PRICE = 80
BY_PURPOSE = 40
BY_AVOIDANCE = 20
SEPARATES = BY_PRICE
"""Lines of this strength and more tell tools apart; what an editor recommends a tool for does not, by itself."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the short answer."""

    text: str
    """Completes “pick it if …” or “neither, if …”."""
    source: str
    """Where it comes from, for the reader."""
    row: str
    """The row on the page that it can be traced to: a reviewer's slug or the key of a decision row."""
    strength: int


def reasons_for(column: ToolSummary, page: SideBySide) -> list[Reason]:
    """Return all that speaks for one tool of the page, in the order of the page."""
    others = [each for each in page.columns if each.tool != column.tool]
    reasons = [reason for reviewer_row in page.reviewer_rows if (reason := _by_reviewer(reviewer_row, column.tool))]
    reasons += _by_facts(column.tool, [other.tool for other in others])
    if column.tool.best_for:
        reasons.append(Reason(f"you need something for {column.tool.best_for}", "what it is best for", "best-for", BY_PURPOSE))
    if column.tool.avoid_if:
        reasons.append(Reason(f"but not if {column.tool.avoid_if}", "when to avoid it", "avoid-if", BY_AVOIDANCE))
    return reasons


def _by_reviewer(reviewer_row: ReviewerRow, tool: Tool) -> Reason | None:
    """Return the reviewer's reason for `tool`: shipped where another is skipped, or scored five or more above all others."""
    mine = next(side for side in reviewer_row.sides if side.tool == tool)
    if mine.verdict is None:
        return None
    rivals = [side for side in reviewer_row.sides if side.tool != tool and side.verdict]
    skipped = [side for side in rivals if mine.verdict.is_ship and side.verdict and not side.verdict.is_ship]
    gap = _gap(mine, rivals)
    if skipped:
        source = f"{reviewer_row.reviewer.name}: {_said(mine)}, against {_listed(skipped, named=len(reviewer_row.sides) > 2)}"
        return Reason(_concern(reviewer_row), source, reviewer_row.reviewer.slug, BY_DECISION + max(gap or 0, 0))
    if gap is not None and gap >= POINTS_THAT_COUNT and (mine.verdict.is_ship or not any(_ships(side) for side in rivals)):
        scored = [side for side in rivals if side.verdict and side.verdict.score is not None]
        source = f"{reviewer_row.reviewer.name}: {_said(mine)}, against {_listed(scored, named=len(reviewer_row.sides) > 2)}"
        return Reason(_concern(reviewer_row), source, reviewer_row.reviewer.slug, BY_SCORE + gap)
    return None


def _gap(mine: ReviewerCell, rivals: Sequence[ReviewerCell]) -> int | None:
    """Return by how many points `mine` lies above the best known score of `rivals`; None where a score to compare is missing."""
    known = [side.verdict.score for side in rivals if side.verdict and side.verdict.score is not None]
    if mine.verdict is None or mine.verdict.score is None or not known:
        return None
    return mine.verdict.score - max(known)


def _ships(side: ReviewerCell) -> bool:
    return side.verdict is not None and side.verdict.is_ship


def _said(side: ReviewerCell) -> str:
    """“ship 75”, or “ship” where the score is not known."""
    verdict = side.verdict
    if verdict is None:
        return "no verdict"
    return verdict.decision if verdict.score is None else f"{verdict.decision} {verdict.score}"


def _listed(sides: Sequence[ReviewerCell], *, named: bool) -> str:
    return " and ".join(f"{_said(side)} for {side.tool.name}" if named else _said(side) for side in sides)


def _concern(reviewer_row: ReviewerRow) -> str:
    return reviewer_row.reviewer.concern or f"the {reviewer_row.reviewer.name}'s questions matter most to you"


def _by_facts(tool: Tool, others: Sequence[Tool]) -> list[Reason]:
    """Return what price, licence and kind say for `tool`, each only where both sides of the difference are known."""
    reasons = []
    if all(other.kind != tool.kind for other in others):
        kinds = " or ".join(dict.fromkeys(other.get_kind_display().lower() for other in others))
        mine = tool.get_kind_display().lower()
        reasons.append(Reason(f"you need {_article(mine)}", f"{_article(mine)}, against {_article(kinds)}", "kind", BY_KIND))
    closed = [other for other in others if is_open_source(other.licence) is False]
    if closed and is_open_source(tool.licence):
        source = f"{tool.licence}, against {' and '.join(dict.fromkeys(other.licence for other in closed))}"
        reasons.append(Reason("you need an open-source licence", source, "licence", BY_LICENCE))
    paid = [other for other in others if not other.is_free]
    if paid and tool.is_free:
        source = f"{tool.entry_price}, against {' and '.join(dict.fromkeys(other.entry_price for other in paid))}"
        reasons.append(Reason("it must be free to begin with", source, "entry", BY_PRICE))
    return reasons


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def reasons_for_neither(page: SideBySide) -> list[Reason]:
    """Return what speaks against every tool: a reviewer who skips them all."""
    reasons = []
    for reviewer_row in page.reviewer_rows:
        if all(side.verdict and not side.verdict.is_ship for side in reviewer_row.sides):
            whom = "both" if len(reviewer_row.sides) == 2 else "all of them"
            known = [side.verdict.score for side in reviewer_row.sides if side.verdict and side.verdict.score is not None]
            strength = BY_DECISION + (100 - max(known) if known else 0)
            reasons.append(
                Reason(
                    _concern(reviewer_row), f"the {reviewer_row.reviewer.name} skips {whom}", reviewer_row.reviewer.slug, strength
                )
            )
    return reasons


def strongest(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return at most four, the strongest first, no text twice; equal strength keeps the order of the page."""
    unique = {reason.text: reason for reason in sorted(reasons, key=lambda reason: reason.strength)}
    return tuple(sorted(unique.values(), key=lambda reason: -reason.strength))[:MOST_LINES]
