"""Two editors on one page: a form does not overwrite a version newer than the one it showed."""

from itertools import chain
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list

from reviews.admin.error_links import error_links
from reviews.admin.single_line import SingleLineAdmin
from reviews.admin.three_way import Merge, merge, shown_values
from reviews.models import Revision
from reviews.services.editing import history

OUTDATED = "outdated"
PAGE_FIELDS = ("version", "shown")
"""Hidden fields of the form: the version of the row, and hashes of what the page showed."""


class VersionedForm(forms.ModelForm):
    """A form that refuses to save over a newer version of its row, until both versions are merged."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = self.current_version() if self.instance.pk else 0
        self.fields["version"].initial = self.newest

    def current_version(self) -> int:
        return history.version_of_row(row=self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("version") != self.newest:
            self.add_error(
                None,
                forms.ValidationError(
                    "Somebody saved a newer version while you were writing, and you both changed what is "
                    "listed below. Choose one version of each, and save again. Nothing you typed is lost.",
                    code=OUTDATED,
                ),
            )
        return cleaned

    def show_again(self, *, shown: str) -> None:
        """Let the page say what is stored now, so that it can be sent again."""
        self.fields["shown"].initial = shown
        if self.is_bound:
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # what was posted is a QueryDict
            data[self.add_prefix("version")] = str(self.newest)
            data[self.add_prefix("shown")] = shown
            self.data = data

    def newest_revision(self) -> Revision | None:
        return Revision.objects.filter(pk=self.newest).first()


class UnrecordedForm(VersionedForm):
    """A form for rows without a history: the version is a hash of the stored values."""

    def current_version(self) -> int:
        return history.fingerprint(rows=[self.instance])

    def newest_revision(self) -> None:
        return None


class VersionedAdmin(SingleLineAdmin):
    form = VersionedForm
    change_form_template = "admin/desk/recorded_form.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lock the row while its form is merged with what is stored, checked and saved.

        Its key stays unlocked (`no_key`), so that votes do not wait for an editor.
        """
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            if str(object_id).isdecimal():
                rows = self.model._default_manager.select_for_update(no_key=True)
                # Its own order may join other tables, which PostgreSQL does not lock.
                rows.filter(pk=object_id).order_by("pk").first()
                self._merge_newer_version(request, str(object_id))
            response = super().changeform_view(request, object_id, *args, **kwargs)
        merged = merge_of(request)
        if merged.taken_over and response.status_code == 302:
            labels = get_text_list([f"“{label}”" for label in merged.taken_over], "and")
            messages.info(request, f"Taken over, because somebody saved while you were writing: {labels}.")
        return response

    def _merge_newer_version(self, request: HttpRequest, object_id: str) -> None:
        """Put what another editor saved meanwhile into what was posted, and note what has to be asked."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            return
        form, formsets = self.posted_forms(request, row)
        sent = request.POST.get(form.add_prefix("version"))
        if sent == str(form.newest) and "asked" not in request.POST:
            return
        shown = request.POST.get(form.add_prefix("shown")) if sent else None
        merged = merge(page=chain([form], *formsets), data=request.POST, shown=shown)
        merged.data[form.add_prefix("version")] = "" if merged.conflicts else str(form.newest)
        request.POST = merged.data  # type: ignore[assignment]
        request.page_merge = merged  # type: ignore[attr-defined]

    def posted_forms(self, request: HttpRequest, row: Any) -> tuple[VersionedForm, list[Any]]:
        """Return the bound form and formsets of the page, as Django's view makes them; None is a new row."""
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        is_change = row is not None
        form_class: Any = self.get_form(request, row, change=is_change, fields=fields)
        form = form_class(request.POST, request.FILES, instance=row)
        formsets, _ = self._create_formsets(  # type: ignore[attr-defined]
            request, form.instance, change=is_change
        )
        return form, formsets

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if context["errors"]:
            context["error_links"] = error_links(form, formsets)
        if change and isinstance(form, VersionedForm):
            form.show_again(shown=shown_values(chain([form], *formsets)))
            merged = merge_of(request)
            context["conflicts"] = merged.conflicts
            context["taken_over"] = merged.taken_over
            if merged.conflicts or merged.taken_over:
                context["newest"] = form.newest_revision()
        return super().render_change_form(request, context, add, change, form_url, obj)


def merge_of(request: HttpRequest) -> Merge:
    """Return how the posted page was merged; without conflicts if nobody saved meanwhile."""
    return getattr(request, "page_merge", None) or Merge(data=request.POST)
