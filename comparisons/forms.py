"""What visitors send."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from comparisons.former_queries import with_current_reviewers
from comparisons.requirement_fields import (
    MOST_A_MONTH,
    most_a_month_field,
    requirement_fields,
    requirements_of,
)
from comparisons.services.compare.your_panel import MOST_WEIGHT, USUAL_WEIGHT, DealBreakers
from reviews.models import Attribute, Decision, Reviewer

WITHDRAW = "none"
OTHER_PARAMETERS = ("part", "page", "sort", "category", "price", "licence", "verdict")
"""Parameters of the same pages that are no weights: they are not looked for among former slugs."""


def first_error(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])


class BackField(forms.CharField):
    """Where to go back to: a path of this site. Anything else is ignored: it is not the visitor's fault."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: str | None) -> str:
        try:
            path = super().clean(value).split("#")[0]
        except forms.ValidationError:
            return ""
        is_ours = (
            path.startswith("/")
            and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
            and len(path) < 2000
        )
        return path if is_ours else ""


class VoteForm(forms.Form):
    """A vote to set: ship, skip, or none. It never toggles, so sending it twice does no harm."""

    decision = forms.ChoiceField(
        choices=[*Decision.choices, (WITHDRAW, "Take it back")],
        error_messages={
            "required": "Choose ship it or skip it.",
            "invalid_choice": "Choose ship it or skip it.",
        },
    )
    back = BackField()


class BookmarkForm(forms.Form):
    """A bookmark to set: yes or no."""

    bookmarked = forms.ChoiceField(
        choices=[("yes", "Bookmark"), ("no", "Remove")],
        error_messages={
            "required": "Choose bookmark or remove.",
            "invalid_choice": "Choose bookmark or remove.",
        },
    )
    back = BackField()


class YourPanelForm(forms.Form):
    """A reader's weights in the address: `?builder=3&founder=0&free=yes&no_skip=skeptic`.

    One field for each reviewer. Other parameters are ignored.
    """

    free = forms.BooleanField(required=False, label="Must be free to begin with")
    open = forms.BooleanField(required=False, label="Must have an open-source licence")

    def __init__(
        self,
        query: QueryDict,
        *,
        reviewers: Sequence[Reviewer],
        attributes: Sequence[Attribute] | None = None,
    ) -> None:
        """Read `query`. `attributes` are those that can be deal-breakers; a list has filters instead."""
        super().__init__(query)
        self.reviewers = reviewers
        self.requirement_fields = requirement_fields(attributes or ())
        if attributes is not None:
            self.fields[MOST_A_MONTH] = most_a_month_field()
        self.fields |= {name: field for name, (_, field) in self.requirement_fields.items()}
        wrong = f"A weight is a whole number from 0 to {MOST_WEIGHT}."
        for reviewer in reviewers:
            self.fields[reviewer.slug] = forms.IntegerField(
                label=reviewer.name,
                min_value=0,
                max_value=MOST_WEIGHT,
                required=False,
                widget=forms.NumberInput(attrs={"type": "range", "step": 1}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )
        self.fields["no_skip"] = forms.MultipleChoiceField(
            required=False,
            choices=[(reviewer.slug, f"No skip from the {reviewer.name}") for reviewer in reviewers],
            widget=forms.CheckboxSelectMultiple,
        )

        self.data = with_current_reviewers(query, known=[*self.fields, *OTHER_PARAMETERS])

    @property
    def weights(self) -> dict[str, int]:
        """Weights by reviewer's slug; the usual one if missing or invalid. Call after `is_valid()`."""
        given = {reviewer.slug: self.cleaned_data.get(reviewer.slug) for reviewer in self.reviewers}
        return {slug: USUAL_WEIGHT if weight is None else weight for slug, weight in given.items()}

    @property
    def deal_breakers(self) -> DealBreakers:
        """What a tool must have. Call after `is_valid()`."""
        return DealBreakers(
            must_be_free=self.cleaned_data.get("free", False),
            must_be_open_source=self.cleaned_data.get("open", False),
            no_skip_from=tuple(self.cleaned_data.get("no_skip", [])),
            most_a_month=self.cleaned_data.get(MOST_A_MONTH),
            requirements=requirements_of(self.cleaned_data, self.requirement_fields),
        )

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The fields of what is required of facts."""
        names = [MOST_A_MONTH, *self.requirement_fields] if MOST_A_MONTH in self.fields else []
        return [self[name] for name in names]

    @property
    def requires_facts(self) -> bool:
        """Whether the address says anything about facts."""
        return any(self.data.get(field.html_name) for field in self.fact_fields)

    @property
    def is_used(self) -> bool:
        """Whether the address has any weight or deal-breaker."""
        return any(name in self.data for name in self.fields)

    @property
    def kept(self) -> dict[str, Any]:
        """The valid weights and deal-breakers of the address, for links and forms that must keep them."""
        kept = {
            slug: str(weight)
            for slug, weight in self.weights.items()
            if self.cleaned_data.get(slug) is not None
        }
        deal_breakers = self.deal_breakers
        kept |= {"free": "yes"} if deal_breakers.must_be_free else {}
        kept |= {"open": "yes"} if deal_breakers.must_be_open_source else {}
        given = {name: self.cleaned_data.get(name) for name in (MOST_A_MONTH, *self.requirement_fields)}
        kept |= {name: str(value) for name, value in given.items() if value not in (None, "")}
        return kept | ({"no_skip": list(deal_breakers.no_skip_from)} if deal_breakers.no_skip_from else {})

    @property
    def query(self) -> str:
        """`kept` as a query string."""
        return urlencode(self.kept, doseq=True)

    @property
    def sliders(self) -> list[tuple[forms.BoundField, int]]:
        """Each reviewer's field with its present weight."""
        return [(self[slug], weight) for slug, weight in self.weights.items()]
