"""Sentences about acts on many tools, for the desk."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.text import get_text_list

from reviews.models import Tool
from reviews.services.bulk import Act, Obstacle, Order, PlannedChange

ACTION_WORDS = {
    Act.PUBLISH: "Publish tools",
    Act.SCHEDULE: "Schedule tools",
    Act.RETIRE: "Retire tools",
    Act.CATEGORY: "Move tools to another category",
    Act.LOOKED_AT: "Facts of tools looked at today, unchanged",
}
DONE_WORDS = {
    Act.PUBLISH: "published",
    Act.SCHEDULE: "scheduled",
    Act.RETIRE: "retired",
    Act.CATEGORY: "moved",
    Act.LOOKED_AT: "confirmed",
}


def outcome_sentence(order: Order, change: PlannedChange) -> str:
    """Say what happens to the tool, or why it stays as it is."""
    return _stays(order, change) if change.obstacle else _happens(order, change)


def _happens(order: Order, change: PlannedChange) -> str:
    without = _names(f"the {reviewer}" for reviewer in change.missing)
    incomplete = f" There is no verdict by {without}." if change.missing else ""
    match order.act:
        case Act.PUBLISH:
            return f"Readers see it at once.{incomplete}"
        case Act.SCHEDULE if order.moment:
            moment = timezone.localtime(order.moment)
            return f"Readers see it from {moment:%-d %B %Y, %H:%M}.{incomplete}"
        case Act.RETIRE:
            return "It leaves lists and search; its page stays and says so."
        case Act.CATEGORY:
            left = _names(f"“{fact.attribute.label}” ({fact.text})" for fact in change.facts)
            lost = f" Only the history keeps what its category does not ask for: {left}." if left else ""
            return f"Goes from {change.tool.category} to {order.category}.{lost}"
        case _:
            return f"Looked at today: {_names(f'“{fact.attribute.label}”' for fact in change.facts)}."


def _stays(order: Order, change: PlannedChange) -> str:
    match change.obstacle:
        case Obstacle.NOT_ALLOWED:
            return "Stays: you may not change a tool that readers see."
        case Obstacle.INCOMPLETE:
            without = _names(f"the {reviewer}" for reviewer in change.missing)
            advice = "Tick “Publish incomplete” to publish it all the same."
            return f"Stays: there is no verdict by {without}. {advice}"
        case Obstacle.HAS_READERS:
            return "Stays: readers know its page, which would be gone until then."
        case Obstacle.NO_READERS:
            return f"Stays: it is {_state(change.tool)}, so that nobody sees it anyway."
        case Obstacle.NO_SOURCES:
            return "Stays: no fact names a source that was not looked at today."
        case _:
            return (
                f"Stays: it is {_state(change.tool)} already."
                if order.category is None
                else (f"Stays: it is in {order.category} already.")
            )


def _state(tool: Tool) -> str:
    state = tool.state.lower()
    return f"a {state}" if state == "draft" else state


def result_sentence(order: Order, total: int) -> str:
    tools = "1 tool was" if total == 1 else f"{total} tools were"
    if order.act == Act.LOOKED_AT:
        return f"The facts of {'1 tool' if total == 1 else f'{total} tools'} were looked at today."
    return f"{tools} {DONE_WORDS[order.act]}."


def _names(texts: Iterable[str]) -> str:
    return get_text_list(list(texts), "and")
