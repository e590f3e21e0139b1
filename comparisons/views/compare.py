"""Comparisons: the list, and the page of two to four tools."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comparisons.discovery.structured_data import comparison_data
from comparisons.forms import YourPanelForm
from comparisons.http.fragments import address_without_part, render_page, wants_part
from comparisons.list_forms import ComparisonFilter, category_choices
from comparisons.services.compare.fairness import fairness
from comparisons.services.compare.headline import headline
from comparisons.services.compare.panel_matrix import panel_matrix
from comparisons.services.compare.related import related_comparisons
from comparisons.services.compare.short_answer import short_answer
from comparisons.services.compare.side_by_side import side_by_side
from comparisons.services.compare.your_panel import your_panel
from comparisons.services.find.resolve import ComparisonNotFound, ResolvedComparison, resolve_comparison
from comparisons.services.lists.comparison_list import comparison_list as list_of_comparisons
from comparisons.services.lists.comparison_list import tools_probably_meant
from comparisons.views.lists import render_list
from comparisons.views.visitor_state import visitor_state_query
from reviews.models import Category
from reviews.services.facts.attributes import shared_attributes
from reviews.services.reviewers import reviewers_with_questions


@require_safe
def comparison_list(request: HttpRequest) -> HttpResponse:
    """List curated comparisons, filtered and sorted by the address."""
    form = ComparisonFilter(request.GET, category=category_choices(Category.objects.with_published_tools()))
    page = list_of_comparisons(page=form.page_number, **form.choice)
    meant = [] if page.found else tools_probably_meant(words=form.choice.get("words", ""))
    return render_list(request, "comparisons/compare_list.html", form=form, page=page, meant=meant)


@require_safe
def comparison(request: HttpRequest, address: str) -> HttpResponse:
    """Show two to four tools side by side, at their canonical address."""
    try:
        found = resolve_comparison(address=address)
    except ComparisonNotFound as missing:
        return render(request, "comparisons/compare_not_found.html", {"missing": missing}, status=404)
    if found.address != address:
        query = request.META["QUERY_STRING"]
        return redirect(
            reverse("comparison", args=[found.address]) + (f"?{query}" if query else ""), permanent=True
        )
    context = comparison_page(found, query=request.GET)
    heading = context["page"].heading
    context |= {
        "address": found.address,
        "structured_data": comparison_data(tools=found.tools, heading=heading, address=found.address),
    }
    status = 200 if context["form"].is_valid() else 422
    response = render_page(request, "comparisons/compare.html", context, part="your_panel", status=status)
    if wants_part(request, "your_panel"):
        response.headers["HX-Replace-Url"] = address_without_part(request)
    return response


def comparison_page(found: ResolvedComparison, *, query: QueryDict) -> dict[str, Any]:
    """Return what the page of a comparison prints; `query` holds a reader's weights."""
    reviewers = reviewers_with_questions()
    page = side_by_side(tools=found.tools, reviewers=reviewers)
    form = YourPanelForm(query, reviewers=reviewers, attributes=shared_attributes(tools=found.tools))
    form.full_clean()
    days = {"stale_days": settings.VERDICT_STALE_DAYS, "apart_days": settings.VERDICT_APART_DAYS}
    question = fairness(tools=found.tools, comparison=found.comparison)
    matrix = panel_matrix(tools=found.tools, reviewers=reviewers)
    answer = short_answer(matrix=matrix, is_fair=question.is_fair)
    weighed = your_panel(
        tools=found.tools,
        reviewers=reviewers,
        weights=form.weights,
        deal_breakers=form.deal_breakers,
        is_fair=question.is_fair,
    )
    return {
        "page": page,
        "curated": found.comparison,
        "fairness": question,
        "answer": answer,
        "matrix": matrix,
        "headline": headline(matrix=matrix, standing=answer.standing, today=timezone.localdate(), **days),
        "related": related_comparisons(tools=found.tools, comparison=found.comparison),
        "form": form,
        "weighed": weighed,
        "visitor_state_query": visitor_state_query(page.tools),
    }
