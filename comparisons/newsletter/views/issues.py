"""The past letters, for everybody to read."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comparisons.newsletter.contents import Contents
from comparisons.newsletter.models import Issue


@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    return render(
        request, "newsletter/issues.html", {"issues": Issue.objects.only("number", "published_on", "subject")}
    )


@require_safe
def issue(request: HttpRequest, day: str) -> HttpResponse:
    """Show the issue of a day as it was sent."""
    try:
        published_on = date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404 from wrong
    if published_on.isoformat() != day:
        raise Http404  # 20261123 is a date too, but not an address of ours
    shown = get_object_or_404(Issue, published_on=published_on)
    return render(
        request, "newsletter/issue.html", {"issue": shown, "contents": Contents.from_json(shown.contents)}
    )
