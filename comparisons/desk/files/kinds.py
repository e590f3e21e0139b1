"""The kinds of file: tools, verdicts and comparisons."""

from django.core.exceptions import ValidationError
from django.db import models

from comparisons.desk.files import messages
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
from comparisons.desk.files.form_limits import Errors, too_long
from comparisons.models import Comparison
from reviews.models import Answer, Category, Question, Reviewer, Revision, Status, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.slugs import save_tool


class ToolKind(Kind):
    model = Tool
    key = ("slug",)
    key_lookup = "slug"

    def make_columns(self) -> list[Column]:
        return [
            Column("slug"),
            Column("name"),
            SlugColumn("category", Category),
            Column("vendor"),
            Column("kind"),
            Column("tagline"),
            Column("description"),
            Column("website"),
            Column("entry_price"),
            Column("pricing"),
            Column("licence"),
            Column("best_for"),
            Column("avoid_if"),
            DayColumn("facts_checked_on"),
            Column("status"),
            MomentColumn("published_at"),
        ]

    def rows(self) -> models.QuerySet[Tool]:
        return Tool.objects.order_by("slug").select_related("category")

    def errors(self, row: Tool) -> Errors:
        if row.status == Status.PUBLISHED and not self.may_be_incomplete and self._would_publish_incomplete(row):
            return {"status": ValidationError(messages.PANEL_INCOMPLETE)}
        return {}

    @staticmethod
    def _would_publish_incomplete(tool: Tool) -> bool:
        if Tool.objects.filter(pk=tool.pk, status=Status.PUBLISHED).exists():
            return False
        return Verdict.objects.filter(tool=tool.pk).count() < Reviewer.objects.count()

    def save(self, row: Tool) -> None:
        save_tool(tool=row, by=self.by)


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
            DayColumn("reviewed_on"),
            Column("body"),
            ReasonColumn("reason"),
            *(AnswerColumn(position) for position in range(1, questions + 1)),
        ]

    def rows(self) -> models.QuerySet[Verdict]:
        answers = models.Prefetch("answers", queryset=Answer.objects.select_related("question"))
        ordered = Verdict.objects.order_by("tool__slug", "reviewer__position").select_related("tool", "reviewer")
        return ordered.prefetch_related(answers, "reviewer__questions")

    def errors(self, row: Verdict) -> Errors:
        reason = _reason(row)
        if row.pk and history.needs_reason(row) and not reason:
            return {"reason": ValidationError(history.REASON_WANTED)}
        return too_long("reason", reason, Revision._meta.get_field("reason").max_length)

    def save(self, row: Verdict) -> None:
        history.save(row=row, by=self.by, reason=_reason(row))
        stored = {answer.question_id: answer for answer in Answer.objects.filter(verdict=row)}
        typed = typed_answers(row)
        for question in row.reviewer.questions.all():
            if question.position not in typed:
                continue
            answer = stored.get(question.pk) or Answer(verdict=row, question=question)
            if answer.text == typed[question.position]:
                continue
            if typed[question.position]:
                answer.text = typed[question.position]
                history.save(row=answer, by=self.by)
            elif answer.pk:
                history.delete(row=answer, by=self.by)


def _reason(verdict: Verdict) -> str:
    return getattr(verdict, "reason", "").strip()


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

    def rows(self) -> models.QuerySet[Comparison]:
        return Comparison.objects.order_by("first__slug", "second__slug").select_related("first", "second")


KINDS: dict[str, type[Kind]] = {"tools": ToolKind, "verdicts": VerdictKind, "comparisons": ComparisonKind}
"""In the order in which a catalogue is imported: verdicts need their tools, comparisons need both."""
