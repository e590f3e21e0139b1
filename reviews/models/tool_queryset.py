"""Which tools are meant, and what is loaded with them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.models.choices import Status
from reviews.models.facts import Fact
from reviews.models.panel import Answer, Verdict
from reviews.models.tool_editing import EditedToolQuerySet
from reviews.models.visibility import published

if TYPE_CHECKING:
    from reviews.models.tools import Tool


def _oldest_recent_day(today: date) -> date:
    return today - timedelta(days=settings.VERDICT_STALE_DAYS)


class ToolQuerySet(EditedToolQuerySet):
    def published(self) -> Self:
        return self.filter(published())

    def not_retired(self) -> Self:
        return self.exclude(status=Status.RETIRED)

    def without_verdict_by(self, reviewer: str) -> Self:
        """Tools that this reviewer (a slug) has not judged."""
        return self.exclude(verdicts__reviewer__slug=reviewer)

    def with_old_verdicts(self, *, today: date) -> Self:
        """Tools with a verdict of more than `VERDICT_STALE_DAYS` ago."""
        return self.filter(
            pk__in=Verdict.objects.filter(reviewed_on__lt=_oldest_recent_day(today)).values("tool")
        )

    def scheduled(self) -> Self:
        return self.filter(status=Status.PUBLISHED, published_at__gt=timezone.now())

    def with_page(self) -> Self:
        """Published tools, and retired ones, whose page says so."""
        return self.filter(status__in=[Status.PUBLISHED, Status.RETIRED], published_at__lte=timezone.now())

    def with_panel(self) -> Self:
        """Load category, votes and verdicts, ready for a list."""
        verdicts = Verdict.objects.in_panel_order().select_related("reviewer")
        return self.select_related("category", "tally").prefetch_related(
            models.Prefetch("verdicts", queryset=verdicts)
        )

    def with_answers(self) -> Self:
        """Load all that a tool's verdicts say, and its facts, ready for its page."""
        answers = Answer.objects.order_by("question__position").select_related("question")
        verdicts = Verdict.objects.in_panel_order().select_related("reviewer")
        with_verdicts = self.select_related("category", "tally").prefetch_related(
            models.Prefetch(
                "verdicts", queryset=verdicts.prefetch_related(models.Prefetch("answers", queryset=answers))
            )
        )
        return with_verdicts.with_facts()

    def with_facts(self) -> Self:
        """Load all facts with their attributes, in display order."""
        return self.prefetch_related(models.Prefetch("facts", queryset=Fact.objects.in_display_order()))

    def for_pages(self) -> Self:
        """A relation that was not loaded raises instead of adding a query."""
        return self.fetch_mode(models.FETCH_RAISE)

    def get_by_natural_key(self, slug: str) -> "Tool":
        return self.get(slug=slug)
