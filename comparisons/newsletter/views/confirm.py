"""Where the mailed link leads. GET asks, because mail programs open links by themselves; POST confirms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from comparisons.newsletter.consent import CONFIRMED_WORDS
from comparisons.newsletter.services.subscribe import (
    LinkExpired,
    LinkUnknown,
    confirm_subscription,
    find_request,
)
from comparisons.newsletter.views.personal import personal


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether to send the letter; on POST, confirm. Also says if it is confirmed already."""
    try:
        if request.method == "POST":
            subscriber = confirm_subscription(link=link)
            return render(request, "newsletter/confirmed.html", {"subscriber": subscriber})
        consent = find_request(link=link)
    except LinkExpired:
        return render(request, "newsletter/link_expired.html", status=410)
    except LinkUnknown:
        return render(request, "newsletter/link_unknown.html", status=404)
    template = "newsletter/confirmed.html" if consent.confirmed_at else "newsletter/confirm.html"
    return render(request, template, {"subscriber": consent.subscriber, "words": CONFIRMED_WORDS})
