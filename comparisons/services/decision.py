"""The short answer: pick this one if, pick that one if, neither if.

Pure rules over what `side_by_side` has loaded: no query, no clock of its own. Each line comes from a row on the page and names
it. A score that is not known is never taken for a low one. `/methodology/` tells the same rules in plain words, and a test of
each sentence's name holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from comparisons.services.licences import is_open_source
from comparisons.services.side_by_side import Duel, JudgedBy, SideBySide
from reviews.models import Tool
from reviews.services.judged import JudgedTool

MOST_LINES = 4
POINTS_THAT_COUNT = 5

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
    """Verdicts that are missing, or days."""


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The whole answer."""

    picks: tuple[Pick, ...]
    neither: tuple[Reason, ...]
    leader: Tool | None
    """The tool that the panel prefers, or None where the panel is level or knows too little."""
    is_too_close: bool
    """Nothing but the editor's recommendations separates the tools."""
    caveats: tuple[Caveat, ...]


def short_answer(*, page: SideBySide, today: date, stale_days: int, apart_days: int) -> ShortAnswer:
    """Answer “which one should I ship with?” from the rows of `page`.

    Verdicts older than `stale_days` and tools judged more than `apart_days` apart are named as caveats.
    """
    picks = tuple(Pick(tool=column.tool, reasons=_strongest(_reasons_for(column, page))) for column in page.columns)
    return ShortAnswer(
        picks=picks,
        neither=_strongest(_reasons_for_neither(page)),
        leader=leader(page=page),
        is_too_close=not any(reason.strength >= SEPARATES for pick in picks for reason in pick.reasons),
        caveats=_caveats(page, today=today, stale_days=stale_days, apart_days=apart_days),
    )


def leader(*, page: SideBySide) -> Tool | None:
    """Return the tool with the larger share of ships, and between equal shares the one whose scores lie five or more above.

    Scores are compared over the reviewers who have scored every tool, so that nobody gains or loses by an unknown one.
    """
    if any(not column.panel.total for column in page.columns):
        return None
    common = _common_scores(page)
    totals = [sum(scores) for scores in zip(*common, strict=True)] or [0] * len(page.columns)
    ranked = sorted(
        zip(page.columns, totals, strict=True), key=lambda pair: (-Fraction(pair[0].panel.ships, pair[0].panel.total), -pair[1])
    )
    (first, first_total), (second, second_total) = ranked[:2]
    if first.panel.ships * second.panel.total > second.panel.ships * first.panel.total:
        return first.tool
    return first.tool if common and first_total - second_total >= POINTS_THAT_COUNT * len(common) else None


def _common_scores(page: SideBySide) -> list[list[int]]:
    """Return, for each reviewer who has scored every tool, the scores in column order."""
    rows = [[side.verdict.score if side.verdict else None for side in duel.sides] for duel in page.duels]
    return [[score for score in row if score is not None] for row in rows if None not in row]


def _strongest(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return at most four, the strongest first, no text twice; equal strength keeps the order of the page."""
    unique = {reason.text: reason for reason in sorted(reasons, key=lambda reason: reason.strength)}
    return tuple(sorted(unique.values(), key=lambda reason: -reason.strength))[:MOST_LINES]


def _reasons_for(column: JudgedTool, page: SideBySide) -> list[Reason]:
    others = [each for each in page.columns if each.tool != column.tool]
    reasons = [reason for duel in page.duels if (reason := _by_reviewer(duel, column.tool))]
    reasons += _by_facts(column.tool, [other.tool for other in others])
    if column.tool.best_for:
        reasons.append(Reason(f"you need something for {column.tool.best_for}", "what it is best for", "best-for", BY_PURPOSE))
    if column.tool.avoid_if:
        reasons.append(Reason(f"unless {column.tool.avoid_if}", "when to avoid it", "avoid-if", BY_AVOIDANCE))
    return reasons


def _by_reviewer(duel: Duel, tool: Tool) -> Reason | None:
    """Return the reviewer's reason for `tool`: shipped where another is skipped, or scored five or more above all others."""
    mine = next(side for side in duel.sides if side.tool == tool)
    if mine.verdict is None:
        return None
    rivals = [side for side in duel.sides if side.tool != tool and side.verdict]
    skipped = [side for side in rivals if mine.verdict.is_ship and side.verdict and not side.verdict.is_ship]
    gap = _gap(mine, rivals)
    if skipped:
        source = f"{duel.reviewer.name}: {_said(mine)}, against {_listed(skipped, named=len(duel.sides) > 2)}"
        return Reason(_concern(duel), source, duel.reviewer.slug, BY_DECISION + max(gap or 0, 0))
    if gap is not None and gap >= POINTS_THAT_COUNT and (mine.verdict.is_ship or not any(_ships(side) for side in rivals)):
        scored = [side for side in rivals if side.verdict and side.verdict.score is not None]
        source = f"{duel.reviewer.name}: {_said(mine)}, against {_listed(scored, named=len(duel.sides) > 2)}"
        return Reason(_concern(duel), source, duel.reviewer.slug, BY_SCORE + gap)
    return None


def _gap(mine: JudgedBy, rivals: Sequence[JudgedBy]) -> int | None:
    """Return by how many points `mine` lies above the best known score of `rivals`; None where a score to compare is missing."""
    known = [side.verdict.score for side in rivals if side.verdict and side.verdict.score is not None]
    if mine.verdict is None or mine.verdict.score is None or not known:
        return None
    return mine.verdict.score - max(known)


def _ships(side: JudgedBy) -> bool:
    return side.verdict is not None and side.verdict.is_ship


def _said(side: JudgedBy) -> str:
    """“ship 75”, or “ship” where the score is not known."""
    verdict = side.verdict
    if verdict is None:
        return "no verdict"
    return verdict.decision if verdict.score is None else f"{verdict.decision} {verdict.score}"


def _listed(sides: Sequence[JudgedBy], *, named: bool) -> str:
    return " and ".join(f"{_said(side)} for {side.tool.name}" if named else _said(side) for side in sides)


def _concern(duel: Duel) -> str:
    return duel.reviewer.concern or f"the {duel.reviewer.name}'s questions matter most to you"


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


def _reasons_for_neither(page: SideBySide) -> list[Reason]:
    """Return what speaks against every tool: a reviewer who skips them all."""
    reasons = []
    for duel in page.duels:
        if all(side.verdict and not side.verdict.is_ship for side in duel.sides):
            whom = "both" if len(duel.sides) == 2 else "all of them"
            known = [side.verdict.score for side in duel.sides if side.verdict and side.verdict.score is not None]
            strength = BY_DECISION + (100 - max(known) if known else 0)
            reasons.append(Reason(_concern(duel), f"the {duel.reviewer.name} skips {whom}", duel.reviewer.slug, strength))
    return reasons


def _caveats(page: SideBySide, *, today: date, stale_days: int, apart_days: int) -> tuple[Caveat, ...]:
    caveats = [Caveat("missing", each.tool, len(each.missing)) for each in page.reviewed if each.missing]
    for each in page.reviewed:
        if each.last_on and today - each.last_on > timedelta(days=stale_days):
            caveats.append(Caveat("old", each.tool, (today - each.last_on).days))
    days = sorted(each.last_on for each in page.reviewed if each.last_on)
    widest = (days[-1] - days[0]).days if len(days) > 1 else 0
    if widest > apart_days:
        caveats.append(Caveat("apart", None, widest))
    return tuple(caveats)
