"""The forms of signing in and of one's own account, which ask the limits before every check."""

import math
from typing import TYPE_CHECKING, Any

from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthCodeForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as AllauthReauthenticatePasskeyForm
from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm as OwnPasswordChangeForm
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from comparisons.desk.accounts.models import SignIn
from comparisons.desk.accounts.notices import send_notice
from comparisons.desk.accounts.second_factor import mark_shown
from comparisons.desk.accounts.services.codes import check_code
from comparisons.desk.accounts.services.passwords import PasswordCheck, check_own_password, check_sign_in
from comparisons.desk.accounts.services.sign_in_log import record_sign_in
from comparisons.desk.accounts.validators import MOST
from comparisons.desk.accounts.visitors import visitor_of

WRONG = (
    "Name and password do not belong together, or the "
    "account has no seat at the desk. Capitals count in both."
)
NOT_UNDERSTOOD = "The browser's answer was not understood. Please try again."


def refused(retry_after: int) -> ValidationError:
    """Return the error for a refusal of `retry_after` seconds."""
    minutes = math.ceil(retry_after / 60)
    wait = (
        f"{minutes} minute{'s' if minutes > 1 else ''}"
        if minutes < 120
        else f"{math.ceil(minutes / 60)} hours"
    )
    return ValidationError(
        f"There were too many attempts. Please try again in {wait}. "
        "A passkey works at once, and so does a browser in which you signed in before.",
        code="too_many",
    )


class SignInForm(forms.Form):
    username = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        strip=False, max_length=MOST, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.request = request
        self.checked = PasswordCheck()

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        password = self.cleaned_data.get("password")
        if username and password:
            visitor = visitor_of(self.request, username=username)
            self.checked = check_sign_in(
                username=username, password=password, visitor=visitor, now=timezone.now()
            )
            if self.checked.retry_after:
                raise refused(self.checked.retry_after)
            if self.checked.user is None:
                raise ValidationError(WRONG, code="invalid_login")
        return self.cleaned_data


class ConfirmPasswordForm(ReauthenticateForm):
    """The own password again, before something of the account changes."""

    def clean_password(self) -> str:
        check_or_refuse(self.user, self.cleaned_data["password"])
        return self.cleaned_data["password"]


class ChangePasswordForm(OwnPasswordChangeForm):
    def clean_old_password(self) -> str:
        check_or_refuse(self.user, self.cleaned_data["old_password"])
        return self.cleaned_data["old_password"]

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)
        send_notice(user=user, what="password_changed")
        return user


class SetPasswordForm(AdminPasswordChangeForm):
    """A new password for another's account, who is told by mail."""

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)
        send_notice(user=user, what="password_changed")
        return user


def check_or_refuse(user: Any, password: str) -> None:
    """Raise ValidationError unless `password` is that of the signed-in `user`."""
    visitor = visitor_of(context.request, username=user.get_username())
    checked = check_own_password(user=user, password=password, visitor=visitor, now=timezone.now())
    if checked.retry_after:
        raise refused(checked.retry_after)
    if checked.user is None:
        raise ValidationError("That is not your password.", code="password_incorrect")


if TYPE_CHECKING:

    class _AllauthForm:
        """Attributes of allauth's forms, for the type checker."""

        user: Any
        cleaned_data: dict[str, Any]
        passwordless: bool

        def clean_credential(self) -> Authenticator: ...

        def save(self) -> None: ...

else:
    _AllauthForm = object


class _CodeForm(_AllauthForm):
    def clean_code(self) -> str:
        visitor = visitor_of(context.request, username=self.user.get_username())
        checked = check_code(
            user=self.user, code=self.cleaned_data["code"], visitor=visitor, now=timezone.now()
        )
        if checked.retry_after:
            raise refused(checked.retry_after)
        if checked.authenticator is None:
            raise ValidationError(
                "That code is wrong or was used before. Wait for the next one.", code="incorrect_code"
            )
        self.authenticator = checked.authenticator
        self.authenticator.user = self.user
        return self.cleaned_data["code"]

    def save(self) -> None:
        super().save()
        shown(self.authenticator)


class CodeForm(_CodeForm, AllauthCodeForm):
    """The code of an authenticator app, or a recovery code, at sign-in."""


class ConfirmCodeForm(_CodeForm, AllauthReauthenticateCodeForm):
    """The code again, of somebody signed in."""


class _PasskeyForm(_AllauthForm):
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except (ValidationError, AttributeError, KeyError, OverflowError, TypeError, ValueError) as wrong:
            # What a browser sends is JSON of many layers, and each layer has its own way to say that it is
            # none.
            request = context.request
            visitor = visitor_of(request, username=self.user.get_username() if self.user else None)
            record_sign_in(
                outcome=SignIn.Outcome.WRONG_PASSKEY,
                user=self.user,
                visitor=visitor,
                now=timezone.now(),
                method="passkey",
            )
            raise ValidationError(
                "That passkey does not belong to an account here.", code="incorrect_code"
            ) from wrong

    def save(self) -> None:
        super().save()
        shown(self.cleaned_data["credential"], alone=self.passwordless)


class CredentialField(forms.JSONField):
    """What a browser says of a passkey.

    JSON of a number with thousands of digits, or of thousands of layers, is none.
    """

    def __init__(self) -> None:
        messages = {"required": NOT_UNDERSTOOD, "invalid": NOT_UNDERSTOOD}
        super().__init__(widget=forms.HiddenInput, error_messages=messages)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as wrong:
            raise ValidationError(NOT_UNDERSTOOD, code="invalid") from wrong


class PasskeyForm(_PasskeyForm, AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = CredentialField()


class PasskeyAloneForm(_PasskeyForm, LoginWebAuthnForm):
    """A passkey that identifies the account, with its own PIN, finger or face."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        authenticator = super().clean_credential()
        if not (authenticator.user.is_active and authenticator.user.is_staff):
            raise ValidationError("That passkey does not belong to an account here.", code="incorrect_code")
        return authenticator


class ConfirmPasskeyForm(_PasskeyForm, AllauthReauthenticatePasskeyForm):
    """The passkey again, of somebody signed in."""

    credential = CredentialField()


class AddPasskeyForm(AddWebAuthnForm):
    credential = CredentialField()
    name = forms.CharField(max_length=60, required=False)
    passwordless = forms.BooleanField(required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as wrong:
            raise ValidationError(NOT_UNDERSTOOD) from wrong


def shown(authenticator: Authenticator, *, alone: bool = False) -> None:
    """Note in the session that `authenticator` was shown, and on the request how."""
    request = context.request
    mark_shown(request, user_id=authenticator.user_id)
    kind = "passkey" if authenticator.type == Authenticator.Type.WEBAUTHN else str(authenticator.type)
    request.signed_in_with = kind if alone else f"password, {kind}"
