"""Sentences about a comparison's headline: how it stands, who differs, and what is not known."""

from collections.abc import Sequence
from itertools import groupby

from django import template
from django.conf import settings

from comparisons.services.compare.headline import Caveat, Difference, Headline, Unknown
from comparisons.services.compare.panel_matrix import MatrixTotal
from comparisons.services.compare.standing import Outcome
from comparisons.templatetags.enumerations import all_of, names, the_reviewers
from reviews.models import Tool, Verdict

register = template.Library()


@register.filter
def caveat_words(caveat: Caveat) -> str:
    """What is not known, in a sentence."""
    tool = caveat.tool
    number = caveat.number
    plural = "" if caveat.number == 1 else "s"
    if tool is None:
        return f"The tools were judged {number} days apart."
    match caveat.kind:
        case Unknown.UNCHECKED:
            return f"{unchecked_words(tool)}." if tool else ""
        case Unknown.MISSING:
            return f"{number} verdict{plural} {'is' if number == 1 else 'are'} still to come on {tool}."
        case Unknown.UNSCORED:
            return f"{number} score{plural} of {tool} {'is' if number == 1 else 'are'} not known."
        case Unknown.RELEASED:
            days = f"{number} day{plural} later"
            return f"{tool} was judged at {caveat.judged_version}; {caveat.released_version} came out {days}."
    return f"The oldest verdict on {tool} is {number} days old."


@register.filter
def caveat_sentences(caveats: Sequence[Caveat]) -> list[str]:
    """What is not known, a sentence for each kind, without full stops; short for four tools too."""
    sentences = []
    for kind, group in groupby(caveats, key=lambda caveat: caveat.kind):
        about = list(group)
        if len(about) == 1:
            sentences.append(caveat_words(about[0]).removesuffix("."))
            continue
        tools = names([caveat.tool for caveat in about])
        counts = names([f"{caveat.number} of {caveat.tool}" for caveat in about])
        match kind:
            case Unknown.UNCHECKED:
                sample = "sample entries, " if settings.SAMPLE_CATALOGUE else ""
                sentences.append(f"{tools}: {sample}nothing here has been checked")
            case Unknown.MISSING:
                sentences.append(f"Verdicts still to come: {counts}")
            case Unknown.UNSCORED:
                sentences.append(f"Scores not known: {counts}")
            case Unknown.OLD:
                ages = names([f"{caveat.number} days for {caveat.tool}" for caveat in about])
                sentences.append(f"Oldest verdicts: {ages}")
            case Unknown.RELEASED:
                sentences += [caveat_words(caveat).removesuffix(".") for caveat in about]
    return sentences


@register.filter
def unchecked_words(tool: Tool) -> str:
    """“Code Llama 4: sample entry, nothing here has been checked”; empty where its facts were checked."""
    return "" if tool.is_checked else f"{tool.name}: {unchecked_note(tool)}"


@register.filter
def unchecked_note(tool: Tool) -> str:
    """“sample entry, nothing here has been checked”; empty where the tool's facts were checked."""
    if tool.is_checked:
        return ""
    sample = "sample entry, " if settings.SAMPLE_CATALOGUE else ""
    return f"{sample}nothing here has been checked"


@register.filter
def headline_words(headline: Headline) -> str:
    """How a comparison stands, in one sentence without a full stop.

    “Level, 3 of 4 each: the Futurist would skip Streamlit, the Founder would skip Gradio”.
    """
    standing = standing_words(headline)
    if headline.outcome == Outcome.LEVEL and (difference := differences_words(headline)):
        return f"{standing}{';' if ':' in standing else ':'} {difference}"
    return standing


@register.filter
def standing_words(headline: Headline) -> str:
    """The short part of the headline: “Level, 3 of 4 each”, “pgvector: 4 of 4 ship it”."""
    match headline.outcome:
        case Outcome.DIFFERENT_JOBS:
            return "These do different jobs"
        case Outcome.NOT_JUDGED:
            unjudged = [total.tool for total in headline.totals if not total.panel.total]
            return f"Too early to say: the panel has not judged {names(unjudged)}"
        case Outcome.NOBODY_SHIPS:
            return "Nobody on the panel ships " + ("either" if len(headline.totals) == 2 else "any of them")
        case Outcome.LEVEL:
            return _level_words(
                [total for total in headline.totals if total.tool in headline.standing.ahead], headline
            )
    leader = headline.totals[0]
    if not headline.standing.means:
        few = "only " if leader.panel.decision == "skip" else ""
        return f"{leader.tool.name}: {few}{_ships_words(leader)} ship it"
    return _by_scores_words(headline)


def _by_scores_words(headline: Headline) -> str:
    """“A, by its scores: 3 of 4 ship each, and their mean score is 76 against 66”."""
    level = [total for total in headline.totals if total.tool in headline.standing.ahead]
    shares = list(dict.fromkeys(map(_ships_words, level)))
    share = f"{shares[0]} ship each, and " if len(shares) == 1 else ""
    scorers = headline.standing.scorers
    whose = (
        "their"
        if len(scorers) == max(total.panel.total for total in level)
        else f"with {the_reviewers(scorers)} their"
    )
    first, *others = (str(mean.score) for mean in headline.standing.means)
    mean = "score" if len(scorers) == 1 else "mean score"
    return f"{level[0].tool.name}, by its scores: {share}{whose} {mean} is {first} against {names(others)}"


def _level_words(level: list[MatrixTotal], headline: Headline) -> str:
    """“Level, 3 of 4 each”, “A and B are level, 3 of 4 each”, or “Level: 3 of 3 ship A, 4 of 4 ship B”."""
    shares = {_ships_words(total) for total in level}
    is_all = len(level) == len(headline.totals)
    if len(shares) > 1:
        return "Level: " + ", ".join(f"{_ships_words(total)} ship {total.tool.name}" for total in level)
    who = "Level" if is_all else f"{names([total.tool for total in level])} are level"
    return f"{who}, {shares.pop()} each"


@register.filter
def others_words(headline: Headline) -> str:
    """What the tools behind have: “Qdrant and Milvus 3 of 4, Chroma 2 of 4”; empty where none is behind."""
    standing = headline.standing
    behind = [total for total in headline.totals if standing.ahead and total.tool not in standing.ahead]
    shares: dict[str, list[Tool]] = {}
    for total in sorted(behind, key=lambda total: -(total.panel.ship_percent or 0)):
        shares.setdefault(_ships_words(total), []).append(total.tool)
    return ", ".join(f"{names(tools)} {share}" for share, tools in shares.items())


@register.filter
def standing_details(headline: Headline) -> list[str]:
    """The sentences after the headline, without full stops.

    What the tools behind have, and who sees it differently.
    """
    if headline.outcome == Outcome.DIFFERENT_JOBS:
        return ["What you have to do decides, not who scores higher"]
    difference = differences_words(headline) if headline.leader else ""
    return [words for words in (others_words(headline), f"{difference[:1].upper()}{difference[1:]}") if words]


@register.filter
def headline_rest(headline: Headline) -> str:
    """What `headline_words` says after `standing_words`: “: the Futurist would skip Streamlit, …”.

    Often empty.
    """
    return headline_words(headline).removeprefix(standing_words(headline))


@register.filter
def differences_words(headline: Headline) -> str:
    """Who would skip what others ship: “the Futurist would skip Streamlit, the Founder would skip Gradio”.

    Where nobody splits, who skips them all: “the Founder would skip both”, “nobody would skip either”.
    """
    if headline.differences:
        return ", ".join(
            f"the {each.reviewer.name} would skip {names([verdict.tool for verdict in each.skips])}"
            for each in headline.differences
        )
    if headline.skip_all:
        return f"{the_reviewers(headline.skip_all)} would skip {all_of(headline.totals)}"
    return "nobody would skip " + ("either" if len(headline.totals) == 2 else "any of them")


@register.filter
def they_split_words(headline: Headline) -> str:
    """Every reviewer who ships one tool and skips another, with direction and scores, or that there is none.

    “They split: the Futurist ships Gradio (80) and skips Streamlit (45).”
    """
    if not headline.differences:
        return f"{agreement_words(headline)}."
    splits = [f"the {each.reviewer.name} {difference_words(each)}" for each in headline.differences]
    return f"They split: {', '.join(splits)}."


@register.filter
def difference_words(difference: Difference) -> str:
    """What one reviewer who splits does: “ships Gradio (80) and skips Streamlit (45)”."""
    ships = names([_with_score(verdict) for verdict in difference.ships])
    return f"ships {ships} and skips {names([_with_score(verdict) for verdict in difference.skips])}"


@register.filter
def agreement_words(headline: Headline) -> str:
    """That no reviewer ships one tool and skips another; empty where one does."""
    if headline.differences:
        return ""
    if unjudged := [total.tool for total in headline.totals if not total.panel.total]:
        return f"The panel has not judged {names(unjudged)} yet"
    return (
        "They agree: no reviewer ships one and skips "
        f"{'the other' if len(headline.totals) == 2 else 'another'}"
    )


def _with_score(verdict: Verdict) -> str:
    return f"{verdict.tool.name} ({'score not known' if verdict.score is None else verdict.score})"


def _ships_words(total: MatrixTotal) -> str:
    return f"{total.panel.ships} of {total.panel.total}"
