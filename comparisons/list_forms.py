"""Forms that filter and sort lists: GET forms, which work without JavaScript.

An invalid value is reported at its field, and the list is shown without it.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from comparisons.former_queries import with_current_category
from comparisons.requirement_fields import most_a_month_field, requirement_fields, requirements_of
from comparisons.services.lists.tool_list import NOT_KNOWN, ToolChoice
from reviews.models import Attribute, Category, Decision

LONGEST_TEXT = 120  # characters to look for in names

SORTS = {
    "name": "Name",
    "panel": "Panel ship",
    "score": "Mean score",
    "community": "Community",
    "newest": "Newest",
}


class Choice(forms.ChoiceField):
    """One of some values, or none, which `nothing` names. A view may add values."""

    def __init__(self, label: str, *, nothing: str = "", choices: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=[*([("", nothing)] if nothing else []), *choices],
            error_messages={"invalid_choice": f"That is none of the choices for “{label}”: choose another."},
        )


class ListFilter(forms.Form):
    """What the forms of all lists share.

    The page is not a printed field, so that a new choice begins on page 1.
    """

    page = forms.IntegerField(
        required=False,
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), "Pages are counted from 1: this is the first."
        ),
    )
    first_sort = ""
    """The order if none was chosen."""

    def __init__(self, data: QueryDict, **choices: Iterable[tuple[str, str]]) -> None:
        """Read `data`. `choices` are further values by field name."""
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.add_fields()
        fields: dict[str, Any] = self.fields
        for name, more in choices.items():
            fields[name].choices = [*fields[name].choices, *more]
        if "category" in fields:
            self.data = with_current_category(data, known=[slug for slug, _ in fields["category"].choices])
        self.full_clean()

    def add_fields(self) -> None:
        """Add the fields that depend on rows."""

    @property
    def page_number(self) -> int:
        return self.cleaned_data.get("page") or 1

    @property
    def chosen(self) -> dict[str, Any]:
        """What was validly chosen, but for the page and the first order: the parts of a clean address."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "page"}
        cleaned = {name: value for name, value in given.items() if value not in (None, "")}
        return {name: value for name, value in cleaned.items() if (name, value) != ("sort", self.first_sort)}


class ToolFilter(ListFilter):
    """Filters and sorts tools."""

    category = Choice("Category", nothing="Any category")
    price = Choice(
        "Price", nothing="Any price", choices=[("free", "Free to begin with"), ("paid", "Not free")]
    )
    licence = Choice("Licence", nothing="Any licence")
    verdict = Choice(
        "Panel verdict",
        nothing="Any verdict",
        choices=[*Decision.choices, ("split", "Split"), ("none", "No verdicts yet")],
    )
    most_a_month = most_a_month_field()
    sort = Choice("Sort by", choices=SORTS.items())
    first_sort = "name"

    def __init__(
        self, data: QueryDict, *, attributes: Iterable[Attribute] = (), **choices: Iterable[tuple[str, str]]
    ) -> None:
        """Read `data`. Readers can require something of each of `attributes`."""
        self.requirement_fields = requirement_fields(attributes)
        super().__init__(data, **choices)

    def add_fields(self) -> None:
        """Put what is required of facts before the order."""
        fields = {name: field for name, (_, field) in self.requirement_fields.items()}
        self.fields |= fields
        self.order_fields([name for name in self.fields if name != "sort"])

    @property
    def choice(self) -> ToolChoice:
        """What was asked for, in the words of the service."""
        chosen = {name: value for name, value in self.chosen.items() if name not in self.requirement_fields}
        requirements = requirements_of(self.cleaned_data, self.requirement_fields)
        return ToolChoice(**{"sort": self.first_sort} | chosen, requirements=requirements)

    def leave_order_to_weights(self) -> None:
        """Note at the field that a reader's weights rank the list, and ignore the address's sorting."""
        sort: Any = self.fields["sort"]
        sort.choices = [("", "Your panel")]
        self["sort"].help_text = "Your weights rank the list."
        sort.disabled = True
        self.cleaned_data.pop("sort", None)
        self.errors.pop("sort", None)


class CategoryFilter(ToolFilter):
    """Filters and sorts the tools of one category, ranked by default."""

    category = None  # type: ignore[assignment]  # so Django leaves a field of the parent out
    sort = Choice("Sort by", choices=sorted(SORTS.items(), key=lambda sort: sort[0] != "panel"))
    first_sort = "panel"


class ComparisonFilter(ListFilter):
    """Filters and sorts curated comparisons."""

    q = forms.CharField(
        label="Names or words",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={
            "max_length": f"That is longer than two names: use at most {LONGEST_TEXT} characters."
        },
    )
    category = Choice("Category", nothing="Any category")
    sort = Choice("Sort by", choices=[("newest", "Newest"), ("split", "Most split")])
    first_sort = "newest"

    @property
    def choice(self) -> dict[str, str]:
        """What was chosen, as the service takes it."""
        return {{"q": "words"}.get(name, name): value for name, value in self.chosen.items()}


class VerdictFilter(ListFilter):
    category = Choice("Category", nothing="Any category")
    decision = Choice("Decision", nothing="Ship or skip", choices=Decision.choices)


def category_choices(categories: Iterable[Category]) -> list[tuple[str, str]]:
    """Return the categories as choices."""
    return [(category.slug, category.name) for category in categories]


def licence_choices(licences: Iterable[str]) -> list[tuple[str, str]]:
    """Return the licences as choices; the empty one is not known."""
    return [(licence, licence) if licence else (NOT_KNOWN, "Not known") for licence in licences]
