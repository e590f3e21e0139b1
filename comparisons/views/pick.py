"""Choosing what to compare: from names or ticks to a comparison, with a step between if one is unclear."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comparisons.comparison_slugs import MOST
from comparisons.services.find.pick import pick_tools


@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """Redirect to the comparison of the tools in `tool`, or ask for what is missing.

    The question about field N comes back as `tool-N`, because radio buttons need a name of their own: first
    what was typed, then what was chosen, if anything. So the last one counts, and an unanswered question is
    asked again.
    """
    answers = [request.GET.get(f"tool-{number}", "") for number in range(1, 2 * MOST + 1)]
    picked = pick_tools(typed=[*request.GET.getlist("tool"), *answers])
    if picked.address:
        return redirect("comparison", picked.address)
    return render(request, "comparisons/pick.html", {"picked": picked})
