"""The page of the verdict matrix: decisions and scores of many tools, edited in place."""

from collections.abc import Callable
from functools import cache, partial
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comparisons.desk.verdict_matrix.grid import matrix_rows
from reviews.admin.permissions import may_edit_verdict, may_publish
from reviews.admin.wording import REASON_WANTED
from reviews.models import Category, Decision, Reviewer, Tool
from reviews.services.editing.verdict_cells import CellEdit, CellsResult, save_cells
from reviews.services.editing.workflow import is_reviewed

PER_PAGE = 25
LONGEST_REASON = 300


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("reviews.view_verdict", raise_exception=True)
def matrix(request: HttpRequest) -> HttpResponse:
    """Show a page of tools; on POST, save what was changed on it."""
    reviewers = list(Reviewer.objects.all())
    if request.method != "POST":
        return _page(request, reviewers)
    edits = _edits(request.POST, reviewers)
    tools = {tool.pk: tool for tool in _tools_of(request.POST)}
    may_edit = _permission(request)
    if not all(may_edit(tools[edit.tool], edit.reviewer) for edit in edits if edit.is_touched):
        raise PermissionDenied
    result = save_cells(
        edits=edits,
        reason=request.POST.get("reason", "")[:LONGEST_REASON],
        dated_today="dated_today" in request.POST,
        seen=request.POST.getlist("warnings_seen"),
        by=request.user.get_username(),
    )
    if result.has_faults or result.reason_missing or result.is_asked:
        return _page(request, reviewers, result)
    _report(request, result)
    place = {name: request.GET[name] for name in ("category", "page") if name in request.GET}
    return redirect(reverse("admin:verdict_matrix", query=place))


def _permission(request: HttpRequest) -> Callable[[Tool, int], bool]:
    """Return who may change which verdict at once. What needs a proposal is changed on the tool's page."""
    of_reviewers = cache(partial(may_edit_verdict, request.user))
    publishes = may_publish(request.user)
    return lambda tool, reviewer: of_reviewers(reviewer) and (publishes or not is_reviewed(tool=tool))


def _report(request: HttpRequest, result: CellsResult) -> None:
    editor: Any = request.user
    tools = {outcome.stored.tool for outcome in result.changed if outcome.stored}
    if not tools:
        messages.info(request, "Nothing was changed.")
        return
    rows = sorted(tools, key=lambda tool: tool.pk)
    LogEntry.objects.log_actions(editor.pk, rows, CHANGE, "Changed verdicts in the matrix.")
    verdicts = "1 verdict was" if result.saved == 1 else f"{result.saved} verdicts were"
    messages.success(request, f"{verdicts} changed.")


def _page(request: HttpRequest, reviewers: list[Reviewer], result: CellsResult | None = None) -> HttpResponse:
    category = request.GET.get("category", "")
    tools = Tool.objects.not_retired().by_name()
    if category:
        tools = tools.filter(category__slug=category)
    page = Paginator(tools, PER_PAGE).get_page(request.GET.get("page"))
    # What was sent may be about other tools than this page has by now.
    shown = list(page) if result is None else _tools_of(request.POST)
    warnings = chain.from_iterable(outcome.warnings for outcome in result.changed) if result else ()
    context = {
        **admin.site.each_context(request),
        "title": "Verdict matrix",
        "categories": Category.objects.all(),
        "category": category,
        "page": page,
        "query": urlencode({"category": category}) if category else "",
        "reviewers": reviewers,
        "decisions": Decision.choices,
        "rows": matrix_rows(
            tools=shown,
            reviewers=reviewers,
            may_edit=_permission(request),
            outcomes=result.outcomes if result else None,
        ),
        "may_edit": any(may_edit_verdict(request.user, reviewer.pk) for reviewer in reviewers),
        "ids": ",".join(str(tool.pk) for tool in shown),
        "result": result,
        "seen": [warning.key for warning in warnings],
        "reason": request.POST.get("reason", ""),
        "reason_error": REASON_WANTED if result and result.reason_missing else "",
        "longest_reason": LONGEST_REASON,
        "dated_today": result is None or "dated_today" in request.POST,
        "address": reverse("admin:verdict_matrix"),
    }
    status = 200 if result is None or result.is_asked else 422
    return render(request, "admin/desk/verdict_matrix.html", context, status=status)


def _tools_of(data: QueryDict) -> list[Tool]:
    ids = [int(part) for part in data.get("tools", "").split(",") if _is_key(part)][:PER_PAGE]
    tools = Tool.objects.in_bulk(ids)
    return [tools[pk] for pk in ids if pk in tools]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _edits(data: QueryDict, reviewers: list[Reviewer]) -> list[CellEdit]:
    """Return what was sent of each cell that the page offered."""
    edits = []
    for tool in _tools_of(data):
        for reviewer in reviewers:
            name = f"{tool.pk}-{reviewer.pk}"
            if f"shown-{name}" in data:
                edit = CellEdit(
                    tool=tool.pk,
                    reviewer=reviewer.pk,
                    shown=data.get(f"shown-{name}", ""),
                    decision=data.get(f"decision-{name}", ""),
                    score=data.get(f"score-{name}", "")[:20],
                )
                edits.append(edit)
    return edits
