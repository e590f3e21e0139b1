"""What the log of the desk says of a change of the next issue."""

from comparisons.newsletter.models import Draft


def change_sentence(*, before: Draft, after: Draft) -> str:
    """Return what changed, in words; empty if nothing did."""
    parts = []
    if before.subject != after.subject:
        parts.append(f"Subject: “{before.subject}” became “{after.subject}”.")
    if before.introduction != after.introduction:
        parts.append(f"Introduction: “{before.introduction}” became “{after.introduction}”.")
    if set(before.left_out) != set(after.left_out):
        parts.append(f"Left out: {len(after.left_out)} items, before {len(before.left_out)}.")
    if before.order != after.order:
        parts.append("Another order.")
    return " ".join(parts)
