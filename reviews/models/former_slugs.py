"""Slugs that a category or a reviewer once had. They lead to it for ever, as a tool's do."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from reviews.models.validators import validate_slug


class KeepsFormerSlugs(models.Model):
    """A mixin for a model with a public address. Saving another slug keeps the one before.

    The model that holds them has a foreign key with the related name `former_slugs`.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        row: Any = self
        rows: Any = type(self)._default_manager
        with transaction.atomic():
            before = rows.filter(pk=row.pk).values_list("slug", flat=True).first()
            super().save(*args, **kwargs)
            former: Any = row.former_slugs
            former.model.objects.filter(slug=row.slug).delete()  # in use again
            if before and before != row.slug:
                former.model.objects.update_or_create(slug=before, defaults={former.field.name: row})


class WithFormerSlugs:
    """A mixin for the queryset of such a model."""

    def formerly_at(self: Any, slugs: Any) -> dict[str, Any]:
        """Return the rows of this queryset by the former slugs of `slugs` that lead to them. One query."""
        found = self.filter(former_slugs__slug__in=slugs).annotate(asked_as=models.F("former_slugs__slug"))
        return {row.asked_as: row for row in found}


class FormerSlug(models.Model):
    slug = models.SlugField(max_length=60, unique=True, validators=[validate_slug])
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class FormerCategorySlug(FormerSlug):
    category = models.ForeignKey("reviews.Category", on_delete=models.CASCADE, related_name="former_slugs")


class FormerReviewerSlug(FormerSlug):
    reviewer = models.ForeignKey("reviews.Reviewer", on_delete=models.CASCADE, related_name="former_slugs")
