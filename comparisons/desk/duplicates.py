"""The page of tools that may have been entered twice, found by `reviews.services.editing.duplicates`."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.admin.permissions import may_merge
from reviews.admin.wording import DUPLICATE_WORDS
from reviews.models import Tool
from reviews.services.editing.duplicates import suspected_duplicates

MOST_SHOWN = 100


@require_safe
@permission_required("reviews.view_tool", raise_exception=True)
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs, newest first, each with a link to merge them."""
    pairs = suspected_duplicates()
    shown = pairs[:MOST_SHOWN]
    tools = Tool.objects.in_bulk({pair.first for pair in shown} | {pair.second for pair in shown})
    context = {
        **admin.site.each_context(request),
        "title": "Tools that may be one and the same",
        "total": len(pairs),
        "most": MOST_SHOWN,
        "may_merge": may_merge(request.user),
        "pairs": [(tools[pair.first], tools[pair.second], DUPLICATE_WORDS[pair.sign]) for pair in shown],
    }
    return render(request, "admin/desk/duplicates.html", context)
