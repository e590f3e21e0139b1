"""The same question for a file full of texts: which of them are nearly the same as another verdict's?

Held pair by pair, thousands of texts against thousands would take minutes. Here the runs of all of them are noted once, and each
other text is looked up by its own runs: one query, and a pass over every text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from reviews.services.editing.similar_texts import ALIKE, FEWEST_RUNS, Likeness, runs_of, stored_texts

MOST_NOTED = 50
"""In how many texts a run is noted at most. What stands in more of them says little, and would take long."""

VerdictKey = tuple[int, int]
"""A verdict's tool and reviewer, by their ids."""


@dataclass(frozen=True, slots=True)
class Text:
    """A verdict's text, and how to name the verdict in a sentence: “the Builder on Alpha”."""

    name: str
    body: str


def alike_among_many(*, texts: Mapping[VerdictKey, Text]) -> dict[VerdictKey, Likeness]:
    """Return for each of `texts` the one that it resembles most, where there is one.

    It is held against the other `texts` and every stored verdict but those that `texts` replace.
    """
    noted, sizes = _noted(texts)
    found: dict[VerdictKey, Likeness] = {}
    for place, other in _all_texts(texts) if sizes else ():
        runs = runs_of(other.body)
        if len(runs) < FEWEST_RUNS:
            continue
        common = Counter(chain.from_iterable(noted.get(hash(run), ()) for run in runs))
        for mine, count in common.items():
            share = count / min(sizes[mine], len(runs))
            if mine != place and share >= ALIKE:
                _keep(found, mine, place, other, share)
                if place in texts:  # noted too seldom, it may not be found the other way round
                    _keep(found, place, mine, texts[mine], share)
    return found


def _noted(texts: Mapping[VerdictKey, Text]) -> tuple[dict[int, list[VerdictKey]], dict[VerdictKey, int]]:
    """Return in which texts each run stands, by its hash, and how many runs each text has; short texts are left out."""
    noted: defaultdict[int, list[VerdictKey]] = defaultdict(list)
    sizes: dict[VerdictKey, int] = {}
    for place, text in texts.items():
        runs = runs_of(text.body)
        if len(runs) < FEWEST_RUNS:
            continue
        sizes[place] = len(runs)
        for run in runs:
            if len(noted[hash(run)]) < MOST_NOTED:
                noted[hash(run)].append(place)
    return noted, sizes


def _all_texts(texts: Mapping[VerdictKey, Text]) -> Iterator[tuple[VerdictKey, Text]]:
    for name, tool, reviewer, body in stored_texts():
        if (tool, reviewer) not in texts:
            yield (tool, reviewer), Text(name=name, body=body)
    yield from texts.items()


def _keep(found: dict[VerdictKey, Likeness], mine: VerdictKey, theirs: VerdictKey, other: Text, share: float) -> None:
    if mine not in found or share > found[mine].share:
        found[mine] = Likeness(name=other.name, tool_id=theirs[0], body=other.body, share=share)
