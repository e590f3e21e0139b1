"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.models import Comparison
from comparisons.services.lists.comparison_cards import comparison_cards
from comparisons.services.lists.front_page import disagreements, panel_leaders
from comparisons.views.visitor_state import visitor_state_query
from reviews.models import Reviewer

SHOWN = 6
SPLIT = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the site is for, and ways in: the picker, what is new, who leads, and where opinions part.

    No pair stands there twice, and no tool whose facts nobody checked.
    """
    curated = Comparison.objects.published().checked()
    newest = comparison_cards(curated.newest_first()[:SHOWN])
    further = curated.exclude(pk__in=[card.comparison.pk for card in newest])
    leaders = panel_leaders(most=SHOWN)
    return render(
        request,
        "comparisons/home.html",
        {
            "newest": newest,
            "leaders": leaders,
            "split": [
                pair for pair in comparison_cards(further.most_split_first()[:SPLIT]) if pair.split.is_split
            ],
            "disagreements": disagreements(most=SPLIT),
            "reviewers": Reviewer.objects.all(),
            "visitor_state_query": visitor_state_query(
                [leader.tool for leader in leaders.tools], has_votes=False
            ),
        },
    )
