"""Categories and tools; a tool's whole panel is entered on its page."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from reviews.admin.filters import AgeFilter, LacksFilter, StateFilter
from reviews.admin.panel_forms import VerdictFormSet, VerdictInline
from reviews.admin.recorded import RecordedAdmin, VersionedForm
from reviews.admin.tool_forms import ToolForm, panel_clashes
from reviews.models import Category, Revision, Tool
from reviews.services.addresses import save_tool
from reviews.services.differences import Difference


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Tool)
class ToolAdmin(RecordedAdmin):
    form = ToolForm
    change_form_template = "admin/reviews/tool/change_form.html"
    list_display = ["name", "category", "kind", "state", "published_at", "verdict_count"]
    list_filter = [StateFilter, LacksFilter, AgeFilter, "category", "kind"]
    list_select_related = ["category"]
    search_fields = ["name", "slug", "vendor", "tagline"]
    prepopulated_fields = {"slug": ["name"]}
    date_hierarchy = "published_at"
    inlines = [VerdictInline]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "slug", "category", "kind", "vendor", "website"]}),
        ("What it is", {"fields": ["tagline", "description", "best_for", "avoid_if"]}),
        ("What it costs", {"fields": ["entry_price", "pricing", "licence", "facts_checked_on"]}),
        ("Who may see it", {"fields": ["status", "published_at", "publish_incomplete", "version"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tool]:
        return super().get_queryset(request).annotate(verdict_total=Count("verdicts"))

    def save_model(self, request: HttpRequest, obj: Tool, form: Any, change: bool) -> None:
        save_tool(tool=obj, by=request.user.get_username())

    def save_formset(self, request: HttpRequest, form: Any, formset: VerdictFormSet, change: bool) -> None:
        formset.save_recorded(by=request.user.get_username())

    def revisions(self, row: Tool) -> QuerySet[Revision]:
        return Revision.objects.of_tool(row.pk)

    def clashes(self, form: VersionedForm, context: dict[str, Any]) -> list[Difference]:
        return [*form.clashes(), *panel_clashes(context["inline_admin_formsets"][0].formset)]

    @admin.display(description="status", ordering="status")
    def state(self, tool: Tool) -> str:
        return tool.state

    @admin.display(description="verdicts", ordering="verdict_total")
    def verdict_count(self, tool: Tool) -> int:
        return tool.verdict_total  # type: ignore[attr-defined]  # annotated by get_queryset
