"""Changes of permissions, told in words: what an account or a group may do before and after."""

import logging
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet

logger = logging.getLogger("comparisons.permissions")

FLAGS = {"is_active": "active", "is_staff": "staff status", "is_superuser": "superuser status"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was given or taken: kind and name."""

    is_given: bool
    kind: str
    name: str


def powers(row: User | Group) -> frozenset[tuple[str, str]]:
    """Return what `row` may do as pairs of kind and name: flags, groups, permissions."""
    if isinstance(row, Group):
        return frozenset(("permission", name) for name in _names(row.permissions.all()))
    flags = [("flag", words) for field, words in FLAGS.items() if getattr(row, field)]
    groups = [("group", group.name) for group in row.groups.all()]
    return frozenset(
        [*flags, *groups, *(("permission", name) for name in _names(row.user_permissions.all()))]
    )


def changes(*, before: frozenset[tuple[str, str]], after: frozenset[tuple[str, str]]) -> list[Change]:
    """Return what was given and taken, in alphabetical order."""
    given = [Change(is_given=True, kind=kind, name=name) for kind, name in sorted(after - before)]
    return given + [Change(is_given=False, kind=kind, name=name) for kind, name in sorted(before - after)]


def log_changes(*, row: User | Group, by: User, found: list[Change]) -> None:
    """Write each change of `row` into the operator's log."""
    for change in found:
        logger.warning(
            "%s %s %r: %s %r by %r",
            "Gave" if change.is_given else "Took",
            change.kind,
            change.name,
            row._meta.model_name,
            str(row),
            by.get_username(),
        )


def _names(permissions: QuerySet[Permission]) -> list[str]:
    return [
        f"{app}.{codename}"
        for app, codename in permissions.values_list("content_type__app_label", "codename")
    ]
