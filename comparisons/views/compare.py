"""Comparisons: the list, and the page that puts two to four tools side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comparisons.models import Comparison
from comparisons.services.finding import Found, NotFound, find_comparison
from comparisons.services.pairs import pairs
from comparisons.services.side_by_side import side_by_side
from comparisons.views.yours import yours_query
from reviews.models import Reviewer


@require_safe
def comparison_list(request: HttpRequest) -> HttpResponse:
    """List the comparisons that editors chose, newest first."""
    newest = Comparison.objects.published().newest_first().with_panels()
    return render(request, "comparisons/compare_list.html", {"pairs": pairs(newest)})


@require_safe
def comparison(request: HttpRequest, address: str) -> HttpResponse:
    """Show two to four tools side by side, at their one canonical address."""
    try:
        found = find_comparison(address=address)
    except NotFound as missing:
        return render(request, "comparisons/compare_not_found.html", {"missing": missing}, status=404)
    if found.address != address:
        query = request.META["QUERY_STRING"]
        return redirect(reverse("comparison", args=[found.address]) + (f"?{query}" if query else ""), permanent=True)
    return render(request, "comparisons/compare.html", comparison_page(found))


def comparison_page(found: Found) -> dict[str, Any]:
    """Return what the page of a comparison prints."""
    page = side_by_side(tools=found.tools, reviewers=Reviewer.objects.prefetch_related("questions"))
    return {"page": page, "curated": found.comparison, "yours_query": yours_query(page.tools)}
