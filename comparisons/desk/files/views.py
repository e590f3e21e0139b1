"""Import and export at the desk. An import shows every difference, and writes on a second request."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comparisons.desk.files.exports import ExportedFile, export_rows
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.forms import ExportForm, ImportForm
from comparisons.desk.files.imports import ImportReport, import_rows
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.problem_groups import group_problems
from comparisons.desk.files.steps import StepsDone
from comparisons.desk.files.uploads import store_upload
from comparisons.models import Upload
from reviews.admin.permissions import may_publish
from reviews.services.editing.differences import differences_of

PER_PAGE = 100
PLACEHOLDER = "[report]"
"""Where the page is cut in two, to put the report in between."""


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponseBase:
    """Offer export and import; on POST, make a dry run and show its changes."""
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
            return _stream_import(request, upload, is_dry_run=True, notes=notes)
    context = {
        **admin.site.each_context(request),
        "title": "Import and export",
        "export_form": ExportForm(auto_id="export_%s"),
        "import_form": form,
        "may_import": may_publish(request.user),
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


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make the dry run of a stored file again, and show another page of its report."""
    _require_import(request)
    upload = get_object_or_404(Upload, pk=pk, editor=request.user.get_username())
    _require_import(request, upload.kind)
    return _stream_import(request, upload, is_dry_run=True)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write the file of a dry run, unless its changes are different by now."""
    _require_import(request)
    upload = get_object_or_404(Upload, pk=pk, editor=request.user.get_username())
    _require_import(request, upload.kind)
    return _stream_import(request, upload, is_dry_run=False, expected=request.POST.get("digest", ""))


def _require_export(request: HttpRequest) -> None:
    if not request.user.has_perm("reviews.view_tool"):
        raise PermissionDenied


def _require_import(request: HttpRequest, kind: str = "tools") -> None:
    if not (may_publish(request.user) and request.user.has_perm(KINDS[kind].permission)):
        raise PermissionDenied


def _stream_import(
    request: HttpRequest,
    upload: Upload,
    *,
    is_dry_run: bool,
    notes: Sequence[str] = (),
    expected: str | None = None,
) -> HttpResponseBase:
    """Answer with a page that grows: a progress bar, then the report. Works without JavaScript."""
    get_token(request)
    title = f"Import of {upload.kind}: {'what would change' if is_dry_run else 'written'}"
    context = {
        **admin.site.each_context(request),
        "title": title,
        "upload": upload,
        "placeholder": PLACEHOLDER,
    }
    # Rendered before the headers go out, for they name the nonce of the page's scripts.
    head, tail = render_to_string("admin/desk/files_run.html", context, request).split(PLACEHOLDER)
    steps = import_rows(
        kind=upload.kind,
        format=upload.format,
        text=upload.text,
        by=upload.editor,
        is_dry_run=is_dry_run,
        may_be_incomplete=upload.may_be_incomplete,
        notes=notes,
        expected=expected,
        log=partial(_log_import, request, upload),
    )

    def page() -> Iterator[str]:
        yield head
        for step in steps:
            if isinstance(step, StepsDone):
                yield render_to_string("admin/desk/files_run.html#progress", {"step": step})
            else:
                context = _report_context(upload, step, request.POST.get("page"))
                yield render_to_string("admin/desk/files_run.html#report", context, request)
        yield tail

    headers = {"X-Accel-Buffering": "no"}  # else nginx holds the page back until it is whole
    return StreamingHttpResponse(page(), headers=headers)


def _report_context(upload: Upload, report: ImportReport, number: str | None) -> dict[str, Any]:
    """Return what page `number` of the report shows: its problems, or its changes where there are none."""
    groups = group_problems(report.problems)
    items: list[Any] = [*groups] or report.changes
    page = Paginator(items, PER_PAGE).get_page(number)
    return {
        "upload": upload,
        "report": report,
        "page": page,
        "groups": page.object_list if groups else [],
        "shown": [] if groups else [(change, differences_of(change.changes)) for change in page.object_list],
    }


def _log_import(request: HttpRequest, upload: Upload, report: ImportReport) -> None:
    """Note a written import in the desk's log, and delete its file."""
    editor: Any = request.user
    LogEntry.objects.create(
        user_id=editor.pk,
        content_type=ContentType.objects.get_for_model(KINDS[upload.kind].model),
        object_repr=f"Import of {upload.kind}",
        action_flag=CHANGE,
        change_message=f"{len(report.changes)} of {report.rows} row{pluralize(report.rows)} written.",
    )
    upload.delete()
