"""Finding a text that is nearly the same as another verdict's: both are taken apart into runs of three words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviews.models import Verdict

ALIKE = 0.5
"""From this share of common runs (of the shorter text) on, two texts count as nearly the same."""
FEWEST_RUNS = 6


@dataclass(frozen=True, slots=True)
class Likeness:
    """The verdict that a text resembles."""

    name: str
    tool_id: int | None
    body: str
    share: float
    """Of the shorter text's runs of three words, the part that both have, 0 to 1."""


def nearly_the_same(*, texts: Mapping[int, str], tool_id: int | None) -> dict[int, Likeness]:
    """Return for each of `texts` (by reviewer) the text that it resembles, where there is one.

    It is held against every stored verdict but the one that the same reviewer gave the same tool, and against the other
    `texts`. One query and one pass over the stored texts, which come in pieces.
    """
    mine = {reviewer: (_words(text), runs_of(text)) for reviewer, text in texts.items()}
    mine = {reviewer: parts for reviewer, parts in mine.items() if len(parts[1]) >= FEWEST_RUNS}
    found: dict[int, Likeness] = {}
    if not mine:
        return found
    for name, owner, judge, body in _others(texts, tool_id):
        words = _words(body)
        for reviewer, (my_words, my_runs) in mine.items():
            if owner == tool_id and judge == reviewer:
                continue
            # Nearly all texts end here: too few words in common to have half their runs in common.
            if len(words & my_words) < ALIKE * min(len(words), len(my_words)):
                continue
            share = _share(my_runs, runs_of(body))
            if share >= ALIKE and share > (found[reviewer].share if reviewer in found else 0):
                found[reviewer] = Likeness(name=name, tool_id=owner, body=body, share=share)
    return found


def stored_texts() -> Iterator[tuple[str, int, int, str]]:
    """Every stored verdict's name in a sentence, tool, reviewer and text, in pieces. One query."""
    stored = Verdict.objects.order_by().values_list("tool_id", "reviewer_id", "body", "tool__name", "reviewer__name")
    for owner, judge, body, tool, reviewer in stored.iterator(chunk_size=2000):
        yield f"the {reviewer} on {tool}", owner, judge, body


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words that a text is made of."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _others(texts: Mapping[int, str], tool_id: int | None) -> Iterator[tuple[str, int | None, int, str]]:
    typed = set(texts)
    for name, owner, judge, body in stored_texts():
        if owner != tool_id or judge not in typed:
            yield name, owner, judge, body
    for judge, text in texts.items():
        yield "another text on this page", tool_id, judge, text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def _share(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= FEWEST_RUNS else 0.0
