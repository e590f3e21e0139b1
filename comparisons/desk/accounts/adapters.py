"""allauth's adapters: where people go, how they identify again, and how secrets are kept."""

import base64
import hashlib
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from comparisons.desk.accounts.devices import remember_device
from comparisons.desk.accounts.models import SignIn
from comparisons.desk.accounts.next_page import is_desk_path
from comparisons.desk.accounts.notices import send_notice
from comparisons.desk.accounts.qr_code import qr_svg
from comparisons.desk.accounts.second_factor import is_lacking
from comparisons.desk.accounts.services.sign_in_log import record_sign_in
from comparisons.desk.accounts.visitors import visitor_of

FRESH_SECONDS = 600  # whoever signed in so recently need not show again that it is they


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made at the desk; there is no sign-up."""

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_desk_path(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Note the complete sign-in, and remember this browser."""
        visitor = visitor_of(request, username=user.get_username())
        response = super().post_login(request, user, **kwargs)
        record_sign_in(
            outcome=SignIn.Outcome.SIGNED_IN,
            user=user,
            visitor=visitor,
            now=timezone.now(),
            method=getattr(request, "signed_in_with", "password"),
        )
        remember_device(request, response, username=user.get_username())
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """An account with a second factor must show that one: others may know the password."""
        methods = super().get_reauthentication_methods(user)
        with_factor = [method for method in methods if method["id"].startswith("mfa_")]
        return with_factor or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        request = context.request
        if is_lacking(request) and is_mfa_enabled(request.user):
            return True
        return timezone.now().timestamp() - request.session.get("began_at", 0) > FRESH_SECONDS

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        send_notice(user=user, what=template_prefix.rpartition("/")[2])


class MFAAdapter(DefaultMFAAdapter):
    """Second factors. Secrets are encrypted with a key made of SECRET_KEY: a stolen backup reveals none."""

    def encrypt(self, text: str) -> str:
        return _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        cipher = _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return cipher.decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def build_totp_svg(self, url: str) -> SafeString:
        return qr_svg(url, label="QR code for your authenticator app; the key is below as text")

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return entity | {
            "name": user.get_username(),
            "display_name": user.get_full_name() or user.get_username(),
        }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays where everybody needs one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        others = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return not settings.SECOND_FACTOR or others.exists()


@cache
def _cipher(*secrets: str) -> MultiFernet:
    """Return a cipher that encrypts with the first of `secrets` and decrypts with any."""
    digests = [hashlib.sha256(b"accounts.second-factor" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
