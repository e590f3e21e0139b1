"""The door's own answers: error pages with all headers of the site, rendered once."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from comparisons.http.errors import SENTENCES, error_page
from comparisons.http.fragments import asks_for_part
from comparisons.http.front_door.incoming import Incoming
from comparisons.http.front_door.messages import Header, Send, send_whole
from comparisons.http.front_door.refused import Refused
from comparisons.http.middleware import PublicPageMiddleware, SecurityHeadersMiddleware

FOR_PROGRAMS = ("/api/", "/mcp/")
BODY_IS_LEFT_UNREAD = (400, 408, 413, 415)


async def refuse(send: Send, refused: Refused, *, incoming: Incoming) -> None:
    """Answer `refused` with a page, a fragment or problem details."""
    headers, body = _answer(refused.status, _kind_of(incoming))
    headers = [*headers, (b"cache-control", b"no-store")]
    if refused.retry_after:
        headers.append((b"retry-after", str(refused.retry_after).encode()))
    if refused.status in BODY_IS_LEFT_UNREAD and incoming.scope["http_version"] == "1.1":
        headers.append((b"connection", b"close"))
    await send_whole(
        send, status=refused.status, headers=headers, body=body, is_head=incoming.method == "HEAD"
    )


def site_headers() -> list[Header]:
    """Return the headers of every answer of the site."""
    request = _request(is_fragment=False)
    response = _with_headers(request, lambda request: HttpResponse())
    return [
        (name.lower().encode(), value.encode())
        for name, value in response.items()
        if name not in ("Content-Type", "Cache-Control", "Vary")
    ]


def _kind_of(incoming: Incoming) -> str:
    if incoming.path.startswith(FOR_PROGRAMS):
        return "problem"
    if incoming.method in ("GET", "HEAD"):
        is_shown_in_place = asks_for_part(incoming.scope["query_string"].decode("latin-1"))
    else:
        is_shown_in_place = incoming.headers.get("hx-request") == "true"
    return "fragment" if is_shown_in_place else "page"


@cache
def _answer(status: int, kind: str) -> tuple[list[Header], bytes]:
    request = _request(is_fragment=kind == "fragment")

    def answer(request: HttpRequest) -> HttpResponse:
        if kind != "problem":
            return error_page(request, status=status)
        title, sentence = SENTENCES[status]
        problem = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
        return HttpResponse(json.dumps(problem), status=status, content_type="application/problem+json")

    response = _with_headers(request, answer)
    del response["Cache-Control"]
    return [(name.lower().encode(), value.encode()) for name, value in response.items()], response.content


def _request(*, is_fragment: bool) -> HttpRequest:
    """Return a request for the front page, or for a part of it."""
    request = RequestFactory().get("/?part=list" if is_fragment else "/", secure=settings.SITE_IS_SECURE)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


def _with_headers(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Apply the middleware that sets the headers of every page."""
    handler: Any = SecurityHeadersMiddleware(SecurityMiddleware(PublicPageMiddleware(answer)))
    return cast(HttpResponse, handler(request))
