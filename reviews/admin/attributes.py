"""Attributes: what an editor asks of every tool, or of the tools of one category."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from reviews.admin.edit_conflicts import UnrecordedForm, VersionedAdmin
from reviews.admin.made_slugs import MadeSlugForm
from reviews.admin.permissions import reviewer_of
from reviews.admin.wording import facts_kept_sentence
from reviews.models import Attribute, Fact, FactState
from reviews.models.text_cleaning import clean_name
from reviews.services.editing import history

BUILT_IN = ["category", "key", "type", "unit", "better", "choices"]
"""Code relies on these fields of a general attribute."""


class ChoiceLinesField(forms.Field):
    """Choices as lines, such as “hnsw: HNSW”: the value for files and addresses, and its words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 5, "cols": 60}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(": ".join(pair) for pair in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[list[str]]:
        pairs = []
        for line in (value or "").splitlines():
            choice, colon, words = (part.strip() for part in line.partition(":"))
            if choice and not (colon and words):
                raise forms.ValidationError(f"Write a value, a colon and its words: “{choice}: …”.")
            if choice:
                pairs.append([choice, clean_name(words)])
        return pairs

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or []).splitlines() != (data or "").splitlines()


FIELDS = [
    "category",
    "label",
    "key",
    "type",
    "unit",
    "better",
    "choices",
    "help_text",
    "is_deal_breaker",
    "position",
]


class AttributeForm(MadeSlugForm, UnrecordedForm):
    made_slug = "key"
    made_of = "label"
    has_former_slugs = False

    choices = ChoiceLinesField(
        help_text="For a choice of several, one a line: a value for files and addresses, a colon and its "
        "words, such as “hnsw: HNSW”.",
    )

    class Meta:
        model = Attribute
        fields = FIELDS


@admin.register(Attribute)
class AttributeAdmin(VersionedAdmin):
    form = AttributeForm
    single_line_fields = ("help_text",)
    list_display = ["label", "category", "key", "type", "unit", "better", "is_deal_breaker", "known_of"]
    list_filter = ["category", "type", "is_deal_breaker"]
    list_select_related = ["category"]
    search_fields = ["label", "key"]
    fields = [*FIELDS, "version"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attribute]:
        known = Count("facts", filter=~Q(facts__state=FactState.UNKNOWN))
        return super().get_queryset(request).annotate(fact_total=known)

    @admin.display(description="known of tools", ordering="fact_total")
    def known_of(self, attribute: Attribute) -> int:
        return attribute.fact_total  # type: ignore[attr-defined]  # annotated by get_queryset

    def get_readonly_fields(self, request: HttpRequest, obj: Attribute | None = None) -> list[str]:
        return BUILT_IN if obj and obj.is_built_in else []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and reviewer_of(request.user) is None

    def has_change_permission(self, request: HttpRequest, obj: Attribute | None = None) -> bool:
        return super().has_change_permission(request, obj) and reviewer_of(request.user) is None

    def has_delete_permission(self, request: HttpRequest, obj: Attribute | None = None) -> bool:
        if obj and obj.is_built_in:
            return False
        return super().has_delete_permission(request, obj) and reviewer_of(request.user) is None

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse attributes of which tools have values. Facts that are not known go with them."""
        attributes = list(objs)
        deleted, counts, lacking, _ = super().get_deleted_objects(objs, request)
        known = Fact.objects.known().filter(attribute__in=attributes)
        names: dict[int, list[str]] = {}
        for attribute, tool in known.order_by("tool__sort_key").values_list("attribute", "tool__name"):
            names.setdefault(attribute, []).append(tool)
        refusals = [
            facts_kept_sentence(attribute.label, names[attribute.pk])
            for attribute in attributes
            if attribute.pk in names
        ]
        return deleted, counts, lacking, refusals

    def delete_model(self, request: HttpRequest, obj: Attribute) -> None:
        self._delete([obj], by=request.user.get_username())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Attribute]) -> None:
        self._delete(list(queryset), by=request.user.get_username())

    @transaction.atomic
    def _delete(self, attributes: Iterable[Attribute], *, by: str) -> None:
        for attribute in attributes:
            for fact in Fact.objects.filter(attribute=attribute, state=FactState.UNKNOWN):
                history.delete(row=fact, by=by, reason="Its attribute is deleted.")
            attribute.delete()
