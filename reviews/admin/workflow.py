"""Buttons that take a tool from draft to retired, and the page that asks where readers see a difference."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from reviews.admin.permissions import editor_of, needs_proposal
from reviews.admin.wording import incomplete_sentence, unsourced_claims_sentence
from reviews.admin.workflow_wording import (
    DONE_WORDS,
    EFFECT_SENTENCES,
    STEP_WORDS,
    past_sentence,
    refusal_sentence,
)
from reviews.models import Stage, Tool
from reviews.services.editing.warnings import unsourced_claims
from reviews.services.editing.workflow import (
    LONGEST_WORD,
    RULES,
    Editor,
    Obstacle,
    Step,
    StepRefused,
    last_step,
    may_take,
    missing_reviewers,
    steps_from,
    take_step,
)

STEP = "_step"
"""The button of the tool's form: what is typed is saved before the step is taken."""


class StepForm(forms.Form):
    """What a step needs to know."""

    moment = forms.DateTimeField(
        label="Readers see it from",
        help_text="In UTC, on a whole minute to come.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    word = forms.CharField(
        label="A word to the editors",
        max_length=LONGEST_WORD,
        required=False,
        help_text="It stands on the tool's page at the desk, and in its history.",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 70}),
    )
    may_be_incomplete = forms.BooleanField(
        label="Publish incomplete",
        required=False,
        help_text="Needed for a tool that not every reviewer has judged.",
    )

    def __init__(self, *args: Any, step: Step, is_incomplete: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step != Step.SCHEDULE:
            del self.fields["moment"]
        if step == Step.SEND_BACK:
            self.fields["word"].required = True
        if not is_incomplete:
            del self.fields["may_be_incomplete"]


@dataclass(frozen=True, slots=True)
class StepButton:
    value: str
    label: str
    is_first: bool


class WorkflowAdmin(ModelAdmin):
    """The part of the admin of tools that takes steps."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.step_view)
        pages = [
            path(f"<int:pk>/step/{step}/", view, {"step": step}, name=f"step_{step.name.lower()}")
            for step in Step
        ]
        return [*pages, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        tool = context["original"]
        stage = tool.stage if tool else Stage.DRAFT
        steps = steps_from(stage=stage, editor=editor_of(request.user, tool))
        context["stage"] = stage
        context["proposes"] = tool is not None and needs_proposal(request.user, tool)
        context["last_step"] = past_sentence(last_step(tool=tool)) if tool else None
        context["step_buttons"] = [
            StepButton(step.value, STEP_WORDS[step], is_first=step == steps[0]) for step in steps
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Tool, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args, **kwargs)
        return self._next_page(request, obj) or response

    def response_change(self, request: HttpRequest, obj: Tool) -> HttpResponse:
        if needs_proposal(request.user, obj):  # nothing was changed yet that could be called a success
            return redirect("admin:reviews_tool_change", obj.pk)
        if STEP not in request.POST:
            return super().response_change(request, obj)
        return self._next_page(request, obj) or super().response_change(request, obj)

    def _next_page(self, request: HttpRequest, tool: Tool) -> HttpResponse | None:
        """Take the step whose button was pressed, or lead to the page that asks; None where none was."""
        if request.POST.get(STEP) not in list(Step):
            return None
        step = Step(request.POST[STEP])
        if RULES[step].is_confirmed:
            return redirect(_page_of(step, tool.pk))
        try:
            self._take(request, tool.pk, step, editor_of(request.user, tool))
        except StepRefused as refusal:
            messages.error(request, refusal_sentence(refusal))
        return redirect("admin:reviews_tool_change", tool.pk)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def step_view(self, request: HttpRequest, pk: int, step: Step) -> HttpResponse:
        """Say what the step does; on POST, take it."""
        tool = get_object_or_404(Tool.objects.with_facts(), pk=pk)
        editor = editor_of(request.user, tool)
        if not (self.has_change_permission(request, tool) and may_take(step=step, editor=editor)):
            raise PermissionDenied
        if tool.stage not in RULES[step].begins_at:
            messages.error(request, refusal_sentence(StepRefused(Obstacle.OTHER_STAGE, tool.stage)))
            return redirect("admin:reviews_tool_change", pk)
        publishes = step in (Step.PUBLISH, Step.SCHEDULE) and tool.stage != Stage.SCHEDULED
        missing = missing_reviewers(tool=pk) if publishes else []
        data = request.POST if request.method == "POST" else None
        form = StepForm(data, step=step, is_incomplete=bool(missing))
        error = ""
        if form.is_valid():
            try:
                self._take(request, pk, step, editor, **form.cleaned_data)
            except StepRefused as refusal:
                error = refusal_sentence(refusal)
            else:
                return redirect("admin:reviews_tool_change", pk)
        claims = unsourced_claims(tool.facts.all()) if publishes else None
        context = {
            **self.admin_site.each_context(request),
            "title": f"{STEP_WORDS[step]}: {tool}",
            "opts": self.opts,
            "tool": tool,
            "effect": EFFECT_SENTENCES[step],
            "button": STEP_WORDS[step],
            "form": form,
            "error": error,
            "doubts": [
                *([incomplete_sentence(missing)] if missing else []),
                *([unsourced_claims_sentence(claims)] if claims else []),
            ],
        }
        status = 422 if error or form.errors else 200
        return render(request, "admin/reviews/tool/step.html", context, status=status)

    def _take(
        self,
        request: HttpRequest,
        pk: int,
        step: Step,
        editor: Editor,
        *,
        word: str = "",
        moment: datetime | None = None,
        may_be_incomplete: bool = False,
    ) -> None:
        tool = take_step(
            tool=pk,
            step=step,
            editor=editor,
            word=word,
            moment=moment,
            may_be_incomplete=may_be_incomplete,
        )
        self.log_change(request, tool, f"{STEP_WORDS[step]}.")
        messages.success(request, f"{tool} {DONE_WORDS[step]}.")


def _page_of(step: Step, tool: int) -> str:
    return reverse(f"admin:step_{step.name.lower()}", args=[tool])
