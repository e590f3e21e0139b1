"""Parts of a page have addresses of their own: `/tools/?part=list` answers with the list of that page alone.

The page's address answers everybody with the page, so no answer to a GET depends on a header of htmx. The
answer to a form, which no cache keeps, still does.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PART_IN_QUERY = re.compile(r"(?:^|&)part=[a-z]")


def wants_part(request: HttpRequest, part: str) -> bool:
    """Say whether the address asks for this part of its page."""
    return request.GET.get("part") == part


def asks_for_part(query: str) -> bool:
    """Say whether a query string, as it came, names a part."""
    return PART_IN_QUERY.search(query) is not None


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """Render `template`, or its partial `part` where the address asks for that part."""
    if not wants_part(request, part):
        return render(request, template, context, status=status)
    response = render(request, f"{template}#{part}", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def address_without_part(request: HttpRequest) -> str:
    """Return the path and query of the page that a part was asked for."""
    query = request.GET.copy()
    query.pop("part", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def shows_errors_in_place(request: HttpRequest) -> bool:
    """Say whether an error is shown on the page that asked: it asked for a part, or sent a form by htmx.

    Reads the raw query, because the error may be about a query that Django refuses to parse.
    """
    if request.method in ("GET", "HEAD"):
        return asks_for_part(request.META.get("QUERY_STRING", ""))
    return is_htmx(request)


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx sent the request."""
    return bool(getattr(request, "htmx", False))
