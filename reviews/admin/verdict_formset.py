"""The panel on a tool's page: one form per reviewer, in panel order."""

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone

from reviews.admin.permissions import may_edit_verdict, needs_proposal
from reviews.admin.verdict_form import VerdictForm
from reviews.models import Authorship, Proposal, Reviewer, Tool, Verdict
from reviews.models.methods import current_method
from reviews.services.editing.day_warnings import verdict_day_warnings
from reviews.services.editing.releases import releases_of
from reviews.services.editing.similar_texts import VerdictText, similar_texts
from reviews.services.editing.warnings import claims_of_use, verdict_warnings

WARNINGS_SEEN = "warnings_seen"
"""Hidden fields: the keys of the warnings the page showed."""
WARNINGS_CODE = "warnings"


if TYPE_CHECKING:
    InlineFormSet = BaseInlineFormSet[Verdict, Tool, VerdictForm]
else:
    InlineFormSet = BaseInlineFormSet


class VerdictFormSet(InlineFormSet):
    """One form per reviewer, in panel order, for the stored verdict if there is one.

    The reviewer decides which verdict a form is for, not a sent id: if another editor entered one meanwhile,
    the form changes it and adds no second.
    """

    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviewers = list(Reviewer.objects.prefetch_related("questions"))
        self.stored = {verdict.reviewer_id: verdict for verdict in self.get_queryset()}
        # As stored: the page may publish the tool together with the verdicts.
        self.is_seen = Tool.objects.with_page().filter(pk=self.instance.pk).exists()
        self.proposes = bool(
            self.user is not None and self.instance.pk and needs_proposal(self.user, self.instance)
        )
        own = {"tool": self.instance.pk, "editor": self.user.get_username()} if self.proposes else {"pk": 0}
        self.open_proposals = dict(Proposal.objects.open().filter(**own).values_list("reviewer", "pk"))
        self.proposals: list[Proposal] = []
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
        reviewer = self.reviewers[index or 0] if self.reviewers else Reviewer()
        kwargs = super().get_form_kwargs(index)
        kwargs["for_reviewer"] = reviewer
        kwargs["is_seen"] = self.is_seen
        kwargs["open_proposal"] = self.open_proposals.get(reviewer.pk)
        kwargs["is_editable"] = kwargs["open_proposal"] is None and (
            self.user is None or may_edit_verdict(self.user, reviewer.pk)
        )
        if reviewer.pk in self.stored:
            return {**kwargs, "instance": self.stored[reviewer.pk]}
        initial = {
            "reviewer": reviewer.pk,
            "reviewed_on": timezone.localdate(),
            "method_version": current_method(),
            "authorship": Authorship.HAND,
        }
        return {**kwargs, "initial": initial}

    def add_fields(self, form: VerdictForm, index: int | None) -> None:
        super().add_fields(form, index)
        del form.fields["id"]

    def clean(self) -> None:
        """Stop at warnings once; saving again accepts them."""
        super().clean()
        changed_forms = [
            form for form in self.forms if form.is_editable and form.is_valid() and form.has_changed()
        ]
        similar = similar_texts(
            texts={
                self._key(form): VerdictText(
                    body=form.cleaned_data["body"], tool=self.instance.name, reviewer=form.for_reviewer.name
                )
                for form in changed_forms
                if "body" in form.changed_data
            }
        )
        for form in changed_forms:
            answers = tuple(form.answers.values())
            if {"decision", "score", "pick_if", "body"}.isdisjoint(form.changed_data):
                form.verdict_warnings = claims_of_use(*answers)
                continue
            form.verdict_warnings = verdict_warnings(
                decision=form.cleaned_data["decision"],
                score=form.cleaned_data["score"],
                body=form.cleaned_data["body"],
                pick_if=form.cleaned_data["pick_if"],
                authorship=form.cleaned_data["authorship"],
                answered_for_by=form.cleaned_data["answered_for_by"],
                answers=answers,
                similar=similar.get(self._key(form)),
            )
        self._add_day_warnings(changed_forms)
        warnings = chain.from_iterable(form.verdict_warnings for form in changed_forms)
        self.warning_keys = [warning.key for warning in warnings]
        data: Any = self.data
        if not set(self.warning_keys) <= set(data.getlist(WARNINGS_SEEN)):
            raise ValidationError(
                "Look at the warnings below too: if they are meant, save again.", code=WARNINGS_CODE
            )

    def _add_day_warnings(self, changed_forms: list[VerdictForm]) -> None:
        releases = releases_of(tools=[self.instance.pk]) if changed_forms and self.instance.pk else {}
        for form in changed_forms:
            form.verdict_warnings += verdict_day_warnings(
                decision=form.cleaned_data["decision"],
                score=form.cleaned_data["score"],
                reviewed_on=form.cleaned_data["reviewed_on"],
                judged_version=form.cleaned_data["judged_version"],
                changed=None if form.instance._state.adding else form.changed_data,
                release=releases.get(self.instance.pk),
                today=timezone.localdate(),
            )

    def _key(self, form: VerdictForm) -> tuple[int | None, int]:
        return self.instance.pk, form.for_reviewer.pk

    @property
    def first_warning(self) -> str:
        """The id of the first warnings on the page, if only warnings stopped the save; else empty."""
        if self.has_faults or not self.non_form_errors():
            return ""
        return next(f"{form.prefix}-warnings" for form in self.forms if form.verdict_warnings)

    @property
    def has_faults(self) -> bool:
        """Whether something is wrong, and not only worth a second look."""
        codes = {error.code for error in self.non_form_errors().as_data()}
        return any(self.errors) or not codes <= {WARNINGS_CODE}

    def save_recorded(self, *, by: str) -> None:
        """Save each changed form with its history. The tool must be saved and the forms valid."""
        for form in self.forms:
            if not form.has_changed():
                continue
            is_new = form.instance._state.adding
            form.instance.tool = self.instance
            if self.proposes:
                proposal = form.propose(by=by)
                self.proposals += [proposal] if proposal else []
                continue
            form.save_recorded(by=by, was_seen=self.is_seen)
            if is_new:
                self.new_objects.append(form.instance)
            else:
                self.changed_objects.append((form.instance, form.changed_data))


class VerdictInline(admin.StackedInline):
    model = Verdict
    form = VerdictForm
    formset: Any = VerdictFormSet
    template = "admin/reviews/tool/_panel.html"
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        verdicts: Any = super().get_queryset(request)
        return verdicts.in_panel_order().select_related("reviewer").prefetch_related("answers")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset
