"""The own account: second factors, sign-ins, and the end of all sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comparisons.desk.accounts.services.sessions import end_sessions

SHOWN = 10


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show second factors and recent sign-ins."""
    user: Any = request.user
    rows = Authenticator.objects.filter(user=user).order_by("pk")
    of = {kind: [row.wrap() for row in rows if row.type == kind] for kind in Authenticator.Type.values}
    codes = of["recovery_codes"][0].get_unused_codes() if of["recovery_codes"] else []
    context = {
        "app": next(iter(of["totp"]), None),
        "passkeys": of["webauthn"],
        "is_protected": bool(of["totp"] or of["webauthn"]),
        "codes_left": len(codes),
        "sign_ins": user.sign_ins.newest()[:SHOWN],
    }
    return TemplateResponse(request, "account/overview.html", context)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the account, this one included."""
    user: Any = request.user
    end_sessions(user=user, now=timezone.now())
    logout(request)
    messages.success(request, "You are signed out in every browser.")
    return redirect("admin:login")
