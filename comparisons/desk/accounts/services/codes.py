"""Checking a one-time code or a recovery code: limits first, and no code works twice."""

import logging
import re
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import constant_time_compare

from comparisons.desk.accounts.models import SignIn
from comparisons.desk.accounts.services import limits
from comparisons.desk.accounts.services.limits import Visitor
from comparisons.desk.accounts.services.sign_in_log import log_refusal, record_sign_in

logger = logging.getLogger("comparisons.sign_in")


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """The account of the code, or None, and the seconds until a refused attempt may be repeated, else 0."""

    authenticator: Authenticator | None = None
    retry_after: int = 0


def check_code(*, user: User, code: str, visitor: Visitor, now: datetime) -> CodeCheck:
    """Check an app's code or a recovery code of `user`, and use it up."""
    allowance = limits.allow_code(user_id=user.pk, visitor=visitor, now=now)
    if not allowance.is_allowed:
        log_refusal(what=f"code of {user.get_username()!r}", visitor=visitor)
        return CodeCheck(retry_after=allowance.retry_after)
    bare = re.sub(r"[\s-]", "", code)
    for authenticator in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if _use(authenticator, bare):
            limits.code_was_right(user_id=user.pk, visitor=visitor)
            return CodeCheck(authenticator=authenticator)
    record_sign_in(outcome=SignIn.Outcome.WRONG_CODE, user=user, visitor=visitor, now=now, method="code")
    return CodeCheck()


def _use(authenticator: Authenticator, code: str) -> bool:
    """Say whether the code belongs to `authenticator`, and use it up."""
    try:
        is_app = authenticator.type == Authenticator.Type.TOTP
        return _use_app_code(authenticator, code) if is_app else authenticator.wrap().validate_code(code)
    except InvalidToken:
        logger.error(
            "A second factor can't be read: was SECRET_KEY changed? Then “manage.py recover_account” helps."
        )
        return False


@transaction.atomic
def _use_app_code(authenticator: Authenticator, code: str) -> bool:
    """Say whether this is the app's code within 30 seconds, and refuse it from then on (RFC 6238, 5.2).

    The row keeps the step of the last code, for every process.
    """
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(locked.data["secret"])
    for step in yield_hotp_counters_from_time():
        if step > locked.data.get("last_step", 0) and constant_time_compare(
            format_hotp_value(hotp_value(secret, step)), code
        ):
            locked.data["last_step"] = step
            locked.save(update_fields=["data"])
            return True
    return False
