"""Tools: the list, a category, and one tool."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comparisons.discovery.structured_data import tool_data
from comparisons.forms import YourPanelForm
from comparisons.http.moved import redirect_from_former
from comparisons.list_forms import CategoryFilter, ToolFilter, category_choices, licence_choices
from comparisons.services.compare.fact_rows import unknown_of
from comparisons.services.compare.panel_matrix import panel_matrix
from comparisons.services.find.exact_names import slugs_meant
from comparisons.services.find.resolve import similar_tools
from comparisons.services.lists.compared_with import compared_with
from comparisons.services.lists.pages import ListPage
from comparisons.services.lists.tool_list import ListedTool, RankingWeights
from comparisons.services.lists.tool_list import tool_list as list_of_tools
from comparisons.views.lists import render_list
from comparisons.views.visitor_state import visitor_state_query
from reviews.models import Attribute, Category, Reviewer, Tool
from reviews.services.counting.origins import origins
from reviews.services.counting.tool_summary import summarise_tools
from reviews.services.editing.verdict_changes import verdict_changes
from reviews.services.facts.attributes import filterable_attributes


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    """List published tools, filtered and sorted by the address."""
    categories = list(Category.objects.with_published_tools())
    licences = licence_choices(Tool.objects.published().licences())
    form = ToolFilter(
        request.GET,
        attributes=filterable_attributes(category=None),
        category=category_choices(categories),
        licence=licences,
    )
    reviewers = list(Reviewer.objects.all())
    weights = YourPanelForm(request.GET, reviewers=reviewers)
    is_weighed = weights.is_valid() and weights.is_used and any(weights.weights.values())
    ranking_weights = (
        RankingWeights(reviewers, weights.weights, weights.deal_breakers) if is_weighed else None
    )
    if is_weighed:
        form.leave_order_to_weights()
    page = list_of_tools(choice=form.choice, page=form.page_number, ranking_weights=ranking_weights)
    context = {
        "categories": categories,
        "weights": weights,
        "is_weightless": weights.is_used and not any(weights.weights.values()),
        "visitor_state_query": _query_for(page),
    }
    return render_list(request, "comparisons/tools.html", form=form, page=page, kept=weights.kept, **context)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Rank the published tools of one category."""
    shelf = Category.objects.with_page().filter(slug=slug).first()
    if shelf is None:
        return redirect_from_former(request, Category.objects.with_page(), slug=slug, route="category")
    licences = licence_choices(Tool.objects.published().filter(category=shelf).licences())
    form = CategoryFilter(request.GET, attributes=filterable_attributes(category=shelf.pk), licence=licences)
    page = list_of_tools(choice=replace(form.choice, category=slug), page=form.page_number, is_ranked=True)
    return render_list(
        request,
        "comparisons/category.html",
        form=form,
        page=page,
        category=shelf,
        visitor_state_query=_query_for(page),
    )


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one tool: facts, verdicts with answers, and what it is compared with."""
    shown = Tool.objects.with_page().with_answers().for_pages().filter(slug=slug).first()
    meant = slugs_meant(texts=[slug]) if shown is None else {}
    if meant:
        query = request.META["QUERY_STRING"]
        return redirect(reverse("tool", args=[meant[slug]]) + (f"?{query}" if query else ""), permanent=True)
    if shown is None:
        suggestions = similar_tools(slugs=[slug.lower()])
        return render(
            request, "comparisons/tool_not_found.html", {"slug": slug, "suggestions": suggestions}, status=404
        )
    context = tool_page(shown)
    if not shown.is_retired:
        context["structured_data"] = tool_data(summary=context["summary"])
    return render(request, "comparisons/tool.html", context)


def tool_page(shown: Tool) -> dict[str, Any]:
    """Return what the page of a tool prints. The tool comes loaded `with_answers()`."""
    attributes = list(Attribute.objects.of_category(shown.category_id).in_display_order())
    return {
        "summary": summarise_tools([shown])[0],
        "matrix": panel_matrix(tools=[shown], reviewers=list(Reviewer.objects.all())),
        "compared_with": compared_with(tool=shown),
        "changes": verdict_changes(tool=shown),
        "origins": origins(shown.verdicts.all()),
        "unknown": unknown_of(tool=shown, attributes=attributes),
        "visitor_state_query": visitor_state_query([shown]),
    }


def _query_for(page: ListPage[ListedTool]) -> str:
    return visitor_state_query([listed.summary.tool for listed in page.items], has_votes=False)
