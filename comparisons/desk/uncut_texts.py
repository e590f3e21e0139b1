"""Nothing is cut while it is pasted: a browser that knows the greatest length drops the rest in silence.

The form says how long a text may be, a script counts (`static/js/length_count.js`), and the server refuses.
"""

from itertools import chain
from typing import Any

from django.contrib.admin import ModelAdmin
from django.forms import Field
from django.http import HttpRequest, HttpResponse


class UncutTexts(ModelAdmin):
    """A mixin for a ModelAdmin."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        shared = [formset.shared for formset in formsets if hasattr(formset, "shared")]
        forms = chain([context["adminform"].form], shared, *formsets)
        of_new_rows = [formset.form.base_fields for formset in formsets]
        for fields in chain((form.fields for form in forms), of_new_rows):
            for field in fields.values():
                _uncut(field)
        return super().render_change_form(request, context, *args, **kwargs)


def _uncut(field: Field) -> None:
    for widget in getattr(field.widget, "widgets", [field.widget]):
        longest = widget.attrs.pop("maxlength", None)
        if longest is not None:
            widget.attrs["data-longest"] = longest
