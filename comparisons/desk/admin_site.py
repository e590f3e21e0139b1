"""The admin site: Django's own, with the dashboard on its first page and the desk's pages beside it."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from comparisons.desk.dashboard import dashboard


class Desk(AdminSite):
    site_header = site_title = "Editors' desk"
    index_title = "What would you like to do?"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the dashboard to whoever may see tools."""
        may_see_tools = request.user.has_perm("reviews.view_tool")
        counts = dashboard(today=timezone.localdate()) if may_see_tools else None
        return super().index(request, {"dashboard": counts, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        # By name: these views import modules that register their pages here.
        return [path("", include("comparisons.desk.urls")), *super().get_urls()]
