"""Titles and descriptions for search engines, made of the answer that the page gives.

A title with the site's name has at most 60 characters and a description at most 155 wherever whole words
allow it: search engines cut what is longer.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django import template
from django.conf import settings
from django.utils.formats import date_format

from comparisons.services.compare.headline import Headline
from comparisons.services.compare.standing import Outcome
from comparisons.templatetags.headline_wording import (
    caveat_sentences,
    differences_words,
    standing_details,
    standing_words,
    unchecked_note,
)
from comparisons.templatetags.wording import mean_words
from reviews.models import Tool
from reviews.services.counting.tool_summary import ToolSummary
from reviews.services.panel import PanelSummary

register = template.Library()

LONGEST_TITLE = 60
LONGEST_DESCRIPTION = 155


@register.simple_tag
def comparison_title(headline: Headline, heading: str) -> str:
    """“Gradio vs Streamlit: level, 3 of 4 each”, shorter where the names are long."""
    answers = (answer_words(headline), _shortest_answer(headline))
    return _first_that_fits([*(f"{heading}: {answer}" for answer in answers), heading], _longest_title())


@register.simple_tag
def comparison_description(headline: Headline, heading: str) -> str:
    """The answer, who differs, its date and what is not known, as far as there is room."""
    answer = answer_words(headline)
    beginnings = [f"{heading}: {answer}.", f"{heading}: {_shortest_answer(headline)}.", f"{heading}."]
    if headline.outcome == Outcome.LEVEL and (difference := differences_words(headline)):
        beginnings.insert(0, f"{heading}: {answer}; {difference}.")
    further = [f"{words}." for words in standing_details(headline)]
    further += _dated("As of", headline.judged_on)
    further += [f"{words}." for words in caveat_sentences(headline.caveats)]
    further.append("Verdicts, prices, reasons and community votes side by side.")
    return _packed(_first_that_fits(beginnings, LONGEST_DESCRIPTION), further)


@register.simple_tag
def tool_title(summary: ToolSummary) -> str:
    """“Qdrant: ship, 4 of 4 ship it”, shorter where the name is long."""
    name = summary.name
    if summary.tool.is_retired:
        return _first_that_fits([f"{name} (retired)", name], _longest_title())
    answers = (_panel_answer(summary.panel), summary.panel.decision or "not judged yet")
    return _first_that_fits([*(f"{name}: {answer}" for answer in answers), name], _longest_title())


@register.simple_tag
def tool_description(summary: ToolSummary) -> str:
    """What the panel says, what the tool is and costs, and when it was judged, as far as there is room."""
    tool = summary.tool
    panel = summary.panel
    mean = f", {mean_words(panel)}" if panel.mean_score is not None else ""
    answer = f"{'retired; ' if tool.is_retired else ''}{_panel_answer(panel)}"
    beginnings = [f"{tool.name}: {answer}{mean}.", f"{tool.name}: {answer}."]
    note = unchecked_note(tool)
    further = [
        f"{tool.tagline}.",
        *([f"{note[:1].upper()}{note[1:]}."] if note else []),
        *([f"Entry: {tool.entry_price}."] if tool.entry_price else []),
        *_dated("Judged on", _last_judged_on(tool)),
        "Reasons, prices and what it is compared with.",
    ]
    return _packed(_first_that_fits(beginnings, LONGEST_DESCRIPTION), further)


def answer_words(headline: Headline) -> str:
    """How a comparison stands, to follow a colon: “level, 3 of 4 each”, “pgvector leads, 4 of 4 ship it”."""
    standing = standing_words(headline)
    if headline.outcome == Outcome.LEADER:
        leader = headline.totals[0].tool.name
        if headline.standing.means:
            return f"{leader} leads by its scores"
        return f"{leader} leads, {standing.removeprefix(f'{leader}: ')}"
    begins_with_name = any(standing.startswith(total.tool.name) for total in headline.totals)
    return standing if begins_with_name else standing[:1].lower() + standing[1:]


def _shortest_answer(headline: Headline) -> str:
    match headline.outcome:
        case Outcome.LEADER:
            return f"{headline.totals[0].tool.name} leads"
        case Outcome.LEVEL:
            return "level" if len(headline.standing.ahead) == len(headline.totals) else "nobody leads"
        case Outcome.NOT_JUDGED:
            return "too early to say"
        case Outcome.DIFFERENT_JOBS:
            return "different jobs"
    return "nobody ships " + ("either" if len(headline.totals) == 2 else "any of them")


def _panel_answer(panel: PanelSummary) -> str:
    """“ship, 3 of 4 ship it”."""
    if panel.decision is None:
        return "not judged by the panel yet"
    return f"{panel.decision}, {panel.ships} of {panel.total} ship it"


def _dated(words: str, day: date | None) -> list[str]:
    return [f"{words} {date_format(day, 'j F Y')}."] if day else []


def _last_judged_on(tool: Tool) -> date | None:
    return max((verdict.reviewed_on for verdict in tool.verdicts.all()), default=None)


def _longest_title() -> int:
    """Return the room that the site's name leaves."""
    return LONGEST_TITLE - len(f" · {settings.SITE_NAME}")


def _first_that_fits(texts: Sequence[str], most: int) -> str:
    """Return the first text of at most so many characters, or the last one."""
    return next((text for text in texts if len(text) <= most), texts[-1])


def _packed(beginning: str, further: Iterable[str]) -> str:
    """Add each sentence for which there is still room."""
    text = beginning
    for sentence in further:
        if len(text) + 1 + len(sentence) <= LONGEST_DESCRIPTION:
            text += f" {sentence}"
    return text
