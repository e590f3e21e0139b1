"""Choosing what to compare.

From names or ticks to a comparison, with a step in between where something is unclear.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comparisons.comparison_slugs import MOST
from comparisons.services.find.pick import pick_tools


@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """Lead to the comparison of the tools in `tool`, or ask for what is missing.

    What the page asks about the wish in field N comes back as `tool-N`, because a group of radio buttons
    needs a name of its own. What was typed comes first under that name, then what was chosen, if anything
    was: so the last one counts, and a question without an answer is asked again.
    """
    answers = [request.GET.get(f"tool-{number}", "") for number in range(1, 2 * MOST + 1)]
    picked = pick_tools(typed=[*request.GET.getlist("tool"), *answers])
    if picked.address:
        return redirect("comparison", picked.address)
    return render(request, "comparisons/pick.html", {"picked": picked})
