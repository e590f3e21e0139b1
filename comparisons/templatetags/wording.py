"""How results are put into words: the one place that makes sentences of them. Nothing here computes.

The parts of a comparison have modules of their own: `answer_wording`, `fact_wording`, `headline_wording`,
`origin_wording` and `your_panel_wording`. `{% load wording %}` loads them too.
"""

import re
from datetime import date

from django import template
from django.utils.formats import date_format

from comparisons.comparison_slugs import MOST
from comparisons.services.compare.fact_rows import FactRow
from comparisons.services.compare.panel_matrix import MatrixCell, MatrixRow, MatrixTotal
from comparisons.services.compare.side_by_side import Reviewed, Row, Value
from comparisons.services.find.pick import PickProblem, PickResult
from comparisons.services.find.resolve import ComparisonNotFound, NotFoundReason
from comparisons.services.lists.comparison_cards import ComparisonCard
from comparisons.services.lists.pages import ListPage
from comparisons.services.visitors.visitor_state import VisitorTool
from comparisons.templatetags import (
    answer_wording,
    enumerations,
    fact_wording,
    headline_wording,
    origin_wording,
    your_panel_wording,
)
from comparisons.templatetags.enumerations import names
from comparisons.templatetags.fact_wording import NOT_KNOWN
from reviews.models import Tool, Verdict
from reviews.models.phrases import names_people
from reviews.services.counting.community import CommunitySummary
from reviews.services.counting.places import Place
from reviews.services.counting.reviewer_record import ReviewerRecord
from reviews.services.editing.change_runs import Judgement
from reviews.services.panel import PanelSummary
from reviews.services.search.hits import DocumentPart, Hit
from reviews.services.voting.rules import FEWEST_NETWORKS

register = template.Library()
for part in (
    answer_wording,
    enumerations,
    fact_wording,
    headline_wording,
    origin_wording,
    your_panel_wording,
):
    register.filters.update(part.register.filters)

DECISION_WORDS = {"ship": "Ship", "skip": "Skip", "split": "Split", None: "No verdicts yet"}


@register.filter
def decision_word(panel: PanelSummary) -> str:
    """Ship, Skip, Split, or No verdicts yet."""
    return DECISION_WORDS[panel.decision]


@register.filter
def panel_words(panel: PanelSummary) -> str:
    """“Ship · 3 ship / 1 skip”, or “No verdicts yet”."""
    if not panel.total:
        return DECISION_WORDS[None]
    return f"{DECISION_WORDS[panel.decision]} · {panel.ships} ship / {panel.skips} skip"


@register.filter
def share_words(panel: PanelSummary) -> str:
    """“75% of 4 verdicts”, or “No verdicts yet”.

    Panel ship is never said without the number of verdicts behind it.
    """
    if not panel.total:
        return DECISION_WORDS[None]
    return f"{panel.ship_percent}% of {panel.total} verdict{'s' if panel.total > 1 else ''}"


@register.filter
def mean_words(panel: PanelSummary) -> str:
    """“mean score 72”, or “scores not known”."""
    return "scores not known" if panel.mean_score is None else f"mean score {panel.mean_score}"


@register.filter
def panel_marks(panel: PanelSummary) -> list[bool]:
    """One mark per verdict, ships first, for the row of little squares."""
    return [True] * panel.ships + [False] * panel.skips


HIT_WORDS = {
    DocumentPart.NAME: "Name",
    DocumentPart.TAGLINE: "Tagline",
    DocumentPart.MAKER: "Made by",
    DocumentPart.CATEGORY: "Category",
    DocumentPart.DESCRIPTION: "Description",
}


@register.filter
def hit_words(hit: Hit) -> str:
    """“Description”, or “The Skeptic’s answer”."""
    return f"The {hit.reviewer}’s {hit.part}" if hit.reviewer else HIT_WORDS[hit.part]


@register.filter
def verdict_words(verdict: Verdict | Judgement) -> str:
    """“84/100 · ship”, or just “ship” where the score is not known."""
    return verdict.decision if verdict.score is None else f"{verdict.score}/100 · {verdict.decision}"


@register.filter
def place_words(place: Place) -> str:
    """“1st”, “2nd”, “Joint 3rd”."""
    ending = (
        "th"
        if place.number % 100 in (11, 12, 13)
        else {1: "st", 2: "nd", 3: "rd"}.get(place.number % 10, "th")
    )
    return f"{'Joint ' if place.is_shared else ''}{place.number}{ending}"


@register.filter
def split_words(pair: ComparisonCard) -> str:
    """“2 reviewers lean to A, 1 to B”, the larger side first."""
    sides = sorted(
        zip((pair.split.first, pair.split.second), pair.sides, strict=True), key=lambda side: -side[0]
    )
    (more, one), (fewer, other) = sides
    return f"{more} reviewer{'s lean' if more > 1 else ' leans'} to {one.name}, {fewer} to {other.name}"


@register.filter
def record_words(record: ReviewerRecord) -> str:
    """“35 verdicts, 83% ship, mean score 78”, or “No verdicts yet”."""
    if not record.total:
        return DECISION_WORDS[None]
    mean = "" if record.mean_score is None else f", mean score {record.mean_score}"
    return f"{record.total} verdict{'s' if record.total > 1 else ''}, {record.ship_percent}% ship{mean}"


@register.filter
def spread_words(record: ReviewerRecord) -> str:
    """“24 scores are known, from 37 to 92. The middle half lies between 67 and 88.”"""
    if not record.scores:
        return "No score is known: every verdict so far is a decision without one."
    if record.known_scores == 1:
        return f"One score is known: {record.lowest}."
    words = f"{record.known_scores} scores are known, from {record.lowest} to {record.highest}."
    return words + (
        f" The middle half lies between {record.middle[0]} and {record.middle[1]}." if record.middle else ""
    )


@register.filter
def found_words(page: ListPage, noun: str) -> str:
    """“30 tools, page 2 of 2. There is no page after that one.”"""
    words = f"{page.found} {noun}{'' if page.found == 1 else 's'}"
    if page.last > 1:
        words += f", page {page.number} of {page.last}"
    return f"{words}. There is no page after that one." if page.is_beyond else words


@register.filter
def vote_words(your: VisitorTool) -> str:
    """What pressing a button came to: “You voted ship for Alpha.”"""
    return (
        f"You voted {your.decision} for {your.tool.name}."
        if your.decision
        else f"Your vote for {your.tool.name} is taken back."
    )


@register.filter
def community_words(community: CommunitySummary) -> str:
    """“67% · 8 ship / 4 skip”, “3 votes, too few for a percentage”, or “No community votes yet”.

    Many votes from few networks: “590 votes from 5 networks, too few networks for a percentage”.
    """
    if not community.total:
        return "No community votes yet"
    if community.ship_percent is None:
        votes = f"{community.total:,} {'vote' if community.total == 1 else 'votes'}"
        if community.total < FEWEST_NETWORKS:
            return f"{votes}, too few for a percentage"
        networks = f"{community.networks} {'network' if community.networks == 1 else 'networks'}"
        return f"{votes} from {networks}, too few networks for a percentage"
    return f"{community.ship_percent}% · {community.ships:,} ship / {community.skips:,} skip"


@register.filter
def crowd_words(lead: int) -> str:
    """“The crowd is 27 percentage points less keen than the panel.”"""
    return (
        f"The crowd is {abs(lead)} percentage points {'keener' if lead > 0 else 'less keen'} than the panel."
    )


ROW_LABELS = {
    "panel": "Panel verdict",
    "community": "Community",
    "best-for": "Best for",
    "avoid-if": "Avoid if",
    "category": "Category",
}


@register.filter
def row_label(row: Row | FactRow) -> str:
    """What a row of the decision table is called."""
    return row.attribute.label if isinstance(row, FactRow) else ROW_LABELS[row.key]


@register.filter
def value_words(row: Row, value: Value) -> str:
    """What a cell of the decision table says."""
    if isinstance(value, PanelSummary):
        return panel_words(value)
    if isinstance(value, CommunitySummary):
        return community_words(value)
    if row.key == "best-for":
        return best_for_words(value) or NOT_KNOWN
    return sentence_case(value) or NOT_KNOWN if row.key == "avoid-if" else value or NOT_KNOWN


@register.filter
def best_for_words(best_for: str) -> str:
    """A tool's best-for beside the label “Best for”.

    “Showing a model …”, or for people “If you are a team with …”.
    """
    return f"If {best_for}" if names_people(best_for) else sentence_case(best_for)


@register.filter
def job_words(tool: Tool) -> str:
    """What a tool is for, in a sentence.

    “Gradio is for showing a model …”, “Ollama is for you if you are …”.
    """
    if not tool.best_for:
        return f"{tool.name}: {tool.tagline}."
    whom = f"you if {tool.best_for}" if tool.is_best_for_people else tool.best_for
    return f"{tool.name} is for {whom}."


@register.filter
def sentence_case(text: str) -> str:
    """Begin `text` as a sentence does, but for a name that is written with a small letter: “iOS apps”."""
    first = text.split(" ")[0]
    return text[:1].upper() + text[1:] if first.islower() else text


@register.filter
def cell_words(cell: MatrixCell) -> str:
    """What a cell of the panel matrix says: “ship 84”, “skip, score not known”, “not judged yet”."""
    if cell.decision is None:
        return "not judged yet"
    return f"{cell.decision} {cell.score}" if cell.score is not None else f"{cell.decision}, score not known"


@register.filter
def row_split_words(row: MatrixRow) -> str:
    """Which tools a reviewer ships and which it skips: “ships Gradio, skips Streamlit”."""
    ships = names([cell.tool for cell in row.cells if cell.decision == "ship"])
    return f"ships {ships}, skips {names([cell.tool for cell in row.cells if cell.decision == 'skip'])}"


@register.filter
def mean_score_words(panel: PanelSummary) -> str:
    """“mean 73” below the scores; empty where none is known."""
    return "" if panel.mean_score is None else f"mean {panel.mean_score}"


@register.filter
def reviewed_words(reviewed: Reviewed) -> str:
    """When a tool was judged and its facts were checked.

    “judged on 3 March 2026; 9 of 14 facts checked”.
    """
    if reviewed.first_on is None or reviewed.last_on is None:
        words = "no verdicts yet"
    elif reviewed.first_on == reviewed.last_on:
        words = f"judged on {_day(reviewed.last_on)}"
    else:
        words = f"judged from {_day(reviewed.first_on)} to {_day(reviewed.last_on)}"
    if reviewed.last_on and reviewed.missing:
        words += f"; still to come: {names(reviewed.missing)}"
    return f"{words}; {checked_words(reviewed.tool)}"


@register.filter
def checked_words(tool: Tool) -> str:
    """“9 of 14 facts checked”, or “facts not checked yet”."""
    checked = len(tool.checked_facts)
    return f"{checked} of {len(tool.known_facts)} facts checked" if checked else "facts not checked yet"


def _day(day: date) -> str:
    return date_format(day, "j F Y")


@register.filter
def first_sentence(text: str) -> str:
    """The first sentence of a verdict, to stand as a quotation."""
    return SENTENCE_END.split(text.strip(), maxsplit=1)[0]


SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘\"])")


@register.filter
def plot_words(row: MatrixRow) -> str:
    """The text alternative of a row's dots: “Scores of the Builder: Gradio 88”; empty without a score."""
    if not row.scored:
        return ""
    return f"Scores of the {row.reviewer.name}: " + ", ".join(
        f"{cell.tool.name} {cell.score}" for cell in row.scored
    )


@register.filter
def ships_words(total: MatrixTotal) -> str:
    """“3 of 4”, or “No verdicts yet”."""
    return f"{total.panel.ships} of {total.panel.total}" if total.panel.total else DECISION_WORDS[None]


PICK_WORDS = {
    PickProblem.TOO_MANY: (
        "Up to {most} tools fit side by side, and you chose {chosen}. Untick what you can do without."
    ),
    # Which name it is, its field says.
    PickProblem.UNKNOWN_NAME: "A name is not known here: try another spelling, or a part of it.",
    PickProblem.UNCLEAR_NAME: "Say which tool you mean, and the comparison is next.",
    PickProblem.SAME_TOOL_ONLY: "{first} can't be compared with itself. Name another tool to put beside it.",
    PickProblem.SAME_TOOL_TWICE: (
        "You named a tool twice. Here is what is left: add another, or compare these."
    ),
    PickProblem.ONE_TOOL: "Name one more tool to put beside {first}.",
    PickProblem.NOTHING_NAMED: "Two to four fit side by side. A name will do, or a part of one.",
}


@register.filter
def pick_words(picked: PickResult) -> str:
    """Say what is still to be done before there is a comparison."""
    if picked.problem is None:
        return ""
    first = picked.tools[0].name if picked.tools else ""
    return PICK_WORDS[picked.problem].format(most=MOST, chosen=len(picked.tools), first=first)


@register.filter
def not_found_words(missing: ComparisonNotFound) -> str:
    """Say why there is no comparison at an address."""
    if missing.reason == NotFoundReason.WRONG_NUMBER:
        return "A comparison puts two to four tools side by side."
    if missing.reason == NotFoundReason.SAME_TOOL:
        return "A tool can't be compared with itself."
    if missing.retired:
        return f"{missing.retired.name} is retired and no longer compared."
    unknown = [f"“{slug[:120]}”" for slug in missing.unknown]
    return f"There is no published tool at {' nor at '.join(unknown)}."
