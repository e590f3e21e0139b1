"""Sentences of the short answer: why to pick a tool, and where each line comes from."""

from collections.abc import Sequence

from django import template

from comparisons.services.compare.reasons import (
    BestFor,
    ByLicence,
    ByPrice,
    ByReviewer,
    NotIf,
    Reason,
    SkipsAll,
)
from comparisons.templatetags.enumerations import all_of, names
from reviews.models import Fact, Verdict
from reviews.models.general_attributes import LICENCE

register = template.Library()


@register.filter
def reason_words(reason: Reason | SkipsAll) -> str:
    """A line of the short answer, which completes “pick it if …” or “neither, if …”.

    A reviewer's line without a `pick_if` is the reviewer's name and figures.
    """
    match reason:
        case BestFor():
            return (
                reason.tool.best_for
                if reason.tool.is_best_for_people
                else f"it is for {reason.tool.best_for}"
            )
        case NotIf():
            return f"but not if {reason.tool.avoid_if}"
        case ByReviewer():
            return reason.verdict.pick_if or _figures(reason)
        case ByLicence():
            return f"you need an open-source licence{_by_its_maker(reason.tool.fact(LICENCE))}"
        case ByPrice():
            return "it must be free to begin with"
        case SkipsAll():
            return f"you side with the {reason.reviewer.name}, who skips {all_of(reason.verdicts)}"


def _by_its_maker(fact: Fact | None) -> str:
    """A claim is called a claim."""
    return ", by its maker’s word" if fact and fact.is_claimed else ""


@register.filter
def source_words(reason: Reason | SkipsAll) -> str:
    """The small print of a line: where it comes from; empty where the line says it itself."""
    match reason:
        case BestFor():
            return "what it is best for"
        case NotIf():
            return "when to leave it"
        case ByReviewer():
            return _figures(reason) if reason.verdict.pick_if else ""
        case ByLicence():
            return f"{reason.tool.licence}, against {names(reason.licences)}"
        case ByPrice():
            return f"{reason.tool.entry_price}, against {names(reason.prices)}"
        case SkipsAll():
            less_bad = f"; {reason.less_bad.name} is the less bad" if reason.less_bad else ""
            return f"{_said_of_each(reason.verdicts)}{less_bad}"


def _figures(reason: ByReviewer) -> str:
    """“Founder: ship 75, against skip 55”, with the tools named where more than two are compared."""
    verdict = reason.verdict
    beside = reason.beside
    against = reason.against
    order = f", {_order(verdict, beside)}" if beside else ""
    is_pair = not beside and len(against) == 1
    rivals = _said(against[0]) if is_pair else _said_of_each(against)
    return f"{verdict.reviewer.name}: {_said(verdict)}{order}, against {rivals}"


def _order(mine: Verdict, other: Verdict) -> str:
    """How a reviewer's best two stand: “ahead of B with ship 88”, “level with B”, “beside B with ship”."""
    if mine.score is None or other.score is None:
        return f"beside {other.tool.name} with {_said(other)}"
    if mine.score == other.score:
        return f"level with {other.tool.name}"
    return f"{'ahead of' if mine.score > other.score else 'behind'} {other.tool.name} with {_said(other)}"


def _said(verdict: Verdict) -> str:
    """“ship 75”, or “ship” where the score is not known."""
    return verdict.decision if verdict.score is None else f"{verdict.decision} {verdict.score}"


def _said_of_each(verdicts: Sequence[Verdict]) -> str:
    return names([f"{_said(verdict)} for {verdict.tool.name}" for verdict in verdicts])
