"""Whether readers saw a row when it was changed, as well as older histories tell.

A tool's own changes tell when it was published. What was changed within a minute of that was part of publishing it.
"""

from datetime import UTC, datetime, timedelta

SLACK = timedelta(minutes=1)
FOR_EVER = datetime.min.replace(tzinfo=UTC)
WITH_PAGE = ("published", "retired")
ROWS = 500


def states_of(tool_rows, *, current):
    """Return a tool's (since, status, published_at), oldest first.

    `tool_rows` are (action, at, snapshot) of its own changes, `current` its (status, published_at) or None.
    """
    states = [
        (FOR_EVER if action == "found" else at, snapshot.get("status"), moment_of(snapshot))
        for action, at, snapshot in tool_rows
        if action != "deleted"
    ]
    return states if states or current is None else [(FOR_EVER, *current)]


def moment_of(snapshot):
    text = snapshot.get("published_at")
    return datetime.fromisoformat(text) if text else None


def saw_tool(states, *, at):
    """Say whether readers saw the tool a minute before `at`."""
    before = at - SLACK
    known = [state for state in states if state[0] <= before]
    if not known:
        return False
    _, status, published_at = known[-1]
    return status in WITH_PAGE and published_at is not None and published_at <= before


def saw_row(*, at, snapshot):
    """Say the same of a row that stands on no tool's page. Those without a moment are always public."""
    published_at = moment_of(snapshot)
    return "published_at" not in snapshot or (published_at is not None and published_at <= at - SLACK)


def fill_was_seen(apps, schema_editor):
    revisions = apps.get_model("reviews", "Revision").objects.order_by("pk")
    tools = apps.get_model("reviews", "Tool").objects.order_by("pk")
    current = {pk: (status, moment) for pk, status, moment in tools.values_list("pk", "status", "published_at")}
    own = {}
    for tool, action, at, snapshot in revisions.filter(model="reviews.tool").values_list(
        "object_id", "action", "at", "snapshot"
    ):
        own.setdefault(tool, []).append((action, at, snapshot))
    states = {}
    seen = []
    rows = revisions.exclude(action="created").values_list("pk", "tool_id", "at")
    for pk, tool, at in rows.exclude(tool_id=None).iterator(chunk_size=ROWS):
        if tool not in states:
            states[tool] = states_of(own.get(tool, []), current=current.get(tool))
        if saw_tool(states[tool], at=at):
            seen.append(pk)
    others = revisions.exclude(action="created").filter(tool_id=None)
    for pk, at, snapshot in others.values_list("pk", "at", "snapshot").iterator(chunk_size=ROWS):
        if saw_row(at=at, snapshot=snapshot):
            seen.append(pk)
    for start in range(0, len(seen), ROWS):
        revisions.filter(pk__in=seen[start : start + ROWS]).update(was_seen=True)
