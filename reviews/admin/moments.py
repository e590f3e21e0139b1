"""The page that brings a tool's whole page back to a moment of its history."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from reviews.admin.permissions import may_restore
from reviews.admin.wording import REASON_WANTED, missing_parent_sentence
from reviews.models import Revision, Tool
from reviews.services.editing.differences import differences_of
from reviews.services.editing.moments import page_changes, restore_page
from reviews.services.editing.restore import ParentMissing, ReasonMissing


def restore_page_view(revisions: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Name what bringing the page back would change; with POST, bring it back."""
    if not revisions.has_view_permission(request):
        raise PermissionDenied
    revision = get_object_or_404(Revision, pk=pk)
    tool = get_object_or_404(Tool, pk=revision.tool_id)
    changes = page_changes(revision=revision)
    is_allowed = all(may_restore(request.user, change.row) for change in changes)
    reason = request.POST.get("reason", "").strip()
    error = ""
    if request.method == "POST":
        if not is_allowed:
            raise PermissionDenied
        try:
            Revision._meta.get_field("reason").run_validators(reason)
            done = restore_page(revision=revision, by=request.user.get_username(), reason=reason)
        except ParentMissing as refusal:
            error = missing_parent_sentence(refusal.parent)
        except ReasonMissing:
            error = REASON_WANTED
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        else:
            rows = "1 row is" if len(done) == 1 else f"{len(done)} rows are"
            messages.success(request, f"{rows} back as on {revision.at:%-d %B %Y at %H:%M}.")
            return redirect(reverse("admin:reviews_tool_history", args=[tool.pk]))
    context = {
        **revisions.admin_site.each_context(request),
        "opts": revisions.opts,
        "title": f"{tool.name}: the page as it was",
        "tool": tool,
        "revision": revision,
        "changes": [(change, differences_of(change.changes)) for change in changes],
        "needs_reason": any(change.needs_reason for change in changes),
        "may_restore": is_allowed,
        "reason": reason,
        "error": error,
    }
    return render(request, "admin/desk/restore_page.html", context, status=422 if error else 200)
