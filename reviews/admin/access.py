"""Who may do what at the desk, beyond what a permission by itself can say."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin

from reviews.models import Answer, Tool, Verdict

Editor = AbstractBaseUser | AnonymousUser | PermissionsMixin | Any


def may_edit_facts(user: Editor, tool: Tool | None) -> bool:
    """Say whether the editor may change a tool's own fields, or enter a new tool (None)."""
    return user.has_perm("reviews.change_tool")


def may_edit_verdict(user: Editor, reviewer_id: int | None) -> bool:
    """Say whether the editor may change verdicts of this reviewer."""
    return user.has_perm("reviews.change_verdict")


def may_restore(user: Editor, row: Any) -> bool:
    """Say whether the editor may bring `row` back to an earlier version: whoever may write it may."""
    if isinstance(row, Tool):
        return may_edit_facts(user, row)
    if isinstance(row, Verdict):
        return may_edit_verdict(user, row.reviewer_id)
    if isinstance(row, Answer):
        return may_edit_verdict(user, row.question.reviewer_id)
    return user.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}")
