"""Signing in: with name, password and second factor, or with a passkey alone."""

from allauth.account.utils import perform_login
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from comparisons.desk.accounts.forms import PasskeyAloneForm, SignInForm, refused
from comparisons.desk.accounts.next_page import next_page
from comparisons.desk.accounts.second_factor import is_lacking
from comparisons.desk.accounts.services.limits import allow_passkey
from comparisons.desk.accounts.views.pages import where_to_show_it
from comparisons.desk.accounts.visitors import visitor_of


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password. People already signed in go on."""
    if request.user.is_authenticated and request.user.is_staff:
        return redirect(where_to_show_it(request) if is_lacking(request) else next_page(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return perform_login(request, form.checked.user, redirect_url=next_page(request))
    return _page(request, form, retry_after=form.checked.retry_after)


@sensitive_post_parameters("credential")
@require_POST
@never_cache
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """Answer with what the browser has to sign; with the signature, sign in."""
    allowance = allow_passkey(visitor=visitor_of(request, username=None), now=timezone.now())
    if not allowance.is_allowed:
        problem = str(refused(allowance.retry_after).message)
        return _page(request, SignInForm(request), problem=problem, retry_after=allowance.retry_after)
    if not request.POST.get("credential"):
        return JsonResponse({"request_options": begin_authentication(user=None)})
    form = PasskeyAloneForm(data=request.POST)
    if form.is_valid():
        form.save()
        return perform_login(request, form.cleaned_data["credential"].user, redirect_url=next_page(request))
    return _page(request, SignInForm(request), problem=str(form.errors["credential"][0]))


def _page(request: HttpRequest, form: SignInForm, *, problem: str = "", retry_after: int = 0) -> HttpResponse:
    """Return the sign-in page; a refusal has status 429 and `Retry-After`."""
    context = {
        **admin.site.each_context(request),
        "title": "Sign in",
        "form": form,
        "problem": problem,
        "next": next_page(request),
        "can_mail": bool(settings.MAILERS),
    }
    response = render(request, "account/sign_in.html", context, status=429 if retry_after else 200)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response
