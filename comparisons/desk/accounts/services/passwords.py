"""Checking a name and a password: limits first, then the hash, which is slow on purpose."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from comparisons.desk.accounts.models import SignIn
from comparisons.desk.accounts.services import limits
from comparisons.desk.accounts.services.limits import Visitor
from comparisons.desk.accounts.services.sign_in_log import log_refusal, record_sign_in


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """The account, or None, and the seconds until a refused attempt may be repeated (0: it was made)."""

    user: User | None = None
    retry_after: int = 0


def check_sign_in(*, username: str, password: str, visitor: Visitor, now: datetime) -> PasswordCheck:
    """Check a name and a password. Accounts without a seat at the desk fail."""
    allowance = limits.allow_password(username=username, visitor=visitor, now=now)
    if not allowance.is_allowed:
        log_refusal(what="password", visitor=visitor)
        return PasswordCheck(retry_after=allowance.retry_after)
    user = authenticate(username=username, password=password)
    if isinstance(user, User) and user.is_staff:
        limits.password_was_right(username=username, visitor=visitor)
        return PasswordCheck(user=user)
    limits.password_was_wrong(username=username, visitor=visitor, now=now)
    known = User.objects.filter(username=username).first()
    record_sign_in(
        outcome=SignIn.Outcome.WRONG_PASSWORD, user=known, visitor=visitor, now=now, method="password"
    )
    return PasswordCheck()


def check_own_password(*, user: User, password: str, visitor: Visitor, now: datetime) -> PasswordCheck:
    """Check the password of a signed-in user, as before a change of the account."""
    allowance = limits.allow_password(username=f"own {user.pk}", visitor=visitor, now=now)
    if not allowance.is_allowed:
        log_refusal(what="own password", visitor=visitor)
        return PasswordCheck(retry_after=allowance.retry_after)
    if user.check_password(password):
        limits.password_was_right(username=f"own {user.pk}", visitor=visitor)
        return PasswordCheck(user=user)
    record_sign_in(
        outcome=SignIn.Outcome.WRONG_PASSWORD, user=user, visitor=visitor, now=now, method="password"
    )
    return PasswordCheck()
