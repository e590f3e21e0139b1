"""The page of likely rivals."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.desk.rivals.pairs import likely_rivals
from reviews.models import Category

MOST_SHOWN = 100


@require_safe
@permission_required("comparisons.view_comparison", raise_exception=True)
def rivals(request: HttpRequest) -> HttpResponse:
    """List pairs of one category or all, newest first, each with a link to compare them."""
    category = Category.objects.filter(slug=request.GET.get("category", "")).first()
    context = {
        **admin.site.each_context(request),
        "title": "Likely rivals that nobody has compared",
        "rivals": likely_rivals(most=MOST_SHOWN, category=category.pk if category else None),
        "most": MOST_SHOWN,
        "category": category,
        "categories": Category.objects.with_published_tools(),
    }
    return render(request, "admin/desk/rivals.html", context)
