"""Searching all tools, drafts and retired ones too: what editors look for at the desk."""

from collections import defaultdict

from django.db.models import Q

from reviews.models import Tool
from reviews.services.search.documents import with_signs
from reviews.services.search.engines import engine
from reviews.services.search.words import read_words


def ids_holding(*, query: str) -> set[int] | None:
    """Return the ids of all tools that hold every word of `query`; None where nothing is asked. Two queries.

    A word stands in name, tagline, maker, category, description, verdicts or answers, as for readers, or is
    any part of name or slug: “ama” finds LLaMA.
    """
    if not query.strip():
        return None
    words = read_words(query)
    if not words:  # signs alone
        return set(Tool.objects.filter(name__contains=query.strip()).values_list("pk", flat=True))
    found: dict[int, set[int]] = defaultdict(set)
    for match in engine().find(words=words, tools=Tool.objects.all()):
        found[match.word].add(match.tool_id)
    typed = [with_signs(word) for word in words.words]
    for pk, place in _parts_of_names(typed):
        found[place].add(pk)
    return set.intersection(*(found[place] for place in range(len(typed))))


def _parts_of_names(typed: list[str]) -> list[tuple[int, int]]:
    """Return ids of tools, each with the place of a word that is a part of its name or slug.

    Only words of plain letters are asked for: the two databases fold the case of others differently, and the
    search index finds those.
    """
    plain = {place: word for place, word in enumerate(typed) if word.isascii()}
    is_part = Q()
    for word in plain.values():
        is_part |= Q(name__icontains=word) | Q(slug__icontains=word)
    if not plain:
        return []
    found = []
    for pk, text in _lower_texts(is_part):
        found += [(pk, place) for place, word in plain.items() if word in text]
    return found


def _lower_texts(condition: Q) -> list[tuple[int, str]]:
    rows = Tool.objects.order_by().filter(condition).values_list("pk", "name", "slug")
    return [(pk, f"{name.lower()}\n{slug}") for pk, name, slug in rows]
