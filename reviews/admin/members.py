"""Which editor writes for which reviewer, and what everybody did."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest

from reviews.admin.edit_conflicts import UnrecordedForm, VersionedAdmin
from reviews.models import DeskMember


@admin.register(DeskMember)
class DeskMemberAdmin(VersionedAdmin):
    form = UnrecordedForm
    list_display = ["user", "reviewer"]
    list_select_related = ["user", "reviewer"]


@admin.register(LogEntry)
class LogEntryAdmin(admin.ModelAdmin):
    """Django's own log of the desk, to be read and never changed."""

    list_display = ["action_time", "user", "content_type", "object_repr", "get_change_message"]
    list_filter = ["action_flag", "content_type"]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "user__username"]
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
