"""Recovery of an account without password and second factor, by an operator's command."""

import logging
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from comparisons.desk.accounts.services.sessions import end_sessions

logger = logging.getLogger("comparisons.sign_in")


@dataclass(frozen=True, slots=True)
class ResetLink:
    """The two parts of the address of a new password."""

    uidb64: str
    token: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """The number of removed second factors, and the one-time link to a new password."""

    removed: int
    link: ResetLink


@transaction.atomic
def recover_account(*, user: User, now: datetime) -> Recovery:
    """Remove second factors of `user`, end all sessions, disable the password; return a link to a new one."""
    removed = Authenticator.objects.filter(user=user).delete()[0]
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user=user, now=now)
    logger.warning(
        "Recovery: account=%r lost its password and %d second factors", user.get_username(), removed
    )
    return Recovery(removed=removed, link=reset_link(user=user))


def reset_link(*, user: User) -> ResetLink:
    """Return a link valid until used, for at most `PASSWORD_RESET_TIMEOUT`."""
    return ResetLink(
        uidb64=urlsafe_base64_encode(force_bytes(user.pk)), token=default_token_generator.make_token(user)
    )
