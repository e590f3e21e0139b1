"""What is personal about a page, as one fragment that no cache may keep."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from comparisons.forms import BackField
from comparisons.http.fragments import render_page
from comparisons.http.visitor_action import COOKIE_IS_SET
from comparisons.http.visitor_cookie import first_act_of, has_cookie, remember, visitor_of
from comparisons.services.visitors.visitor_state import has_acted
from comparisons.services.visitors.visitor_state import visitor_state as visitor_state_of
from reviews.models import Tool


def visitor_state_query(tools: Iterable[Tool], *, has_votes: bool = True) -> str:
    """Return the query with which a page asks for the visitor's state of `tools`."""
    return urlencode([("tool", tool.slug) for tool in tools] + ([("votes", "yes")] if has_votes else []))


@require_safe
@never_cache
def visitor_state(request: HttpRequest) -> HttpResponse:
    """Show the visitor's votes and bookmarks on the tools named by `tool=…&tool=…`.

    `part=blocks` are fragments for their places on the page, with votes only for `votes=yes`. Without
    JavaScript: a page of its own, linked from the public one.
    """
    back = BackField().clean(request.GET.get("back") or _page_of(request))
    visitor = visitor_of(request)
    state = visitor_state_of(visitor=visitor, slugs=request.GET.getlist("tool"))
    context = {"state": state, "back": back, "has_votes": request.GET.get("votes") == "yes"}
    response = render_page(request, "comparisons/visitor_state.html", context, part="blocks")
    if visitor and first_act_of(request) and (has_cookie(request) or has_acted(visitor=visitor)):
        if not has_cookie(request):
            remember(
                response, visitor
            )  # the answer to the first act, which brings the cookie, was not waited for
        trigger_client_event(response, COOKIE_IS_SET)
    return response


def _page_of(request: HttpRequest) -> str:
    """Return the path of the page that htmx asks from, or "" if its header is no address of this site."""
    details: Any = getattr(request, "htmx", None)
    try:
        return details.current_url_abs_path or ""
    except ValueError:
        return ""
