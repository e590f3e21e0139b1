"""One reviewer's verdict as an editor enters it: decision, score, text, and the answers to the reviewer's questions."""

from typing import Any

from django import forms

from reviews.models import Answer, Question, Reviewer, Verdict
from reviews.models.panel import LONGEST_ANSWER
from reviews.services.editing import history
from reviews.services.editing.warnings import VerdictWarning

PRINTED = {"reviewer", "reviewed_on"}
"""Fields of an empty form that come filled in: they alone make no verdict."""


SCORE_WANTED = "A score is a whole number from 0 to 100, or empty when it is not known."


class VerdictForm(forms.ModelForm):
    """One reviewer's verdict and the answers to that reviewer's questions, saved together."""

    reason = forms.CharField(
        label="Reason for the change",
        required=False,
        max_length=300,
        help_text="Needed when the decision or the score changes; readers see it on the tool's page.",
        widget=forms.TextInput(attrs={"size": 90}),
    )

    score = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        help_text="0 to 100. Empty means: not known.",
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], SCORE_WANTED),
    )

    class Meta:
        model = Verdict
        fields = ["reviewer", "decision", "score", "reviewed_on", "body"]
        widgets = {
            "reviewer": forms.HiddenInput,
            "decision": forms.RadioSelect,
            "body": forms.Textarea(attrs={"rows": 8, "cols": 90, "data-words": "40 200"}),
        }

    def __init__(self, *args: Any, judge: Reviewer, is_mine: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.judge, self.is_mine = judge, is_mine
        self.verdict_warnings: list[VerdictWarning] = []
        self.questions: list[Question] = list(judge.questions.all()) if judge.pk else []
        self.fields["decision"].choices = Verdict._meta.get_field("decision").choices
        if not self.instance.pk:
            del self.fields["reason"]
        given = {answer.question_id: answer.text for answer in self.instance.answers.all()} if self.instance.pk else {}
        for question in self.questions:
            self.fields[self.answer_name(question)] = forms.CharField(
                label=question.text,
                required=False,
                max_length=LONGEST_ANSWER,
                initial=given.get(question.pk, ""),
                widget=forms.Textarea(attrs={"rows": 2, "cols": 90}),
            )
        for field in self.fields.values():
            field.disabled = not is_mine
        if self.is_bound and is_mine and self.instance.pk and self._was_left_empty():
            # Nothing was typed that could be lost: the form says what is stored now.
            held = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
            self.data = {self.add_prefix(name): "" if value is None else value for name, value in held.items()}

    @staticmethod
    def answer_name(question: Question) -> str:
        return f"answer_{question.pk}"

    @property
    def answers(self) -> dict[str, str]:
        """What stands under the questions, by field name, as typed."""
        return {field.name: field.value() or "" for field in self.answer_fields}

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[self.answer_name(question)] for question in self.questions]

    def _was_left_empty(self) -> bool:
        """Whether a form came back as empty as it was printed, while another editor entered its verdict."""
        typed = ["decision", "body", *map(self.answer_name, self.questions)]
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in typed)

    def has_changed(self) -> bool:
        changed = set(self.changed_data)
        return bool(changed - PRINTED if self.instance._state.adding else changed)

    def clean_reviewer(self) -> Reviewer:
        """Refuse a form that says another reviewer than the one it was printed for."""
        if self.cleaned_data["reviewer"] != self.judge:
            raise forms.ValidationError("This form belongs to another reviewer. Load the page again.")
        return self.judge

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decided = {"decision", "score"} & set(self.changed_data)
        if self.instance.pk and decided and not cleaned.get("reason", "").strip():
            self.add_error("reason", history.REASON_WANTED)
        self._refuse_answers_to_others()
        return cleaned

    def _refuse_answers_to_others(self) -> None:
        """Say so where an answer stands under another reviewer's question, instead of dropping it silently."""
        start = self.add_prefix("answer_")
        given = {name.removeprefix(start) for name, text in self.data.items() if name.startswith(start) and str(text).strip()}
        stray = {int(key) for key in given if key.isdecimal()} - {question.pk for question in self.questions}
        for question in Question.objects.filter(pk__in=stray).select_related("reviewer") if stray else []:
            self.add_error(None, f"“{question}” is a question of the {question.reviewer}, not of the {self.judge}.")

    def save_recorded(self, *, by: str) -> None:
        """Write the verdict and what was typed under the questions, with their history; an emptied answer is deleted."""
        history.save(row=self.instance, by=by, reason=self.cleaned_data.get("reason", "").strip())
        held = {answer.question_id: answer for answer in Answer.objects.filter(verdict=self.instance)}
        for question in self.questions:
            text = self.cleaned_data.get(self.answer_name(question), "").strip()
            answer = held.get(question.pk) or Answer(verdict=self.instance, question=question)
            if text:
                answer.text = text
                history.save(row=answer, by=by)
            elif answer.pk:
                history.delete(row=answer, by=by)
