"""How verdicts are made and counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.models import Reviewer, VoteNetworkKey
from reviews.models.methods import METHOD_VERSIONS
from reviews.services.counting.community import FEWEST_TO_DISAGREE, POINTS_TO_DISAGREE
from reviews.services.panel import POINTS_THAT_COUNT
from reviews.services.voting.rules import FEWEST_NETWORKS


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """Explain the rules with the figures they use."""
    figures = {
        "lean_points": POINTS_THAT_COUNT,
        "disagree_points": POINTS_TO_DISAGREE,
        "disagree_votes": FEWEST_TO_DISAGREE,
        "fewest_networks": FEWEST_NETWORKS,
        "network_days": VoteNetworkKey.DAYS,
    }
    return render(request, "comparisons/methodology.html", {"reviewers": Reviewer.objects.all(), **figures})


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Tell since when each version of the method is in force, and what it changed."""
    context = {"versions": METHOD_VERSIONS[::-1]}
    return render(request, "comparisons/methodology_versions.html", context)
