"""Which editors have a form open: each open form says so every half minute, and is forgotten soon after."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from comparisons.models import OpenPage

EXPIRES_AFTER = timedelta(seconds=90)
"""Browsers slow a hidden page down to one beat a minute."""


@transaction.atomic
def note_open(*, page: str, editor: User, now: datetime) -> list[str]:
    """Note that `editor` has `page` open and return the names of the others who have, in order.

    What has expired is deleted on any page, so that the table stays as small as the desk.
    """
    forget_open_pages(now=now)
    OpenPage.objects.update_or_create(page=page, editor=editor, defaults={"seen_at": now})
    others = OpenPage.objects.filter(page=page).exclude(editor=editor)
    return sorted(others.values_list("editor__username", flat=True))


def note_closed(*, page: str, editor: User) -> None:
    OpenPage.objects.filter(page=page, editor=editor).delete()


def forget_open_pages(*, now: datetime) -> int:
    """Delete what has expired, and return how many."""
    return OpenPage.objects.filter(seen_at__lt=now - EXPIRES_AFTER).delete()[0]
