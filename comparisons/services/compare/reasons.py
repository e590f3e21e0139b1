"""The lines of the short answer: reasons for a tool, reasons against it, and reasons against all of them.

Pure rules over the panel matrix; `reason_words` in the wording makes the sentences. Each line names its row
on the page. An unknown score is never taken for a low one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from comparisons.services.compare.licences import is_open_source
from comparisons.services.compare.panel_matrix import MatrixRow
from reviews.models import Reviewer, Tool, Verdict
from reviews.services.panel import POINTS_THAT_COUNT

MOST_LINES = 4

# How much a line weighs between best for and not if. Only the order matters; points of difference are added.
BY_DECISION = 200
BY_SCORE = 100
BY_LICENCE = 90
BY_PRICE = 80


@dataclass(frozen=True, slots=True)
class BestFor:
    """What an editor recommends the tool for. Always the first line."""

    tool: Tool
    row: ClassVar[str] = "best-for"


@dataclass(frozen=True, slots=True)
class NotIf:
    """When not to take the tool. Always the last line."""

    tool: Tool
    row: ClassVar[str] = "avoid-if"


@dataclass(frozen=True, slots=True)
class ByReviewer:
    """A reviewer ships the tool and prefers it to others."""

    verdict: Verdict
    against: tuple[Verdict, ...]
    """The reviewer's verdicts on the tools behind, shipped ones first."""
    beside: Verdict | None = None
    """The reviewer's other best tool, if two are reasons."""

    @property
    def tool(self) -> Tool:
        return self.verdict.tool

    @property
    def row(self) -> str:
        return self.verdict.reviewer.slug

    @property
    def strength(self) -> int:
        """A ship against a skip weighs most; then the points above the best known score behind."""
        known = [other.score for other in self.against if other.score is not None]
        points = max(self.verdict.score - max(known), 0) if self.verdict.score is not None and known else 0
        return points + (BY_SCORE if all(other.is_ship for other in self.against) else BY_DECISION)


@dataclass(frozen=True, slots=True)
class ByLicence:
    """Its licence is open source, others' are not."""

    tool: Tool
    licences: tuple[str, ...]
    """Those others' licences, each once."""
    row: ClassVar[str] = "licence"
    strength: ClassVar[int] = BY_LICENCE


@dataclass(frozen=True, slots=True)
class ByPrice:
    """It is free to begin with, others are not."""

    tool: Tool
    prices: tuple[str, ...]
    """Those others' entry prices, each once."""
    row: ClassVar[str] = "entry"
    strength: ClassVar[int] = BY_PRICE


@dataclass(frozen=True, slots=True)
class SkipsAll:
    """A reviewer who skips every tool: a reason for neither."""

    reviewer: Reviewer
    verdicts: tuple[Verdict, ...]
    less_bad: Tool | None
    """The tool whose known score is clearly above the others."""

    @property
    def row(self) -> str:
        return self.reviewer.slug


Compared = ByReviewer | ByLicence | ByPrice
Reason = BestFor | Compared | NotIf


def reasons_for(
    tool: Tool, *, rows: Sequence[MatrixRow], others: Sequence[Tool], is_fair: bool
) -> tuple[Reason, ...]:
    """Return the lines of one tool: best for first, not if last, between them the strongest others.

    At most four. If the jobs differ (`is_fair` False), nothing is compared and only the two remain.
    """
    best_for = (BestFor(tool),) if tool.best_for else ()
    not_if = (NotIf(tool),) if tool.avoid_if else ()
    compared = [*_by_reviewers(tool, rows), *_by_facts(tool, others)] if is_fair else []
    compared.sort(key=lambda reason: -reason.strength)
    return (*best_for, *compared[: MOST_LINES - len(best_for) - len(not_if)], *not_if)


def _by_reviewers(tool: Tool, rows: Sequence[MatrixRow]) -> list[Compared]:
    reasons = chain.from_iterable(map(reviewer_reasons, rows))
    return [reason for reason in reasons if reason.tool == tool]


def reviewer_reasons(row: MatrixRow) -> list[ByReviewer]:
    """Return for which tools a reviewer's verdicts are a reason: the best one or two shipped tools.

    The best are those that no other beats by five points, if every shipped tool has a score; else all shipped
    ones. No reason if these are three or more, or if nothing is behind them.
    """
    verdicts = [cell.verdict for cell in row.cells if cell.verdict]
    ships = [verdict for verdict in verdicts if verdict.is_ship]
    scores = [verdict.score for verdict in ships if verdict.score is not None]
    best = ships
    if scores and len(scores) == len(ships):
        best = [verdict for verdict in ships if (verdict.score or 0) > max(scores) - POINTS_THAT_COUNT]
    behind = [verdict for verdict in ships if verdict not in best]
    behind += [verdict for verdict in verdicts if not verdict.is_ship]
    if not behind or len(best) > 2:
        return []
    return [
        ByReviewer(
            verdict,
            against=tuple(behind),
            beside=next((other for other in best if other is not verdict), None),
        )
        for verdict in best
    ]


def _by_facts(tool: Tool, others: Sequence[Tool]) -> list[Compared]:
    """Return the reasons from licence and price for `tool`, if both sides are known."""
    reasons: list[Compared] = []
    closed = [other for other in others if is_open_source(other.licence) is False]
    if closed and is_open_source(tool.licence):
        reasons.append(ByLicence(tool, tuple(dict.fromkeys(other.licence for other in closed))))
    paid = [other for other in others if other.is_paid]
    if paid and tool.is_free:
        reasons.append(ByPrice(tool, tuple(dict.fromkeys(other.entry_price for other in paid))))
    return reasons


def reasons_for_neither(*, rows: Sequence[MatrixRow], is_fair: bool) -> tuple[SkipsAll, ...]:
    """Return the reviewers who skip every tool, in panel order, at most four.

    If the jobs differ, no tool is the less bad.
    """
    found = []
    for row in rows:
        skips = tuple(cell.verdict for cell in row.cells if cell.verdict and not cell.verdict.is_ship)
        if len(skips) == len(row.cells):
            found.append(SkipsAll(row.reviewer, skips, _less_bad(skips) if is_fair else None))
    return tuple(found[:MOST_LINES])


def _less_bad(skips: Sequence[Verdict]) -> Tool | None:
    """Return the tool whose score is five points or more above all others; None if one is not known."""
    known = ((skip.score, skip.tool) for skip in skips if skip.score is not None)
    scored = sorted(known, key=lambda pair: -pair[0])
    if len(scored) < len(skips) or (len(scored) > 1 and scored[0][0] - scored[1][0] < POINTS_THAT_COUNT):
        return None
    return scored[0][1]
