"""Slugs similar to a mistyped one, among thousands: a quick look at all, a careful one at a few."""

from collections.abc import Iterable, Sequence
from heapq import nlargest

from reviews.services.search.likeness import Likeness

LONGEST = 120  # characters that are looked at: the longest slug
CAREFULLY_COMPARED = (
    60  # slugs that are compared letter by letter: those with the most neighbouring letters in common
)
SIMILAR = 0.5
"""A slug may have been meant from this likeness on, 0 to 1. Low, as suggestions on a 404 may be far."""


def similar_slugs(*, typed: Sequence[str], known: Iterable[str], most: int) -> dict[str, list[str]]:
    """Return for each of `typed` up to `most` similar ones of the `known` slugs, likeliest first."""
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
    """Return the neighbouring letters of a slug; its ends count as a letter."""
    return frozenset(zip(f" {slug}", f"{slug} ", strict=True))
