"""Taking an import back: every row that it changed as it was before, but for those that changed since.

What is left alone is named with its reason. A row that is back already needs nothing, so that taking back can
be begun again where it stopped.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import models, transaction

from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.exchanges import Exchange, group_exchanges, put_placeholders
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.steps import StepsDone
from comparisons.desk.files.writing import ROWS_PER_BATCH, pause
from comparisons.models import ImportRun
from reviews.models import Action, Revision, Tool
from reviews.services.editing import history
from reviews.services.editing.history import Snapshot
from reviews.services.editing.tools import save_tool

REASON = "An import was taken back."
PER_QUERY = 500
FOLLOWING = frozenset(["reviews.votetally", "reviews.votehour", "reviews.votenetwork"])
"""Counts of votes: a tool that nobody voted for may have them."""


class Obstacle(StrEnum):
    """Why a row is left alone."""

    CHANGED = "changed"
    IN_USE = "in use"
    TAKEN = "taken"
    WITHOUT_PARENT = "without parent"


@dataclass(slots=True)
class WayBack:
    """What taking back would do to one row. Without `then` it is deleted, without `now` brought back."""

    model: type[models.Model]
    pk: int
    name: str
    order: int
    """The number of the import's first change of it."""
    now: Snapshot | None
    then: Snapshot | None
    obstacle: Obstacle | None = None

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def changes(self) -> dict[str, list[Any]]:
        """Return the columns that differ: what they say now and what they said then."""
        now = self.now or {}
        then = self.then or {}
        names = [name for name in {**then, **now} if now.get(name) != then.get(name)]
        return {name: [now.get(name), then.get(name)] for name in names}


@dataclass(frozen=True, slots=True)
class TakeBackPlan:
    """The rows that would change, and those that are left alone."""

    ways: list[WayBack]
    left: list[WayBack]


def plan_to_take_back(*, run: ImportRun) -> TakeBackPlan:
    """Return what taking an import back would do now. Writes nothing."""
    ways = list(_ways(run))
    _mark_used(ways)
    _mark_taken(ways, KINDS[run.kind])
    _mark_without_parent(ways)
    return TakeBackPlan(
        ways=[way for way in ways if way.obstacle is None],
        left=[way for way in ways if way.obstacle is not None],
    )


def take_back(*, run: ImportRun, by: str) -> Iterator[StepsDone]:
    """Take an import back in batches, each all or nothing; yield the progress after each."""
    plan = plan_to_take_back(run=run)
    waiting = deque(_groups(plan.ways, KINDS[run.kind]))
    total = len(plan.ways)
    done = 0
    while waiting:
        with transaction.atomic():
            written = 0
            while waiting and (not written or written + len(waiting[0]) <= ROWS_PER_BATCH):
                group = waiting.popleft()
                _take_back_group(group, KINDS[run.kind].exchanged, by)
                written += len(group)
        done += written
        yield StepsDone(done=done, total=total)
        pause()


def _ways(run: ImportRun) -> Iterator[WayBack]:
    """Yield the way back of each row that is not yet as it was before the import."""
    made = Revision.objects.filter(pk__in=run.revisions.values("revision")).exclude(action=Action.FOUND)
    firsts: dict[tuple[str, int], Revision] = {}
    lasts: dict[tuple[str, int], Revision] = {}
    for revision in made.order_by("pk"):
        firsts.setdefault((revision.model, revision.object_id), revision)
        lasts[revision.model, revision.object_id] = revision
    before = _states_before(firsts.values())
    stored = _stored(firsts)
    for key, first in firsts.items():
        row = stored.get(key)
        now = history.snapshot(row) if row else None
        then = before.get(first.pk)
        last = lasts[key]
        if _is_same(now, then):
            continue
        way = WayBack(apps.get_model(key[0]), key[1], last.name, first.pk, now, then)
        if not _is_same(now, None if last.action == Action.DELETED else last.snapshot):
            way.obstacle = Obstacle.CHANGED
        yield way


def _states_before(firsts: Iterable[Revision]) -> dict[int, Snapshot]:
    """Return what each row was before its first change, by that change; nothing for rows that were new."""
    earlier = Revision.objects.filter(
        model=models.OuterRef("model"), object_id=models.OuterRef("object_id"), pk__lt=models.OuterRef("pk")
    )
    states: dict[int, Snapshot] = {}
    changed = []
    for revision in firsts:
        if revision.action == Action.DELETED:
            states[revision.pk] = revision.snapshot  # a deleted row is recorded as it last was
        elif revision.action != Action.CREATED:
            changed.append(revision.pk)
    for pks in batched(changed, PER_QUERY, strict=False):
        newest = models.Subquery(earlier.order_by("-pk").values("pk")[:1])
        pairs = Revision.objects.filter(pk__in=pks).annotate(before=newest).values_list("pk", "before")
        numbers = {pk: number for pk, number in pairs if number is not None}
        snapshots = Revision.objects.in_bulk(set(numbers.values()))
        states |= {pk: snapshots[number].snapshot for pk, number in numbers.items()}
    return states


def _stored(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], models.Model]:
    by_model: dict[str, list[int]] = {}
    for label, pk in keys:
        by_model.setdefault(label, []).append(pk)
    rows: dict[tuple[str, int], models.Model] = {}
    for label, wanted in by_model.items():
        for pks in batched(wanted, PER_QUERY, strict=False):
            found = apps.get_model(label)._default_manager.in_bulk(pks)
            rows |= {(label, pk): row for pk, row in found.items()}
    return rows


def _is_same(one: Snapshot | None, other: Snapshot | None) -> bool:
    """Say whether two states agree in all columns that both have: a later release may have added some."""
    if one is None or other is None:
        return one is other
    return all(one[name] == other[name] for name in one.keys() & other.keys())


def _mark_used(ways: Sequence[WayBack]) -> None:
    """Mark new rows that something else belongs to by now: it would be deleted with them."""
    # Rows that belong to others were made after them, and are looked at first.
    going = {(way.label, way.pk): way for way in ways if way.then is None and way.obstacle is None}
    by_model: dict[type[models.Model], list[int]] = {}
    for way in going.values():
        by_model.setdefault(way.model, []).append(way.pk)
    users: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for model, wanted in by_model.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if _is_used_by(relation):
                for pks in batched(wanted, PER_QUERY, strict=False):
                    for used, user in _pairs(relation, pks):
                        users.setdefault((model._meta.label_lower, used), []).append(user)
    for key, way in sorted(going.items(), key=lambda item: -item[1].order):
        if any(user not in going or going[user].obstacle for user in users.get(key, [])):
            way.obstacle = Obstacle.IN_USE


def _is_used_by(relation: Any) -> bool:
    is_reverse = (
        relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    )
    return (
        is_reverse
        and relation.on_delete is not models.DO_NOTHING
        and relation.related_model._meta.label_lower not in FOLLOWING
    )


def _pairs(relation: Any, pks: Sequence[int]) -> list[tuple[int, tuple[str, int]]]:
    label = relation.related_model._meta.label_lower
    name = relation.field.attname
    found = relation.related_model._base_manager.filter(**{f"{name}__in": pks}).values_list(name, "pk")
    return [(used, (label, pk)) for used, pk in found]


def _mark_taken(ways: Sequence[WayBack], kind: type[Kind]) -> None:
    """Mark rows whose former name or position another row has by now."""
    moving = {(way.label, way.pk) for way in ways if way.obstacle is None}
    for way in ways:
        if way.obstacle or way.then is None:
            continue
        for name in kind.exchanged:
            if name not in way.then or (way.now and way.now[name] == way.then[name]):
                continue
            rows: Any = way.model._default_manager
            owners = rows.named(way.then[name]) if name == "name" else rows.filter(**{name: way.then[name]})
            if kind.exchanged_within:
                owners = owners.filter(**{kind.exchanged_within: way.then.get(kind.exchanged_within)})
            others = owners.exclude(pk=way.pk).values_list("pk", flat=True)
            if any((way.label, pk) not in moving for pk in others):
                way.obstacle = Obstacle.TAKEN


def _mark_without_parent(ways: Sequence[WayBack]) -> None:
    """Mark rows that belonged to one that is gone."""
    coming = {(way.label, way.pk) for way in ways if way.now is None and way.obstacle is None}
    for way in ways:
        if way.obstacle or way.then is None:
            continue
        for field in way.model._meta.concrete_fields:
            parent: Any = field.related_model
            key = way.then.get(field.attname)
            if parent is None or key is None or (way.now and way.now.get(field.attname) == key):
                continue
            is_there = (parent._meta.label_lower, key) in coming
            if not is_there and not parent._default_manager.filter(pk=key).exists():
                way.obstacle = Obstacle.WITHOUT_PARENT


def _groups(ways: Sequence[WayBack], kind: type[Kind]) -> list[list[WayBack]]:
    """Return new rows, the newest first, then the others, together where they take each other's names."""
    new = sorted((way for way in ways if way.then is None), key=lambda way: -way.order)
    others = sorted((way for way in ways if way.then is not None), key=lambda way: way.order)
    by_number = {way.order: way for way in others}
    named = [way for way in others if way.model is kind.model]
    exchanges = [
        Exchange(
            number=way.order,
            has={name: way.now[name] for name in kind.exchanged} if way.now else {},
            gets={name: (way.then or {})[name] for name in kind.exchanged},
            scope=(way.then or {}).get(kind.exchanged_within),
        )
        for way in named
    ]
    together = group_exchanges(exchanges)
    grouped = [[by_number[number] for number in numbers] for numbers in together]
    rest = [[way] for way in others if way.model is not kind.model]
    return [*([way] for way in new), *grouped, *rest]


def _take_back_group(group: Sequence[WayBack], exchanged: Sequence[str], by: str) -> None:
    """Write the rows of a group as they were; none of them where one changed since the plan."""
    stored = _stored((way.label, way.pk) for way in group)
    rows = [stored.get((way.label, way.pk)) for way in group]
    for way, row in zip(group, rows, strict=True):
        if not _is_same(history.snapshot(row) if row else None, way.now):
            return
    if len(group) > 1:
        put_placeholders([row for row in rows if row is not None], exchanged)
    for way, row in zip(group, rows, strict=True):
        if way.then is None and row is not None:
            history.delete(row=row, by=by, reason=REASON)
        elif way.then is not None:
            _restore(way, way.then, before=row if len(group) > 1 else None, by=by)


def _restore(way: WayBack, then: Snapshot, *, before: Any, by: str) -> None:
    row = way.model._default_manager.filter(pk=way.pk).first() or way.model(pk=way.pk)
    for field in way.model._meta.concrete_fields:
        if field.attname in then:
            setattr(row, field.attname, field.to_python(then[field.attname]))
    if isinstance(row, Tool):
        save_tool(tool=row, by=by, reason=REASON, before=before)
    else:
        history.save(row=row, by=by, reason=REASON, action=Action.RESTORED, before=before)
