"""NUL, the character 0, is removed: neither databases nor pages hold it.

A path with one is not found. In a query or a form it becomes U+FFFD, like broken UTF-8. A cookie with one is
ignored.
"""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict

from comparisons.http.errors import error_page

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NO_TEXT = quote(REPLACEMENT)


class NullCharacterMiddleware:
    """Stands before everything that reads path, query or cookies, after what sets every answer's headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return error_page(request, status=404)
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = query.replace("%00", NO_TEXT).replace("\0", NO_TEXT)
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class NullFieldMiddleware:
    """Cleans the fields of forms. Stands after what refuses a form unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        if request.method == "POST" and any(
            "\0" in name + "".join(values) for name, values in request.POST.lists()
        ):
            fields = QueryDict(mutable=True)
            for name, values in request.POST.lists():
                fields.setlist(
                    name.replace("\0", REPLACEMENT), [value.replace("\0", REPLACEMENT) for value in values]
                )
            request.POST = fields  # type: ignore[assignment]  # Django types a form that came as immutable
