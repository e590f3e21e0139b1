"""Categories and tools; a tool's whole panel is entered on its page."""

from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import get_text_list

from reviews.admin.bulk_actions import BulkActionsAdmin
from reviews.admin.edit_conflicts import PAGE_FIELDS, UnrecordedForm, VersionedAdmin
from reviews.admin.fact_formset import LOOKED_AT, FactFormSet, FactInline
from reviews.admin.history_admin import RecordedAdmin
from reviews.admin.made_slugs import MadeSlugForm
from reviews.admin.permissions import may_edit_facts, may_merge, reviewer_of
from reviews.admin.proposals import report_proposals
from reviews.admin.site_links import fresh_address
from reviews.admin.tool_form import ToolForm
from reviews.admin.tool_list import ToolListAdmin
from reviews.admin.verdict_formset import VerdictFormSet, VerdictInline
from reviews.admin.workflow import WorkflowAdmin
from reviews.models import Category, Fact, Revision, Tool
from reviews.models.history import RevisionQuerySet
from reviews.services.editing import history
from reviews.services.editing.tools import save_tool

FIELDSETS: list[tuple[str | None, list[str]]] = [
    (None, ["name", "slug", "category", "kind"]),
    ("What it is", ["tagline", "description", "best_for", "avoid_if", *PAGE_FIELDS]),
]


class CategoryForm(MadeSlugForm, UnrecordedForm):
    """A category, whose slug may be left out."""


@admin.register(Category)
class CategoryAdmin(VersionedAdmin):
    form = CategoryForm
    single_line_fields = ("description",)
    list_display = ["name", "slug", "position"]

    def view_on_site(self, obj: Category) -> str | None:
        stored = Category.objects.with_page().filter(pk=obj.pk).first()
        return stored.get_absolute_url() if stored else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and reviewer_of(request.user) is None

    def has_change_permission(self, request: HttpRequest, obj: Category | None = None) -> bool:
        return super().has_change_permission(request, obj) and reviewer_of(request.user) is None


@admin.register(Tool)
class ToolAdmin(WorkflowAdmin, ToolListAdmin, BulkActionsAdmin, RecordedAdmin):
    form = ToolForm
    change_form_template = "admin/reviews/tool/change_form.html"
    save_on_top = True  # for the template's buttons of the workflow
    object_history_template = "admin/reviews/tool/history.html"
    inlines = [FactInline, VerdictInline]
    single_line_fields = ("tagline", "best_for", "avoid_if")

    def view_on_site(self, obj: Tool) -> str:
        """Lead to what readers see, as it was saved last; of a draft, to its preview."""
        # As stored: a form that is not valid has put what was typed into `obj`.
        stored = Tool.objects.with_page().filter(pk=obj.pk).first()
        if stored is None:
            return reverse("admin:preview_tool", args=[obj.pk])
        return fresh_address(stored.get_absolute_url(), version=history.version_of_tool(tool=obj.pk))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and may_edit_facts(request.user, None)

    def get_readonly_fields(self, request: HttpRequest, obj: Tool | None = None) -> list[str]:
        if not may_edit_facts(request.user, obj):
            names = chain.from_iterable(names for _, names in FIELDSETS)
            return [name for name in names if name not in PAGE_FIELDS]
        return []

    def get_fieldsets(self, request: HttpRequest, obj: Tool | None = None) -> Any:
        return [(title, {"fields": names}) for title, names in FIELDSETS]

    def save_model(self, request: HttpRequest, obj: Tool, form: Any, change: bool) -> None:
        moves = change and "category" in form.changed_data
        left = Fact.objects.of_other_categories(obj).count() if moves else 0
        save_tool(tool=obj, by=request.user.get_username())
        if left:
            messages.info(request, "What only the former category asks for is kept in the history alone.")

    def save_formset(
        self, request: HttpRequest, form: Any, formset: VerdictFormSet | FactFormSet, change: bool
    ) -> None:
        formset.save_recorded(by=request.user.get_username())
        report_proposals(request, formset)
        if isinstance(formset, FactFormSet):
            self._report_facts(request, formset)

    def _report_facts(self, request: HttpRequest, formset: FactFormSet) -> None:
        """Say what became of facts otherwise than the editor chose."""
        fallen = [f"“{form.attribute}”" for form in formset.changed_forms if form.fell_back]
        if fallen:
            messages.warning(
                request,
                f"Now given, not checked: {get_text_list(fallen, 'and')}. The value changed without another "
                "source or quote, or a later day.",
            )
        if request.POST.get(LOOKED_AT):
            saved = len(formset.new_objects) + len(formset.changed_objects)
            facts = "1 fact was" if saved == 1 else f"{saved} facts were"
            messages.success(
                request, f"{facts} looked at today. Those without a source, or without a value, are left out."
            )

    def response_change(self, request: HttpRequest, obj: Tool) -> HttpResponse:
        """After “looked at today”, stay with the facts."""
        if request.POST.get(LOOKED_AT):
            return redirect(f"{request.path}#facts")
        return super().response_change(request, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["may_merge"] = may_merge(request.user)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if not context["adminform"].form.errors and not any(formset.has_faults for formset in formsets):
            context["first_warning"] = next(filter(None, (each.first_warning for each in formsets)), "")
        if context.get("first_warning"):
            context["errors"] = []  # nothing is wrong: the page asks instead
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        context = {"may_merge": may_merge(request.user), **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def revisions(self, row: Tool) -> RevisionQuerySet:
        return Revision.objects.of_tool(row.pk)
