"""What the site adds to the knowledge: comparisons, bookmarks, uploads and open pages."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Greatest, Least
from django.urls import reverse
from django.utils import timezone

from comparisons.comparison_slugs import join_slugs
from reviews.models import Fact, Tool, Verdict
from reviews.models.constraints import one_of
from reviews.models.text_fields import OneLineField
from reviews.services.panel import POINTS_THAT_COUNT
from reviews.services.search.spelling import other_spellings


class Relation(models.TextChoices):
    """How fair the question is."""

    RIVALS = "rivals", "Direct rivals"
    OVERLAPPING = "overlapping", "Overlapping"
    DIFFERENT = "different", "Different jobs"


def _leaning_count(side: str, other_side: str) -> models.Expression:
    """Count the reviewers who lean to `side` of a comparison (`first` or `second`)."""
    verdicts = Verdict.objects.leaning(
        to=models.OuterRef(side), away_from=models.OuterRef(other_side), points=POINTS_THAT_COUNT
    )
    count = verdicts.order_by().values("tool").annotate(count=models.Count("pk")).values("count")
    return Coalesce(models.Subquery(count, output_field=models.IntegerField()), 0)


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def published(self) -> Self:
        """Comparisons that readers see: published by now, both tools too."""
        tools = Tool.objects.published()
        return self.filter(published_at__lte=timezone.now(), first__in=tools, second__in=tools)

    def indexable(self) -> Self:
        """Published comparisons that search engines may list: of tools that do the same job."""
        return self.published().exclude(relation=Relation.DIFFERENT)

    def with_seen_at(self) -> Self:
        """Annotate `seen_at`: the moment from which readers see a published comparison and both its tools."""
        moments = ("published_at", "first__published_at", "second__published_at")
        return self.annotate(seen_at=Greatest(*moments))

    def newest_seen_first(self) -> Self:
        return self.with_seen_at().order_by("-seen_at", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def in_category(self, slug: str) -> Self:
        return self.filter(models.Q(first__category__slug=slug) | models.Q(second__category__slug=slug))

    def holding(self, words: str) -> Self:
        """Comparisons whose names and note hold each of `words` in any spelling; “vs” is ignored."""
        found = self
        for word in words.split():
            if word.casefold() not in ("vs", "vs."):
                holds = models.Q()
                for spelling in (word, *other_spellings(word.casefold())):
                    for field in ("first__name", "second__name", "note"):
                        holds |= models.Q((f"{field}__icontains", spelling))
                found = found.filter(holds)
        return found

    def most_split_first(self) -> Self:
        """Order by how split the panel is, then newest first; different jobs come last.

        A larger smaller side is more split; among equals, a smaller larger side.
        """
        sides = [_leaning_count("first", "second"), _leaning_count("second", "first")]
        is_different = models.Case(models.When(relation=Relation.DIFFERENT, then=1), default=0)
        return self.order_by(
            is_different, Least(*sides).desc(), Greatest(*sides).asc(), "-published_at", "-pk"
        )

    def checked(self) -> Self:
        """Comparisons of two tools of both of which a fact was checked against a source."""
        checked = Fact.objects.checked()
        return self.filter(
            models.Exists(checked.filter(tool=models.OuterRef("first"))),
            models.Exists(checked.filter(tool=models.OuterRef("second"))),
        )

    def of_pair(self, one: Tool, other: Tool) -> Self:
        """The comparison of these two tools, in either order."""
        return self.filter(first__in=[one, other], second__in=[one, other])

    def of_tool(self, tool: Tool) -> Self:
        return self.filter(models.Q(first=tool) | models.Q(second=tool))

    def get_by_natural_key(self, first: str, second: str) -> "Comparison":
        return self.get(first__slug=first, second__slug=second)


class Comparison(models.Model):
    """Two tools that an editor put side by side, in the editor's order."""

    first = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=Relation)
    note = OneLineField(
        max_length=300, blank=True, help_text="One or two sentences: what choosing between the two is about."
    )
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="Readers find it from this moment on. Empty means: a draft."
    )

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                name="comparison_pair_unique",
                violation_error_message="These two are compared already, perhaps in the other order.",
            ),
            models.CheckConstraint(
                name="comparison_of_two_tools",
                condition=~models.Q(first=models.F("second")),
                violation_error_message="A tool can't be compared with itself: choose two.",
            ),
            one_of("comparison", "relation", Relation),
        ]

    def __str__(self) -> str:
        return f"{self.first} vs {self.second}"

    def get_absolute_url(self) -> str:
        return reverse("comparison", args=[join_slugs([self.first.slug, self.second.slug])])

    def natural_key(self) -> tuple[str, str]:
        return (self.first.slug, self.second.slug)

    natural_key.dependencies = ["reviews.tool"]  # type: ignore[attr-defined]  # Django reads it here


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def by_visitor(self, visitor: str) -> Self:
        return self.filter(visitor=visitor)

    def shown(self) -> Self:
        """Bookmarks of published tools; those of a retired tool are kept, but neither shown nor counted."""
        return self.filter(tool__in=Tool.objects.published())


class Bookmark(models.Model):
    """A tool that an anonymous visitor bookmarked."""

    visitor = models.CharField(max_length=32)
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint("visitor", "tool", name="bookmark_once_per_visitor")]

    def __str__(self) -> str:
        return f"Bookmark of {self.tool_id}"


class Upload(models.Model):
    """A file that an editor uploaded, stored between dry run and writing, for a day at most."""

    kind = models.CharField(max_length=20)
    format = models.CharField(max_length=10)
    text = models.TextField()
    may_be_incomplete = models.BooleanField(default=False)
    editor = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} by {self.editor}"


class OpenPage(models.Model):
    """That an editor has a form of the desk open, told by its script every half minute."""

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=200)
    """The path of the form."""
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "editor"], name="one_open_page_per_editor")]

    def __str__(self) -> str:
        return f"{self.editor} at {self.page}"


class ImportState(models.TextChoices):
    CHECKING = "checking", "being checked"
    CHECKED = "checked", "checked"
    WRITING = "writing", "being written"
    WRITTEN = "written", "written"
    TAKING_BACK = "taking back", "being taken back"
    TAKEN_BACK = "taken back", "taken back"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def begun(self) -> Self:
        """Runs that wrote something, or may have."""
        return self.exclude(state__in=[ImportState.CHECKING, ImportState.CHECKED])

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class ImportRun(models.Model):
    """One import of a file: how far it is, and what it found. What it wrote is kept."""

    upload = models.ForeignKey(
        Upload, on_delete=models.SET_NULL, null=True, help_text="Its file, until it is written."
    )
    kind = models.CharField(max_length=20)
    editor = models.CharField(max_length=150)
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.CHECKING)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(
        default=timezone.now, help_text="When its process last said that it works."
    )
    ended_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0, help_text="Rows of the file.")
    failure = models.CharField(
        max_length=500, blank=True, help_text="Why it stopped; empty where it did not."
    )
    report = models.JSONField(null=True, help_text="What the check found, for a day.")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [one_of("import_run", "state", ImportState)]

    def __str__(self) -> str:
        return f"Import of {self.kind} by {self.editor}"


class ImportedRevision(models.Model):
    """A change that an import made, by its number in the history."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="revisions")
    revision = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ["revision"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Change {self.revision} of import {self.run_id}"


class MergeRecord(models.Model):
    """What a merge moved and deleted, kept for a week so that the merge can be taken back."""

    kept = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="+")
    gone_id = models.BigIntegerField()
    """The key of the tool that was deleted."""
    gone_name = models.CharField(max_length=120)
    merged_by = models.CharField(max_length=150)
    merged_at = models.DateTimeField(default=timezone.now)
    state = models.JSONField()
    """As `comparisons/desk/merging/records.py` writes it."""

    class Meta:
        default_permissions = ()
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone_name} was merged into {self.kept_id}"
