"""The history of all rows, and the page that takes a change back."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from reviews.admin.corrections import correction_view
from reviews.admin.list_filters import ModelFilter
from reviews.admin.moments import restore_page_view
from reviews.admin.permissions import may_restore
from reviews.admin.wording import REASON_WANTED, missing_parent_sentence
from reviews.models import Revision, Tool
from reviews.services.editing import history
from reviews.services.editing.differences import differences_of
from reviews.services.editing.restore import (
    ParentMissing,
    ReasonMissing,
    build,
    missing_parent,
    needs_reason,
    restore,
)


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
        restore_page = path(
            "<int:pk>/restore/", self.admin_site.admin_view(self.restore_view), name="restore"
        )
        correction_page = path(
            "<int:pk>/told/", self.admin_site.admin_view(partial(correction_view, self)), name="correction"
        )
        whole_page = path(
            "<int:pk>/restore/page/",
            self.admin_site.admin_view(partial(restore_page_view, self)),
            name="restore_page",
        )
        return [restore_page, correction_page, whole_page, *super().get_urls()]

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what restoring would change; with POST, restore."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        revision = get_object_or_404(Revision, pk=pk)
        row = build(revision=revision)
        is_allowed = may_restore(request.user, row)
        reason = request.POST.get("reason", "").strip()
        error = ""
        if request.method == "POST":
            if not is_allowed:
                raise PermissionDenied
            try:
                Revision._meta.get_field("reason").run_validators(reason)
                return self._restore(request, revision, reason)
            except ParentMissing as refusal:
                error = missing_parent_sentence(refusal.parent)
            except ReasonMissing:
                error = REASON_WANTED
            except ValidationError as refusal:
                error = " ".join(refusal.messages)
        parent = missing_parent(row)
        would_change = history.differences(before=history.stored_row(row), after=row)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{revision.name}: an earlier version",
            "opts": self.opts,
            "revision": revision,
            "changes": differences_of(revision.changes),
            "would_change": differences_of(would_change),
            "obstacle": missing_parent_sentence(parent) if parent else "",
            "needs_reason": needs_reason(row),
            "may_restore": is_allowed,
            "reason": reason,
            "error": error,
        }
        return render(request, "admin/desk/restore.html", context, status=422 if error else 200)

    def _restore(self, request: HttpRequest, revision: Revision, reason: str) -> HttpResponse:
        if restore(revision=revision, by=request.user.get_username(), reason=reason) is None:
            messages.info(request, f"{revision.name} looks like that already.")
        else:
            self.log_change(request, revision, f"Restored {revision.name}.")
            messages.success(
                request, f"{revision.name} is back as it was on {revision.at:%-d %B %Y at %H:%M}."
            )
        return redirect(self._page_of(revision))

    def _page_of(self, revision: Revision) -> str:
        if revision.tool_id and Tool.objects.filter(pk=revision.tool_id).exists():
            return reverse("admin:reviews_tool_history", args=[revision.tool_id])
        if revision.tool_id is None:
            return reverse(f"admin:{revision.model.replace('.', '_')}_history", args=[revision.object_id])
        return reverse("admin:reviews_revision_changelist")
