"""Verdicts whose text is nearly another's, for one form or a file of thousands.

The three-word runs of the given texts are indexed once, and every other text is looked up by its own: one
query, one pass over each text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from reviews.models import Verdict

SIMILAR = 0.5
"""Two texts are nearly the same from this share of common runs, of the shorter text."""
FEWEST_RUNS = 6
"""Shorter texts are not compared."""
MOST_INDEXED = 50
"""Each run is indexed in at most so many given texts: a common one says little and is slow."""

WITHOUT_BLANKS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
"""Chinese and Japanese, which put no blanks between words: each character is taken for a word."""
CHARACTER = re.compile(f"[{WITHOUT_BLANKS}]")
WORD_OR_CHARACTER = re.compile(rf"[{WITHOUT_BLANKS}]|[^\W{WITHOUT_BLANKS}]+")
WORD = re.compile(r"\w+")

VerdictKey = tuple[int | None, int]
"""Ids of tool (None if not stored) and reviewer."""


@dataclass(frozen=True, slots=True)
class VerdictText:
    body: str
    tool: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class SimilarText:
    text: VerdictText
    tool_id: int | None
    share: float
    """Share of common runs, `SIMILAR` to 1."""
    is_given: bool
    """It is one of the given texts, not a stored one."""


def similar_texts(*, texts: Mapping[VerdictKey, VerdictText]) -> dict[VerdictKey, SimilarText]:
    """Return for each of `texts` the most similar one, if any.

    It is compared with the others and every stored verdict except those that `texts` replace.
    """
    index, sizes = _indexed(texts)
    indexed_runs = frozenset(index)
    found: dict[VerdictKey, SimilarText] = {}
    for key, text in _all_texts(texts) if sizes else ():
        runs = runs_of(text.body)
        common_runs = runs & indexed_runs
        if len(runs) < FEWEST_RUNS or len(common_runs) < SIMILAR * FEWEST_RUNS:
            continue  # nearly all texts end here
        counts = Counter(chain.from_iterable(map(index.__getitem__, common_runs)))
        for other_key, count in counts.items():
            share = count / min(sizes[other_key], len(runs))
            if other_key == key or share < SIMILAR:
                continue
            _note(found, other_key, SimilarText(text, tool_id=key[0], share=share, is_given=key in texts))
            if key in texts:  # a run that is indexed too seldom may not be found the other way round
                other = texts[other_key]
                _note(found, key, SimilarText(other, tool_id=other_key[0], share=share, is_given=True))
    return found


def runs_of(text: str) -> set[int]:
    """Return the hashes of a text's runs of three words."""
    pattern = WORD_OR_CHARACTER if CHARACTER.search(text) else WORD
    words = pattern.findall(text.lower())
    return set(map(hash, zip(words, words[1:], words[2:], strict=False)))


def stored_texts() -> Iterator[tuple[VerdictKey, VerdictText]]:
    rows = Verdict.objects.order_by().values_list(
        "tool_id", "reviewer_id", "body", "tool__name", "reviewer__name"
    )
    for tool_id, reviewer_id, body, tool, reviewer in rows.iterator(chunk_size=2000):
        yield (tool_id, reviewer_id), VerdictText(body=body, tool=tool, reviewer=reviewer)


def _indexed(
    texts: Mapping[VerdictKey, VerdictText],
) -> tuple[dict[int, list[VerdictKey]], dict[VerdictKey, int]]:
    """Return the texts of each run, and the number of runs of each text; short texts are left out."""
    index: defaultdict[int, list[VerdictKey]] = defaultdict(list)
    sizes: dict[VerdictKey, int] = {}
    for key, text in texts.items():
        runs = runs_of(text.body)
        if len(runs) < FEWEST_RUNS:
            continue
        sizes[key] = len(runs)
        for run in runs:
            if len(index[run]) < MOST_INDEXED:
                index[run].append(key)
    return dict(index), sizes


def _all_texts(texts: Mapping[VerdictKey, VerdictText]) -> Iterator[tuple[VerdictKey, VerdictText]]:
    for key, text in stored_texts():
        if key not in texts:
            yield key, text
    yield from texts.items()


def _note(found: dict[VerdictKey, SimilarText], key: VerdictKey, similar: SimilarText) -> None:
    if key not in found or similar.share > found[key].share:
        found[key] = similar
