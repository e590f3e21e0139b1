"""Two editors on one page: a form does not overwrite a version newer than the one it showed."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from reviews.admin.single_line import SingleLineAdmin
from reviews.models import Revision
from reviews.services.editing import history
from reviews.services.editing.differences import Difference, difference


class VersionedForm(forms.ModelForm):
    """A form that refuses to save over a newer version of its row.

    The page then shows both versions and keeps what was typed. Saving again goes through.
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
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # what was posted is a QueryDict
            data[self.add_prefix("version")] = str(self.newest)
            self.data = data
            self.add_error(
                None,
                "Somebody saved a newer version while you were writing. Nothing you typed is lost: "
                "compare both versions below, take over what you want to keep, and save again.",
            )
        return cleaned

    def newest_revision(self) -> Revision | None:
        return Revision.objects.filter(pk=self.newest).first()

    def conflicts(self) -> list[Difference]:
        """Return each field whose stored and typed values differ."""
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return conflicts_of(self, stored, leave_out=["version"])


class UnrecordedForm(VersionedForm):
    """A form for rows without a history: the version is a hash of the stored values."""

    def current_version(self) -> int:
        return history.fingerprint(rows=[self.instance])

    def newest_revision(self) -> None:
        return None


def conflicts_of(form: forms.ModelForm, stored: Any, *, leave_out: list[str]) -> list[Difference]:
    """Return each field whose values in a bound `form` and the `stored` row differ."""
    found = []
    for name, field in form.fields.items():
        if name in leave_out or not hasattr(stored, name):
            continue
        value = getattr(stored, name)
        if not field.has_changed(getattr(value, "pk", value), form[name].data):
            continue
        typed = getattr(form, "cleaned_data", {}).get(name, form[name].value())
        if display_text(typed) != display_text(value):
            label = str(field.label or name)
            found.append(difference(field=label, before=display_text(value), after=display_text(typed)))
    return found


def display_text(value: Any) -> str:
    """Return a value as text, with line ends as stored."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


class VersionedAdmin(SingleLineAdmin):
    form = VersionedForm
    change_form_template = "admin/desk/recorded_form.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lock the row while its form is checked and saved.

        Its key stays unlocked (`no_key`), so that votes do not wait for an editor.
        """
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            if str(object_id).isdecimal():
                rows = self.model._default_manager.select_for_update(no_key=True)
                # Its own order may join other tables, which PostgreSQL does not lock.
                rows.filter(pk=object_id).order_by("pk").first()
            return super().changeform_view(request, object_id, *args, **kwargs)

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
        if getattr(form, "is_outdated", False):
            context["is_outdated"] = True
            context["conflicts"] = self.conflicts(form, context)
            context["newest"] = form.newest_revision()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def conflicts(self, form: VersionedForm, context: dict[str, Any]) -> list[Difference]:
        return form.conflicts()
