"""The panel on a tool's page: one form per reviewer, in panel order."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import get_text_list

from reviews.admin.permissions import may_edit_verdict
from reviews.admin.verdict_form import VerdictForm
from reviews.models import Reviewer, Status, Tool, Verdict
from reviews.services.editing.similar_texts import nearly_the_same
from reviews.services.editing.warnings import claims_of_use, verdict_warnings

SEEN = "warnings_seen"
"""The hidden fields that say which warnings were on the page already."""
WARNINGS = "warnings"
"""The code of the error by which warnings stop a save."""


class VerdictFormSet(BaseInlineFormSet):
    """Exactly one form per reviewer, in panel order, each for the verdict that is stored now, if there is one.

    Which verdict a form is for follows from its reviewer and not from what the page once sent: where another editor entered
    the verdict meanwhile, this form changes that one instead of adding a second.
    """

    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviewers = list(Reviewer.objects.prefetch_related("questions"))
        self.held = {verdict.reviewer_id: verdict for verdict in self.get_queryset()}
        self.warning_keys: list[str] = []
        self.new_objects: list[Verdict] = []
        self.changed_objects: list[tuple[Verdict, list[str]]] = []
        self.deleted_objects: list[Verdict] = []

    def total_form_count(self) -> int:
        return len(self.reviewers)

    def initial_form_count(self) -> int:
        return 0  # an untouched form is skipped, whether its verdict is stored or not

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        # Django asks for an empty form (None) as well, on a site without reviewers too.
        judge = self.reviewers[index or 0] if self.reviewers else Reviewer()
        is_mine = self.user is None or may_edit_verdict(self.user, judge.pk)
        kwargs = {**super().get_form_kwargs(index), "judge": judge, "is_mine": is_mine}
        if judge.pk in self.held:
            return {**kwargs, "instance": self.held[judge.pk]}
        return {**kwargs, "initial": {"reviewer": judge.pk, "reviewed_on": timezone.localdate()}}

    def add_fields(self, form: VerdictForm, index: int | None) -> None:
        super().add_fields(form, index)
        del form.fields["id"]

    def clean(self) -> None:
        """Stop once at what is worth a second look; saved again, it is meant."""
        super().clean()
        self._refuse_publishing_incomplete()
        touched = {form.judge.pk: form for form in self.forms if form.is_mine and form.is_valid() and form.has_changed()}
        texts = {pk: form.cleaned_data["body"] for pk, form in touched.items() if "body" in form.changed_data}
        alike = nearly_the_same(texts=texts, tool_id=self.instance.pk)
        for pk, form in touched.items():
            answers = tuple(form.answers.values())
            if {"decision", "score", "body"} & set(form.changed_data):
                said = {name: form.cleaned_data[name] for name in ("decision", "score", "body")}
                form.verdict_warnings = verdict_warnings(**said, answers=answers, likeness=alike.get(pk))
            else:
                form.verdict_warnings = claims_of_use(*answers)
        self.warning_keys = [warning.key for form in touched.values() for warning in form.verdict_warnings]
        if not set(self.warning_keys) <= set(self.data.getlist(SEEN)):
            raise ValidationError("Look at the warnings below too: if they are meant, save again.", code=WARNINGS)

    @property
    def first_warning(self) -> str:
        """The prefix of the first form with a warning, where warnings alone have stopped the save; empty otherwise."""
        codes = {error.code for error in self.non_form_errors().as_data()}
        if any(self.errors) or codes != {WARNINGS}:
            return ""
        return next(form.prefix for form in self.forms if form.verdict_warnings)

    def _refuse_publishing_incomplete(self) -> None:
        """A tool goes to readers with its whole panel, or when an editor says that it may be incomplete."""
        tool = self.instance
        if tool.status != Status.PUBLISHED or self.data.get("publish_incomplete"):
            return
        if Tool.objects.filter(pk=tool.pk, status=Status.PUBLISHED).exists():
            return
        judging = {form.judge.pk for form in self.forms if form.judge.pk in self.held or form.has_changed()}
        missing = [f"the {reviewer}" for reviewer in self.reviewers if reviewer.pk not in judging]
        if missing:
            raise ValidationError(
                f"Not published yet: there is no verdict by {get_text_list(missing, 'and')}. Enter what is missing, or tick "
                "“Publish incomplete” above."
            )

    def save_recorded(self, *, by: str) -> None:
        """Save each form that was touched, with its history. The tool must be saved, and the forms valid."""
        for form in self.forms:
            if not form.has_changed():
                continue
            is_new = form.instance._state.adding
            form.instance.tool = self.instance
            form.save_recorded(by=by)
            if is_new:
                self.new_objects.append(form.instance)
            else:
                self.changed_objects.append((form.instance, form.changed_data))


class VerdictInline(admin.StackedInline):
    model = Verdict
    form = VerdictForm
    formset = VerdictFormSet
    template = "admin/reviews/tool/_panel.html"
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).in_panel_order().select_related("reviewer").prefetch_related("answers")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset
