"""Files at the desk: export, and import by way of a dry run that shows every difference before anything is written."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.resources import RESOURCES
from comparisons.desk.files.transfer import Exported, Imported, Progress, export_rows, import_rows
from comparisons.desk.files.uploads import keep
from comparisons.models import Upload
from reviews.admin.permissions import may_publish
from reviews.services.editing.differences import differences_of

MOST_BYTES = 5_000_000
MOST_SHOWN = 500
HERE = "[the report comes here]"
KIND_CHOICES = [(name, name.capitalize()) for name in RESOURCES]
FORMAT_CHOICES = [(name, name.upper()) for name in FORMATS]


class ExportForm(forms.Form):
    """Which rows, in which format."""

    kind = forms.ChoiceField(label="What", choices=KIND_CHOICES)
    format = forms.ChoiceField(label="As", choices=FORMAT_CHOICES)


class ImportForm(forms.Form):
    """A file, read as text; a name that ends in another format than the chosen one is not second-guessed."""

    kind = forms.ChoiceField(label="What", choices=KIND_CHOICES)
    format = forms.ChoiceField(label="As", choices=FORMAT_CHOICES)
    file = forms.FileField(label="File")
    may_be_incomplete = forms.BooleanField(
        label="Publish incomplete", required=False, help_text="Tools may be published although not every reviewer judged them."
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("At most 5 MB here. Import a larger file with manage.py import_catalogue.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("This file is not text in UTF-8. Save it as UTF-8 and try again.") from None


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponseBase:
    """Offer export and import; with POST, try a file out and show what it would change."""
    _allow(request, export=True)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        _allow(request)
        if form.is_valid():
            cleaned = form.cleaned_data
            upload = keep(
                kind=cleaned["kind"],
                format=cleaned["format"],
                text=cleaned["file"],
                may_be_incomplete=cleaned["may_be_incomplete"],
                by=request.user.get_username(),
                now=timezone.now(),
            )
            return _run(request, upload, is_dry_run=True)
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
    _allow(request, export=True)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return HttpResponse("Choose what to export, and as what.", status=400, content_type="text/plain; charset=utf-8")
    kind, ending = form.cleaned_data["kind"], form.cleaned_data["format"]
    finished = next(step for step in export_rows(kind=kind, format=ending) if isinstance(step, Exported))
    response = HttpResponse(finished.text, content_type=f"{FORMATS[ending].content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.{ending}"'
    return response


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write the file that a dry run has shown, unless it would change something else by now."""
    _allow(request)
    upload = get_object_or_404(Upload, pk=pk, by=request.user.get_username())
    return _run(request, upload, is_dry_run=False, expected=request.POST.get("digest", ""))


def _allow(request: HttpRequest, *, export: bool = False) -> None:
    if not (request.user.has_perm("reviews.view_tool") if export else may_publish(request.user)):
        raise PermissionDenied


def _run(request: HttpRequest, upload: Upload, *, is_dry_run: bool, expected: str = "none") -> HttpResponseBase:
    """Answer with a page that grows: a bar while rows are read, then the report. It needs no script."""
    get_token(request)
    title = f"Import of {upload.kind}: {'what would change' if is_dry_run else 'written'}"
    context = {**admin.site.each_context(request), "title": title, "upload": upload, "here": HERE}
    # Rendered before the headers go out, for they name the nonce of the page's scripts.
    head, tail = render_to_string("admin/desk/files_run.html", context, request).split(HERE)
    steps = import_rows(
        kind=upload.kind,
        format=upload.format,
        text=upload.text,
        by=upload.by,
        is_dry_run=is_dry_run,
        may_be_incomplete=upload.may_be_incomplete,
        expected="" if is_dry_run else expected or "none",
        log=partial(_log, request, upload),
    )

    def page() -> Iterator[str]:
        yield head
        for step in steps:
            if isinstance(step, Progress):
                yield render_to_string("admin/desk/files_run.html#progress", {"step": step})
            else:
                yield render_to_string("admin/desk/files_run.html#report", _told(upload, step), request)
        yield tail

    return StreamingHttpResponse(page())


def _told(upload: Upload, report: Imported) -> dict[str, Any]:
    shown = [(change, differences_of(change.changes)) for change in report.changes[:MOST_SHOWN]]
    problems = report.problems[:MOST_SHOWN]
    return {"upload": upload, "report": report, "problems": problems, "shown": shown, "most": MOST_SHOWN}


def _log(request: HttpRequest, upload: Upload, report: Imported) -> None:
    model = RESOURCES[upload.kind]._meta.model
    LogEntry.objects.create(
        user_id=request.user.pk,
        content_type=ContentType.objects.get_for_model(model),
        object_repr=f"Import of {upload.kind}",
        action_flag=CHANGE,
        change_message=f"{len(report.changes)} of {report.rows} row{pluralize(report.rows)} written.",
    )
    upload.delete()
