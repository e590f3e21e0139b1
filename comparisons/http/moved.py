"""Addresses that changed: the former one redirects for good."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def redirect_from_former(request: HttpRequest, rows: Any, *, slug: str, route: str) -> HttpResponse:
    """Redirect to the row of `rows` that had `slug` before, with the query. Raises Http404 if none had."""
    row = rows.formerly_at([slug]).get(slug)
    if row is None:
        raise Http404
    query = request.META["QUERY_STRING"]
    return redirect(reverse(route, args=[row.slug]) + (f"?{query}" if query else ""), permanent=True)
