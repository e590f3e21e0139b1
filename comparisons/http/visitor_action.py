"""What votes and bookmarks have in common: who acts, how often, and where the answer leads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import trigger_client_event

from comparisons.http.client_network import networks_of
from comparisons.http.errors import error_page
from comparisons.http.fragments import is_htmx
from comparisons.http.visitor_cookie import new_visitor, remember, visitor_of
from comparisons.services.visitors.action_limits import allow_participation
from reviews.models import Tool
from reviews.services.editing.slugs import current_slugs

COOKIE_IS_SET = "visitor:known"
"""The event that tells action_queue.js that the cookie is there."""


@dataclass(frozen=True, slots=True)
class VisitorAction:
    """Somebody does something to a published tool."""

    tool: Tool
    visitor: str
    now: datetime
    retry_after: int
    """0, or the seconds to wait because this was too often."""


def follow_merges(
    view: Callable[[HttpRequest, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Act once more when the tool was merged into another at that very moment.

    Its address now leads there, or nowhere (404).
    """

    @wraps(view)
    def act_or_retry(request: HttpRequest, slug: str) -> HttpResponse:
        try:
            return view(request, slug)
        except Tool.DoesNotExist:
            return view(request, slug)

    return act_or_retry


def count_action(request: HttpRequest, slug: str) -> VisitorAction:
    """Count one more action of this visitor, and return who acts on which tool.

    Raises Http404 for a tool that is not published.
    """
    published = Tool.objects.published()
    # A page that a cache kept may still hold the address that the tool had a minute ago.
    tool = published.filter(slug=slug).first() or get_object_or_404(
        published, slug=current_slugs(slugs=[slug]).get(slug, slug)
    )
    now = timezone.now()
    known = visitor_of(request)
    networks = networks_of(request, today=now.date())
    allowance = allow_participation(visitor=known, networks=networks, now=now)
    wait = 0 if allowance.is_allowed else allowance.retry_after
    return VisitorAction(tool=tool, visitor=known or new_visitor(), now=now, retry_after=wait)


def remember_visitor(response: HttpResponse, action: VisitorAction) -> HttpResponse:
    """Set the visitor's cookie, tell the page so, and let no cache keep the answer."""
    remember(response, action.visitor)
    trigger_client_event(response, COOKIE_IS_SET)
    response.headers["Cache-Control"] = "no-store"
    return response


def redirect_back(path: str, *, anchor: str, tool: Tool) -> HttpResponse:
    """Lead a browser without JavaScript back to where it pressed the button, at a note that says what
    happened."""
    response = redirect(f"{path or reverse('tool', args=[tool.slug])}#{anchor}")
    response.status_code = 303
    return response


def too_many_actions(
    request: HttpRequest, action: VisitorAction, fragment: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Answer 429, in the block that was pressed where htmx asks, and as a page elsewhere."""
    sentence = f"That was a lot at once. Please wait {action.retry_after} seconds and try again."
    response = fragment(sentence) if is_htmx(request) else error_page(request, status=429, sentence=sentence)
    response.status_code = 429
    response.headers["Retry-After"] = str(action.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response
