"""The addresses of accounts, below `/admin/account/`. allauth needs the names with `mfa_` and `account_`."""

from allauth.account.views import reauthenticate
from allauth.mfa.base.views import authenticate
from allauth.mfa.base.views import reauthenticate as reauthenticate_code
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from comparisons.desk.accounts.views import factors, overview, sign_in
from comparisons.desk.accounts.views.pages import at_desk, at_door

urlpatterns = [
    path("", at_desk(overview.overview, title="Your account", opens="enrolment"), name="mfa_index"),
    path("sign-out/", at_desk(overview.sign_out_everywhere, title="Sign out"), name="sign_out_everywhere"),
    # On the way in.
    path("passkey/", sign_in.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("second-factor/", at_door(authenticate, title="Second factor"), name="mfa_authenticate"),
    # Showing once more that it is you.
    path(
        "confirm/password/",
        at_desk(reauthenticate, title="Is it you?", opens="enrolment"),
        name="account_reauthenticate",
    ),
    path(
        "confirm/code/",
        at_desk(reauthenticate_code, title="Is it you?", opens="confirming"),
        name="mfa_reauthenticate",
    ),
    path(
        "confirm/passkey/",
        at_desk(passkeys.reauthenticate_webauthn, title="Is it you?", opens="confirming"),
        name="mfa_reauthenticate_webauthn",
    ),
    # Second factors.
    path(
        "app/add/",
        at_desk(factors.AddApp.as_view(), title="Add an app", opens="enrolment"),
        name="mfa_activate_totp",
    ),
    path("app/remove/", at_desk(app.deactivate_totp, title="Remove the app"), name="mfa_deactivate_totp"),
    path(
        "passkeys/add/",
        at_desk(factors.AddPasskey.as_view(), title="Add a passkey", opens="enrolment"),
        name="mfa_add_webauthn",
    ),
    path("passkeys/", at_desk(overview.overview, title="Your account"), name="mfa_list_webauthn"),
    path(
        "passkeys/<int:pk>/name/",
        at_desk(passkeys.edit_webauthn, title="Name a passkey"),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        at_desk(factors.RemovePasskey.as_view(), title="Remove a passkey"),
        name="mfa_remove_webauthn",
    ),
    path(
        "codes/", at_desk(codes.view_recovery_codes, title="Recovery codes"), name="mfa_view_recovery_codes"
    ),
    path("codes/file/", at_desk(codes.download_recovery_codes, title=""), name="mfa_download_recovery_codes"),
    path(
        "codes/new/",
        at_desk(codes.generate_recovery_codes, title="New codes"),
        name="mfa_generate_recovery_codes",
    ),
]
