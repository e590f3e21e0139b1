"""Which tools stand side by side."""

from django.contrib import admin

from comparisons.models import Comparison
from reviews.admin.recorded import RecordedAdmin


@admin.register(Comparison)
class ComparisonAdmin(RecordedAdmin):
    change_form_template = "admin/desk/comparison_form.html"
    list_display = ["__str__", "relation", "published_at"]
    list_filter = ["relation"]
    list_select_related = ["first", "second"]
    search_fields = ["first__name", "second__name"]
    autocomplete_fields = ["first", "second"]
    fields = ["first", "second", "relation", "note", "published_at", "version"]
