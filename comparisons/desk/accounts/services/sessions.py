"""How long a session at the desk is valid: until 12 hours without a request, or until its account ends it."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from comparisons.desk.accounts.models import DeskAccount

SESSION_RESTS = timedelta(hours=12)


def end_sessions(*, user: User, now: datetime) -> None:
    """End every session of `user` that began before `now`."""
    account, _ = DeskAccount.objects.update_or_create(user=user, defaults={"sessions_from": now})
    user.desk_account = account


def is_session_over(*, user: User, began_at: float) -> bool:
    """Say whether a session that began at `began_at` (seconds since 1970) is over. No query."""
    try:
        return began_at < user.desk_account.sessions_from.timestamp()
    except DeskAccount.DoesNotExist:
        return False


def forget_sessions(*, now: datetime) -> int:
    """Delete expired sessions and return their number."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
