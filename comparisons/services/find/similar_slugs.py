"""Slugs that look like a mistyped one, among thousands: first a quick look at all, then a careful one at a few."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from heapq import nlargest

LONGEST = 120  # characters that are looked at: the longest slug
LOOKED_AT = 60  # slugs that are compared letter by letter: those with the most neighbouring letters in common
ALIKE = 0.5  # the share of letters in the same order from which on two slugs look alike


def similar_slugs(*, typed: Sequence[str], known: Iterable[str], most: int) -> dict[str, list[str]]:
    """Return for each of `typed` up to `most` of the `known` slugs that look like it, the likeliest first."""
    pairs = [(slug, _pairs(slug)) for slug in known]
    found = {}
    for text in typed:
        mine = _pairs(text[:LONGEST])
        few = nlargest(LOOKED_AT, pairs, key=lambda each: len(mine & each[1]) / (len(mine) + len(each[1])))
        found[text] = get_close_matches(text[:LONGEST], [slug for slug, _ in few], n=most, cutoff=ALIKE)
    return found


def _pairs(slug: str) -> frozenset[tuple[str, str]]:
    """Return the neighbouring letters of a slug; its first and last letter have the edge for a neighbour."""
    return frozenset(zip(f" {slug}", f"{slug} ", strict=True))
