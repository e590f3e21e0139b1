"""Tools that may have been entered twice, by name or website; one query and one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from django.db.models import Subquery

from reviews.models import Tool
from reviews.models.general_attributes import WEBSITE
from reviews.models.tool_facts import fact_of_tool
from reviews.services.editing.dismissed_pairs import dismissed_keys
from reviews.services.naming.name_words import name_words

MOST_SHARING = 6
"""A key that more tools share is ignored: it may be one page for a family of models."""
SHORTEST_MISSPELT = 6  # letters: in a shorter name one letter makes another name


class DuplicateSign(StrEnum):
    SAME_LETTERS = "same-letters"
    SAME_WORDS = "same-words"
    ONE_LETTER = "one-letter"
    SAME_WEBSITE = "same-website"


@dataclass(frozen=True, slots=True)
class ToolEntry:
    pk: int
    name: str
    website: str = ""


@dataclass(frozen=True, slots=True)
class SuspectedDuplicate:
    """Ids of two tools, the older first."""

    first: int
    second: int
    sign: DuplicateSign


def suspected_duplicates(*, entries: Iterable[ToolEntry] | None = None) -> list[SuspectedDuplicate]:
    """Return the pairs that nobody dismissed, newest first. Two queries; one if `entries` are given."""
    groups: dict[tuple[DuplicateSign, str], set[int]] = defaultdict(set)
    for entry in _entries() if entries is None else entries:
        for sign, key in _keys(entry):
            groups[sign, key].add(entry.pk)
    pairs: dict[tuple[int, int], DuplicateSign] = {}
    for (sign, _), ids in groups.items():
        if len(ids) <= MOST_SHARING:
            for first, second in combinations(sorted(ids), 2):
                pairs.setdefault((second, first), sign)
    dismissed = dismissed_keys()
    return [
        SuspectedDuplicate(first=first, second=second, sign=sign)
        for (second, first), sign in sorted(pairs.items(), reverse=True)
        if (first, second) not in dismissed
    ]


def _entries() -> Iterator[ToolEntry]:
    website = Subquery(fact_of_tool(WEBSITE).values("text"))
    rows = Tool.objects.order_by("pk").annotate(website_text=website)
    for pk, name, address in rows.values_list("pk", "name", "website_text").iterator(chunk_size=2000):
        yield ToolEntry(pk=pk, name=name, website=address or "")


def _keys(entry: ToolEntry) -> Iterator[tuple[DuplicateSign, str]]:
    """Yield keys that two entries of one tool would share. Versions stay: Llama 3.1 is neither 3.2 nor 31."""
    words = name_words(entry.name)
    letters = "".join(words)
    if letters:
        yield DuplicateSign.SAME_LETTERS, letters
        # Versions stay in their order: “Scout 17 of Llama 4” is not “Scout 4 of Llama 17”.
        in_order = sorted(words, key=lambda word: "" if word[0].isdecimal() else word)
        yield DuplicateSign.SAME_WORDS, " ".join(in_order)
    if len(letters) >= SHORTEST_MISSPELT:
        # Two names that differ in one letter are the same once the right letter is left out of each.
        yield DuplicateSign.ONE_LETTER, letters
        for position, letter in enumerate(letters):
            if letter.isalpha():
                yield DuplicateSign.ONE_LETTER, letters[:position] + letters[position + 1 :]
    page = re.sub(r"^https?://(www\.)?", "", entry.website.casefold()).split("?")[0].split("#")[0].rstrip("/")
    if "/" in page:  # a maker's front page says nothing about what it makes
        yield DuplicateSign.SAME_WEBSITE, page


def signs_shared(*, one: ToolEntry, others: Iterable[ToolEntry]) -> dict[int, DuplicateSign]:
    """Return by id the first sign that each of `others` shares with `one`; no query."""
    keys = set(_keys(one))
    found: dict[int, DuplicateSign] = {}
    for other in others:
        shared = next((sign for sign, key in _keys(other) if (sign, key) in keys), None)
        if shared:
            found[other.pk] = shared
    return found
