"""The desk's page of which tools stand side by side."""

from datetime import datetime

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from comparisons.models import Comparison
from reviews.admin.edit_conflicts import PAGE_FIELDS, VersionedForm
from reviews.admin.history_admin import RecordedAdmin
from reviews.admin.permissions import may_publish, reviewer_of
from reviews.admin.site_links import fresh_address
from reviews.services.editing import history
from reviews.services.editing.publishing import whole_minute


class ComparisonForm(VersionedForm):
    """Two tools side by side, published from a whole minute on."""

    def clean_published_at(self) -> datetime | None:
        moment = self.cleaned_data["published_at"]
        return whole_minute(moment) if moment else None


@admin.register(Comparison)
class ComparisonAdmin(RecordedAdmin):
    form = ComparisonForm
    single_line_fields = ("note",)
    change_form_template = "admin/desk/comparison_form.html"
    list_display = ["__str__", "relation", "published_at"]
    list_filter = ["relation"]
    list_select_related = ["first", "second"]
    search_fields = ["first__name", "second__name"]
    autocomplete_fields = ["first", "second"]
    fields = ["first", "second", "relation", "note", "published_at", *PAGE_FIELDS]

    def view_on_site(self, obj: Comparison) -> str:
        """Lead to what readers see, as it was saved last; before they see it, to its preview."""
        # As stored: a form that is not valid has put what was typed into `obj`.
        stored = Comparison.objects.published().select_related("first", "second").filter(pk=obj.pk).first()
        if stored is None:
            return reverse("admin:preview_comparison", args=[obj.pk])
        return fresh_address(stored.get_absolute_url(), version=history.version_of_row(row=obj))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and reviewer_of(request.user) is None

    def has_change_permission(self, request: HttpRequest, obj: Comparison | None = None) -> bool:
        """Editors who may not publish edit only drafts."""
        if not super().has_change_permission(request, obj) or reviewer_of(request.user) is not None:
            return False
        return obj is None or obj.published_at is None or may_publish(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Comparison | None = None) -> list[str]:
        return [] if may_publish(request.user) else ["published_at"]
