"""The number of queries of each page, the same for 30 tools and for 3,000."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bulk_factories import make_varied_tools

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/": 12,
    "/compare/": 5,
    "/compare/?sort=split&category=garden&q=tool": 5,
    "/compare/?page=2": 5,
    "/compare/?q=toool": 8,
    "/compare/tool-0001-vs-tool-0002/": 7,
    "/compare/pick/": 0,
    "/compare/pick/?tool=tool-0001": 1,
    "/compare/pick/?tool=tool-0001&tool=tool-0002": 2,
    "/compare/pick/?tool=tool-0001&tool=000": 4,
    "/compare/pick/?tool=toool-0001&tool=toool-0002": 8,  # one looks for old slugs
    "/tools/": 8,
    "/tools/?sort=panel": 8,
    "/tools/?sort=score&page=2": 8,
    "/tools/?sort=panel&price=paid&category=garden": 8,
    "/tools/tool-0001/": 10,
    "/categories/garden/": 8,
    "/categories/garden/?sort=newest": 7,
    "/reviewers/": 2,
    "/reviewers/builder/": 6,
    "/reviewers/builder/?category=garden&decision=skip": 6,
    "/methodology/": 1,
    "/methodology/versions/": 0,
    "/tools/?builder=3&founder=0&sort=panel": 8,
    "/tools/?builder=3&free=yes&open=yes&no_skip=skeptic": 9,
    "/tools/?sort=community": 8,
    "/bookmarks/": 0,
    "/visitor-state/?tool=tool-0001&tool=tool-0002&votes=yes": 1,
    "/privacy/": 0,
    "/.well-known/security.txt": 0,
    "/robots.txt": 0,
    "/llms.txt": 0,
    "/sitemap.xml": 4,
    "/feeds/comparisons.atom": 1,
    "/feeds/changes.atom": 3,
    "/feeds/categories/garden.atom": 5,
    "/feeds/reviewers/builder.atom": 4,
    "/feeds/tools/tool-0001.atom": 5,
    "/feeds/compare/tool-0001-vs-tool-0002.atom": 12,
    "/sitemap-pages.xml": 0,
    "/sitemap-tools-1.xml": 1,
    "/sitemap-comparisons-1.xml": 1,
    "/newsletter/": 1,
    "/newsletter/asked/": 0,
    "/search/": 0,
    "/search/?q=tool": 5,
    "/search/?q=toool": 7,
    "/search/suggestions/?q=tool": 2,
    "/search/suggestions/?q=somebody": 5,
}
"""The most queries a page may ask for on public data."""


def counted(path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(path).status_code in (200, 302)
    return len(asked)


@pytest.mark.slow
def test_no_page_asks_more_of_3000_tools_than_of_30():
    make_varied_tools(30)
    few = {path: counted(path) for path in BUDGETS}
    make_varied_tools(3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself in the minutes after so many rows
    many = {path: counted(path) for path in BUDGETS}
    assert many == few
    assert {path: asked for path, asked in many.items() if asked > BUDGETS[path]} == {}


def test_every_page_has_a_budget():
    """So that no page of the URLconf is forgotten."""
    from tests.architecture.test_addresses import ADDRESSES

    mailed = (
        "/newsletter/confirm/<str:link>/",
        "/newsletter/unsubscribe/<slug:token>/",
        "/newsletter/unsubscribe/<slug:token>/delete/",
    )
    acts = (
        "/newsletter/subscribe/",
        "/tools/<slug:slug>/vote/",
        "/tools/<slug:slug>/bookmark/",
        "/privacy/forget/",
    )
    apart = ("/favicon.ico", *acts, *mailed)
    shapes = {path.partition("?")[0] for path in BUDGETS}
    for route in ADDRESSES:
        start = route.partition("<")[0]
        assert route in apart or any(
            shape.startswith(start) and shape.count("/") == route.count("/") for shape in shapes
        ), route
