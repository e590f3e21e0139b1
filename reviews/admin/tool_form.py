"""A tool's own fields as an editor enters them."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from reviews.admin.edit_conflicts import VersionedForm
from reviews.admin.made_slugs import SLUG_WANTED, let_be_made
from reviews.models import Status, Tool
from reviews.services.editing import history
from reviews.services.editing.publishing import whole_minute
from reviews.services.editing.slugs import slug_for


class ToolForm(VersionedForm):
    """The version covers the whole page, verdicts and answers included."""

    BELONG_TOGETHER = (("status", "published_at"),)

    publish_incomplete = forms.BooleanField(
        label="Publish incomplete",
        required=False,
        help_text="Needed to publish a tool that not every reviewer has judged.",
    )

    class Meta:
        model = Tool
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_be_made(self, slug="slug", of="name")

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = Tool.objects.named(name).exclude(pk=self.instance.pk).first()
        if same:
            raise forms.ValidationError(
                f"There is a tool of this name already: {same.name}, at {same.get_absolute_url()}."
            )
        return name

    def clean_slug(self) -> str:
        name = self.cleaned_data.get("name", "")
        slug = self.cleaned_data["slug"] or slug_for(name=name, tool=self.instance.pk or 0)
        if name and not slug:
            raise forms.ValidationError(SLUG_WANTED)
        return slug

    def clean_published_at(self) -> datetime | None:
        moment = self.cleaned_data["published_at"]
        return whole_minute(moment) if moment else None

    def clean(self) -> dict[str, Any]:
        """A tool published without a moment is published from now on."""
        cleaned = super().clean()
        was_published = self.initial.get("status") == Status.PUBLISHED
        is_published_now = cleaned.get("status") == Status.PUBLISHED and not was_published
        if is_published_now and "published_at" in cleaned and not cleaned["published_at"]:
            cleaned["published_at"] = whole_minute(timezone.now())
        return cleaned

    def current_version(self) -> int:
        return history.version_of_tool(tool=self.instance.pk)
