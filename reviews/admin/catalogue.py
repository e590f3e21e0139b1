"""Categories and tools; a tool's whole panel is entered on its page."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from reviews.admin.verdicts import VerdictInline
from reviews.models import Category, Tool


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Tool)
class ToolAdmin(admin.ModelAdmin):
    list_display = ["name", "category", "kind", "status", "published_at", "verdict_count"]
    list_filter = ["status", "category", "kind"]
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
        ("Who may see it", {"fields": ["status", "published_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tool]:
        return super().get_queryset(request).annotate(verdict_total=Count("verdicts"))

    @admin.display(description="verdicts", ordering="verdict_total")
    def verdict_count(self, tool: Tool) -> int:
        return tool.verdict_total  # type: ignore[attr-defined]  # annotated by get_queryset
