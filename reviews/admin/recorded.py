"""What every page with a history has in common: saves go through `services.history`, and nobody overwrites a newer version."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from reviews.admin.lines import LinesAdmin
from reviews.models import Revision
from reviews.services import history
from reviews.services.differences import Difference, difference, differences_of

PER_PAGE = 50


class VersionedForm(forms.ModelForm):
    """A form that knows which version of the row it was printed for, and refuses to save over a newer one.

    What was typed stays in the form, and the page shows both versions. Saved again, it knows the newer version and goes through.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = self.current_version() if self.instance.pk else 0
        self.fields["version"].initial = self.newest
        self.is_outdated = False

    def current_version(self) -> int:
        return history.version_of_row(row=self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("version") != self.newest:
            self.is_outdated = True
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(self.newest)
            self.add_error(
                None,
                "Somebody saved a newer version while you were writing. Nothing you typed is lost: compare both versions below, "
                "take over what you want to keep, and save again.",
            )
        return cleaned

    def clashes(self) -> list[Difference]:
        """Return what is stored now and what was typed here, for each field where the two differ."""
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return clashes_of(self, stored, leave_out=["version"])


def clashes_of(form: forms.ModelForm, stored: Any, *, leave_out: list[str]) -> list[Difference]:
    """Return the fields of a bound `form` that say something else than the `stored` row. Only fields of the model."""
    found = []
    for name, field in form.fields.items():
        held = getattr(stored, name, None)
        if name in leave_out or not hasattr(stored, name) or not field.has_changed(getattr(held, "pk", held), form[name].data):
            continue
        typed = form.cleaned_data.get(name, form[name].value()) if hasattr(form, "cleaned_data") else form[name].value()
        if words(typed) != words(held):
            found.append(difference(field=str(field.label or name), before=words(held), after=words(typed)))
    return found


def words(value: Any) -> str:
    """Return a value as an editor reads it; line ends as a form sends them are no difference."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


class RecordedAdmin(LinesAdmin):
    """A page of the desk whose every save is written down and can be taken back."""

    form = VersionedForm
    change_form_template = "admin/desk/recorded_form.html"
    object_history_template = "admin/desk/history.html"

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lock the row while a form for it is checked and saved, so that two editors come one after the other.

        Its key stays free (`no_key`), so that nobody's vote waits for an editor.
        """
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            if str(object_id).isdecimal():
                self.model._default_manager.select_for_update(no_key=True).filter(pk=object_id).first()
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        history.save(row=obj, by=request.user.get_username())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with suppress(ObjectDoesNotExist):  # somebody else deleted it at the same moment
            history.delete(row=obj, by=request.user.get_username())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset.order_by("pk"):  # the order in which everybody locks several
            self.delete_model(request, row)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "is_outdated", False):
            context["clashes"] = self.clashes(form, context)
            context["newest"] = Revision.objects.filter(pk=form.newest).first()
        return super().render_change_form(request, context, **kwargs)

    def clashes(self, form: VersionedForm, context: dict[str, Any]) -> list[Difference]:
        return form.clashes()

    def revisions(self, row: Any) -> QuerySet[Revision]:
        return Revision.objects.of_row(row)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        paginator = Paginator(self.revisions(row).newest_first() if row else Revision.objects.none(), PER_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        entries = [(revision, differences_of(revision.changes)) for revision in page]
        return super().history_view(request, object_id, {"entries": entries, "page": page, **(extra_context or {})})
