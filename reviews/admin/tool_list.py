"""The desk's list of tools: what each row says, what is found, and the filters that are ready-made."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from reviews.admin.list_filters import (
    AgeFilter,
    ChangedByFilter,
    MissingVerdictFilter,
    PanelFilter,
    StateFilter,
)
from reviews.admin.permissions import reviewer_of
from reviews.models import Reviewer, Tool
from reviews.services.editing.tool_overview import tool_overviews
from reviews.services.search.all_tools import ids_holding

COLUMN = "admin/reviews/tool/_list_columns.html"


class OverviewChangeList(ChangeList):
    """Gives each tool of the page its `overview`, in three queries for all."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        tools: list[Any] = list(self.result_list)
        overviews = tool_overviews(tools=tools)
        for tool in tools:
            tool.overview = overviews[tool.pk]
        self.result_list: Any = tools


class ToolListAdmin(admin.ModelAdmin):
    """The list's part of the admin of tools."""

    empty_value_display = "–"
    list_display = ["name", "shelf", "state", "panel", "missing", "last_change"]
    list_filter = [
        StateFilter,
        PanelFilter,
        MissingVerdictFilter,
        ChangedByFilter,
        AgeFilter,
        "category",
        "kind",
    ]
    list_select_related = ["category"]
    search_fields = ["name"]  # switches the field on; `get_search_results` reads it
    search_help_text = "Words of a tool's name, address, maker, category, description, verdicts or answers."
    date_hierarchy = "published_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tool]:
        tools: Any = super().get_queryset(request)
        return tools.with_verdict_total().with_last_revision()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        ids = ids_holding(query=search_term)
        return (queryset if ids is None else queryset.filter(pk__in=ids)), False

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return OverviewChangeList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        saved = [
            (label, f"?{query}", request.META["QUERY_STRING"] == query) for label, query in _saved(request)
        ]
        return super().changelist_view(request, {"saved_lists": saved, **(extra_context or {})})

    @admin.display(description="category", ordering="category__position")
    def shelf(self, tool: Tool) -> str:
        return render_to_string(f"{COLUMN}#shelf", {"tool": tool})

    @admin.display(description="status", ordering="status")
    def state(self, tool: Tool) -> str:
        return render_to_string(f"{COLUMN}#state", {"tool": tool})

    @admin.display(description="panel", ordering="verdict_total")
    def panel(self, tool: Any) -> str:
        return render_to_string(f"{COLUMN}#panel", {"squares": tool.overview.squares})

    @admin.display(description="missing")
    def missing(self, tool: Any) -> str:
        return ", ".join(reviewer.name for reviewer in tool.overview.missing)

    @admin.display(description="last changed", ordering="last_revision")
    def last_change(self, tool: Any) -> str:
        return render_to_string(f"{COLUMN}#change", {"overview": tool.overview})


def _saved(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the ready-made lists: a label and its query."""
    lists = [("All", ""), ("Mine", "whose=mine"), ("One verdict missing", "panel=one-missing")]
    own = reviewer_of(request.user)
    if own is not None:
        reviewer = Reviewer.objects.get(pk=own)
        lists.append((f"Without the {reviewer}'s verdict", f"lacks={reviewer.slug}"))
    return lists
