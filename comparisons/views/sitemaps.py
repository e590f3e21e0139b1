"""The sitemap: an index, and files of at most 10,000 addresses."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from comparisons.discovery.sitemap import SitemapEntry, sitemap_entries, sitemap_files, static_entries
from comparisons.http.without_database import without_database

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the files of the sitemap."""
    lines = [_line("sitemap", reverse("sitemap_pages"), None)]
    for file in sitemap_files():
        path = reverse("sitemap_file", args=[file.section, file.number])
        lines.append(_line("sitemap", path, file.changed_at))
    return _xml("sitemapindex", lines)


@without_database
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages that are always there."""
    return _urls(static_entries())


@require_safe
def file(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """List the addresses of one file."""
    entries = sitemap_entries(section=section, number=number)
    if not entries:
        raise Http404
    return _urls(entries)


def _urls(entries: Iterable[SitemapEntry]) -> HttpResponse:
    return _xml("urlset", [_line("url", entry.path, entry.changed_at) for entry in entries])


def _line(element: str, path: str, changed_at: datetime | None) -> str:
    lastmod = f"<lastmod>{changed_at.isoformat(timespec='seconds')}</lastmod>" if changed_at else ""
    return f"<{element}><loc>{escape(settings.SITE_URL + path)}</loc>{lastmod}</{element}>"


def _xml(root: str, lines: Iterable[str]) -> HttpResponse:
    text = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{NAMESPACE}">', *lines, f"</{root}>", ""]
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
