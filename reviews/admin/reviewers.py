"""Reviewers and what they ask."""

from dataclasses import replace
from typing import Any

from django.contrib import admin

from reviews.admin.edit_conflicts import UnrecordedForm, VersionedAdmin, VersionedForm, clashes_of
from reviews.models import Question, Reviewer
from reviews.services.editing import history
from reviews.services.editing.differences import Difference


class ReviewerForm(UnrecordedForm):
    """A reviewer; its version covers the questions on the page too."""

    def current_version(self) -> int:
        return history.fingerprint(rows=[self.instance, *self.instance.questions.all()])


class QuestionInline(admin.StackedInline):
    """One below the other: in Django's table of them no field has a label."""

    model = Question
    extra = 0
    fields = [("position", "label"), "text"]


@admin.register(Reviewer)
class ReviewerAdmin(VersionedAdmin):
    form = ReviewerForm
    lines = ("motto", "lens", "concern", "excited_by", "tired_of")
    list_display = ["name", "position", "motto"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [QuestionInline]

    def clashes(self, form: VersionedForm, context: dict[str, Any]) -> list[Difference]:
        stored = {question.pk: question for question in form.instance.questions.all()}
        asked = context["inline_admin_formsets"][0].formset.forms
        return form.clashes() + [
            replace(each, field=f"Question {stored[one.instance.pk].position}: {each.field}")
            for one in asked
            if one.instance.pk in stored
            for each in clashes_of(one, stored[one.instance.pk], leave_out=["id", "reviewer"])
        ]
