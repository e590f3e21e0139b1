"""The admin site: Django's, with the dashboard as its first page and the desk's pages."""

from functools import update_wrapper
from itertools import chain
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import include, path
from django.utils import timezone

from comparisons.desk.accounts.forms import ChangePasswordForm
from comparisons.desk.accounts.second_factor import is_lacking
from comparisons.desk.careful_input import careful
from comparisons.desk.dashboard import dashboard
from comparisons.desk.kept_input import keeps_typed
from comparisons.desk.waiting import waiting_for

PLACES = {
    "Tool": "Tools",
    "Comparison": "Comparisons",
    "Category": "Categories",
    "Reviewer": "Reviewers",
    "Issue": "Newsletter",
    "VoteBatch": "Held votes",
}
"""The lists in the head of each page: the model's name and what the place is called."""


class Desk(AdminSite):
    site_header = site_title = "Editors' desk"
    index_title = "What would you like to do?"
    enable_nav_sidebar = False  # its places stand in the head, and the forms use the width
    password_change_form = ChangePasswordForm

    def register(
        self, model_or_iterable: Any, admin_class: type[ModelAdmin] | None = None, **options: Any
    ) -> None:
        super().register(model_or_iterable, careful(admin_class or ModelAdmin), **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in staff who showed the second factor in this session, where one is required."""
        return super().has_permission(request) and not is_lacking(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the places in the head: the lists that this account may see."""
        context = super().each_context(request)
        models = chain.from_iterable(app["models"] for app in context["available_apps"])
        addresses = {model["object_name"]: model["admin_url"] for model in models}
        places = [
            {"name": name, "url": addresses[model]} for model, name in PLACES.items() if addresses.get(model)
        ]
        return context | {"places": places}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Keep what was typed where the session has ended."""
        return update_wrapper(keeps_typed(super().admin_view(view, cacheable)), view)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the dashboard to editors who may see tools."""
        may_see_tools = request.user.has_perm("reviews.view_tool")
        if not may_see_tools:
            return super().index(request, extra_context)
        user: Any = request.user
        waiting = waiting_for(
            user=user.pk,
            name=user.get_username(),
            has_publish_permission=user.has_perm("reviews.publish_tool"),
        )
        counted = {"dashboard": dashboard(today=timezone.localdate()), "waiting": waiting}
        return super().index(request, counted | (extra_context or {}))

    def get_urls(self) -> list[Any]:
        # By name: these views import modules that register their pages here.
        return [path("", include("comparisons.desk.urls")), *super().get_urls()]
