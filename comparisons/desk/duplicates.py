"""The page of tools that may have been entered twice, found by `reviews.services.editing.duplicates`.

A pair that is not one and the same is dismissed for good: it is listed below, and can be suspected again.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reviews.admin.permissions import may_merge
from reviews.admin.wording import DUPLICATE_WORDS
from reviews.models import DismissedPair, Tool
from reviews.services.editing.dismissed_pairs import dismiss_pair, suspect_pair
from reviews.services.editing.duplicates import suspected_duplicates
from reviews.services.editing.similar_names import similar_names

MOST_SHOWN = 100
LONGEST_NAME = 120  # characters


@require_safe
@permission_required("reviews.view_tool", raise_exception=True)
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs, newest first, each with a link to merge them; then those that were dismissed."""
    pairs = suspected_duplicates()
    shown = pairs[:MOST_SHOWN]
    tools = Tool.objects.in_bulk({pair.first for pair in shown} | {pair.second for pair in shown})
    dismissed = DismissedPair.objects.select_related("first", "second")
    context = {
        **admin.site.each_context(request),
        "title": "Tools that may be one and the same",
        "total": len(pairs),
        "most": MOST_SHOWN,
        "may_merge": may_merge(request.user),
        "pairs": [(tools[pair.first], tools[pair.second], DUPLICATE_WORDS[pair.sign]) for pair in shown],
        "dismissed": dismissed[:MOST_SHOWN],
        "dismissed_total": dismissed.count(),
    }
    return render(request, "admin/desk/duplicates.html", context)


@require_POST
def mark(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Dismiss a pair (`dismissed=yes`), or suspect it again."""
    if not may_merge(request.user):
        raise PermissionDenied
    tools = Tool.objects.in_bulk([pk, other])
    if len(tools) < 2:
        messages.error(request, "One of the two tools is gone by now.")
        return redirect(reverse("admin:duplicates"))
    editor: Any = request.user
    if request.POST.get("dismissed") == "yes":
        dismiss_pair(one=pk, other=other, by=editor.get_username())
        words = "are two tools: the pair is not suspected again."
    else:
        suspect_pair(one=pk, other=other)
        words = "may be one tool again."
    sentence = f"{tools[pk]} and {tools[other]} {words}"
    LogEntry.objects.log_actions(editor.pk, [tools[pk], tools[other]], CHANGE, sentence)
    messages.success(request, sentence)
    return redirect(reverse("admin:duplicates"))


@require_safe
@permission_required("reviews.view_tool", raise_exception=True)
def names_like(request: HttpRequest) -> HttpResponse:
    """Answer with the tools whose name is like `name`, as a part of the tool's form."""
    tool = request.GET.get("tool", "")
    is_key = tool.isascii() and tool.isdecimal() and len(tool) < 19
    name = request.GET.get("name", "")[:LONGEST_NAME].strip()
    found = similar_names(name=name, leave_out=int(tool) if is_key else 0) if name else []
    lines = [(each.tool, DUPLICATE_WORDS[each.sign] if each.sign else "") for each in found]
    return render(request, "admin/desk/similar_names.html", {"lines": lines})
