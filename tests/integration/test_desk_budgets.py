"""What the desk's lists ask of the database does not grow with the catalogue: 200 tools and 3,000 cost the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.heap import make_heap

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/admin/": 16,
    "/admin/reviews/tool/": 9,
    "/admin/reviews/tool/?q=heap": 9,
    "/admin/reviews/tool/?state=published&p=1": 9,
    "/admin/reviews/tool/?lacks=skeptic": 9,
    "/admin/reviews/tool/?old=facts": 9,
    "/admin/reviews/tool/?old=verdicts": 9,
    "/admin/reviews/category/": 6,
    "/admin/reviews/reviewer/": 6,
    "/admin/reviews/revision/": 6,
    "/admin/reviews/votebatch/": 6,
    "/admin/comparisons/comparison/": 6,
    "/admin/rivals/": 9,
    "/admin/duplicates/": 4,
}


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_lists_keep_their_budget_at_3000_tools(admin_client):
    make_heap(tools=200)
    few = {path: queries(admin_client, path) for path in BUDGETS}
    from comparisons.models import Comparison
    from reviews.models import Category, Tool

    for model in (Comparison, Tool, Category):
        model.objects.all().delete()
    make_heap(tools=3000)
    many = {path: queries(admin_client, path) for path in BUDGETS}
    assert many == few
    assert {path: count for path, count in many.items() if count > BUDGETS[path]} == {}
