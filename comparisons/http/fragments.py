"""One address, two answers: the whole page, or for htmx the one fragment that changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of the page; when it restores its history it needs the whole.

    A request that was answered before HtmxMiddleware ran gets a whole page too. The headers that this reads are
    named in `VARY` (`comparisons/http/middleware.py`).
    """
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str, status: int = 200
) -> HttpResponse:
    """Render `template`, or its partial `fragment` where htmx asks."""
    name = f"{template}#{fragment}" if wants_fragment(request) else template
    return render(request, name, context, status=status)
