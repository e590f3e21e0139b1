"""What stands in the files, a resource per kind."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export.fields import Field

from comparisons.desk.files.catalogue_resource import CatalogueResource
from comparisons.desk.files.columns import AnswerField, Day, Moment, Named, Score, Text
from comparisons.desk.files.field_limits import too_long
from comparisons.models import Comparison
from reviews.models import Answer, Category, Question, Reviewer, Revision, Status, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.slugs import save_tool


class ToolResource(CatalogueResource):
    named_by = "slug"

    category = Field(attribute="category", column_name="category", widget=Named(Category))
    facts_checked_on = Field(attribute="facts_checked_on", column_name="facts_checked_on", widget=Day())
    published_at = Field(attribute="published_at", column_name="published_at", widget=Moment())

    class Meta(CatalogueResource.Meta):
        model = Tool
        import_id_fields = ["slug"]
        fields = [
            "slug",
            "name",
            "category",
            "vendor",
            "kind",
            "tagline",
            "description",
            "website",
            "entry_price",
            "pricing",
            "licence",
            "best_for",
            "avoid_if",
            "facts_checked_on",
            "status",
            "published_at",
        ]

    def get_queryset(self) -> models.QuerySet[Tool]:
        return Tool.objects.order_by("slug").select_related("category")

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True) -> None:
        errors = dict(import_validation_errors or {})
        if instance.status == Status.PUBLISHED and not self.may_be_incomplete and self._is_new_and_incomplete(instance):
            errors["status"] = ValidationError(
                "Not every reviewer has judged it. Bring the verdicts first, or allow publishing incomplete."
            )
        super().validate_instance(instance, errors, validate_unique)

    @staticmethod
    def _is_new_and_incomplete(tool: Tool) -> bool:
        if Tool.objects.filter(pk=tool.pk, status=Status.PUBLISHED).exists():
            return False
        return Verdict.objects.filter(tool=tool.pk).count() < Reviewer.objects.count()

    def save_recorded(self, instance: Any) -> None:
        save_tool(tool=instance, by=self.by)


class VerdictResource(CatalogueResource):
    named_by = "tool__slug"

    tool = Field(attribute="tool", column_name="tool", widget=Named(Tool))
    reviewer = Field(attribute="reviewer", column_name="reviewer", widget=Named(Reviewer))
    score = Field(attribute="score", column_name="score", widget=Score())
    reviewed_on = Field(attribute="reviewed_on", column_name="reviewed_on", widget=Day())
    reason = Field(attribute="reason", column_name="reason", widget=Text())

    class Meta(CatalogueResource.Meta):
        model = Verdict
        import_id_fields = ["tool", "reviewer"]
        fields = ["tool", "reviewer", "decision", "score", "reviewed_on", "body", "reason"]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        most = Question.objects.aggregate(most=models.Max("position"))["most"] or 0
        for position in range(1, most + 1):
            self.fields[f"answer_{position}"] = AnswerField(position)

    def get_import_order(self) -> list[str]:
        return list(self.fields)

    get_export_order = get_import_order

    def get_queryset(self) -> models.QuerySet[Verdict]:
        answers = models.Prefetch("answers", queryset=Answer.objects.select_related("question"))
        ordered = Verdict.objects.order_by("tool__slug", "reviewer__position").select_related("tool", "reviewer")
        return ordered.prefetch_related(answers, "reviewer__questions")

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True) -> None:
        errors = dict(import_validation_errors or {})
        reason = (getattr(instance, "reason", "") or "").strip()
        if instance.pk and history.needs_reason(instance) and not reason:
            errors["reason"] = ValidationError(history.REASON_WANTED)
        errors |= too_long("reason", reason, Revision._meta.get_field("reason").max_length)
        super().validate_instance(instance, errors, validate_unique)

    def save_recorded(self, instance: Any) -> None:
        history.save(row=instance, by=self.by, reason=(getattr(instance, "reason", "") or "").strip())
        held = {answer.question_id: answer for answer in Answer.objects.filter(verdict=instance)}
        typed = getattr(instance, "typed_answers", {})
        for question in instance.reviewer.questions.all():
            if question.position not in typed:
                continue
            answer = held.get(question.pk) or Answer(verdict=instance, question=question)
            if answer.text == typed[question.position]:
                continue
            if typed[question.position]:
                answer.text = typed[question.position]
                history.save(row=answer, by=self.by)
            elif answer.pk:
                history.delete(row=answer, by=self.by)


class ComparisonResource(CatalogueResource):
    named_by = "first__slug"

    first = Field(attribute="first", column_name="first", widget=Named(Tool))
    second = Field(attribute="second", column_name="second", widget=Named(Tool))
    published_at = Field(attribute="published_at", column_name="published_at", widget=Moment())

    class Meta(CatalogueResource.Meta):
        model = Comparison
        import_id_fields = ["first", "second"]
        fields = ["first", "second", "relation", "note", "published_at"]

    def get_queryset(self) -> models.QuerySet[Comparison]:
        return Comparison.objects.order_by("first__slug", "second__slug").select_related("first", "second")


RESOURCES: dict[str, type[CatalogueResource]] = {
    "tools": ToolResource,
    "verdicts": VerdictResource,
    "comparisons": ComparisonResource,
}
"""The kinds of file, in the order in which they need each other."""
