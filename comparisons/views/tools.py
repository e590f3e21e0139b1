"""Tools: the list, and the page of one tool."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comparisons.models import Comparison
from comparisons.services.finding import similar_tools
from comparisons.services.pairs import pairs
from comparisons.views.yours import yours_query
from reviews.models import Tool
from reviews.services.addresses import current_slugs
from reviews.services.judged import judged
from reviews.services.minds import changes_of_mind


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    """List the published tools by name."""
    return render(request, "comparisons/tools.html", {"tools": judged(Tool.objects.published().with_panel().for_pages())})


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one tool: its facts, every verdict with its answers, and what it is compared with."""
    shown = Tool.objects.with_page().with_answers().for_pages().filter(slug=slug).first()
    moved = current_slugs(slugs=[slug]) if shown is None else {}
    if moved:
        query = request.META["QUERY_STRING"]
        return redirect(reverse("tool", args=moved.values()) + (f"?{query}" if query else ""), permanent=True)
    if shown is None:
        suggestions = similar_tools(slugs=[slug.lower()])
        return render(request, "comparisons/tool_not_found.html", {"slug": slug, "suggestions": suggestions}, status=404)
    return render(request, "comparisons/tool.html", tool_page(shown))


def tool_page(shown: Tool) -> dict[str, Any]:
    """Return what the page of a tool prints. The tool comes loaded `with_answers()`."""
    compared = Comparison.objects.published().of_tool(shown).newest_first().with_panels()
    return {
        "judged": judged([shown])[0],
        "pairs": pairs(compared),
        "changes": changes_of_mind(tool=shown),
        "yours_query": yours_query([shown]),
    }
