"""The list of curated comparisons: what a reader asked for, and one page of it."""

from comparisons.models import Comparison
from comparisons.services.paging import ListPage, one_page
from comparisons.services.pairs import Pair, pairs


def comparison_list(*, words: str = "", category: str = "", sort: str = "newest", page: int = 1) -> ListPage[Pair]:
    """Return a page of the published comparisons, with a fixed number of queries.

    `words` are looked for in both names, `category` is a slug, and `sort` is `newest` or `split`.
    """
    rows = Comparison.objects.published().naming(words)
    if category:
        rows = rows.in_category(category)
    rows = rows.most_split_first() if sort == "split" else rows.newest_first()
    return one_page(rows=rows.with_panels(), number=page, ready=pairs)
