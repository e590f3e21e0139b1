"""What votes and bookmarks share: who acts, how often, and where the answer leads."""

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
from comparisons.services.visitors.action_limits import allow_action
from reviews.models import Tool
from reviews.services.editing.slugs import current_slugs

COOKIE_IS_SET = "visitor:known"
"""The event that tells action_queue.js that the cookie is set."""


@dataclass(frozen=True, slots=True)
class VisitorAction:
    """A visitor's act on a published tool."""

    tool: Tool
    visitor: str
    now: datetime
    retry_after: int
    """Seconds to wait after too many acts, or 0."""


def follow_merges(
    view: Callable[[HttpRequest, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Repeat an act whose tool was merged into another at that moment. Raises Http404 if it leads nowhere."""

    @wraps(view)
    def act_or_retry(request: HttpRequest, slug: str) -> HttpResponse:
        try:
            return view(request, slug)
        except Tool.DoesNotExist:
            return view(request, slug)

    return act_or_retry


def count_action(request: HttpRequest, slug: str) -> VisitorAction:
    """Count an act of this visitor, and return who acts on which tool. Raises Http404 if unpublished."""
    published = Tool.objects.published()
    # A page that a cache kept may still hold the address that the tool had a minute ago.
    tool = published.filter(slug=slug).first() or get_object_or_404(
        published, slug=current_slugs(slugs=[slug]).get(slug, slug)
    )
    now = timezone.now()
    known = visitor_of(request)
    networks = networks_of(request, today=now.date())
    allowance = allow_action(visitor=known, networks=networks, now=now)
    wait = 0 if allowance.is_allowed else allowance.retry_after
    return VisitorAction(tool=tool, visitor=known or new_visitor(), now=now, retry_after=wait)


def remember_visitor(response: HttpResponse, action: VisitorAction) -> HttpResponse:
    """Set the visitor's cookie, tell the page, and forbid caching."""
    remember(response, action.visitor)
    trigger_client_event(response, COOKIE_IS_SET)
    response.headers["Cache-Control"] = "no-store"
    return response


def redirect_back(path: str, *, anchor: str, tool: Tool) -> HttpResponse:
    """Redirect a browser without JavaScript to where it pressed the button, at a note of what happened."""
    response = redirect(f"{path or reverse('tool', args=[tool.slug])}#{anchor}")
    response.status_code = 303
    return response


def too_many_actions(
    request: HttpRequest, action: VisitorAction, fragment: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Answer 429: in the pressed block for htmx, else as a page."""
    sentence = f"That was a lot at once. Please wait {action.retry_after} seconds and try again."
    response = fragment(sentence) if is_htmx(request) else error_page(request, status=429, sentence=sentence)
    response.status_code = 429
    response.headers["Retry-After"] = str(action.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response
