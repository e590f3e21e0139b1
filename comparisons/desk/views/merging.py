"""Merging two tools: choose the other one, read what will happen, do it."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from comparisons.desk.services.merging import merge, plan_merge
from comparisons.services.find.resolve import similar_tools
from reviews.admin.permissions import may_merge
from reviews.models import Tool

MOST_FOUND = 20


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the tool that stays: by words of its name, or among those of a similar address."""
    _allow(request)
    gone = get_object_or_404(Tool, pk=pk)
    words = request.GET.get("q", "").strip()[:100]
    found = Tool.objects.filter(name__icontains=words)[:MOST_FOUND] if words else similar_tools(slugs=[gone.slug])
    context = {
        **admin.site.each_context(request),
        "title": f"Merge {gone} into another tool",
        "gone": gone,
        "q": words,
        "found": [tool for tool in found if tool.pk != gone.pk],
    }
    return render(request, "admin/desk/merge_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int, kept: int) -> HttpResponse:
    """Show what will happen; with POST, let it happen."""
    _allow(request)
    gone, stays = get_object_or_404(Tool, pk=pk), get_object_or_404(Tool, pk=kept)
    if gone == stays:
        messages.error(request, "A tool can't be merged with itself: choose another one.")
        return redirect(reverse("admin:merge", args=[pk]))
    status = 200
    if request.method == "POST":
        try:
            merge(gone=gone, kept=stays, by=request.user.get_username())
        except Tool.DoesNotExist:
            messages.error(request, "One of the two tools is gone by now. Somebody else may have merged them at the same moment.")
            return redirect(reverse("admin:reviews_tool_changelist"))
        except ValidationError:
            status = 409  # the plan below says why
        else:
            message = f"Merged {gone.name} (/tools/{gone.slug}/) into it."
            LogEntry.objects.log_actions(request.user.pk, [stays], CHANGE, message, single_object=True)
            messages.success(request, f"{gone.name} is now part of {stays.name}.")
            return redirect(reverse("admin:reviews_tool_change", args=[stays.pk]))
    plan = plan_merge(gone=gone, kept=stays)
    context = {**admin.site.each_context(request), "title": f"Merge {gone} into {stays}", "plan": plan}
    return render(request, "admin/desk/merge.html", context, status=status)


def _allow(request: HttpRequest) -> None:
    if not may_merge(request.user):
        raise PermissionDenied
