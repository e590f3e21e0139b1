"""The panel on a tool's page: one form per reviewer, in panel order, with the reviewer's questions as fields."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils import timezone

from reviews.models import Answer, Question, Reviewer, Verdict
from reviews.models.panel import LONGEST_ANSWER


class VerdictForm(forms.ModelForm):
    """One reviewer's verdict and the answers to that reviewer's questions, saved together."""

    class Meta:
        model = Verdict
        fields = ["reviewer", "decision", "score", "reviewed_on", "body"]
        widgets = {
            "reviewer": forms.HiddenInput,
            "decision": forms.RadioSelect,
            "body": forms.Textarea(attrs={"rows": 8, "cols": 100}),
        }

    def __init__(self, *args: Any, reviewers: dict[int, Reviewer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.judge = reviewers.get(self._judge_id())
        self.questions: list[Question] = list(self.judge.questions.all()) if self.judge else []
        self.fields["decision"].choices = Verdict._meta.get_field("decision").choices
        given = {answer.question_id: answer.text for answer in self.instance.answers.all()} if self.instance.pk else {}
        for question in self.questions:
            self.fields[self.answer_name(question)] = forms.CharField(
                label=question.text,
                required=False,
                max_length=LONGEST_ANSWER,
                initial=given.get(question.pk, ""),
                widget=forms.Textarea(attrs={"rows": 2, "cols": 100}),
            )

    def _judge_id(self) -> int | None:
        """Whose form this is: the stored verdict's reviewer, else the one the form came back with or is printed for."""
        if self.instance.pk:
            return self.instance.reviewer_id
        posted = self.data.get(self.add_prefix("reviewer"), "") if self.is_bound else self.initial.get("reviewer", "")
        return int(posted) if str(posted).isdecimal() else None

    @staticmethod
    def answer_name(question: Question) -> str:
        return f"answer_{question.pk}"

    def clean_reviewer(self) -> Reviewer:
        """Refuse a form that says another reviewer than the one it was printed for."""
        if self.judge is None or self.cleaned_data["reviewer"] != self.judge:
            raise forms.ValidationError("This form belongs to another reviewer. Load the page again.")
        return self.judge

    def save_answers(self) -> None:
        """Write what was typed under the questions; an emptied answer is deleted. The verdict must be saved."""
        for question in self.questions:
            text = self.cleaned_data.get(self.answer_name(question), "").strip()
            if text:
                Answer.objects.update_or_create(verdict=self.instance, question=question, defaults={"text": text})
            else:
                Answer.objects.filter(verdict=self.instance, question=question).delete()


class VerdictFormSet(BaseInlineFormSet):
    """Exactly one form per reviewer: those who have judged the tool, then those who have not, each in panel order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviewers = {reviewer.pk: reviewer for reviewer in Reviewer.objects.prefetch_related("questions")}
        judged = {verdict.reviewer_id for verdict in self.get_queryset()}
        missing = [pk for pk in self.reviewers if pk not in judged]
        self.max_num = len(self.reviewers)
        self.extra = len(missing)
        self.initial_extra = [{"reviewer": pk, "reviewed_on": timezone.localdate()} for pk in missing]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "reviewers": self.reviewers}

    def save_new(self, form: VerdictForm, commit: bool = True) -> Verdict:
        verdict = super().save_new(form, commit=commit)
        form.save_answers()
        return verdict

    def save_existing(self, form: VerdictForm, obj: Verdict, commit: bool = True) -> Verdict:
        verdict = super().save_existing(form, obj, commit=commit)
        form.save_answers()
        return verdict


class VerdictInline(admin.StackedInline):
    model = Verdict
    form = VerdictForm
    formset = VerdictFormSet
    template = "admin/reviews/tool/panel.html"
    can_delete = False

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).in_panel_order().select_related("reviewer").prefetch_related("answers")
