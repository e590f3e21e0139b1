"""Mails to an editor whose account changed, so that a stranger's change is noticed."""

import logging
from threading import Thread

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from comparisons.mail_policy import TextMail

logger = logging.getLogger("comparisons.sign_in")

CHANGES = {
    "totp_activated": "An authenticator app was added to your account.",
    "totp_deactivated": "The authenticator app was removed from your account.",
    "webauthn_added": "A passkey was added to your account.",
    "webauthn_removed": "A passkey was removed from your account.",
    "recovery_codes_generated": "New recovery codes were made for your account. The old ones no longer work.",
    "password_changed": "The password of your account was changed.",
}


def send_notice(*, user: User, what: str) -> None:
    """Mail `user` that `what` (a key of `CHANGES`) happened, if there are a mail server and an address."""
    logger.info("Account changed: account=%r what=%s", user.get_username(), what)
    if not (settings.MAILERS and user.email):
        return
    text = render_to_string(
        "emails/account_notice.txt",
        {
            "user": user,
            "change": CHANGES[what],
            "site_name": settings.SITE_NAME,
            "desk_url": settings.SITE_URL + reverse("mfa_index"),
        },
    )
    send_aside(TextMail(subject=f"{settings.SITE_NAME}: {CHANGES[what]}", body=text, to=[user.email]))


def send_aside(mail: EmailMessage) -> Thread:
    """Send `mail` in a thread, so that the answer's time does not tell whether a mail was sent."""
    thread = Thread(target=_send, args=(mail,), daemon=True)
    thread.start()
    return thread


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except Exception as problem:  # whatever the server says: nobody waits for this thread
        logger.error("A mail about an account could not be sent: %s", type(problem).__name__)
