"""What all pages of an account share: who may open them, and the admin's header."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import InvalidToken
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from comparisons.desk.accounts.second_factor import is_lacking

View = Callable[..., HttpResponse]

LOST = (
    "Your app and your recovery codes can't be read any more: the site's SECRET_KEY has changed. "
    "Ask whoever runs the site for “manage.py recover_account”."
)


def at_desk(view: View, *, title: str, opens: Literal["", "enrolment", "confirming"] = "") -> View:
    """Limit a page to people with a seat at the desk; give it the admin's header and `title`.

    A session without its second factor opens only pages that set one up (`enrolment`) or, if the account has
    one, that ask for it (`confirming`).
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if is_lacking(request):
            wanted = "confirming" if is_mfa_enabled(request.user) else "enrolment"
            if opens != wanted:
                return redirect(where_to_show_it(request))
        try:
            return _dressed(view(request, *args, **kwargs), request, title)
        except InvalidToken:
            messages.error(request, LOST)
            return redirect("admin:index")

    return guarded


def at_door(view: View, *, title: str) -> View:
    """Give a page of the sign-in the admin's header and `title`."""

    @never_cache
    @wraps(view)
    def dressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _dressed(view(request, *args, **kwargs), request, title)

    return dressed


def where_to_show_it(request: HttpRequest) -> str:
    """Return the address at which a signed-in session shows or sets up its second factor."""
    return reverse("mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_index")


def _dressed(response: HttpResponse, request: HttpRequest, title: str) -> HttpResponse:
    if isinstance(response, SimpleTemplateResponse) and response.context_data is not None:
        site = admin.site.each_context(request)
        response.context_data = {
            **site,
            **response.context_data,
            "title": title,
            "is_lacking": is_lacking(request),
        }
    return response
