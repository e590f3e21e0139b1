"""The latest release that is known of a tool: before its day, what is said of that release can't be so."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from reviews.models import Fact
from reviews.models.general_attributes import LATEST_RELEASE, RELEASED_ON


@dataclass(frozen=True, slots=True)
class Release:
    day: date
    version: str = ""
    """Empty where it is not known."""


def release_among(facts: Iterable[Fact]) -> Release | None:
    """Return the release of one tool, of its `facts` with their attributes; None if its day is not known."""
    general = [fact for fact in facts if fact.attribute.is_general and fact.is_known]
    texts = {fact.attribute.key: fact.text for fact in general}
    if RELEASED_ON not in texts:
        return None
    return Release(day=date.fromisoformat(texts[RELEASED_ON]), version=texts.get(LATEST_RELEASE, ""))


def releases_of(*, tools: Collection[int]) -> dict[int, Release]:
    """Return by tool the release whose day is known; one query."""
    facts = Fact.objects.filter(
        tool__in=tools, attribute__category=None, attribute__key__in=[LATEST_RELEASE, RELEASED_ON]
    )
    by_tool: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts.order_by().select_related("attribute"):
        by_tool[fact.tool_id].append(fact)
    releases = {tool: release_among(own) for tool, own in by_tool.items()}
    return {tool: release for tool, release in releases.items() if release}
