"""Reviewers and what they ask."""

from django.contrib import admin

from reviews.admin.lines import LinesAdmin
from reviews.models import Question, Reviewer


class QuestionInline(admin.TabularInline):
    model = Question
    extra = 0
    fields = ["position", "text", "label"]


@admin.register(Reviewer)
class ReviewerAdmin(LinesAdmin):
    lines = ("motto", "lens", "concern", "excited_by", "tired_of")
    list_display = ["name", "position", "motto"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [QuestionInline]
