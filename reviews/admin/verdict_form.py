"""One reviewer's verdict with its answers, as an editor enters it."""

from typing import Any

from django import forms

from reviews.admin.wording import REASON_WANTED, SCORE_WANTED, warning_sentence
from reviews.models import Proposal, Question, Reviewer, Verdict
from reviews.models.panel import LONGEST_ANSWER
from reviews.models.text_fields import OneLineFormField, TextFormField
from reviews.services.editing import history
from reviews.services.editing.proposals import propose
from reviews.services.editing.similar_texts import SimilarText
from reviews.services.editing.verdicts import save_verdict
from reviews.services.editing.warnings import FEWEST_WORDS, MOST_WORDS, VerdictWarning

ORIGIN_FIELDS = (
    "judged_version",
    "method_version",
    "basis",
    "basis_note",
    "authorship",
    "answered_for_by",
)
"""How the verdict was made."""

PREFILLED = {"reviewer", "reviewed_on", "method_version", "basis", "authorship"}
"""These fields alone do not make a verdict."""


class VerdictForm(forms.ModelForm):
    BELONG_TOGETHER = (("decision", "score"),)

    reason = OneLineFormField(
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
        fields = [
            "reviewer",
            "decision",
            "score",
            "pick_if",
            "reviewed_on",
            "body",
            *ORIGIN_FIELDS,
        ]
        widgets = {
            "reviewer": forms.HiddenInput,
            "decision": forms.RadioSelect,
            "pick_if": forms.TextInput(attrs={"size": 90}),
            "body": forms.Textarea(
                attrs={"rows": 8, "cols": 90, "data-words": f"{FEWEST_WORDS} {MOST_WORDS}"}
            ),
        }

    def __init__(
        self,
        *args: Any,
        for_reviewer: Reviewer,
        is_editable: bool = True,
        is_seen: bool = True,
        open_proposal: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.for_reviewer = for_reviewer
        self.is_editable = is_editable
        self.open_proposal = open_proposal
        self.verdict_warnings: list[VerdictWarning] = []
        self.questions: list[Question] = list(for_reviewer.questions.all()) if for_reviewer.pk else []
        decision: Any = self.fields["decision"]
        decision.choices = Verdict._meta.get_field("decision").choices
        if not (self.instance.pk and is_seen):  # nobody has seen what changes, so nobody is told why
            del self.fields["reason"]
        stored_answers = self.instance.answers.all() if self.instance.pk else ()
        stored = {answer.question_id: answer.text for answer in stored_answers}
        for question in self.questions:
            self.fields[self.answer_name(question)] = TextFormField(
                label=question.text,
                required=False,
                max_length=LONGEST_ANSWER,
                initial=stored.get(question.pk, ""),
                widget=forms.Textarea(attrs={"rows": 2, "cols": 90}),
            )
        # Where the default is a function, Django compares with a hidden field, which the page does not print.
        self.fields["method_version"].show_hidden_initial = False
        for field in self.fields.values():
            field.disabled = not is_editable
        if self.is_bound and is_editable and self.instance.pk and self._was_left_empty():
            # Nothing was typed that could be lost: the form says what is stored now.
            values = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
            self.data = {
                self.add_prefix(name): "" if value is None else value for name, value in values.items()
            }

    @property
    def row_label(self) -> str:
        return str(self.for_reviewer)

    @staticmethod
    def answer_name(question: Question) -> str:
        return f"answer_{question.pk}"

    @property
    def answers(self) -> dict[str, str]:
        """The answers as typed, by field name."""
        return {field.name: field.value() or "" for field in self.answer_fields}

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[self.answer_name(question)] for question in self.questions]

    @property
    def origin_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ORIGIN_FIELDS]

    @property
    def warning_lines(self) -> list[tuple[str, SimilarText | None]]:
        """Each warning as a sentence, with the text it is about."""
        return [
            (warning_sentence(warning, is_one_page=True), warning.similar)
            for warning in self.verdict_warnings
        ]

    def _was_left_empty(self) -> bool:
        """Whether the form came back empty while another editor entered its verdict."""
        typed = ["decision", "pick_if", "body", *map(self.answer_name, self.questions)]
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in typed)

    def has_changed(self) -> bool:
        changed = set(self.changed_data)
        return bool(changed - PREFILLED if self.instance._state.adding else changed)

    def clean_reviewer(self) -> Reviewer:
        if self.cleaned_data["reviewer"] != self.for_reviewer:
            raise forms.ValidationError("This form belongs to another reviewer. Load the page again.")
        return self.for_reviewer

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lacks_reason = "reason" in self.fields and not cleaned.get("reason", "")
        if lacks_reason and history.needs_reason(row=self.instance, changed=self.changed_data):
            self.add_error("reason", REASON_WANTED)
        self._refuse_answers_to_others()
        return cleaned

    def _refuse_answers_to_others(self) -> None:
        """Add an error for an answer to another reviewer's question."""
        start = self.add_prefix("answer_")
        typed = {
            name.removeprefix(start)
            for name, text in self.data.items()
            if name.startswith(start) and str(text).strip()
        }
        keys = {int(key) for key in typed if key.isdecimal() and len(key) < 19}  # a longer one is no key
        stray = keys - {question.pk for question in self.questions}
        for question in Question.objects.filter(pk__in=stray).select_related("reviewer") if stray else []:
            self.add_error(
                None,
                f"“{question}” is a question of the {question.reviewer}, not of the {self.for_reviewer}.",
            )

    def propose(self, *, by: str) -> Proposal | None:
        """Make a proposal of what was typed."""
        reason = self.cleaned_data.get("reason", "")
        return propose(verdict=self.instance, answers=self._typed_answers, by=by, reason=reason)

    @property
    def _typed_answers(self) -> dict[Question, str]:
        return {
            question: self.cleaned_data.get(self.answer_name(question), "") for question in self.questions
        }

    def save_recorded(self, *, by: str, was_seen: bool | None = None) -> None:
        """Save the verdict with its answers; an emptied answer is deleted. `was_seen`: see `history.save`."""
        reason = self.cleaned_data.get("reason", "")
        save_verdict(
            verdict=self.instance, answers=self._typed_answers, by=by, reason=reason, was_seen=was_seen
        )
