"""From chosen tools to the page that compares them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from comparisons.addresses import FEWEST, MOST, join_slugs
from comparisons.views.errors import error_page


@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """Lead to the comparison of the tools named by `tool=…&tool=…`."""
    slugs = list(dict.fromkeys(request.GET.getlist("tool")))
    if not FEWEST <= len(slugs) <= MOST:
        return error_page(request, status=422, sentence="Tick two to four tools to compare them.")
    return redirect("comparison", join_slugs(slugs))
