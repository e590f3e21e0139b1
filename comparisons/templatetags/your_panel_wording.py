"""Sentences about a reader's own panel: who leads with these weights, and which tools are out."""

from collections.abc import Sequence

from django import template

from comparisons.services.compare.standing import Outcome, Standing
from comparisons.services.compare.your_panel import Failure, FailureKind, WeighedTool, YourPanel
from comparisons.templatetags.enumerations import names, the_reviewers
from comparisons.templatetags.fact_wording import fact_words

register = template.Library()


@register.filter
def weighed_words(weighed: WeighedTool) -> str:
    """“Your panel: 67% ship, mean score 72”, or that nobody with a weight has judged the tool."""
    if weighed.ship_percent is None:
        return "Not judged by your panel"
    mean = "" if weighed.mean_score is None else f", mean score {weighed.mean_score}"
    return f"Your panel: {weighed.ship_percent}% ship{mean}"


@register.filter
def failure_words(failure: Failure) -> str:
    """Why a tool is out for a reader's own panel."""
    match failure.kind:
        case FailureKind.NOT_FREE:
            return f"it is not free to begin with ({failure.value})"
        case FailureKind.NOT_OPEN_SOURCE:
            return f"its licence is not open source ({failure.value})"
        case FailureKind.LICENCE_NOT_KNOWN:
            return "its licence is not known"
        case FailureKind.TOO_DEAR:
            return f"it costs more a month ({failure.value})"
        case FailureKind.PRICE_NOT_KNOWN:
            return "what it costs a month is not known"
        case FailureKind.LACKS:
            return f"{_required(failure)}: {fact_words(failure.fact)}"
        case FailureKind.FACT_NOT_KNOWN:
            return f"{_required(failure)}: not known"
    return f"the {failure.reviewer} skips it"


def _required(failure: Failure) -> str:
    """The attribute of which something was required, within a sentence."""
    label = failure.requirement.attribute.label if failure.requirement else ""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@register.filter
def failures_words(failures: Sequence[Failure]) -> str:
    """All the reasons why a tool is out, one after the other."""
    return "; ".join(failure_words(failure) for failure in failures)


@register.filter
def your_panel_words(your: YourPanel) -> str:
    """Who leads with a reader's own weights and by what, or why nobody does."""
    if your.is_empty:
        return "Give at least one reviewer a weight. With all weights at zero there is nobody to ask."
    if your.leader is None:
        return f"Nobody leads with these weights: {_why_nobody_leads(your)}."
    leader = your.leader.name
    usual = your.usual_leader.name if your.usual_leader else ""
    if your.because_of and your.is_without:
        return f"Without the {your.because_of.name}, {leader} leads; with equal weights, {usual} does."
    words = f"{leader} leads with these weights"
    words += f": between equal shares, {means_words(your.standing)}." if your.standing.means else "."
    if not your.is_flipped:
        return words
    cause = f"The {your.because_of.name}'s weight makes the difference: with" if your.because_of else "With"
    return f"{words} {cause} equal weights, {usual} leads."


def _why_nobody_leads(your: YourPanel) -> str:
    match your.standing.outcome:
        case Outcome.DIFFERENT_JOBS:
            return "these do different jobs"
        case Outcome.NOBODY_SHIPS:
            return "your panel ships none of them"
    if your.unjudged:
        return f"your panel has not judged {names(your.unjudged)}"
    if all(each.fails for each in your.tools):
        return "each fails one of your deal-breakers"
    return "your panel is level"


@register.filter
def means_words(standing: Standing) -> str:
    """“the Skeptic and the Futurist, who scored both, give A 76 and B 70 on average”."""
    scorers = standing.scorers
    means = standing.means
    who = f"{the_reviewers(scorers)}, who scored {'both' if len(means) == 2 else 'all of them'},"
    given = names([f"{mean.tool.name} {mean.score}" for mean in means])
    return (
        f"{who} {'gives' if len(scorers) == 1 else 'give'} "
        f"{given}{'' if len(scorers) == 1 else ' on average'}"
    )


@register.filter
def weighed_share_words(weighed: WeighedTool) -> str:
    """What a tool has with a reader's weights: “75% ship, mean of its known scores 81”."""
    if weighed.ship_percent is None:
        return "no verdict from these reviewers"
    mean = "" if weighed.mean_score is None else f", mean of its known scores {weighed.mean_score}"
    return f"{weighed.ship_percent}% ship{mean}"
