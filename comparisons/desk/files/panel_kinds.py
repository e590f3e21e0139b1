"""Files of what a catalogue begins with: categories, reviewers and their questions."""

from django.db import models

from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.columns import Column, PositionColumn, SlugColumn
from reviews.models import Category, Question, Reviewer


class CategoryKind(Kind):
    model = Category
    key = ("slug",)
    key_lookup = "slug"
    exchanged = ("name",)

    def make_columns(self) -> list[Column]:
        return [Column("slug"), Column("name"), Column("description"), PositionColumn("position")]

    def rows(self) -> models.QuerySet[Category]:
        return Category.objects.order_by("position", "slug")


class ReviewerKind(Kind):
    model = Reviewer
    key = ("slug",)
    key_lookup = "slug"
    exchanged = ("name", "position")
    permission = "reviews.change_reviewer"

    def make_columns(self) -> list[Column]:
        return [
            Column("slug"),
            Column("name"),
            PositionColumn("position"),
            Column("motto"),
            Column("lens"),
            Column("excited_by"),
            Column("tired_of"),
        ]

    def rows(self) -> models.QuerySet[Reviewer]:
        return Reviewer.objects.order_by("position")


class QuestionKind(Kind):
    model = Question
    key = ("reviewer", "position")
    key_lookup = "reviewer__slug"
    permission = "reviews.change_reviewer"

    def make_columns(self) -> list[Column]:
        return [
            SlugColumn("reviewer", Reviewer),
            PositionColumn("position"),
            Column("text"),
            Column("label"),
        ]

    def rows(self) -> models.QuerySet[Question]:
        return Question.objects.order_by("reviewer__position", "position").select_related("reviewer")
