"""Import and export at the desk. An import shows every difference, and writes on a second request."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comparisons.desk.files.exports import ExportedFile, export_rows
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.forms import ExportForm, ImportForm
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.problem_groups import group_problems
from comparisons.desk.files.report import ImportReport
from comparisons.desk.files.runs import (
    begin_check,
    begin_to_take_back,
    begin_write,
    is_running,
    is_stopped,
    may_be_taken_back,
)
from comparisons.desk.files.taking_back import plan_to_take_back
from comparisons.desk.files.uploads import store_upload
from comparisons.models import ImportRun
from reviews.admin.permissions import may_publish
from reviews.services.editing.differences import differences_of

PER_PAGE = 100
MOST_RUNS = 20
SECONDS_BETWEEN_LOOKS = 1
"""In which the page of a running import is asked for again."""


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Offer export and import; on POST, begin a dry run."""
    _require_export(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        _require_import(request)
        if form.is_valid():
            _require_import(request, form.cleaned_data["kind"])
            text, notes = form.cleaned_data["file"]
            upload = store_upload(
                kind=form.cleaned_data["kind"],
                format=form.cleaned_data["format"],
                text=text,
                may_be_incomplete=form.cleaned_data["may_be_incomplete"],
                editor=request.user.get_username(),
                now=timezone.now(),
            )
            return redirect("admin:files_run", begin_check(upload=upload, notes=notes).pk)
    context = {
        **admin.site.each_context(request),
        "title": "Import and export",
        "export_form": ExportForm(auto_id="export_%s"),
        "import_form": form,
        "may_import": may_publish(request.user),
        "runs": ImportRun.objects.begun().newest_first()[:MOST_RUNS] if may_publish(request.user) else [],
    }
    return render(request, "admin/desk/files.html", context, status=422 if form.errors else 200)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Send all rows of a kind as a file."""
    _require_export(request)
    form = ExportForm(request.GET)
    if not form.is_valid():
        sentence = "Choose what to export, and as what."
        return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
    kind = form.cleaned_data["kind"]
    format = form.cleaned_data["format"]
    file = next(step for step in export_rows(kind=kind, format=format) if isinstance(step, ExportedFile))
    response = HttpResponse(file.content, content_type=FORMATS[format].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.{format}"'
    return response


@require_safe
def show_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an import is, and what its check found; the page asks again by itself while it runs."""
    run = _get_run(request, pk)
    report = ImportReport.from_json(run.report) if run.report else None
    context = {
        **admin.site.each_context(request),
        "title": f"Import of {run.kind}",
        "run": run,
        "is_running": is_running(run),
        "is_stopped": is_stopped(run),
        "is_own": run.editor == request.user.get_username(),
        "may_be_taken_back": may_be_taken_back(run),
        **(_report_context(report, request.GET.get("page")) if report and not is_running(run) else {}),
    }
    response = render(request, "admin/desk/files_run.html", context)
    if is_running(run):
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to write the file of a dry run. Nothing is written if its changes are different by now."""
    run = _get_run(request, pk, is_own=True)
    user: Any = request.user
    begin_write(run=run, digest=request.POST.get("digest", ""), user=user.pk)
    return redirect("admin:files_run", run.pk)


@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a dry run of the same file again, such as after an import that stopped."""
    run = _get_run(request, pk, is_own=True)
    if run.upload is None:
        raise Http404
    return redirect("admin:files_run", begin_check(upload=run.upload).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what taking an import back would change and what is left alone; on POST, begin it."""
    run = _get_run(request, pk)
    user: Any = request.user
    if request.method == "POST":
        begin_to_take_back(run=run, user=user.pk, by=user.get_username())
        return redirect("admin:files_run", run.pk)
    plan = plan_to_take_back(run=run)
    page = Paginator(plan.ways, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": f"Take back an import of {run.kind}",
        "run": run,
        "plan": plan,
        "page": page,
        "shown": [(way, differences_of(way.changes)) for way in page.object_list],
        "may_be_taken_back": may_be_taken_back(run),
    }
    return render(request, "admin/desk/files_take_back.html", context)


def _get_run(request: HttpRequest, pk: int, *, is_own: bool = False) -> ImportRun:
    """Return a run that this editor may see: an own one, or one that wrote something."""
    _require_import(request)
    own = ImportRun.objects.filter(editor=request.user.get_username())
    runs = own if is_own else own | ImportRun.objects.begun()
    run = get_object_or_404(runs.select_related("upload"), pk=pk)
    _require_import(request, run.kind)
    return run


def _require_export(request: HttpRequest) -> None:
    if not request.user.has_perm("reviews.view_tool"):
        raise PermissionDenied


def _require_import(request: HttpRequest, kind: str = "tools") -> None:
    if not (may_publish(request.user) and request.user.has_perm(KINDS[kind].permission)):
        raise PermissionDenied


def _report_context(report: ImportReport, number: str | None) -> dict[str, Any]:
    """Return what page `number` of the report shows: its problems, or its changes where there are none."""
    groups = group_problems(report.problems)
    items: list[Any] = [*groups] or report.changes
    page = Paginator(items, PER_PAGE).get_page(number)
    return {
        "report": report,
        "page": page,
        "groups": page.object_list if groups else [],
        "shown": [] if groups else [(change, differences_of(change.changes)) for change in page.object_list],
    }
