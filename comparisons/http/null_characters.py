"""No database and no page holds a NUL, the character 0: it is kept from everything that reads an address.

A path with one leads nowhere. In a query and in a form it becomes the sign for “this was no text” (U+FFFD),
as broken UTF-8 does, so a page says of it what it says of any odd text. A cookie with one is not ours.
"""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict

from comparisons.http.errors import error_page

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NO_TEXT = quote(REPLACEMENT)


class NullCharacterMiddleware:
    """Stand before everything that looks at path, query or cookies, and after what sets the headers of every
    answer."""

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
    """Do the same for the fields of a form. It stands after what refuses a form unread."""

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
