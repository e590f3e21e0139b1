"""Who may edit, hold and release the next issue."""

from typing import Any

from reviews.admin.permissions import reviewer_of


def may_edit_letter(user: Any) -> bool:
    """Say whether the editor may: publishers, and not who is bound to one reviewer."""
    return user.has_perm("newsletter.change_draft") and reviewer_of(user) is None
