"""What was typed outlives its session and its token.

A form that is sent after the session has ended comes back on a page that keeps it and leads to the sign-in. A
form whose token is lost, as after signing in again in another tab, is shown again as it was typed. Neither
writes anything; passwords are never sent back.
"""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from comparisons.http.errors import error_page
from comparisons.http.middleware import is_admin

SHOWN_AGAIN = (
    "Not saved yet: you had been signed out, or signed in again in another tab. What you typed is in the "
    "form below. Look at it, and save."
)
TOO_OLD = (
    "Nothing was done: this page had been open for too long, or you signed in again in another tab. Go back, "
    "load the page again, and repeat what you did."
)
AGAIN = "_shown_again"
"""A field of a posted form that is to be shown and not to be saved."""
NOT_KEPT = {AGAIN, "_continue", "action"}
SECRET = re.compile("password|passphrase|token|secret|credential", re.IGNORECASE)


class KeptInput(ModelAdmin):
    """A mixin for a ModelAdmin: its form can be shown again as it was typed, without being saved."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return _unsaved(form) if AGAIN in request.POST else form


def _unsaved(form_class: type[ModelForm]) -> type[ModelForm]:
    """Return a form that is never valid, so that Django shows what was typed."""

    class ShownAgain(form_class):  # type: ignore[misc, valid-type]  # the class is made for each request
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, ValidationError(SHOWN_AGAIN, code="shown_again"))
            return cleaned

    return ShownAgain


def lost_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose CSRF token is missing or of another session.

    It comes from this site: others are refused before (`comparisons.http.cross_site`).
    """
    match = _form_of(request)
    if match is None:
        return error_page(request, status=403, sentence=TOO_OLD if is_admin(request) else "")
    if not admin.site.has_permission(request):
        return signed_out(request)
    data = request.POST.copy()
    data.pop("action", None)  # an act on the row, which would not ask whether the form is valid
    data["_continue"] = data[AGAIN] = "yes"
    request.POST = data  # type: ignore[assignment]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return _rendered(match.func(request, *match.args, **match.kwargs))


def _rendered(response: Any) -> HttpResponse:
    """Return the response with its body: Django renders only what a view returns itself."""
    return response.render() if hasattr(response, "render") and not response.is_rendered else response


def keeps_typed(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return the desk's view, which answers a form sent without a session with what was typed."""

    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        is_lost = request.method == "POST" and not admin.site.has_permission(request)
        return signed_out(request) if is_lost and _form_of(request) else view(request, *args, **kwargs)

    return inner


def signed_out(request: HttpRequest) -> HttpResponse:
    """Return the page that keeps what was typed until its editor has signed in again."""
    names = [name for name in request.POST if name not in NOT_KEPT and not SECRET.search(name)]
    context = {
        **admin.site.each_context(request),
        "title": "You are signed out",
        "kept": [(name, request.POST.getlist(name)) for name in names],
        "page": request.get_full_path(),
        "sign_in": reverse("admin:login"),
    }
    return render(request, "admin/desk/signed_out.html", context, status=403)


def _form_of(request: HttpRequest) -> ResolverMatch | None:
    """Return where a posted form of a row leads, with its ModelAdmin's view; None for any other request."""
    if request.method != "POST" or not is_admin(request):
        return None
    try:
        match = resolve(request.path)
    except Resolver404:
        return None
    model, _, end = str(match.url_name).rpartition("_")
    names = {f"{each._meta.app_label}_{each._meta.model_name}" for each in admin.site._registry}
    return match if end in ("add", "change") and model in names else None
