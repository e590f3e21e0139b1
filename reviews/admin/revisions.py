"""The history as a whole, to read and to search; and the page that takes a change back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from reviews.admin.list_filters import ModelFilter
from reviews.admin.permissions import may_restore
from reviews.models import Revision, Tool
from reviews.services.editing import history
from reviews.services.editing.differences import differences_of


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    list_display = ["at", "name", "action", "editor", "reason", "way_back"]
    list_filter = ["action", ModelFilter]
    search_fields = ["name", "editor", "reason"]
    list_display_links = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was changed stays on record

    @admin.display(description="what to do")
    def way_back(self, revision: Revision) -> str:
        return format_html('<a href="{}">Look at it</a>', reverse("admin:restore", args=[revision.pk]))

    def get_urls(self) -> list[Any]:
        restore = path("<int:pk>/restore/", self.admin_site.admin_view(self.restore_view), name="restore")
        return [restore, *super().get_urls()]

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would change, and with POST bring the row back to what the revision saw."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        revision = get_object_or_404(Revision, pk=pk)
        row = history.build(revision=revision)
        may = may_restore(request.user, row)
        reason, error = request.POST.get("reason", "")[:300], ""
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            try:
                return self._restore(request, revision, reason)
            except ValidationError as wrong:
                error = " ".join(wrong.messages)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{revision.name}: an earlier version",
            "opts": self.opts,
            "revision": revision,
            "changes": differences_of(revision.changes),
            "would_change": differences_of(history.differences(before=history.stored(row), after=row)),
            "obstacle": history.obstacle(row),
            "needs_reason": history.needs_reason(row),
            "may_restore": may,
            "reason": reason,
            "error": error,
        }
        return render(request, "admin/desk/restore.html", context, status=422 if error else 200)

    def _restore(self, request: HttpRequest, revision: Revision, reason: str) -> HttpResponse:
        done = history.restore(revision=revision, by=request.user.get_username(), reason=reason)
        if done is None:
            messages.info(request, f"{revision.name} looks like that already.")
        else:
            self.log_change(request, revision, f"Restored {revision.name}.")
            messages.success(request, f"{revision.name} is back as it was on {revision.at:%-d %B %Y at %H:%M}.")
        return redirect(self._page_of(revision))

    def _page_of(self, revision: Revision) -> str:
        if revision.tool_id and Tool.objects.filter(pk=revision.tool_id).exists():
            return reverse("admin:reviews_tool_history", args=[revision.tool_id])
        if revision.tool_id is None:
            return reverse(f"admin:{revision.model.replace('.', '_')}_history", args=[revision.object_id])
        return reverse("admin:reviews_revision_changelist")
