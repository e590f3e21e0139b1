"""Words marked in a text, and the part of a long text that shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviews.services.search.documents import SEPARATOR, with_signs

MARK = "\x02"
"""Before and after each word a database found. No text holds it."""

Span = tuple[int, int]
"""Begin and end of a marked word, in characters from 0."""
Segment = tuple[str, bool]
"""A piece of text, and whether it is marked."""

LONGEST_SNIPPET = 180  # characters
LEAD = 50  # characters before the first marked word, where there are as many


@dataclass(frozen=True, slots=True)
class Marked:
    """A document's texts, separated, and the same with marks around found words."""

    tool_id: int
    verdict_id: int | None
    text: str
    marked: str

    def spans(self) -> list[Span]:
        """Return where the marked words are; nowhere if the marks do not fit the text."""
        stretches = self.marked.split(MARK)
        if len(self.text) != sum(map(len, stretches)):
            return []
        spans = []
        position = 0
        for number, stretch in enumerate(stretches):
            if number % 2 and stretch:
                spans.append((position, position + len(stretch)))
            position += len(stretch)
        return spans


def merged(spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order; those that touch or overlap become one."""
    result: list[Span] = []
    for begin, end in sorted(spans):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result


def separate(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    """Yield each text of a document with its spans, counted from its own start."""
    begin = 0
    for part in text.split(SEPARATOR):
        end = begin + len(part)
        yield part, [(left - begin, right - begin) for left, right in spans if begin <= left and right <= end]
        begin = end + len(SEPARATOR)


def segments(text: str, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """Cut a text of the index at its merged spans, and restore its signs."""
    result = []
    position = 0
    for begin, end in [*spans, (len(text), len(text))]:
        result += [(text[position:begin], False), (text[begin:end], True)]
        position = end
    return tuple((with_signs(stretch), is_marked) for stretch, is_marked in result if stretch)


def snippet(text: str, spans: Sequence[Span], *, longest: int = LONGEST_SNIPPET) -> tuple[Segment, ...]:
    """Return the part of about `longest` characters with most marks, cut between words."""
    if len(text) <= longest:
        return segments(text, spans)
    begin, end = _window(text, spans, longest)
    inside = [(left - begin, right - begin) for left, right in spans if begin <= left and right <= end]
    shown = list(segments(text[begin:end], inside))
    if begin:
        shown.insert(0, ("… ", False))
    if end < len(text):
        shown.append((" …", False))
    return tuple(shown)


def _window(text: str, spans: Sequence[Span], longest: int) -> Span:
    starts = [max(0, left - LEAD) for left, _ in spans] or [0]
    shows = {
        start: sum(start <= left and right <= start + longest for left, right in spans) for start in starts
    }
    begin = max(shows, key=lambda start: (shows[start], -start))
    first, last = next(((left, right) for left, right in spans if left >= begin), (begin, begin))
    if begin:
        blank = text.find(" ", begin, first)
        begin = blank + 1 if blank >= 0 else begin
    end = min(len(text), max(begin + longest, last))
    if end < len(text):
        blank = text.rfind(" ", last, end)
        end = blank if blank > begin else end
    return begin, end
