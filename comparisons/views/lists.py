"""What the pages of lists have in common: one address answers with the page, or with its list alone."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from comparisons.filters import ListFilter
from comparisons.services.paging import ListPage


def render_list(request: HttpRequest, template: str, *, form: ListFilter, page: ListPage, **context: Any) -> HttpResponse:
    """Render `template`, or its fragment `list` for a request by htmx, which then shows the clean address of the choice.

    A page that the browser's history asks for again is given whole.
    """
    is_fragment = request.htmx and not request.htmx.history_restore_request
    response = render(
        request,
        f"{template}#list" if is_fragment else template,
        {"form": form, "page": page, "chosen": form.chosen, "here": request.path, "is_fragment": is_fragment, **context},
    )
    patch_vary_headers(response, ["HX-Request"])
    if is_fragment:
        query = urlencode(form.chosen | ({"page": page.number} if page.number > 1 else {}))
        response.headers["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response
