"""A preview of a tool as it is typed: the form is saved, the public page is made, and all is taken back."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from comparisons.desk.previews import framed, render_preview
from comparisons.views.tools import tool_page
from reviews.admin.error_links import ErrorLink, error_links
from reviews.admin.verdict_formset import WARNINGS_CODE
from reviews.models import Tool
from reviews.services.editing import history
from reviews.services.editing.tools import save_tool


@require_POST
def preview_typed_tool(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show the page of a tool as it would be if the posted form were saved. Nothing is written.

    What is not valid yet is left out and named.
    """
    with transaction.atomic():
        try:
            return framed(_preview(request, pk))
        finally:
            transaction.set_rollback(True)


def _preview(request: HttpRequest, pk: int | None) -> HttpResponse:
    tools: Any = admin.site.get_model_admin(Tool)
    tool = tools.get_object(request, str(pk)) if pk else None
    is_allowed = tools.has_change_permission(request, tool) if pk else tools.has_add_permission(request)
    if not is_allowed or (pk and tool is None):
        raise PermissionDenied
    data = request.POST.copy()
    data["publish_incomplete"] = "on"  # nothing is published here
    data["version"] = str(history.version_of_tool(tool=pk))
    request.POST = data  # type: ignore[assignment]
    form, formsets = tools.posted_forms(request, tool)
    if not form.is_valid():
        problems = error_links(form, [])
        return render(request, "admin/desk/preview_problems.html", {"problems": problems}, status=422)
    by = request.user.get_username()
    save_tool(tool=form.save(commit=False), by=by)
    problems = []
    for formset in formsets:
        problems += _save_valid_rows(formset, by=by)
    shown = Tool.objects.with_answers().for_pages().get(pk=form.instance.pk)
    context = {**tool_page(shown), "is_typed": True, "is_new": pk is None, "problems": problems}
    return render_preview(request, "admin/desk/preview_tool.html", context)


def _save_valid_rows(formset: Any, *, by: str) -> list[ErrorLink]:
    """Save the rows that are valid, and return the errors of the others.

    Warnings do not stop a preview, nor does a missing reason for a change.
    """
    formset.is_valid()
    of_all = formset.non_form_errors().as_data()
    found = [ErrorLink(str(error.message)) for error in of_all if error.code != WARNINGS_CODE]
    valid = []
    for form in formset.forms:
        errors = [each for each in error_links(form, []) if not each.target.endswith("-reason")]
        found += [replace(error, target="") for error in errors]
        if not errors:
            valid.append(form)
    formset.forms = valid
    formset.save_recorded(by=by)
    return found
