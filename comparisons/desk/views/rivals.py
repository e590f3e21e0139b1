"""Lists of pairs at the desk: rivals nobody has curated, and tools that may be one and the same."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.desk.services.rivals import likely_rivals
from reviews.admin.permissions import may_merge
from reviews.models import Category, Tool
from reviews.services.editing.duplicates import suspected_duplicates

MOST = 100


@require_safe
@permission_required("comparisons.view_comparison", raise_exception=True)
def rivals(request: HttpRequest) -> HttpResponse:
    """List likely pairs, newest first, of one category or of all, each with a way to curate it."""
    category = Category.objects.filter(slug=request.GET.get("category", "")).first()
    context = {
        **admin.site.each_context(request),
        "title": "Likely rivals that nobody has compared",
        "rivals": likely_rivals(most=MOST, category=category.pk if category else None),
        "most": MOST,
        "category": category,
        "categories": Category.objects.with_published_tools(),
    }
    return render(request, "admin/desk/rivals.html", context)


@require_safe
@permission_required("reviews.view_tool", raise_exception=True)
def duplicates(request: HttpRequest) -> HttpResponse:
    """List tools that may be one and the same, newest first, each with the way to merge them."""
    found = suspected_duplicates()
    tools = Tool.objects.in_bulk({pk for each in found[:MOST] for pk in (each.first, each.second)})
    context = {
        **admin.site.each_context(request),
        "title": "Tools that may be one and the same",
        "total": len(found),
        "most": MOST,
        "may_merge": may_merge(request.user),
        "pairs": [(tools[each.first], tools[each.second], each.why) for each in found[:MOST]],
    }
    return render(request, "admin/desk/duplicates.html", context)
