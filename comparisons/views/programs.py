"""What the site says to programs in plain text: robots.txt and llms.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comparisons.http.without_database import without_database

PLAIN = "text/plain; charset=utf-8"


@without_database
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Keep crawlers from the desk, from what is personal and from fragments; name the sitemap: RFC 9309.

    Pages that say `noindex` stay allowed: a crawler must read them to see it.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('visitor-state')}",
        f"Disallow: {reverse('search-suggestions')}",
        "Disallow: /*?part=",
        "Disallow: /*&part=",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@without_database
@require_safe
def llms_txt(request: HttpRequest) -> HttpResponse:
    """Say on one screen what the site knows and where: https://llmstxt.org/."""
    return render(request, "comparisons/llms.txt", content_type=PLAIN)
