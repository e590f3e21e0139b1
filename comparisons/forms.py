"""What visitors send, checked before any service sees it."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from reviews.models import Decision

WITHDRAW = "none"


class BackField(forms.CharField):
    """Where to go back to: a path of this site, or nothing. Anything else is ignored, for it is not the visitor's fault."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: str) -> str:
        path = (super().clean(value) or "").split("#")[0]
        is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) and len(path) < 2000
        return path if is_ours else ""


class VoteForm(forms.Form):
    """A vote states what it sets: ship, skip, or none. It never toggles, so sending it twice does no harm."""

    decision = forms.ChoiceField(
        choices=[*Decision.choices, (WITHDRAW, "Take it back")],
        error_messages={"required": "Choose ship it or skip it.", "invalid_choice": "Choose ship it or skip it."},
    )
    back = BackField()


class BookmarkForm(forms.Form):
    """A bookmark states what it sets: yes or no."""

    bookmarked = forms.ChoiceField(
        choices=[("yes", "Bookmark"), ("no", "Remove")],
        error_messages={"required": "Choose bookmark or remove.", "invalid_choice": "Choose bookmark or remove."},
    )
    back = BackField()
