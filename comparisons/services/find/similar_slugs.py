"""Slugs that look like a mistyped one, among thousands.

First a quick look at all, then a careful one at a few.
"""

from collections.abc import Iterable, Sequence
from heapq import nlargest

from reviews.services.search.likeness import Likeness

LONGEST = 120  # characters that are looked at: the longest slug
CAREFULLY_COMPARED = (
    60  # slugs that are compared letter by letter: those with the most neighbouring letters in common
)
SIMILAR = 0.5
"""From this likeness on, 0 to 1, a slug may have been meant.

A suggestion on a page that says “not found” may be a far one.
"""


def similar_slugs(*, typed: Sequence[str], known: Iterable[str], most: int) -> dict[str, list[str]]:
    """Return for each of `typed` up to `most` of the `known` slugs that look like it, the likeliest first."""
    pairs = {slug: _letter_pairs(slug) for slug in known}
    return {text: _similar(text[:LONGEST], pairs, most) for text in typed}


def _similar(typed: str, pairs: dict[str, frozenset[tuple[str, str]]], most: int) -> list[str]:
    typed_pairs = _letter_pairs(typed)

    def share_of_pairs(slug: str) -> float:
        return len(typed_pairs & pairs[slug]) / (len(typed_pairs) + len(pairs[slug]))

    likeness = Likeness(typed)
    likely = [
        (likeness.of(slug, at_least=SIMILAR), slug)
        for slug in nlargest(CAREFULLY_COMPARED, pairs, key=share_of_pairs)
    ]
    return [slug for share, slug in nlargest(most, likely) if share]


def _letter_pairs(slug: str) -> frozenset[tuple[str, str]]:
    """Return the neighbouring letters of a slug; its first and last letter have the edge for a neighbour."""
    return frozenset(zip(f" {slug}", f"{slug} ", strict=True))
