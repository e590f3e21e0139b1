"""The facts on a tool's page: one row per attribute of its category and of every tool."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property

from reviews.admin.fact_form import FactForm, SharedSourceForm
from reviews.admin.permissions import may_edit_facts
from reviews.admin.verdict_formset import WARNINGS_CODE, WARNINGS_SEEN
from reviews.admin.wording import early_look_sentence
from reviews.models import Attribute, Fact, Tool
from reviews.services.editing.day_warnings import EarlyLook, early_look
from reviews.services.editing.releases import release_among
from reviews.services.facts.save import save_fact

LOOKED_AT = "looked_at_today"
"""The name of the buttons “looked at today, unchanged”: an attribute's key, or “all”."""
UNUSED_SOURCE = "No fact was changed: change one too, or leave these fields empty."

if TYPE_CHECKING:
    InlineFormSet = BaseInlineFormSet[Fact, Tool, FactForm]
else:
    InlineFormSet = BaseInlineFormSet


class FactFormSet(InlineFormSet):
    """Rows are named by their attribute's key, so that an attribute made meanwhile moves none of them."""

    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By what is stored: on a page that is sent, another category may be chosen.
        category = Tool.objects.filter(pk=self.instance.pk).values("category")
        wanted = Attribute.objects.filter(Q(category=None) | Q(category__in=category))
        self.attributes = list(wanted.in_display_order().select_related("category"))
        self.stored = {fact.attribute_id: fact for fact in self.get_queryset()}
        tool = self.instance if self.instance.pk else None
        self.is_editable = self.user is None or may_edit_facts(self.user, tool)
        self.new_objects: list[Fact] = []
        self.changed_objects: list[tuple[Fact, list[str]]] = []
        self.deleted_objects: list[Fact] = []

    def total_form_count(self) -> int:
        return len(self.attributes)

    def initial_form_count(self) -> int:
        return 0  # an untouched row is skipped, whether its fact is stored or not

    def add_prefix(self, index: Any) -> str:
        name = index if isinstance(index, str) else self.attributes[index].key
        return f"{self.prefix}-{name}"

    @cached_property
    def shared(self) -> SharedSourceForm:
        return SharedSourceForm(self.data if self.is_bound else None, prefix=f"{self.prefix}_shared")

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        # Django asks for an empty form (None) as well.
        attribute = self.attributes[index] if index is not None else Attribute()
        fact = self.stored.get(attribute.pk) or Fact(state="unknown")
        fact.attribute = attribute
        return {
            **super().get_form_kwargs(index),
            "instance": fact,
            "attribute": attribute,
            "tool": self.instance,
            "is_editable": self.is_editable,
            "shared": self.shared,
            "looked_at": self.data.get(LOOKED_AT, "") if self.is_bound else "",
        }

    def add_fields(self, form: FactForm, index: int | None) -> None:
        """Add no fields: the attribute's key is in the name of the row."""

    def groups(self) -> list[tuple[Any, list[FactForm]]]:
        """Rows of one category after the other; None for the attributes of every tool."""
        rows = groupby(self.forms, key=lambda form: form.attribute.category)
        return [(category, list(forms)) for category, forms in rows]

    @property
    def changed_forms(self) -> list[FactForm]:
        return [form for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        """Stop once at days that are too early to be right; saved again, they are meant."""
        if not self.shared.is_valid():
            raise ValidationError("Correct the source of all facts that you change.")
        if self.shared.values and not self.changed_forms:
            self.shared.add_error(None, UNUSED_SOURCE)
            raise ValidationError(UNUSED_SOURCE)
        data: Any = self.data
        if not set(self.warning_keys) <= set(data.getlist(WARNINGS_SEEN)):
            raise ValidationError(" ".join(self.warning_sentences), code=WARNINGS_CODE)

    @cached_property
    def early_looks(self) -> list[EarlyLook]:
        """Days of looking at a source that are too early to be right."""
        entered = [(form.entered, form.stored) for form in self.changed_forms if form.entered]
        release = release_among(self._facts_after)
        looks = [early_look(fact=fact, stored=stored, release=release) for fact, stored in entered]
        return [look for look in looks if look]

    @property
    def _facts_after(self) -> list[Fact]:
        """The facts as the page would save them."""
        after = (form.entered if form.has_changed() else form.stored for form in self.forms)
        return [fact for fact in after if fact]

    @property
    def warning_keys(self) -> list[str]:
        return [look.key for look in self.early_looks]

    @property
    def warning_sentences(self) -> list[str]:
        return list(map(early_look_sentence, self.early_looks))

    @property
    def first_warning(self) -> str:
        """The id of the warning on the page, if only it stopped the save; else empty."""
        return "facts-warnings" if self.non_form_errors() and not self.has_faults else ""

    @property
    def has_faults(self) -> bool:
        """Whether something is wrong, and not only worth a second look."""
        codes = {error.code for error in self.non_form_errors().as_data()}
        return any(self.errors) or not codes <= {WARNINGS_CODE}

    def save_recorded(self, *, by: str) -> None:
        """Save each changed fact with its history. The tool must be saved, and the forms valid."""
        for form in self.changed_forms:
            fact = form.entered
            if fact is None or not form.is_worth_saving:
                continue
            fact.tool = self.instance
            is_new = fact._state.adding
            if save_fact(fact=fact, by=by) is None:
                continue
            if is_new:
                self.new_objects.append(fact)
            else:
                self.changed_objects.append((fact, form.changed_data))


class FactInline(admin.TabularInline):
    model = Fact
    form = FactForm
    formset: Any = FactFormSet
    template = "admin/reviews/tool/_facts.html"
    can_delete = False

    # Facts have no permissions of their own: whoever may edit the tool may edit them.

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("reviews.view_tool")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit_facts(request.user, obj)

    has_add_permission = has_change_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset
