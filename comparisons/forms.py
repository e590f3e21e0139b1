"""What visitors send, checked before any service sees it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from comparisons.services.compare.your_panel import MOST_WEIGHT, USUAL_WEIGHT, DealBreakers
from reviews.models import Decision, Reviewer

WITHDRAW = "none"


def first_error(form: forms.Form) -> str:
    """Return the first sentence about what is wrong in a form."""
    return str(next(iter(form.errors.values()))[0])


class BackField(forms.CharField):
    """Where to go back to: a path of this site, or nothing.

    Anything else is ignored, for it is not the visitor's fault.
    """

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
    """A vote states what it sets: ship, skip, or none. It never toggles, so sending it twice does no harm."""

    decision = forms.ChoiceField(
        choices=[*Decision.choices, (WITHDRAW, "Take it back")],
        error_messages={
            "required": "Choose ship it or skip it.",
            "invalid_choice": "Choose ship it or skip it.",
        },
    )
    back = BackField()


class BookmarkForm(forms.Form):
    """A bookmark states what it sets: yes or no."""

    bookmarked = forms.ChoiceField(
        choices=[("yes", "Bookmark"), ("no", "Remove")],
        error_messages={
            "required": "Choose bookmark or remove.",
            "invalid_choice": "Choose bookmark or remove.",
        },
    )
    back = BackField()


class YourPanelForm(forms.Form):
    """How a reader weighs the reviewers, as a query string: `?builder=3&founder=0&free=yes&no_skip=skeptic`.

    One weight for each reviewer there is, whoever that may be. Other parameters of the address are none of
    its business.
    """

    free = forms.BooleanField(required=False, label="Must be free to begin with")
    open = forms.BooleanField(required=False, label="Must have an open-source licence")

    def __init__(self, query: QueryDict, *, reviewers: Sequence[Reviewer]) -> None:
        super().__init__(query)
        self.reviewers = reviewers
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

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each reviewer's slug; the usual one where nothing or nonsense was given.

        Ask after `is_valid()`.
        """
        given = {reviewer.slug: self.cleaned_data.get(reviewer.slug) for reviewer in self.reviewers}
        return {slug: USUAL_WEIGHT if weight is None else weight for slug, weight in given.items()}

    @property
    def deal_breakers(self) -> DealBreakers:
        """What the reader will not do without. Ask after `is_valid()`."""
        return DealBreakers(
            must_be_free=self.cleaned_data.get("free", False),
            must_be_open_source=self.cleaned_data.get("open", False),
            no_skip_from=tuple(self.cleaned_data.get("no_skip", [])),
        )

    @property
    def is_used(self) -> bool:
        """Whether the address says anything about weights or deal-breakers at all."""
        return any(name in self.data for name in self.fields)

    @property
    def kept(self) -> dict[str, Any]:
        """What the address says of weights and deal-breakers, validly, for links and forms that must not lose
        it."""
        kept = {
            slug: str(weight)
            for slug, weight in self.weights.items()
            if self.cleaned_data.get(slug) is not None
        }
        deal_breakers = self.deal_breakers
        kept |= {"free": "yes"} if deal_breakers.must_be_free else {}
        kept |= {"open": "yes"} if deal_breakers.must_be_open_source else {}
        return kept | ({"no_skip": list(deal_breakers.no_skip_from)} if deal_breakers.no_skip_from else {})

    @property
    def query(self) -> str:
        """The same as a query string."""
        return urlencode(self.kept, doseq=True)

    @property
    def sliders(self) -> list[tuple[forms.BoundField, int]]:
        """Each reviewer's field with the weight that it stands at."""
        return [(self[slug], weight) for slug, weight in self.weights.items()]
