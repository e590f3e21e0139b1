"""The panel with a reader's weights: 0 to 3 for each reviewer, and deal-breakers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q

from comparisons.services.compare.licences import is_open_source
from comparisons.services.compare.standing import (
    USUAL_WEIGHT,
    Standing,
    Weights,
    standing_of,
    weighted_mean,
    weighted_share,
)
from reviews.models import Decision, Fact, Reviewer, Tool, Verdict
from reviews.models.general_attributes import LICENCE
from reviews.models.tool_facts import costs_at_most, fact_of_tool, is_free
from reviews.services.facts.requirements import Requirement, is_met, met_in_sql
from reviews.services.panel import percent, rounded

MOST_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class DealBreakers:
    """What a tool must have."""

    must_be_free: bool = False
    must_be_open_source: bool = False
    no_skip_from: tuple[str, ...] = ()
    """Slugs of reviewers."""
    most_a_month: int | None = None
    """US dollars."""
    requirements: tuple[Requirement, ...] = ()


class FailureKind(StrEnum):
    NOT_FREE = "not-free"
    NOT_OPEN_SOURCE = "not-open-source"
    LICENCE_NOT_KNOWN = "licence-not-known"
    SKIPPED = "skipped"
    TOO_DEAR = "too-dear"
    PRICE_NOT_KNOWN = "price-not-known"
    LACKS = "lacks"
    FACT_NOT_KNOWN = "fact-not-known"


@dataclass(frozen=True, slots=True)
class Failure:
    """A deal-breaker that a tool fails, with its entry price or licence, the reviewer, or the fact."""

    kind: FailureKind
    value: str = ""
    reviewer: Reviewer | None = None
    requirement: Requirement | None = None
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class WeighedTool:
    """One tool under a reader's weights."""

    tool: Tool
    ship: Fraction | None
    """The weighted share of ships; None if nobody with a weight judged the tool."""
    score: Fraction | None
    """The weighted mean of the known scores; None without any."""
    fails: tuple[Failure, ...] = ()

    @property
    def ship_percent(self) -> int | None:
        return None if self.ship is None else percent(self.ship.numerator, self.ship.denominator)

    @property
    def mean_score(self) -> int | None:
        return None if self.score is None else rounded(self.score.numerator, self.score.denominator)


@dataclass(frozen=True, slots=True)
class YourPanel:
    """What a reader's weights say."""

    tools: tuple[WeighedTool, ...]
    standing: Standing
    usual_leader: Tool | None
    """Who leads with equal weights."""
    because_of: Reviewer | None = None
    """The one reviewer whose weight alone changes the leader, if there is one."""
    is_without: bool = False
    """That reviewer's weight is zero."""
    is_empty: bool = field(default=False)
    """All weights are zero."""

    @property
    def leader(self) -> Tool | None:
        return self.standing.leader

    @property
    def unjudged(self) -> tuple[Tool, ...]:
        """Tools that fail no deal-breaker and that nobody with a weight judged."""
        return tuple(each.tool for each in self.tools if each.ship is None and not each.fails)

    @property
    def is_flipped(self) -> bool:
        return self.leader is not None and self.usual_leader is not None and self.leader != self.usual_leader


def your_panel(
    *,
    tools: Sequence[Tool],
    reviewers: Sequence[Reviewer],
    weights: Weights,
    deal_breakers: DealBreakers,
    is_fair: bool = True,
) -> YourPanel:
    """Weigh the verdicts of two or more tools, loaded with them. No query.

    `weights` are by reviewer's slug; a missing one is 1. Nobody leads if the jobs differ (`is_fair` False),
    and no tool that fails a deal-breaker does.
    """
    full = {reviewer.slug: weights.get(reviewer.slug, USUAL_WEIGHT) for reviewer in reviewers}
    weighed = tuple(weigh(tool=tool, weights=full, deal_breakers=deal_breakers) for tool in tools)
    candidates = [each.tool for each in weighed if not each.fails]
    standing = standing_of(tools=candidates, weights=full, is_fair=is_fair)
    usual = standing_of(tools=candidates, weights={}, is_fair=is_fair).leader
    leader = standing.leader
    cause = _cause(candidates, reviewers, full, leader) if leader and usual and leader != usual else None
    return YourPanel(
        tools=weighed,
        standing=standing,
        usual_leader=usual,
        because_of=cause,
        is_without=cause is not None and not full[cause.slug],
        is_empty=not any(full.values()),
    )


def weigh(*, tool: Tool, weights: Weights, deal_breakers: DealBreakers) -> WeighedTool:
    """Return one tool's weighted share and mean, and the deal-breakers it fails."""
    return WeighedTool(
        tool=tool,
        ship=weighted_share(tool, weights),
        score=weighted_mean(tool, weights),
        fails=tuple(_failures(tool, deal_breakers)),
    )


def _cause(
    tools: Sequence[Tool], reviewers: Sequence[Reviewer], weights: Weights, leader: Tool
) -> Reviewer | None:
    """Return the first reviewer whose weight, set back to the usual one, ends the lead."""
    for reviewer in reviewers:
        usual = {**weights, reviewer.slug: USUAL_WEIGHT}
        if (
            weights[reviewer.slug] != USUAL_WEIGHT
            and standing_of(tools=tools, weights=usual).leader != leader
        ):
            return reviewer
    return None


def failing(*, deal_breakers: DealBreakers, licences: Iterable[str]) -> Q:
    """Return the SQL condition under which a tool fails a deal-breaker; an empty Q without any.

    `licences` are all that the tools have: SQL can't tell which are open source.
    """
    fails = Q()
    if deal_breakers.must_be_free:
        fails |= ~Q(is_free())
    if deal_breakers.must_be_open_source:
        open_source = [licence for licence in licences if is_open_source(licence)]
        fails |= ~Q(Exists(fact_of_tool(LICENCE).filter(text__in=open_source)))
    if deal_breakers.no_skip_from:
        skips = Verdict.objects.filter(tool=OuterRef("pk"), decision=Decision.SKIP)
        fails |= Q(Exists(skips.filter(reviewer__slug__in=deal_breakers.no_skip_from)))
    if deal_breakers.most_a_month is not None:
        fails |= ~costs_at_most(deal_breakers.most_a_month)
    for requirement in deal_breakers.requirements:
        fails |= ~met_in_sql(requirement)
    return fails


def _failures(tool: Tool, deal_breakers: DealBreakers) -> list[Failure]:
    failures = []
    if deal_breakers.must_be_free and not tool.is_free:
        failures.append(Failure(FailureKind.NOT_FREE, value=tool.entry_price))
    if deal_breakers.must_be_open_source and not is_open_source(tool.licence):
        kind = FailureKind.NOT_OPEN_SOURCE if tool.licence.strip() else FailureKind.LICENCE_NOT_KNOWN
        failures.append(Failure(kind, value=tool.licence))
    most = deal_breakers.most_a_month
    if most is not None and (tool.monthly_price is None or tool.monthly_price > most):
        kind = FailureKind.PRICE_NOT_KNOWN if tool.monthly_price is None else FailureKind.TOO_DEAR
        failures.append(Failure(kind, value=tool.entry_price))
    for requirement in deal_breakers.requirements:
        fact = tool.fact_of(requirement.attribute)
        if not is_met(requirement, fact=fact):
            kind = FailureKind.LACKS if fact and fact.is_known else FailureKind.FACT_NOT_KNOWN
            failures.append(Failure(kind, requirement=requirement, fact=fact))
    for verdict in tool.verdicts.all():
        if verdict.reviewer.slug in deal_breakers.no_skip_from and not verdict.is_ship:
            failures.append(Failure(FailureKind.SKIPPED, reviewer=verdict.reviewer))
    return failures
