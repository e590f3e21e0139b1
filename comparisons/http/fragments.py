"""Parts of a page with addresses of their own: `/tools/?part=list` answers with that page's list alone.

So no answer to a GET depends on a header of htmx. Answers to forms, which no cache keeps, do.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PART_IN_QUERY = re.compile(r"(?:^|&)part=[a-z]")


def wants_part(request: HttpRequest, part: str) -> bool:
    """Say whether the address asks for this part."""
    return request.GET.get("part") == part


def asks_for_part(query: str) -> bool:
    """Say whether a raw query string names a part."""
    return PART_IN_QUERY.search(query) is not None


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """Render `template`, or its partial `part` if the address asks for it."""
    if not wants_part(request, part):
        return render(request, template, context, status=status)
    response = render(request, f"{template}#{part}", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def address_without_part(request: HttpRequest) -> str:
    """Return path and query of the page that a part belongs to."""
    query = request.GET.copy()
    query.pop("part", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def shows_errors_in_place(request: HttpRequest) -> bool:
    """Say whether an error is shown on the page that asked, for a part or for a form sent by htmx.

    Reads the raw query, which Django may have refused to parse.
    """
    if request.method in ("GET", "HEAD"):
        return asks_for_part(request.META.get("QUERY_STRING", ""))
    return is_htmx(request)


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
