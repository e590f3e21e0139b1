"""The desk's lists need the same number of queries for 200 tools and for 3,000."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bulk_factories import make_large_catalogue

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/admin/": 20,  # three count what waits for the editor who looks  # one for the pairs that were dismissed
    "/admin/reviews/tool/": 12,
    "/admin/reviews/tool/?panel=one-missing": 13,
    "/admin/reviews/tool/?whose=mine": 12,
    "/admin/reviews/tool/?q=large": 14,
    "/admin/reviews/tool/?state=published&p=1": 12,
    "/admin/reviews/tool/?lacks=skeptic": 12,
    "/admin/reviews/tool/?old=facts": 12,
    "/admin/reviews/tool/?old=unchecked": 12,
    "/admin/verdict-matrix/": 10,
    "/admin/verdict-matrix/?category=workshop&page=2": 10,
    "/admin/reviews/attribute/": 10,
    "/admin/reviews/tool/?old=verdicts": 12,
    "/admin/reviews/category/": 7,
    "/admin/reviews/reviewer/": 7,
    "/admin/reviews/revision/": 7,
    "/admin/reviews/votebatch/": 7,
    "/admin/comparisons/comparison/": 7,
    "/admin/rivals/": 10,
    "/admin/duplicates/": 6,
}


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.slow
def test_lists_keep_their_budget_at_3000_tools(admin_client):
    make_large_catalogue(tools=200)
    few = {path: queries(admin_client, path) for path in BUDGETS}
    from comparisons.models import Comparison
    from reviews.models import Category, Tool

    for model in (Comparison, Tool, Category):
        model.objects.all().delete()
    make_large_catalogue(tools=3000)
    many = {path: queries(admin_client, path) for path in BUDGETS}
    assert many == few
    assert {path: count for path, count in many.items() if count > BUDGETS[path]} == {}
