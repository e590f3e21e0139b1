"""A tool's own fields as an editor enters them."""

from typing import Any

from django import forms

from reviews.admin.edit_conflicts import VersionedForm
from reviews.admin.made_slugs import SLUG_WANTED, let_be_made
from reviews.models import Tool
from reviews.services.editing import history
from reviews.services.editing.slugs import slug_for


class ToolForm(VersionedForm):
    """The version covers the whole page, verdicts and answers included."""

    class Meta:
        model = Tool
        exclude = ["status", "published_at"]  # buttons change them: reviews/admin/workflow.py

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

    def current_version(self) -> int:
        return history.version_of_tool(tool=self.instance.pk)
