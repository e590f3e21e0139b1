"""Where the words of a search stand: a tool's name and tagline with marks, and snippets that show the other words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviews.models import Tool
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools
from reviews.services.search.highlights import Marked, Segment, Span, merged, segments, separate, snippet
from reviews.services.search.words import folded

MOST_HITS = 3


class DocumentPart(StrEnum):
    """What one text of a document is. A tool's document has the first five, in this order."""

    NAME = "name"
    TAGLINE = "tagline"
    MAKER = "maker"
    CATEGORY = "category"
    DESCRIPTION = "description"
    VERDICT = "verdict"
    ANSWER = "answer"


TOOL_PARTS = tuple(DocumentPart)[:5]
SHORT_PARTS = (DocumentPart.MAKER, DocumentPart.CATEGORY)
"""Worth a line only for a word that is not seen in the name: that Mistral 3B is made by Mistral says nothing."""

Document = tuple[int | None, str, list[Span]]
"""Its verdict's id, or None for the tool's own; its text; and where the words stand in it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One text in which words were found."""

    part: DocumentPart
    reviewer: str
    """Whose verdict or answer it is; empty for a text of the tool."""
    segments: tuple[Segment, ...]
    """The text around the words: `(stretch, whether it is one of the words)`."""

    @property
    def words(self) -> frozenset[str]:
        """The words that it shows, without accents and in lower case."""
        return _marked_words(self.segments)


@dataclass(frozen=True, slots=True)
class FoundTool:
    """A tool that a search has found, and why."""

    summary: ToolSummary
    holds_all: bool
    """Whether the tool, with what was said of it, holds every word."""
    name: tuple[Segment, ...]
    tagline: tuple[Segment, ...]
    hits: tuple[Hit, ...]
    """Where else the words stand: up to three texts, first those that show words which name and tagline do not."""

    @property
    def tool(self) -> Tool:
        return self.summary.tool


def found_tools(*, tools: Sequence[Tool], holding_all: frozenset[int], marked: Iterable[Marked]) -> tuple[FoundTool, ...]:
    """Put each tool together with its hits, in the order given. Tools come loaded `with_panel()`; sends no query."""
    documents: dict[int, list[Document]] = defaultdict(list)
    for (tool_id, verdict_id, text), spans in _spans_by_document(marked).items():
        documents[tool_id].append((verdict_id, text, spans))
    return tuple(
        _found_tool(summary, documents[summary.tool.pk], holds_all=summary.tool.pk in holding_all)
        for summary in summarise_tools(tools)
    )


def _spans_by_document(marked: Iterable[Marked]) -> dict[tuple[int, int | None, str], list[Span]]:
    """Bring together what was marked in a document for different reasons."""
    spans: dict[tuple[int, int | None, str], list[Span]] = defaultdict(list)
    for document in marked:
        spans[document.tool_id, document.verdict_id, document.text] += document.spans()
    return {document: merged(found) for document, found in spans.items()}


def _found_tool(summary: ToolSummary, documents: Sequence[Document], *, holds_all: bool) -> FoundTool:
    name: tuple[Segment, ...] = ((summary.tool.name, False),)
    tagline: tuple[Segment, ...] = ((summary.tool.tagline, False),)
    hits: list[Hit] = []
    for part, reviewer, text, spans in _parts_with_words(summary.tool, documents):
        if part == DocumentPart.NAME:
            name = segments(text, spans)
        elif part == DocumentPart.TAGLINE:
            tagline = segments(text, spans)
        else:
            hits.append(Hit(part=part, reviewer=reviewer, segments=snippet(text, spans)))
    shown = _marked_words(name) | _marked_words(tagline)
    return FoundTool(
        summary=summary,
        holds_all=holds_all,
        name=name,
        tagline=tagline,
        hits=tuple(_most_informative(hits, shown=shown)),
    )


def _parts_with_words(tool: Tool, documents: Sequence[Document]) -> Iterator[tuple[DocumentPart, str, str, list[Span]]]:
    """Yield each text that holds words, with its reviewer's name: the tool's own first, then the verdicts in panel order."""
    verdicts = list(tool.verdicts.all())
    order: dict[int | None, int] = {None: -1} | {verdict.pk: number for number, verdict in enumerate(verdicts)}
    names = {verdict.pk: verdict.reviewer.name for verdict in verdicts}
    for verdict_id, document, spans in sorted(documents, key=lambda item: order.get(item[0], len(order))):
        reviewer = names.get(verdict_id, "") if verdict_id else ""
        for number, (text, inside) in enumerate(separate(document, spans)):
            if inside:
                yield _part(number, is_verdict=bool(reviewer)), reviewer, text, inside


def _part(number: int, *, is_verdict: bool) -> DocumentPart:
    """Return what the text is that stands `number`-th in a document. A verdict's has two empty texts before it."""
    if not is_verdict:
        return TOOL_PARTS[min(number, len(TOOL_PARTS) - 1)]
    return DocumentPart.VERDICT if number <= 2 else DocumentPart.ANSWER


def _most_informative(hits: Sequence[Hit], *, shown: frozenset[str]) -> Iterator[Hit]:
    """Choose the hits that show most: each time the one with most words that are not shown yet, else with most words."""
    left = [hit for hit in hits if hit.part not in SHORT_PARTS or not hit.words <= shown]
    for _ in range(min(MOST_HITS, len(left))):
        best = max(left, key=lambda hit: (len(hit.words - shown), len(hit.words)))
        left.remove(best)
        shown |= best.words
        yield best


def _marked_words(marked: tuple[Segment, ...]) -> frozenset[str]:
    return frozenset(folded(text) for text, is_marked in marked if is_marked)
