"""Who may do what at the desk, beyond a plain permission.

A migration makes three groups: Reviewer's desk (edits drafts and verdicts), Publisher (publishes, merges,
releases votes) and Administrator (everything). A desk member bound to one reviewer changes only that
reviewer's verdicts.
"""

from typing import Any

from reviews.models import Answer, DeskMember, Fact, Question, Tool, Verdict
from reviews.services.editing.workflow import Editor, is_reviewed


def reviewer_of(user: Any) -> int | None:
    """Return the id of the reviewer the editor is bound to; None if to none."""
    try:
        return user.desk_member.reviewer_id
    except (AttributeError, DeskMember.DoesNotExist):
        return None


def may_publish(user: Any) -> bool:
    return user.has_perm("reviews.publish_tool") and reviewer_of(user) is None


def editor_of(user: Any, tool: Tool | None) -> Editor:
    """Return who takes steps with `tool`; None: one that is being entered."""
    may_edit = may_edit_facts(user, tool)
    return Editor(name=user.get_username(), may_edit=may_edit, may_publish=may_edit and may_publish(user))


def may_correct(user: Any) -> bool:
    """Say whether the editor may correct what readers are told of changed verdicts."""
    return may_publish(user)


def may_merge(user: Any) -> bool:
    return user.has_perm("reviews.merge_tool") and reviewer_of(user) is None


def may_edit_facts(user: Any, tool: Tool | None) -> bool:
    """Say whether the editor may change a tool's facts or enter one (None). Reviewed: publishers only."""
    if reviewer_of(user) is not None or not user.has_perm(
        "reviews.change_tool" if tool else "reviews.add_tool"
    ):
        return False
    return tool is None or not is_reviewed(tool=tool) or may_publish(user)


def may_edit_verdict(user: Any, reviewer_id: int | None) -> bool:
    return user.has_perm("reviews.change_verdict") and reviewer_of(user) in (None, reviewer_id)


def needs_proposal(user: Any, tool: Tool) -> bool:
    """Say whether what the editor changes of the tool's verdicts is for a Publisher to accept."""
    return is_reviewed(tool=tool) and not may_publish(user)


def may_restore(user: Any, row: Any) -> bool:
    """Say whether the editor may restore `row`: whoever may write or delete it may."""
    if isinstance(row, Verdict | Answer) and _of_reviewed_tool(user, row):
        return False
    if isinstance(row, Verdict):
        return may_edit_verdict(user, row.reviewer_id)
    if isinstance(row, Answer):
        return may_edit_verdict(
            user, Question.objects.filter(pk=row.question_id).values_list("reviewer", flat=True).first()
        )
    if isinstance(row, Fact):
        tool = Tool.objects.filter(pk=row.tool_id).first()
        return tool is not None and may_edit_facts(user, tool)
    permission = f"{row._meta.app_label}.{{}}_{row._meta.model_name}"
    if row._state.adding:
        return user.has_perm(permission.format("delete"))
    if isinstance(row, Tool):
        return may_edit_facts(user, row)
    is_public = getattr(row, "published_at", None) is not None
    return (
        user.has_perm(permission.format("change"))
        and reviewer_of(user) is None
        and (may_publish(user) or not is_public)
    )


def _of_reviewed_tool(user: Any, row: Verdict | Answer) -> bool:
    verdicts = {"verdicts": row.verdict_id} if isinstance(row, Answer) else {"pk": row.tool_id}
    tool = Tool.objects.filter(**verdicts).first()
    return tool is not None and needs_proposal(user, tool)
