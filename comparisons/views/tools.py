"""Tools: the list, a category's list, and the page of one tool."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comparisons.filters import CategoryFilter, ToolFilter, category_choices, licence_choices
from comparisons.services.finding import similar_tools
from comparisons.services.rivals import rivals_of
from comparisons.services.tool_list import tool_list as list_of_tools
from comparisons.views.lists import render_list
from reviews.models import Category, Tool
from reviews.services.judged import judged


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    """List the published tools, chosen and sorted as the address says."""
    categories = list(Category.objects.with_published_tools())
    licences = licence_choices(Tool.objects.published().licences())
    form = ToolFilter(request.GET, category=category_choices(categories), licence=licences)
    page = list_of_tools(choice=form.choice, page=form.page_number)
    return render_list(request, "comparisons/tools.html", form=form, page=page, categories=categories)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Rank the published tools of one category."""
    shelf = get_object_or_404(Category, slug=slug)
    licences = licence_choices(Tool.objects.published().filter(category=shelf).licences())
    form = CategoryFilter(request.GET, licence=licences)
    page = list_of_tools(choice=replace(form.choice, category=slug), page=form.page_number, is_ranked=True)
    return render_list(request, "comparisons/category.html", form=form, page=page, category=shelf)


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one tool: its facts, every verdict with its answers, and what it is compared with."""
    shown = Tool.objects.with_page().with_answers().for_pages().filter(slug=slug).first()
    if shown is None:
        suggestions = similar_tools(slugs=[slug.lower()])
        return render(request, "comparisons/tool_not_found.html", {"slug": slug, "suggestions": suggestions}, status=404)
    return render(request, "comparisons/tool.html", {"judged": judged([shown])[0], "rivals": rivals_of(tool=shown)})
