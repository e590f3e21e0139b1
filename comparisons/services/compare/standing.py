"""Who leads: the one rule behind the short answer, the headline and a reader's own panel.

The tool with the largest share of ships leads; between equal shares, scores decide if they lie far enough
apart. Tools that do different jobs have no leader. Fractions only, so that scaled weights give exactly the
same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reviews.models import Reviewer, Tool
from reviews.services.panel import POINTS_THAT_COUNT, rounded

USUAL_WEIGHT = 1

Weights = Mapping[str, int]
"""What each reviewer counts for, 0 and up, by slug; a missing one has the usual weight."""


class Outcome(StrEnum):
    """What a comparison comes to."""

    LEADER = "leader"
    LEVEL = "level"
    NOBODY_SHIPS = "nobody-ships"
    DIFFERENT_JOBS = "different-jobs"
    NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class Mean:
    """What a tool has on average with the reviewers whose scores are compared."""

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
    """The reviewers whose scores decided, in panel order; none where the shares did, or nobody leads."""
    means: tuple[Mean, ...] = ()
    """With these reviewers, of the tools that have the largest share; the highest first."""


def standing_of(*, tools: Sequence[Tool], weights: Weights, is_fair: bool = True) -> Standing:
    """Say which of the tools leads; one alone does once somebody ships it.

    `is_fair` is False where the jobs differ. Tools come loaded with verdicts and reviewers; sends no query.
    Scores are compared among the tools with the largest share, over the reviewers who scored all of these: an
    unknown score or a third tool changes nothing.
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
    """Return the weighted share of ships, or None where nobody with a weight has judged the tool."""
    return _mean((_weight(verdict.reviewer, weights), verdict.is_ship) for verdict in tool.verdicts.all())


def weighted_mean(tool: Tool, weights: Weights, of: Iterable[Reviewer] | None = None) -> Fraction | None:
    """Return the weighted mean of the known scores, `of` these reviewers where given; None without any."""
    return _mean(
        (_weight(verdict.reviewer, weights), verdict.score)
        for verdict in tool.verdicts.all()
        if verdict.score is not None and (of is None or verdict.reviewer in of)
    )


def _scorers_of_all(tools: Sequence[Tool], weights: Weights) -> list[Reviewer]:
    """Return the reviewers with a weight who have scored every tool, in panel order."""
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
