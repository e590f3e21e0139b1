"""Where a sign-in leads: to the page of the desk that was asked for, or to the desk."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

NO_WAY_BACK = {"login", "logout", "account_login", "account_logout"}


def next_page(request: HttpRequest) -> str:
    """Return the request's `next` if it is a page of the desk, else the desk's first page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_desk_path(asked) else reverse("admin:index")


def is_desk_path(path: str) -> bool:
    """Say whether `path` is the path of a page of the desk, without scheme and host."""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None) or not path.startswith(
        reverse("admin:index")
    ):
        return False
    try:
        name = resolve(urlsplit(path).path).url_name
    except (Resolver404, ValueError):
        return False
    return (
        name is not None and name not in NO_WAY_BACK
    )  # the admin's own page for what is not there has no name
