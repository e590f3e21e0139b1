"""What the pages of lists have in common: one address answers with the page, or with its list alone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from comparisons.http.fragments import render_page, wants_fragment
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
    """Render `template`, or its fragment `list` for a request by htmx, which then shows the clean address of the choice.

    `kept` is what the address says besides the form: links to other pages and the form itself must not lose it.
    """
    is_fragment = wants_fragment(request)
    chosen = {**form.chosen, **(kept or {})}
    context |= {
        "form": form,
        "page": page,
        "chosen": chosen,
        "kept": kept or {},
        "here": request.path,
        "is_fragment": is_fragment,
    }
    response = render_page(request, template, context, fragment="list")
    if is_fragment:
        query = urlencode(chosen | ({"page": page.number} if page.number > 1 else {}), doseq=True)
        response.headers["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response
