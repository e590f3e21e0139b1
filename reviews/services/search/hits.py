"""Where the words of a search stand: a tool's name and tagline with marks, and the lines that show the others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviews.models import Tool
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools
from reviews.services.search.highlights import Marked, Segment, Span, merged, segments, separate, snippet
from reviews.services.search.words import folded

MOST_HITS = 3

TOOL_LABELS = ("Name", "Tagline", "Made by", "Category", "Description")
"""What the texts of a tool's document are, in their order."""
ALWAYS_SHOWN = TOOL_LABELS[:2]
SHORT_LABELS = TOOL_LABELS[2:4]
"""Worth a line only for a word that is not to be seen in the name: that Mistral 3B is made by Mistral says nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where words were found."""

    label: str
    """Such as `Description` or `The Skeptic’s answer`."""
    segments: tuple[Segment, ...]
    """The text around the words: `(stretch, whether it is one of the words)`."""

    @property
    def words(self) -> frozenset[str]:
        """The words that it shows, without accents and in lower case."""
        return _words(self.segments)


@dataclass(frozen=True, slots=True)
class FoundTool:
    """A tool that a search has found, and why."""

    summary: ToolSummary
    holds_all: bool
    """Whether the tool, with what was said of it, holds every word."""
    name: tuple[Segment, ...]
    tagline: tuple[Segment, ...]
    hits: tuple[Hit, ...]
    """Where else the words stand: up to three places, first those that show words which name and tagline do not."""

    @property
    def tool(self) -> Tool:
        return self.summary.tool


def found_tools(*, tools: Sequence[Tool], holding_all: frozenset[int], marked: Iterable[Marked]) -> tuple[FoundTool, ...]:
    """Put each tool together with its hits, in the order given. Tools come loaded `with_panel()`; sends no query."""
    documents: dict[int, list[tuple[int | None, str, list[Span]]]] = defaultdict(list)
    for (tool_id, verdict_id, text), spans in _by_document(marked).items():
        documents[tool_id].append((verdict_id, text, spans))
    return tuple(
        _found_tool(column, documents[column.tool.pk], holds_all=column.tool.pk in holding_all)
        for column in summarise_tools(tools)
    )


def _by_document(marked: Iterable[Marked]) -> dict[tuple[int, int | None, str], list[Span]]:
    """Bring together what was marked in a document on different grounds."""
    spans: dict[tuple[int, int | None, str], list[Span]] = defaultdict(list)
    for row in marked:
        spans[row.tool_id, row.verdict_id, row.text] += row.spans()
    return {document: merged(found) for document, found in spans.items()}


def _found_tool(column: ToolSummary, documents: Sequence[tuple[int | None, str, list[Span]]], *, holds_all: bool) -> FoundTool:
    shown: dict[str, tuple[Segment, ...]] = {"Name": ((column.tool.name, False),), "Tagline": ((column.tool.tagline, False),)}
    verdicts = list(column.tool.verdicts.all())
    order = {None: -1} | {verdict.pk: number for number, verdict in enumerate(verdicts)}
    names = {verdict.pk: verdict.reviewer.name for verdict in verdicts}
    hits: list[Hit] = []
    for verdict_id, text, spans in sorted(documents, key=lambda document: order.get(document[0], len(order))):
        for number, (part, inside) in enumerate(separate(text, spans)):
            if not inside:
                continue
            label = _label(number, names.get(verdict_id) if verdict_id else None)
            if label in ALWAYS_SHOWN:
                shown[label] = segments(part, inside)
            else:
                hits.append(Hit(label=label, segments=snippet(part, inside)))
    return FoundTool(
        summary=column,
        holds_all=holds_all,
        name=shown["Name"],
        tagline=shown["Tagline"],
        hits=tuple(_telling(hits, shown=_words(shown["Name"]) | _words(shown["Tagline"]))),
    )


def _telling(hits: Sequence[Hit], *, shown: frozenset[str]) -> Iterator[Hit]:
    """Choose the hits that show most: each time the one with most words that are not shown yet, else with most words."""
    left = [hit for hit in hits if hit.label not in SHORT_LABELS or not hit.words <= shown]
    for _ in range(min(MOST_HITS, len(left))):
        best = max(left, key=lambda hit: (len(hit.words - shown), len(hit.words)))
        left.remove(best)
        shown |= best.words
        yield best


def _words(marked: tuple[Segment, ...]) -> frozenset[str]:
    return frozenset(folded(text) for text, is_marked in marked if is_marked)


def _label(number: int, reviewer: str | None) -> str:
    """Name the text that stands `number`-th in a document: of a tool, or of a reviewer's verdict (after two empty texts)."""
    if reviewer is None:
        return TOOL_LABELS[min(number, len(TOOL_LABELS) - 1)]
    return f"The {reviewer}’s {'verdict' if number <= 2 else 'answer'}"
