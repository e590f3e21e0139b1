"""One change to many tools: what would happen to each, and doing it to those it can be done to."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from reviews.models import Category, Fact, Reviewer, Stage, Tool, Verdict
from reviews.services.editing.tools import save_tool
from reviews.services.editing.workflow import UNPUBLISHED, Editor, Step, take_step
from reviews.services.facts.save import confirm_unchanged, save_fact


class Act(StrEnum):
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    RETIRE = "retire"
    CATEGORY = "category"
    LOOKED_AT = "looked-at"


class Obstacle(StrEnum):
    """Why a tool stays as it is."""

    NOT_ALLOWED = "not-allowed"
    ALREADY = "already"
    """It is what the act would make it."""
    INCOMPLETE = "incomplete"
    HAS_READERS = "has-readers"
    """Readers know its page, which would be gone until the moment."""
    NO_READERS = "no-readers"
    """It was never published: there is nothing to retire."""
    NO_SOURCES = "no-sources"
    """No known fact names a source that was not looked at today."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done to each tool."""

    act: Act
    moment: datetime | None = None
    """For `SCHEDULE`."""
    category: Category | None = None
    """For `CATEGORY`."""
    may_be_incomplete: bool = False
    """For `PUBLISH` and `SCHEDULE`: without a verdict of every reviewer too."""


@dataclass(frozen=True, slots=True)
class PlannedChange:
    tool: Tool
    obstacle: Obstacle | None
    missing: tuple[Reviewer, ...] = ()
    """Reviewers without a verdict, where it is to be published."""
    facts: tuple[Fact, ...] = ()
    """Facts that only the history keeps in the other category, or those that count as looked at."""


IsAllowed = Callable[[Tool], bool]


def plan_changes(
    *, order: Order, tools: Sequence[Tool], is_allowed: IsAllowed, now: datetime | None = None
) -> list[PlannedChange]:
    """Return what would happen to each tool, in the given order. Two queries at most.

    `is_allowed` says whether the editor may do this to a tool.
    """
    now = now or timezone.now()
    missing = _missing_reviewers(tools) if order.act in (Act.PUBLISH, Act.SCHEDULE) else {}
    facts = _facts(order, tools, today=timezone.localdate(now))
    planned = []
    for tool in tools:
        lacking = missing.get(tool.pk, ())
        obstacle = (
            _obstacle(order, tool, lacking, facts[tool.pk]) if is_allowed(tool) else Obstacle.NOT_ALLOWED
        )
        planned.append(PlannedChange(tool, obstacle, missing=lacking, facts=facts[tool.pk]))
    return planned


@transaction.atomic
def carry_out(
    *, order: Order, tools: Collection[int], is_allowed: IsAllowed, by: str, now: datetime | None = None
) -> list[PlannedChange]:
    """Change the tools of these ids as far as it can be done now, each with its history; return the plan.

    The tools are locked while they are looked at and changed.
    """
    now = now or timezone.now()
    locked = Tool.objects.select_for_update(no_key=True).filter(pk__in=tools).order_by("pk")
    planned = plan_changes(order=order, tools=list(locked), is_allowed=is_allowed, now=now)
    for change in planned:
        if change.obstacle is None:
            _change(order, change, by=by, now=now)
    return planned


def _obstacle(
    order: Order, tool: Tool, missing: Collection[Reviewer], facts: Collection[Fact]
) -> Obstacle | None:
    is_public = tool.stage == Stage.PUBLISHED
    match order.act:
        case Act.PUBLISH if is_public:
            return Obstacle.ALREADY
        case Act.PUBLISH if tool.is_retired and tool.published_at is None:
            return Obstacle.NO_READERS  # it never had a page to bring back
        case Act.SCHEDULE if tool.stage in (Stage.PUBLISHED, Stage.RETIRED):
            return Obstacle.HAS_READERS
        case Act.SCHEDULE if tool.stage == Stage.SCHEDULED and tool.published_at == order.moment:
            return Obstacle.ALREADY
        case Act.RETIRE if tool.is_retired:
            return Obstacle.ALREADY
        case Act.RETIRE if not is_public:
            return Obstacle.NO_READERS
        case Act.CATEGORY if order.category is not None and tool.category_id == order.category.pk:
            return Obstacle.ALREADY
        case Act.LOOKED_AT if not facts:
            return Obstacle.NO_SOURCES
    if missing and not order.may_be_incomplete and tool.stage in UNPUBLISHED:
        return Obstacle.INCOMPLETE
    return None


def _change(order: Order, change: PlannedChange, *, by: str, now: datetime) -> None:
    tool = change.tool
    match order.act:
        case Act.CATEGORY if order.category is not None:
            tool.category = order.category
            save_tool(tool=tool, by=by)
        case Act.LOOKED_AT:
            for fact in change.facts:
                save_fact(fact=fact, by=by, today=timezone.localdate(now))
        case _:
            take_step(
                tool=tool.pk,
                step=_step(order, tool),
                editor=Editor(name=by, may_edit=True, may_publish=True),  # `is_allowed` has said so
                moment=order.moment,
                may_be_incomplete=order.may_be_incomplete,
                now=now,
            )


def _step(order: Order, tool: Tool) -> Step:
    """Return the step of the workflow that publishes, schedules or retires the tool."""
    if order.act == Act.PUBLISH and tool.is_retired:
        return Step.BRING_BACK
    return {Act.PUBLISH: Step.PUBLISH, Act.SCHEDULE: Step.SCHEDULE, Act.RETIRE: Step.RETIRE}[order.act]


def _missing_reviewers(tools: Iterable[Tool]) -> dict[int, tuple[Reviewer, ...]]:
    reviewers = list(Reviewer.objects.all())
    ids = [tool.pk for tool in tools]
    judged = set(Verdict.objects.filter(tool__in=ids).order_by().values_list("tool", "reviewer"))
    return {pk: tuple(reviewer for reviewer in reviewers if (pk, reviewer.pk) not in judged) for pk in ids}


def _facts(order: Order, tools: Sequence[Tool], *, today: date) -> dict[int, tuple[Fact, ...]]:
    """Return by tool the facts that the order is about."""
    found: dict[int, list[Fact]] = defaultdict(list)
    facts = Fact.objects.known().filter(tool__in=[tool.pk for tool in tools]).in_display_order()
    if order.act == Act.CATEGORY and order.category is not None:
        only_of_others = facts.exclude(attribute__category=None)
        for fact in only_of_others.exclude(attribute__category=order.category):
            found[fact.tool_id].append(fact)
    if order.act == Act.LOOKED_AT:
        for fact in facts.exclude(source_url=""):
            before = fact.looked_at_on
            if confirm_unchanged(fact=fact, today=today) and before != today:
                found[fact.tool_id].append(fact)
    return defaultdict(tuple, {pk: tuple(own) for pk, own in found.items()})
