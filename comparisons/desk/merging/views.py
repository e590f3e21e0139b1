"""The pages of merging: choose the other tool, read what will happen, do it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comparisons.desk.merging.merge import MergeRefused, merge
from comparisons.desk.merging.plan import plan_merge
from comparisons.desk.merging.records import KEPT
from comparisons.desk.merging.undo import UndoRefused, plan_undo, undo_merge
from comparisons.models import MergeRecord
from comparisons.services.find.resolve import similar_tools
from reviews.admin.permissions import may_merge
from reviews.models import Tool

MOST_FOUND = 20


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the tool to keep, by words of its name or a similar slug."""
    _refuse_unless_allowed(request)
    gone = get_object_or_404(Tool, pk=pk)
    query = request.GET.get("q", "").strip()[:100]
    tools = (
        Tool.objects.filter(name__icontains=query)[:MOST_FOUND] if query else similar_tools(slugs=[gone.slug])
    )
    context = {
        **admin.site.each_context(request),
        "title": f"Merge {gone} into another tool",
        "gone": gone,
        "q": query,
        "found": [tool for tool in tools if tool.pk != gone.pk],
    }
    return render(request, "admin/desk/merge_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int, kept: int) -> HttpResponse:
    """Show what will happen; on POST, do it."""
    _refuse_unless_allowed(request)
    gone_tool = get_object_or_404(Tool, pk=pk)
    kept_tool = get_object_or_404(Tool, pk=kept)
    if gone_tool == kept_tool:
        messages.error(request, "A tool can't be merged with itself: choose another one.")
        return redirect(reverse("admin:merge", args=[pk]))
    status = 200
    if request.method == "POST":
        try:
            merge(gone=gone_tool, kept=kept_tool, by=request.user.get_username())
        except Tool.DoesNotExist:
            messages.error(
                request,
                "One of the two tools is gone by now. Somebody else may have merged them at the same moment.",
            )
            return redirect(reverse("admin:reviews_tool_changelist"))
        except MergeRefused:
            status = 409  # the page says why
        else:
            return _report_merge(request, gone_tool, kept_tool)
    plan = plan_merge(gone=gone_tool, kept=kept_tool)
    context = {
        **admin.site.each_context(request),
        "title": f"Merge {gone_tool} into {kept_tool}",
        "plan": plan,
    }
    return render(request, "admin/desk/merge.html", context, status=status)


def _report_merge(request: HttpRequest, gone: Tool, kept: Tool) -> HttpResponse:
    """Log the merge and redirect to the tool that was kept."""
    message = f"Merged {gone.name} (/tools/{gone.slug}/) into it."
    editor: Any = request.user
    LogEntry.objects.log_actions(editor.pk, [kept], CHANGE, message, single_object=True)
    messages.success(
        request,
        f"{gone.name} is now part of {kept.name}. "
        f"For {KEPT.days} days that can be taken back, in the history of {kept.name}.",
    )
    return redirect(reverse("admin:reviews_tool_change", args=[kept.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what taking a merge back will do, and what cannot go back; on POST, do it."""
    _refuse_unless_allowed(request)
    record = get_object_or_404(MergeRecord.objects.select_related("kept"), pk=pk)
    now = timezone.now()
    if request.method == "POST":
        try:
            plan = undo_merge(record=record, by=request.user.get_username(), now=now)
        except (MergeRecord.DoesNotExist, Tool.DoesNotExist):
            messages.error(request, "Somebody else took it back at the same moment, or the tool is gone.")
            return redirect(reverse("admin:reviews_tool_changelist"))
        except UndoRefused:
            pass  # the page says why
        else:
            return _report_undo(request, plan.tool, record.kept)
    plan = plan_undo(record=record, now=now)
    context = {
        **admin.site.each_context(request),
        "title": f"Take {record.gone_name} out of {record.kept} again",
        "record": record,
        "plan": plan,
        "days": KEPT.days,
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "admin/desk/merge_undo.html", context, status=status)


def _report_undo(request: HttpRequest, tool: Tool, kept: Tool) -> HttpResponse:
    """Log it on both tools and redirect to the one that is back."""
    editor: Any = request.user
    message = f"Took the merge of {tool.name} into {kept.name} back."
    LogEntry.objects.log_actions(editor.pk, [kept, tool], CHANGE, message)
    messages.success(request, f"{tool.name} is a tool of its own again.")
    return redirect(reverse("admin:reviews_tool_change", args=[tool.pk]))


def _refuse_unless_allowed(request: HttpRequest) -> None:
    if not may_merge(request.user):
        raise PermissionDenied
