"""How long a session at the desk is valid: until 12 hours of rest, or until its account ends all of them."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from comparisons.desk.accounts.models import DeskAccount

SESSION_RESTS = timedelta(hours=12)


def end_sessions(*, user: User, now: datetime) -> None:
    """Let every session of `user` that began before `now` be over."""
    account, _ = DeskAccount.objects.update_or_create(user=user, defaults={"sessions_from": now})
    user.desk_account = account


def is_session_over(*, user: User, began_at: float) -> bool:
    """Say whether a session that began at `began_at` (seconds since 1970) is over.

    No query: the backend loads the row.
    """
    try:
        return began_at < user.desk_account.sessions_from.timestamp()
    except DeskAccount.DoesNotExist:
        return False


def forget_sessions(*, now: datetime) -> int:
    """Delete sessions whose time is over and return how many there were."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
