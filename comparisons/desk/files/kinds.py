"""The kinds of file, and those of tools, verdicts and comparisons."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from comparisons.desk.files import messages
from comparisons.desk.files.attribute_kind import AttributeKind
from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.columns import (
    AnswerColumn,
    Column,
    DayColumn,
    MomentColumn,
    ReasonColumn,
    ScoreColumn,
    SlugColumn,
    typed_answers,
)
from comparisons.desk.files.fact_columns import FactColumn, save_typed_facts
from comparisons.desk.files.fact_kind import FactKind
from comparisons.desk.files.form_limits import Errors, too_long
from comparisons.desk.files.panel_kinds import CategoryKind, QuestionKind, ReviewerKind
from comparisons.desk.files.tables import Problem, Table
from comparisons.desk.files.tool_slugs import with_slugs
from comparisons.models import Comparison
from reviews.admin.wording import REASON_WANTED
from reviews.models import Answer, Category, Question, Reviewer, Revision, Tool, Verdict
from reviews.models.general_attributes import (
    DOCUMENTATION,
    ENTRY_PRICE,
    LICENCE,
    MAKER,
    PRICING,
    REPOSITORY,
    WEBSITE,
)
from reviews.services.editing import history
from reviews.services.editing.publishing import reviewers_missing
from reviews.services.editing.tools import save_tool
from reviews.services.editing.verdicts import save_verdict


class ToolKind(Kind):
    model = Tool
    key = ("slug",)
    key_lookup = "slug"
    exchanged = ("name",)
    old_names: ClassVar = {"vendor": "maker"}
    left_out: ClassVar = {"facts_checked_on": messages.FACTS_CHECKED_ON_LEFT_OUT}

    def make_columns(self) -> list[Column]:
        return [
            Column("slug"),
            Column("name"),
            SlugColumn("category", Category),
            Column("kind"),
            Column("tagline"),
            Column("description"),
            Column("best_for"),
            Column("avoid_if"),
            FactColumn("maker", MAKER),
            FactColumn("website", WEBSITE),
            FactColumn("entry_price", ENTRY_PRICE),
            FactColumn("pricing", PRICING),
            FactColumn("licence", LICENCE),
            FactColumn("repository", REPOSITORY),
            FactColumn("documentation", DOCUMENTATION),
            Column("status"),
            MomentColumn("published_at"),
        ]

    def complete(self, table: Table) -> tuple[Table, list[Problem]]:
        return with_slugs(table)

    def rows(self) -> models.QuerySet[Tool]:
        return Tool.objects.order_by("slug").select_related("category").with_facts()

    def errors(self, row: Tool) -> Errors:
        if not self.may_be_incomplete and reviewers_missing(tool=row):
            return {"status": ValidationError(messages.PANEL_INCOMPLETE)}
        return {}

    def save(self, row: Tool, *, before: Tool | None = None) -> None:
        save_tool(tool=row, by=self.by, before=before)
        save_typed_facts(tool=row, by=self.by)


class VerdictKind(Kind):
    model = Verdict
    key = ("tool", "reviewer")
    key_lookup = "tool__slug"

    def make_columns(self) -> list[Column]:
        questions = Question.objects.aggregate(most=models.Max("position"))["most"] or 0
        return [
            SlugColumn("tool", Tool),
            SlugColumn("reviewer", Reviewer),
            Column("decision"),
            ScoreColumn("score"),
            Column("pick_if"),
            DayColumn("reviewed_on"),
            Column("judged_version"),
            Column("method_version"),
            Column("basis"),
            Column("basis_note"),
            Column("authorship"),
            Column("answered_for_by"),
            Column("body"),
            ReasonColumn("reason"),
            *(AnswerColumn(position) for position in range(1, questions + 1)),
        ]

    def rows(self) -> models.QuerySet[Verdict]:
        answers = models.Prefetch("answers", queryset=Answer.objects.select_related("question"))
        ordered = Verdict.objects.order_by("tool__slug", "reviewer__position").select_related(
            "tool", "reviewer"
        )
        return ordered.prefetch_related(answers, "reviewer__questions")

    def errors(self, row: Verdict) -> Errors:
        reason = _reason(row)
        if not reason and history.needs_reason(row=row, changed=history.changed_fields(row)):
            return {"reason": ValidationError(REASON_WANTED)}
        return too_long("reason", reason, Revision._meta.get_field("reason").max_length)

    def save(self, row: Verdict, *, before: Verdict | None = None) -> None:
        typed = typed_answers(row)
        questions = [question for question in row.reviewer.questions.all() if question.position in typed]
        answers = {question: typed[question.position] for question in questions}
        save_verdict(verdict=row, answers=answers, by=self.by, reason=_reason(row))


def _reason(verdict: Verdict) -> str:
    return getattr(verdict, "reason", "")


class ComparisonKind(Kind):
    model = Comparison
    key = ("first", "second")
    key_lookup = "first__slug"

    def make_columns(self) -> list[Column]:
        return [
            SlugColumn("first", Tool),
            SlugColumn("second", Tool),
            Column("relation"),
            Column("note"),
            MomentColumn("published_at"),
        ]

    def identity(self, row: Comparison) -> frozenset[int]:
        """The pair, in either order."""
        return frozenset([row.first_id, row.second_id])

    def rows(self) -> models.QuerySet[Comparison]:
        return Comparison.objects.order_by("first__slug", "second__slug").select_related("first", "second")


KINDS: dict[str, type[Kind]] = {
    "categories": CategoryKind,
    "reviewers": ReviewerKind,
    "questions": QuestionKind,
    "tools": ToolKind,
    "attributes": AttributeKind,
    "facts": FactKind,
    "verdicts": VerdictKind,
    "comparisons": ComparisonKind,
}
"""In the order of an import, each after those that its rows name."""
