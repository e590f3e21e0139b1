"""Which addresses the sitemap lists, in files of at most 10,000, and when each page last changed.

A file holds the rows of one range of primary keys: it stays the same when rows are added elsewhere, and is
read without counting or skipping the rows before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from comparisons.comparison_slugs import join_slugs
from comparisons.models import Comparison
from reviews.models import Category, Reviewer, Revision, Tool

PER_FILE = 10_000

STATIC_PAGES = (
    "home",
    "comparisons",
    "tools",
    "reviewers",
    "methodology",
    "method_versions",
    "newsletter:issues",
    "search",
    "privacy",
)


@dataclass(frozen=True, slots=True)
class SitemapFile:
    section: str
    number: int
    """From 1; numbers whose rows are all unseen are missing."""
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    path: str
    changed_at: datetime | None
    """None where nobody records it."""


@dataclass(frozen=True, slots=True)
class _Section:
    rows: Callable[[], QuerySet[Any]]
    """Annotated with `changed_at` if that is known."""
    is_dated: bool
    slugs: tuple[str, ...]
    path: Callable[..., str]


def static_entries() -> list[SitemapEntry]:
    """Return the pages that are always there. No query."""
    return [SitemapEntry(reverse(name), None) for name in STATIC_PAGES]


def sitemap_files() -> list[SitemapFile]:
    """Return the files that hold at least one address; one query for each section."""
    return list(chain.from_iterable(_files(name, section) for name, section in SECTIONS.items()))


def sitemap_entries(*, section: str, number: int) -> list[SitemapEntry]:
    """Return the addresses of one file, at most 10,000; none where there is no such file. One query."""
    if section not in SECTIONS or not 1 <= number <= 2**40:
        return []
    shape = SECTIONS[section]
    last = number * PER_FILE
    rows = shape.rows().filter(pk__gt=last - PER_FILE, pk__lte=last).order_by("pk")
    columns = (*shape.slugs, "changed_at") if shape.is_dated else shape.slugs
    return [
        SitemapEntry(
            path=shape.path(*row[: len(shape.slugs)]), changed_at=row[-1] if shape.is_dated else None
        )
        for row in rows.values_list(*columns)
    ]


def _files(name: str, section: _Section) -> list[SitemapFile]:
    number = (F("pk") - 1) / PER_FILE + 1
    rows = section.rows().order_by().annotate(number=number).values("number").order_by("number")
    if not section.is_dated:
        return [
            SitemapFile(name, number, None) for number in rows.values_list("number", flat=True).distinct()
        ]
    dated = rows.annotate(newest=Max("changed_at")).values_list("number", "newest")
    return [SitemapFile(name, number, newest) for number, newest in dated]


def _newest_change(**of: OuterRef | str) -> Subquery:
    """Return when the newest recorded change was made, NULL without any."""
    return Subquery(Revision.objects.filter(**of).order_by("-pk").values("at")[:1])


def _tools() -> QuerySet[Tool]:
    """Published tools; a change before they were seen is no change to readers."""
    newest = Coalesce(_newest_change(tool_id=OuterRef("pk")), "published_at")
    return Tool.objects.published().annotate(changed_at=Greatest("published_at", newest))


def _comparisons() -> QuerySet[Comparison]:
    """Comparisons for search engines; they change with their own row and with both tools."""
    row = _newest_change(model="comparisons.comparison", object_id=OuterRef("pk"))
    changes = [row, _newest_change(tool_id=OuterRef("first")), _newest_change(tool_id=OuterRef("second"))]
    newest = Greatest("seen_at", *(Coalesce(change, "published_at") for change in changes))
    return Comparison.objects.indexable().with_seen_at().annotate(changed_at=newest)


SECTIONS = {
    "comparisons": _Section(
        rows=_comparisons,
        is_dated=True,
        slugs=("first__slug", "second__slug"),
        path=lambda first, second: reverse("comparison", args=[join_slugs([first, second])]),
    ),
    "tools": _Section(
        rows=_tools, is_dated=True, slugs=("slug",), path=lambda slug: reverse("tool", args=[slug])
    ),
    "categories": _Section(
        rows=lambda: Category.objects.with_published_tools(),
        is_dated=False,
        slugs=("slug",),
        path=lambda slug: reverse("category", args=[slug]),
    ),
    "reviewers": _Section(
        rows=lambda: Reviewer.objects.all(),
        is_dated=False,
        slugs=("slug",),
        path=lambda slug: reverse("reviewer", args=[slug]),
    ),
}
"""Categories and reviewers have no date: nobody records when what they list changed."""
