"""Addresses that are nearly right lead to the right one: capitals, doubled slashes, blanks, signs at the end.

They come from people who type, and from programs that put a bracket or a full stop into a link.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.encoding import escape_uri_path

GLUED_SIGNS = " \t)]}>.,;:!?'\"’”»*`"
"""What a text around a link leaves at its end. No address of the site ends so."""
WITH_CAPITALS = frozenset({"admin", "newsletter", "static"})
"""First parts of addresses whose other parts may hold capitals, such as signed words."""
EXACT = ("/admin/", "/static/")
"""Below these every address is as it is: the desk answers whatever stands there."""
NEARLY_RIGHT = re.compile(r"[A-Z\s]|//|[^\w/-]/?$|[^\x00-\x7f]")
BLANKS = re.compile(r"\s+")


class TidyPathMiddleware:
    """Redirect for good where a page has the tidied address. Stands before what looks for a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if request.method not in ("GET", "HEAD") or path.startswith(EXACT) or not NEARLY_RIGHT.search(path):
            return self.get_response(request)
        tidied = _with_page(tidy_path(path))
        if tidied is None or tidied == path:
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(escape_uri_path(tidied) + (f"?{query}" if query else ""))


def tidy_path(path: str) -> str:
    """Return `path` in lower case, with single slashes, hyphens for blanks, and without signs at its end."""
    parts = [part for part in path.rstrip(GLUED_SIGNS + "/").split("/") if part]
    if not parts:
        return "/"
    keeps_case = parts[0].lower() in WITH_CAPITALS
    parts = [parts[0].lower(), *(part if keeps_case else part.lower() for part in parts[1:])]
    return "/" + "/".join(BLANKS.sub("-", part.strip()) for part in parts)


def _with_page(path: str) -> str | None:
    """Return `path` with a slash at its end, or without if only that has a page; None if neither has."""
    for candidate in (f"{path.rstrip('/')}/", path):
        try:
            resolve(candidate)
        except Resolver404:
            continue
        return candidate
    return None
