"""What list pages share: each answers `?part=list` with its list alone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from comparisons.http.fragments import render_page, wants_part
from comparisons.list_forms import ListFilter
from comparisons.services.lists.pages import ListPage


def render_list(
    request: HttpRequest,
    template: str,
    *,
    form: ListFilter,
    page: ListPage,
    kept: Mapping[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """Render `template`, or its part `list` with the clean address for htmx to show.

    `kept` is what links and forms must keep of the address besides the form's fields.
    """
    is_part = wants_part(request, "list")
    chosen = {**form.chosen, **(kept or {})}
    context |= {
        "form": form,
        "page": page,
        "chosen": chosen,
        "kept": kept or {},
        "here": request.path,
        "is_part": is_part,
    }
    response = render_page(request, template, context, part="list")
    if is_part:
        query = urlencode(chosen | ({"page": page.number} if page.number > 1 else {}), doseq=True)
        response.headers["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response
