"""Reviewers and the questions they ask."""

from dataclasses import replace
from typing import Any

from django.contrib import admin

from reviews.admin.edit_conflicts import UnrecordedForm, VersionedAdmin, VersionedForm, conflicts_of
from reviews.models import Question, Reviewer
from reviews.services.editing import history
from reviews.services.editing.differences import Difference


class ReviewerForm(UnrecordedForm):
    """The version covers the questions too."""

    def current_version(self) -> int:
        return history.fingerprint(rows=[self.instance, *self.instance.questions.all()])


class QuestionInline(admin.StackedInline):
    """Stacked: in Django's tabular form the fields have no labels."""

    model = Question
    extra = 0
    fields = [("position", "label"), "text"]


@admin.register(Reviewer)
class ReviewerAdmin(VersionedAdmin):
    form = ReviewerForm
    single_line_fields = ("motto", "lens", "excited_by", "tired_of")
    list_display = ["name", "position", "motto"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [QuestionInline]

    def conflicts(self, form: VersionedForm, context: dict[str, Any]) -> list[Difference]:
        stored = {question.pk: question for question in form.instance.questions.all()}
        conflicts = form.conflicts()
        for question_form in context["inline_admin_formsets"][0].formset.forms:
            question = stored.get(question_form.instance.pk)
            if question:
                conflicts += [
                    replace(conflict, field=f"Question {question.position}: {conflict.field}")
                    for conflict in conflicts_of(question_form, question, leave_out=["id", "reviewer"])
                ]
        return conflicts
