"""The list of curated comparisons, filtered and sorted, page by page."""

from itertools import chain

from comparisons.models import Comparison
from comparisons.services.lists.comparison_cards import ComparisonCard, comparison_cards
from comparisons.services.lists.pages import ListPage, paginate
from reviews.models import Tool
from reviews.services.search import did_you_mean


def comparison_list(
    *, words: str = "", category: str = "", sort: str = "newest", page: int = 1
) -> ListPage[ComparisonCard]:
    """Return a page of the published comparisons; a fixed number of queries.

    `words` are looked for in both names and the note, `category` is a slug, and `sort` is `newest` or
    `split`.
    """
    rows = Comparison.objects.published().holding(words)
    if category:
        rows = rows.in_category(category)
    rows = rows.most_split_first() if sort == "split" else rows.newest_first()
    return paginate(rows=rows, number=page, build_items=comparison_cards)


def tools_probably_meant(*, words: str) -> list[Tool]:
    """Return tools of published comparisons with names like `words`, likeliest first; at most five queries.

    None if comparisons hold the words: then another filter excluded them.
    """
    published = Comparison.objects.published()
    if not words or published.holding(words).exists():
        return []
    likely = did_you_mean(query=words)
    sides = (
        published.filter(first__in=likely) | published.filter(second__in=likely)
        if likely
        else published.none()
    )
    compared = set(chain.from_iterable(sides.values_list("first_id", "second_id")))
    return [tool for tool in likely if tool.pk in compared]
