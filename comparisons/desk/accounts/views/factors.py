"""Setting up and removing second factors: allauth's views with this desk's rules."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from comparisons.desk.accounts.adapters import MFAAdapter
from comparisons.desk.accounts.second_factor import mark_shown
from comparisons.desk.accounts.services.sessions import end_sessions


class _Enrolment:
    """The first factor ends all other sessions, which showed a password alone."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        request = self.request
        user: Any = request.user
        had_one = Authenticator.objects.filter(user=user).exists()
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # allauth's view has it
        if not had_one:
            now = timezone.now()
            end_sessions(user=user, now=now)
            request.session["began_at"] = now.timestamp()
        mark_shown(request, user_id=user.pk)
        return response


class AddApp(_Enrolment, ActivateTOTPView):
    """Add an authenticator app by a QR code."""


class AddPasskey(_Enrolment, AddWebAuthnView):
    """Add a passkey, which the browser makes."""


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey, unless it is the last second factor where everybody needs one."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not MFAAdapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, "This is your only second factor. Add another one first.")
            return redirect("mfa_index")
        return super().form_valid(form)
