"""Tools that may be one and the same, entered twice: told by name and by website, in one query and one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import QuerySet

from reviews.models import Tool

MOST_ALIKE = 6
"""A key that more tools share than this tells nothing: one page for a whole family of models, for example."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is looked at of a tool."""

    pk: int
    name: str
    website: str = ""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two tools that may be one, the older entry first, and why."""

    first: int
    second: int
    why: str


def suspected_duplicates(*, entries: Iterable[Entry] | None = None) -> list[Suspicion]:
    """Return pairs of tools whose names or websites are nearly the same, the newest first. One query, or none for `entries`."""
    if entries is None:
        entries = [Entry(*row) for row in _entries().iterator(chunk_size=2000)]
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in entries:
        for why, key in _keys(entry):
            groups[why, key].append(entry.pk)
    found: dict[tuple[int, int], str] = {}
    for (why, _), pks in groups.items():
        unique = sorted(set(pks))
        if 1 < len(unique) <= MOST_ALIKE:
            for first, second in combinations(unique, 2):
                found.setdefault((first, second), why)
    return [Suspicion(first=a, second=b, why=why) for (a, b), why in sorted(found.items(), key=lambda pair: pair[0][::-1])[::-1]]


def _entries() -> QuerySet[Tool, tuple[int, str, str]]:
    return Tool.objects.order_by("pk").values_list("pk", "name", "website")


def _keys(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what two entries of the same tool would share. Digits are never blurred: Llama 3 is not Llama 4."""
    words = re.findall(r"[a-z]+|\d+", entry.name.casefold())
    squeezed = "".join(words)
    if squeezed:
        yield "the same name but for spaces and signs", squeezed
        yield "the same words in another order", " ".join(sorted(words))
    if len(squeezed) >= 6:
        # Two names that differ in one letter have a spelling in common from which one letter was left out.
        yield "a name that differs in one letter", squeezed
        for place, letter in enumerate(squeezed):
            if letter.isalpha():
                yield "a name that differs in one letter", squeezed[:place] + squeezed[place + 1 :]
    page = re.sub(r"^https?://(www\.)?", "", entry.website.casefold()).split("?")[0].split("#")[0].rstrip("/")
    if "/" in page:  # a maker's front page says nothing about what it makes
        yield "the same website", page
