"""Reviewers and the questions they ask."""

from django import forms
from django.contrib import admin

from reviews.admin.edit_conflicts import UnrecordedForm, VersionedAdmin
from reviews.admin.made_slugs import MadeSlugForm
from reviews.models import Question, Reviewer
from reviews.services.editing import history


class ReviewerForm(MadeSlugForm, UnrecordedForm):
    """The version covers the questions too."""

    def current_version(self) -> int:
        return history.fingerprint(rows=[self.instance, *self.instance.questions.all()])


class QuestionForm(forms.ModelForm):
    @property
    def row_label(self) -> str:
        position = self["position"].value()
        return f"Question {position}" if position else "New question"


class QuestionInline(admin.StackedInline):
    """Stacked: in Django's tabular form the fields have no labels."""

    model = Question
    form = QuestionForm
    extra = 0
    fields = [("position", "label"), "text"]


@admin.register(Reviewer)
class ReviewerAdmin(VersionedAdmin):
    form = ReviewerForm
    single_line_fields = ("motto", "lens", "excited_by", "tired_of")
    list_display = ["name", "position", "motto"]
    inlines = [QuestionInline]
