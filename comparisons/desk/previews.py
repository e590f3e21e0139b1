"""Previews of unpublished pages, for editors only and never indexed."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP
from django.views.decorators.http import require_safe

from comparisons.http.content_security_policy import public_policy
from comparisons.models import Comparison
from comparisons.services.find.resolve import ResolvedComparison
from comparisons.views.compare import comparison_page
from comparisons.views.tools import tool_page
from reviews.models import Tool


@require_safe
@permission_required("reviews.view_tool", raise_exception=True)
def preview_tool(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page of a tool, whatever its state."""
    tool = get_object_or_404(Tool.objects.with_answers().for_pages(), pk=pk)
    return render_preview(request, "admin/desk/preview_tool.html", tool_page(tool))


@require_safe
@permission_required("comparisons.view_comparison", raise_exception=True)
def preview_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a curated comparison, in the editor's order."""
    curated = get_object_or_404(Comparison, pk=pk)
    tools = Tool.objects.with_answers().for_pages().in_bulk([curated.first_id, curated.second_id])
    resolved = ResolvedComparison(
        tools=(tools[curated.first_id], tools[curated.second_id]), comparison=curated
    )
    return render_preview(
        request, "admin/desk/preview_comparison.html", comparison_page(resolved, query=request.GET)
    )


def render_preview(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Return a public page for editors alone."""
    response = render(request, template, context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The public templates name their scripts by hash. `no-store` comes with the admin's address.
    response._csp_config = public_policy()  # type: ignore[attr-defined]
    return response


def framed(response: HttpResponse) -> HttpResponse:
    """Let a page of the desk, and no other, show the response in a frame."""
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_config = public_policy() | {"frame-ancestors": [CSP.SELF]}  # type: ignore[attr-defined]
    return response
