"""Tools as editors look for them: by what their panel lacks, and by who changed them."""

from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from reviews.models.history import Revision
from reviews.models.panel import Verdict
from reviews.models.tool_counts import CountedToolQuerySet


class EditedToolQuerySet(CountedToolQuerySet):
    def with_verdict_total(self) -> Self:
        """Annotate `verdict_total`: how many reviewers have judged the tool."""
        verdicts = Verdict.objects.filter(tool=OuterRef("pk")).order_by().values("tool")
        total = Subquery(
            verdicts.annotate(total=Count("pk")).values("total"), output_field=models.IntegerField()
        )
        return self.annotate(verdict_total=Coalesce(total, 0))

    def with_last_revision(self) -> Self:
        """Annotate `last_revision`: the newest change of the tool, verdicts and facts, by key, or None."""
        changes = Revision.objects.filter(tool_id=OuterRef("pk")).order_by("-pk")
        return self.annotate(last_revision=Subquery(changes.values("pk")[:1]))

    def changed_by(self, editor: str) -> Self:
        """Tools in whose history an editor of this name stands."""
        return self.filter(Exists(Revision.objects.filter(tool_id=OuterRef("pk"), editor=editor)))
