"""The page on which a publisher corrects what readers are told of a changed verdict."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from reviews.admin.permissions import may_correct
from reviews.admin.wording import REASON_WANTED
from reviews.models import Revision, Tool
from reviews.models.text_fields import OneLineFormField
from reviews.services.editing.corrections import correct_change, current_correction
from reviews.services.editing.differences import differences_of

TOLD = "told"
NOT_TOLD = "not-told"


class CorrectionForm(forms.Form):
    telling = forms.ChoiceField(
        label="What readers are told",
        choices=[
            (TOLD, "The change, with the reason below"),
            (NOT_TOLD, "Nothing: it was a typing mistake"),
        ],
        widget=forms.RadioSelect,
    )
    reason = OneLineFormField(
        label="Reason",
        required=False,
        max_length=300,
        help_text="Readers see it on the tool's page, in the feeds and in the letter. The wording before "
        "stays in the history.",
        widget=forms.TextInput(attrs={"size": 90}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("telling") == TOLD and not cleaned.get("reason", "").strip():
            self.add_error("reason", REASON_WANTED)
        return cleaned


def correction_view(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what readers are told of a change; with POST, correct it."""
    if not may_correct(request.user):
        raise PermissionDenied
    revision = get_object_or_404(Revision, pk=pk)
    if not revision.is_judgement:
        raise Http404
    current = current_correction(revision=revision)
    initial = {
        "telling": TOLD if current is None or current.is_told else NOT_TOLD,
        "reason": current.reason if current else revision.reason,
    }
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _correct(model_admin, request, revision, form)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{revision.name}: what readers are told",
        "opts": model_admin.opts,
        "revision": revision,
        "changes": differences_of(revision.changes),
        "corrections": revision.corrections.order_by("-pk"),
        "form": form,
    }
    return render(request, "admin/desk/correction.html", context, status=422 if form.errors else 200)


def _correct(
    model_admin: admin.ModelAdmin, request: HttpRequest, revision: Revision, form: CorrectionForm
) -> HttpResponse:
    is_told = form.cleaned_data["telling"] == TOLD
    corrected = correct_change(
        revision=revision,
        by=request.user.get_username(),
        is_told=is_told,
        reason=form.cleaned_data["reason"],
    )
    if corrected is None:
        messages.info(request, "Readers are told that already.")
    else:
        words = "another reason" if is_told else "a typing mistake, not told"
        model_admin.log_change(request, revision, f"Corrected what readers are told: {words}.")
        messages.success(
            request, "Readers are told the new reason." if is_told else "Readers are no longer told of it."
        )
    tool = revision.tool_id
    if tool is not None and Tool.objects.filter(pk=tool).exists():
        return redirect(reverse("admin:reviews_tool_history", args=[tool]))
    return redirect(reverse("admin:reviews_revision_changelist"))
