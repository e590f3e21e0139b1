"""Error pages in the site's look, with a sentence that helps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comparisons.http.content_security_policy import public_policy
from comparisons.http.fragments import shows_errors_in_place

SENTENCES = {
    400: (
        "That request made no sense to us",
        "Something in the address or the form was not understood. Go back and try again.",
    ),
    403: (
        "That is not allowed",
        "The request came from somewhere it may not come from. Open the page itself and try again.",
    ),
    404: ("There is no page here", "The address may be mistyped, or the page may be gone."),
    405: (
        "That can't be done here",
        "A button leads here. Open the page it is on and press it there; to vote, open the tool's page.",
    ),
    408: (
        "That took too long to arrive",
        "The connection was too slow, so nothing was done. Please try again.",
    ),
    409: ("There is no room for that", "What you asked for meets something that is there already."),
    413: (
        "That is too much at once",
        "What you sent is larger than anything this page takes. Send less and try again.",
    ),
    414: (
        "This address is too long",
        "Nothing here has an address as long as that. Begin again at the front page.",
    ),
    415: (
        "We can't read that",
        "Only text in UTF-8 is understood here. Open the page itself and send its form again.",
    ),
    422: ("Something is missing", "Go back, look at what you sent, and try again."),
    429: ("One moment, please", "That was a lot at once. Please wait a minute and try again."),
    431: (
        "That request was too large",
        "Your browser sent too much along. Delete this site's cookies and try again.",
    ),
    500: (
        "That went wrong, and it is our fault",
        "Nothing you typed caused it. Please try again in a minute.",
    ),
    503: (
        "We can't take that just now",
        "The site is busy or being repaired. Nothing was lost; please try again in a few seconds.",
    ),
}


def error_page(request: HttpRequest, *, status: int, sentence: str = "") -> HttpResponse:
    """Return the page for a status of `SENTENCES`, with a better sentence if given. No query."""
    title, usual = SENTENCES[status]
    if shows_errors_in_place(request):
        return _alert(request, status=status, sentence=sentence or usual)
    context = {"status": status, "title": title, "sentence": sentence or usual}
    response = render(request, "comparisons/error.html", context, status=status)
    # It is the public page with its scripts, under the desk's addresses too.
    response._csp_config = public_policy()  # type: ignore[attr-defined]
    return response


def _alert(request: HttpRequest, *, status: int, sentence: str) -> HttpResponse:
    """Return the sentence alone, for the page's place for alerts; what was typed stays."""
    response = render(request, "comparisons/error.html#alert", {"sentence": sentence}, status=status)
    response.headers["HX-Reswap"] = "none"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, status=500)
