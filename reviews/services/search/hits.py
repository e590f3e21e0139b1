"""Where the words of a search stand in a tool's texts."""

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
    """A tool's document has the first five texts, in this order."""

    NAME = "name"
    TAGLINE = "tagline"
    MAKER = "maker"
    CATEGORY = "category"
    DESCRIPTION = "description"
    VERDICT = "verdict"
    ANSWER = "answer"


TOOL_PARTS = tuple(DocumentPart)[:5]
SHORT_PARTS = (DocumentPart.MAKER, DocumentPart.CATEGORY)
"""Shown only for words not in the name: that Mistral makes Mistral 3B says nothing."""

Document = tuple[int | None, str, list[Span]]
"""Verdict id (None for the tool's own), text, and where the words are in it."""


@dataclass(frozen=True, slots=True)
class Hit:
    part: DocumentPart
    reviewer: str
    """Empty for a text of the tool."""
    segments: tuple[Segment, ...]
    """The text around the marked words."""

    @property
    def words(self) -> frozenset[str]:
        """Lower case, without accents."""
        return _marked_words(self.segments)


@dataclass(frozen=True, slots=True)
class FoundTool:
    summary: ToolSummary
    holds_all: bool
    """The tool and its verdicts hold every word."""
    name: tuple[Segment, ...]
    tagline: tuple[Segment, ...]
    hits: tuple[Hit, ...]
    """Up to three other texts, first those with words not in name or tagline."""

    @property
    def tool(self) -> Tool:
        return self.summary.tool


def found_tools(
    *, tools: Sequence[Tool], holding_all: frozenset[int], marked: Iterable[Marked]
) -> tuple[FoundTool, ...]:
    """Put tools, loaded `with_panel()`, together with their hits, in the given order; no query."""
    documents: dict[int, list[Document]] = defaultdict(list)
    for (tool_id, verdict_id, text), spans in _spans_by_document(marked).items():
        documents[tool_id].append((verdict_id, text, spans))
    return tuple(
        _found_tool(summary, documents[summary.tool.pk], holds_all=summary.tool.pk in holding_all)
        for summary in summarise_tools(tools)
    )


def _spans_by_document(marked: Iterable[Marked]) -> dict[tuple[int, int | None, str], list[Span]]:
    """A document may be marked twice: by stems and by a prefix."""
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


def _parts_with_words(
    tool: Tool, documents: Sequence[Document]
) -> Iterator[tuple[DocumentPart, str, str, list[Span]]]:
    """Yield each text that holds words: the tool's own, then the verdicts in panel order."""
    verdicts = list(tool.verdicts.all())
    order: dict[int | None, int] = {None: -1} | {
        verdict.pk: number for number, verdict in enumerate(verdicts)
    }
    names = {verdict.pk: verdict.reviewer.name for verdict in verdicts}
    for verdict_id, document, spans in sorted(documents, key=lambda item: order.get(item[0], len(order))):
        reviewer = names.get(verdict_id, "") if verdict_id else ""
        for number, (text, inside) in enumerate(separate(document, spans)):
            if inside:
                yield _part(number, is_verdict=bool(reviewer)), reviewer, text, inside


def _part(number: int, *, is_verdict: bool) -> DocumentPart:
    """Return the part of the `number`-th text. A verdict's document has two empty texts before it."""
    if not is_verdict:
        return TOOL_PARTS[min(number, len(TOOL_PARTS) - 1)]
    return DocumentPart.VERDICT if number <= 2 else DocumentPart.ANSWER


def _most_informative(hits: Sequence[Hit], *, shown: frozenset[str]) -> Iterator[Hit]:
    """Choose hits, each time the one with most words not shown yet."""
    left = [hit for hit in hits if hit.part not in SHORT_PARTS or not hit.words <= shown]
    for _ in range(min(MOST_HITS, len(left))):
        best = max(left, key=lambda hit: (len(hit.words - shown), len(hit.words)))
        left.remove(best)
        shown |= best.words
        yield best


def _marked_words(marked: tuple[Segment, ...]) -> frozenset[str]:
    return frozenset(folded(text) for text, is_marked in marked if is_marked)
