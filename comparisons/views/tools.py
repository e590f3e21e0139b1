"""Tools: the list, and the page of one tool."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.models import Comparison
from comparisons.services.finding import similar_tools
from comparisons.services.pairs import pairs
from comparisons.views.yours import yours_query
from reviews.models import Tool
from reviews.services.judged import judged


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    """List the published tools by name."""
    return render(request, "comparisons/tools.html", {"tools": judged(Tool.objects.published().with_panel().for_pages())})


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one tool: its facts, every verdict with its answers, and what it is compared with."""
    shown = Tool.objects.with_page().with_answers().for_pages().filter(slug=slug).first()
    if shown is None:
        suggestions = similar_tools(slugs=[slug.lower()])
        return render(request, "comparisons/tool_not_found.html", {"slug": slug, "suggestions": suggestions}, status=404)
    compared = Comparison.objects.published().of_tool(shown).newest_first().with_panels()
    context = {"judged": judged([shown])[0], "pairs": pairs(compared), "yours_query": yours_query([shown])}
    return render(request, "comparisons/tool.html", context)
