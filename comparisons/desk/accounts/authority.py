"""Who may change whose account: nobody gives or takes what they lack; only superusers touch a superuser."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet


def may_touch(user: Any, account: Any) -> bool:
    """Say whether `user` may change or delete `account` (None: any account), if permissions allow it."""
    return account is None or user.is_superuser or not account.is_superuser


def permissions_to_give(user: Any) -> QuerySet[Permission]:
    """Return the permissions `user` may give and take: the user's own."""
    every = Permission.objects.select_related("content_type")
    if user.is_superuser:
        return every
    own = Permission.objects.filter(user=user) | Permission.objects.filter(group__user=user)
    return every.filter(pk__in=own.values("pk"))


def groups_to_give(user: Any) -> QuerySet[Group]:
    """Return the groups `user` may add others to and remove them from: those without further permissions."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=permissions_to_give(user).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)
