"""The search index: one row per document, written by database triggers."""

from django.db import models

from reviews.models.panel import Verdict
from reviews.models.tools import Tool

NARROW_INDEX = "reviews_search_narrow"
"""From it SQLite reads which tool a document belongs to, without the texts. PostgreSQL does not use it."""


class NotDumpedManager(models.Manager["SearchEntry"]):
    """Finds nothing: dumps leave the index out, and the database that loads one makes its own."""

    def get_queryset(self) -> models.QuerySet["SearchEntry"]:
        return super().get_queryset().none()


class SearchEntry(models.Model):
    """The words of a tool, or of a verdict with its answers.

    Triggers on four tables write it (`services/search/index.py`), so it follows forms, bulk writes, fixtures
    and plain SQL. Full-text tables (SQLite) and generated columns (PostgreSQL) follow each row
    (`migrations/_search_structure.py`).

    The id is twice the tool's, or twice the verdict's plus one, so that a document keeps its row. There is no
    foreign key: an index must never prevent a write.
    """

    class Kind(models.TextChoices):
        TOOL = "tool", "Tool"
        VERDICT = "verdict", "Verdict"

    tool = models.ForeignKey(Tool, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    verdict = models.ForeignKey(
        Verdict, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.TextField(help_text="The tool's name; empty for a verdict.")
    keywords = models.TextField(
        help_text="Tagline, vendor and category, separated by the character 31; empty for a verdict."
    )
    body = models.TextField(
        help_text="The description; or the verdict and its answers, separated by the character 31."
    )

    objects = models.Manager()
    not_dumped = NotDumpedManager()

    class Meta:
        default_manager_name = "not_dumped"
        default_permissions = ()
        verbose_name_plural = "search entries"
        indexes = [models.Index(fields=["id", "tool", "kind"], name=NARROW_INDEX)]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
