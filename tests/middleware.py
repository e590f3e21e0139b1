"""In tests, a query repeated per row is an error on every public page."""

from zeal.middleware import zeal_middleware

from comparisons.http.middleware import is_admin


def watch_public_pages(get_response):
    """Let zeal watch all but the admin, whose forms query row by row by design."""
    watched = zeal_middleware(get_response)
    return lambda request: get_response(request) if is_admin(request) else watched(request)
