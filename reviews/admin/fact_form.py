"""One fact of a tool, as an editor enters it: a row of the table on the tool's page."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reviews.models import Attribute, AttributeType, Fact, FactState, Tool
from reviews.models.fact_values import SEPARATOR, YES_PARTLY_NO
from reviews.models.text_fields import OneLineFormField
from reviews.models.validators import validate_day_has_come
from reviews.services.facts.save import Evidence, changed_fact, confirm_unchanged, is_worth_saving

NO_SOURCE = "Enter the source that was looked at, and a value."
FIELD_OF_COLUMN = {"text": "value"}
"""The form's field for a column of the fact, where the names differ."""

INPUT_MODES = {
    AttributeType.INTEGER: "numeric",
    AttributeType.DECIMAL: "decimal",
    AttributeType.MONEY: "decimal",
    AttributeType.ADDRESS: "url",
}


STATES = [
    (FactState.UNKNOWN, "Not known"),
    (FactState.GIVEN, "Given, not checked"),
    (FactState.CHECKED, "Checked"),
    (FactState.CLAIMED, "Claimed by the maker"),
]
"""Shorter than the states' own labels, so that a row of the table has room."""


def day_input(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


def value_field(attribute: Attribute) -> forms.Field:
    """Return the input for values of the attribute's type. `read_value` judges what was typed.

    Numbers are text inputs: of a number input a browser sends nothing where it understands nothing.
    """
    match attribute.type:
        case AttributeType.YES_PARTLY_NO:
            words = [("", "–"), *((value, value.capitalize()) for value in YES_PARTLY_NO)]
            return forms.CharField(required=False, widget=forms.Select(choices=words))
        case AttributeType.CHOICES:
            return forms.MultipleChoiceField(
                required=False,
                choices=attribute.choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "%(value)s is none of the choices."},
            )
        case AttributeType.DAY:
            return forms.CharField(required=False, widget=day_input())
        case AttributeType.TEXT:
            return OneLineFormField(required=False, widget=forms.Textarea(attrs={"rows": 1}))
    mode = INPUT_MODES[AttributeType(attribute.type)]
    return forms.CharField(required=False, widget=forms.TextInput(attrs={"inputmode": mode}))


class SharedSourceForm(forms.Form):
    """Source, day and state that all changed facts of the page get, unless their own row says otherwise."""

    source_url = forms.URLField(
        label="Source",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    looked_at_on = forms.DateField(
        label="Looked at on", required=False, widget=day_input(), validators=[validate_day_has_come]
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "As each row says"), *STATES[1:]],
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, by field."""
        if not self.is_bound or not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}


class FactForm(forms.ModelForm):
    # A source proves the value that stands beside it, so both come from one editor.
    BELONG_TOGETHER = (("value", "state", "source_url", "quote", "looked_at_on"),)

    value = forms.CharField(required=False)
    quote = OneLineFormField(required=False, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Fact
        fields = ["state", "source_url", "quote", "looked_at_on"]
        widgets = {
            "source_url": forms.TextInput(attrs={"inputmode": "url"}),
            "looked_at_on": day_input(),
        }

    def __init__(
        self,
        *args: Any,
        attribute: Attribute,
        tool: Tool,
        is_editable: bool,
        shared: SharedSourceForm,
        looked_at: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.attribute = attribute
        self.tool = tool
        self.is_editable = is_editable
        self.shared = shared
        self.stored: Fact | None = None if self.instance._state.adding else self.instance
        self.entered: Fact | None = None
        """The fact as it would be saved, once the form is valid."""
        self.is_named = looked_at == attribute.key
        self.is_looked_at = self.is_named or looked_at == "all"
        self.fields["value"] = value_field(attribute)
        self.initial["value"] = self._stored_value()
        state: Any = self.fields["state"]
        state.choices = STATES
        for name, field in self.fields.items():
            field.disabled = not is_editable
            field.label = name.replace("_", " ").removesuffix(" url").capitalize()
            field.widget.attrs["aria-label"] = f"{attribute.label}: {field.label.lower()}"

    def _stored_value(self) -> Any:
        is_choice = self.attribute.type == AttributeType.CHOICES
        return list(self.instance.values) if is_choice else self.instance.text

    @property
    def row_label(self) -> str:
        return str(self.attribute)

    @property
    def is_posted(self) -> bool:
        """Whether the page had this row: another editor may have made its attribute meanwhile."""
        return self.add_prefix("state") in self.data

    @property
    def can_be_confirmed(self) -> bool:
        return self.is_editable and self.stored is not None and self.stored.source_url != ""

    @property
    def stored_words(self) -> str:
        """The stored value in words, to be read."""
        labels = self.attribute.labels
        return SEPARATOR.join(labels.get(value, value) for value in self.instance.values)

    def has_changed(self) -> bool:
        if not self.is_editable or not self.is_posted or not self._is_asked_for():
            return False
        return bool(self.changed_data) or self._is_to_be_confirmed()

    def _is_asked_for(self) -> bool:
        """Whether the category that was chosen on the page asks for the attribute too."""
        return self.attribute.is_general or self.attribute.category_id == self.tool.category_id

    def _is_to_be_confirmed(self) -> bool:
        """Of a whole tool, facts without a value or a source are left out."""
        has_source = bool(self["source_url"].value() and self["value"].value())
        return self.is_looked_at and (self.is_named or has_source)

    def _post_clean(self) -> None:
        """Check what was entered as the fact that it would become."""
        try:
            self.entered = self._entered()
        except ValidationError as error:
            self.add_error("value", error)
        if self.errors or self.entered is None:
            return
        if self._is_to_be_confirmed() and not confirm_unchanged(fact=self.entered):
            self.add_error("source_url", NO_SOURCE)
            return
        try:
            self.entered.full_clean(exclude=["tool", "attribute"])
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                field = FIELD_OF_COLUMN.get(name, name)
                self.add_error(field if field in self.fields else None, errors)

    def _entered(self) -> Fact | None:
        if "value" not in self.cleaned_data:
            return None
        value = self.cleaned_data["value"]
        return changed_fact(
            stored=self.stored,
            tool=self.tool,
            attribute=self.attribute,
            value=SEPARATOR.join(value) if isinstance(value, list) else value,
            evidence=self._evidence(),
        )

    def _evidence(self) -> Evidence:
        typed = self.cleaned_data
        own = Evidence(
            state=typed.get("state", FactState.GIVEN),
            source_url=typed.get("source_url", ""),
            quote=typed.get("quote", ""),
            looked_at_on=typed.get("looked_at_on"),
        )
        shared = {name: value for name, value in self.shared.values.items() if name not in self.changed_data}
        return replace(own, **shared) if self.changed_data else own

    @property
    def is_worth_saving(self) -> bool:
        return self.entered is not None and is_worth_saving(self.entered)

    @property
    def fell_back(self) -> bool:
        """Whether the state that was chosen did not hold, because the value changed without new evidence."""
        chosen = self.cleaned_data.get("state")
        return (
            self.entered is not None
            and self.entered.state == FactState.GIVEN
            and chosen in (FactState.CHECKED, FactState.CLAIMED)
        )
