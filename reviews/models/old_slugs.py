"""Slugs that a published tool once had. They lead to it for ever."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from reviews.models.constraints import not_blank
from reviews.models.tools import Tool
from reviews.models.validators import validate_slug, validate_slug_leaves_vs_alone


class OldSlug(models.Model):
    slug = models.SlugField(
        max_length=120, unique=True, validators=[validate_slug, validate_slug_leaves_vs_alone]
    )
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="old_slugs")
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["slug"]
        constraints = [not_blank("old_slug", "slug")]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        if Tool.objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": "A tool lives at this address."})
