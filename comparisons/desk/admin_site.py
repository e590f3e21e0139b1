"""The editors' desk as a site of its own kind: Django's admin, with pages that are about more than one row."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone


class DeskConfig(AdminConfig):
    """Makes `Desk` the admin of the site."""

    default_site = "comparisons.desk.admin_site.Desk"


class Desk(AdminSite):
    """Django's admin, begun with what waits to be done, and with previews, pairs and merging."""

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        from comparisons.desk.services.dashboard import dashboard

        counted = dashboard(today=timezone.localdate()) if request.user.has_perm("reviews.view_tool") else None
        return super().index(request, {"next": counted, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        from comparisons.desk.views import files, merging, previews, rivals

        return [
            path("preview/tools/<int:pk>/", self.admin_view(previews.tool), name="preview_tool"),
            path("preview/comparisons/<int:pk>/", self.admin_view(previews.comparison), name="preview_comparison"),
            path("merge/<int:pk>/", self.admin_view(merging.choose), name="merge"),
            path("merge/<int:pk>/into/<int:kept>/", self.admin_view(merging.confirm), name="merge_into"),
            path("rivals/", self.admin_view(rivals.rivals), name="rivals"),
            path("duplicates/", self.admin_view(rivals.duplicates), name="duplicates"),
            path("files/", self.admin_view(files.files), name="files"),
            path("files/export/", self.admin_view(files.export), name="files_export"),
            path("files/<int:pk>/write/", self.admin_view(files.write), name="files_write"),
            *super().get_urls(),
        ]
