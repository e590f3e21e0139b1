"""Who leads: the one rule of short answer, headline and a reader's own panel.

The tool with the largest share of ships leads; between equal shares, scores decide if they are far enough
apart. Tools that do different jobs have no leader. Computed in fractions, so that scaled weights give exactly
the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reviews.models import Reviewer, Tool
from reviews.services.panel import POINTS_THAT_COUNT, rounded

USUAL_WEIGHT = 1

Weights = Mapping[str, int]
"""The weight of each reviewer by slug, 0 and up; a missing one has the usual weight."""


class Outcome(StrEnum):
    LEADER = "leader"
    LEVEL = "level"
    NOBODY_SHIPS = "nobody-ships"
    DIFFERENT_JOBS = "different-jobs"
    NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class Mean:
    """A tool's mean over the reviewers whose scores are compared."""

    tool: Tool
    exact: Fraction

    @property
    def score(self) -> int:
        return rounded(self.exact.numerator, self.exact.denominator)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who leads, and by what."""

    outcome: Outcome
    leader: Tool | None = None
    """None unless the outcome is LEADER."""
    ahead: frozenset[Tool] = frozenset()
    """The tools with the largest share of ships; none unless the outcome is LEADER or LEVEL."""
    scorers: tuple[Reviewer, ...] = ()
    """The reviewers whose scores decided, in panel order; none if shares did, or nobody leads."""
    means: tuple[Mean, ...] = ()
    """Their means of the tools with the largest share, highest first."""


def standing_of(*, tools: Sequence[Tool], weights: Weights, is_fair: bool = True) -> Standing:
    """Say which tool leads; a single one does if somebody ships it. No query.

    `is_fair` is False if the jobs differ. Tools come loaded with verdicts and reviewers. Scores are compared
    among the tools with the largest share, over the reviewers who scored all of these: an unknown score or a
    third tool changes nothing.
    """
    shares = [weighted_share(tool, weights) for tool in tools]
    known = [share for share in shares if share is not None]
    if not is_fair:
        return Standing(Outcome.DIFFERENT_JOBS)
    if not known or len(known) < len(shares):
        return Standing(Outcome.NOT_JUDGED)
    if not max(known):
        return Standing(Outcome.NOBODY_SHIPS)
    ahead = [tool for tool, share in zip(tools, shares, strict=True) if share == max(known)]
    if len(ahead) == 1:
        return Standing(Outcome.LEADER, leader=ahead[0], ahead=frozenset(ahead))
    scorers = _scorers_of_all(ahead, weights)
    means = [
        Mean(tool, mean) for tool in ahead if (mean := weighted_mean(tool, weights, scorers)) is not None
    ]
    means.sort(key=lambda each: each.exact, reverse=True)
    if not means or means[0].exact - means[1].exact < POINTS_THAT_COUNT:
        return Standing(Outcome.LEVEL, ahead=frozenset(ahead))
    return Standing(
        Outcome.LEADER,
        leader=means[0].tool,
        ahead=frozenset(ahead),
        scorers=tuple(scorers),
        means=tuple(means),
    )


def weighted_share(tool: Tool, weights: Weights) -> Fraction | None:
    """Return the weighted share of ships, or None if nobody with a weight judged the tool."""
    return _mean((_weight(verdict.reviewer, weights), verdict.is_ship) for verdict in tool.verdicts.all())


def weighted_mean(tool: Tool, weights: Weights, of: Iterable[Reviewer] | None = None) -> Fraction | None:
    """Return the weighted mean of the known scores, `of` these reviewers if given; None without any."""
    return _mean(
        (_weight(verdict.reviewer, weights), verdict.score)
        for verdict in tool.verdicts.all()
        if verdict.score is not None and (of is None or verdict.reviewer in of)
    )


def _scorers_of_all(tools: Sequence[Tool], weights: Weights) -> list[Reviewer]:
    """Return the reviewers with a weight who scored every tool, in panel order."""
    first, *others = (
        {each.reviewer for each in tool.verdicts.all() if each.score is not None} for tool in tools
    )
    common = first.intersection(*others)
    return sorted((each for each in common if _weight(each, weights)), key=lambda reviewer: reviewer.position)


def _weight(reviewer: Reviewer, weights: Weights) -> int:
    return weights.get(reviewer.slug, USUAL_WEIGHT)


def _mean(weighed: Iterable[tuple[int, int]]) -> Fraction | None:
    rows = list(weighed)
    total = sum(weight for weight, _ in rows)
    return Fraction(sum(weight * value for weight, value in rows), total) if total else None
