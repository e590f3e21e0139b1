"""Tools offered for a part of a name."""

from collections.abc import Sequence

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Replace

from reviews.models import Tool
from reviews.services.search.documents import with_signs
from reviews.services.search.engines import engine
from reviews.services.search.words import read_words

SHORTEST_PART = 3  # letters: of words that are all shorter, only those that begin a name are offered


def suggest_tools(*, query: str, limit: int = 8) -> list[Tool]:
    """Return tools in whose name each word of `query` begins a word, nearest first; two queries.

    "cod lla" finds Code Llama 4. Categories are loaded.
    """
    words = read_words(query)
    if not words:
        return []
    return tools_in_order([tool_id for tool_id, _ in engine().names_beginning(words=words, limit=limit)])


def offer_tools(*, query: str, limit: int = 8) -> list[Tool]:
    """Return `suggest_tools`, then tools whose name and maker hold every word anywhere; two queries.

    "hugging face" and "huggingface" find what Hugging Face makes.
    """
    words = read_words(query)
    if not words:
        return []
    suggested = [tool_id for tool_id, _ in engine().names_beginning(words=words, limit=limit)]
    typed = [with_signs(word) for word in words.words]
    if len(suggested) == limit or max(map(len, typed)) < SHORTEST_PART:
        return tools_in_order(suggested)
    holds_all = Q()
    for word in typed:
        holds_all &= Q(name__icontains=word) | Q(slug__icontains=word) | Q(maker_text__icontains=word)
    holds_joined = Q(joined_maker__icontains="".join(typed))
    tools = Tool.objects.published().with_maker_text()
    tools = tools.alias(joined_maker=Replace("maker_text", Value(" "), Value("")))
    tools = (
        tools.filter(Q(pk__in=suggested) | holds_all | holds_joined).select_related("category").for_pages()
    )
    order: list[Case | str] = ["sort_key", "pk"]
    if suggested:  # without a `When` PostgreSQL would take the default for the number of a column
        positions = [When(pk=tool_id, then=position) for position, tool_id in enumerate(suggested)]
        order.insert(0, Case(*positions, default=limit))
    return list(tools.order_by(*order)[:limit])


def tools_in_order(ids: Sequence[int]) -> list[Tool]:
    """Return published tools with their categories, in the order of `ids`; one query."""
    tools = Tool.objects.published().select_related("category").for_pages().in_bulk(ids)
    return [tools[pk] for pk in ids if pk in tools]
