"""Which editor writes for which reviewer, and the log of what everybody did."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.http import HttpRequest

from reviews.admin.edit_conflicts import UnrecordedForm, VersionedAdmin
from reviews.models import DeskMember


@admin.register(DeskMember)
class DeskMemberAdmin(VersionedAdmin):
    form = UnrecordedForm
    list_display = ["user", "reviewer"]
    list_select_related = ["user", "reviewer"]

    # To bind a superuser to one reviewer takes rights away: nobody but a superuser does that.

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user" and not request.user.is_superuser:
            kwargs["queryset"] = User.objects.filter(is_superuser=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: DeskMember | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: DeskMember | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request.user, obj)


def _may_touch(user: Any, member: DeskMember | None) -> bool:
    return member is None or user.is_superuser or not member.user.is_superuser


@admin.register(LogEntry)
class LogEntryAdmin(admin.ModelAdmin):
    """Django's log of the admin, read-only."""

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
