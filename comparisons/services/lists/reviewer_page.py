"""One reviewer's page: the record, over all and by category, and a page of the verdicts."""

from dataclasses import dataclass

from comparisons.services.lists.pages import ListPage, paginate
from reviews.models import Category, Reviewer, Verdict
from reviews.services.counting.reviewer_record import ReviewerRecord, add_records, records_by_category

VERDICTS = 12
"""Per page: each is a paragraph."""


@dataclass(frozen=True, slots=True)
class RecordByCategory:
    """A reviewer's record, over all and in each category with a verdict."""

    total: ReviewerRecord
    by_category: tuple[tuple[Category, ReviewerRecord], ...]


def record_by_category(*, reviewer: Reviewer) -> RecordByCategory:
    """Return the record of `reviewer` on published tools; two queries."""
    records = records_by_category(reviewer=reviewer)
    categories = Category.objects.filter(pk__in=records)
    return RecordByCategory(
        total=add_records(records.values()),
        by_category=tuple((category, records[category.pk]) for category in categories),
    )


def verdict_list(
    *, reviewer: Reviewer, category: str = "", decision: str = "", page: int = 1
) -> ListPage[Verdict]:
    """Return a page of the reviewer's verdicts on published tools, newest first; two queries.

    `category` is a slug and `decision` is `ship` or `skip`; empty for all.
    """
    rows = Verdict.objects.of_published_tools().filter(reviewer=reviewer).newest_first().with_tools()
    if category:
        rows = rows.filter(tool__category__slug=category)
    if decision:
        rows = rows.filter(decision=decision)
    return paginate(rows=rows, number=page, build_items=list, size=VERDICTS)
