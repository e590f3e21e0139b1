"""A new password by mail, where the site has a mail server."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache

from comparisons.desk.accounts.devices import remember_device
from comparisons.desk.accounts.notices import send_aside, send_notice
from comparisons.desk.accounts.services.limits import allow_reset
from comparisons.desk.accounts.services.password_reset import accounts_of_address
from comparisons.desk.accounts.services.recovery import reset_link
from comparisons.desk.accounts.visitors import visitor_of
from comparisons.mail_address_field import MailAddressField
from comparisons.mail_policy import TextMail


class AddressForm(forms.Form):
    email = MailAddressField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Mail a link if the typed address is an editor's. The answer is the same for any address."""
    if not settings.MAILERS:
        raise Http404
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        allowance = allow_reset(
            address=address.lower(), visitor=visitor_of(request, username=None), now=timezone.now()
        )
        for user in accounts_of_address(address) if allowance.is_allowed else []:
            _mail_link(user)
        return redirect("password_reset_done")
    context = {**admin.site.each_context(request), "title": "New password", "form": form}
    return render(request, "registration/password_reset_form.html", context)


def _mail_link(user: User) -> None:
    link = reset_link(user=user)
    address = reverse("password_reset_confirm", args=[link.uidb64, link.token])
    text = render_to_string(
        "emails/password_reset.txt",
        {
            "user": user,
            "site_name": settings.SITE_NAME,
            "address": settings.SITE_URL + address,
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        },
    )
    send_aside(TextMail(subject=f"{settings.SITE_NAME}: choose a new password", body=text, to=[user.email]))


class Choose(views.PasswordResetConfirmView):
    """Set a new password for the holder of the link; the second factor is still asked for afterwards."""

    success_url = reverse_lazy("admin:login")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        send_notice(user=form.user, what="password_changed")
        remember_device(self.request, response, username=form.user.get_username())
        return response
