"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.models import Comparison
from comparisons.services.pairs import pairs
from reviews.models import Reviewer

NEWEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the site is for and the newest comparisons."""
    newest = Comparison.objects.published().newest_first().with_panels()[:NEWEST]
    return render(request, "comparisons/home.html", {"newest": pairs(newest), "reviewers": Reviewer.objects.all()})
