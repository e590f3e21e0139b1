"""Unsubscribing: a page that asks, and one click for mail programs (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from comparisons.newsletter.services.unsubscribe import delete_everything, find_subscriber
from comparisons.newsletter.services.unsubscribe import unsubscribe as stop_letters
from comparisons.newsletter.views.personal import personal


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop the letter; on POST, stop it, without redirect or cookie.

    A repeated click, and one for a deleted address, get the same answer.
    """
    if request.method == "POST":
        stop_letters(token=token)
    subscriber = find_subscriber(token=token)
    if request.method == "POST" or (subscriber and subscriber.unsubscribed_at):
        return render(request, "newsletter/unsubscribed.html", {"subscriber": subscriber})
    if subscriber is None:
        return render(request, "newsletter/link_unknown.html", status=404)
    return render(request, "newsletter/unsubscribe.html", {"subscriber": subscriber})


# A mail provider posts here from its own site. The token is what it knows, and all that it needs.
unsubscribe.is_cross_site_safe = True  # type: ignore[attr-defined]


@personal
@require_POST
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Delete everything stored about the holder of the link."""
    delete_everything(token=token)
    return render(request, "newsletter/deleted.html")
