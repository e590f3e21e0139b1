"""What a person reads when something went wrong: a sentence that helps, in the site's look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SENTENCES = {
    400: ("That request made no sense to us", "Something in the address or the form was not understood. Go back and try again."),
    403: ("That is not allowed", "The request came from somewhere it may not come from. Open the page itself and try again."),
    404: ("There is no page here", "The address may be mistyped, or the page may be gone."),
    405: ("That can't be done here", "This address answers, but not to that kind of request."),
    500: ("That went wrong, and it is our fault", "Nothing you typed caused it. Please try again in a minute."),
}


def error_page(request: HttpRequest, *, status: int) -> HttpResponse:
    """Return the page for one of the statuses of `SENTENCES`. It asks the database nothing."""
    title, sentence = SENTENCES[status]
    return render(request, "comparisons/error.html", {"status": status, "title": title, "sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, status=500)
