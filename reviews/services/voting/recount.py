"""Comparing every sum over votes with the rows: per tool, batch, hour and network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Model, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Substr, TruncHour

from reviews.models import Decision, Tool, Vote, VoteBatch, VoteHour, VoteNetwork, VoteStatus, VoteTally
from reviews.models.votes import NETWORK_LENGTH, WAITING
from reviews.services.voting.hours import HOURS_KEPT, hour_of

COUNTED = Case(When(status=VoteStatus.COUNTS, then=F("decision")), default=F("stands"))
TALLY = ("ships", "skips", "waiting", "networks", "further_ships", "further_skips", "further_pushes")
BATCH = ("ships", "skips", "pushes", "waiting")

type Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A sum that differs from the rows.

    `kind` is tally, batch, hour or network; `key` says which.
    """

    tool: Tool
    kind: str
    key: str
    fields: tuple[str, ...]
    stored: Numbers
    counted: Numbers


def _number(**condition: Any) -> Count:
    return Count("pk", filter=Q(**condition))


def _sums() -> dict[str, Combinable]:
    """The expressions of all sums, over votes annotated with what counts of them (`counts`)."""
    return {
        "ships": _number(counts=Decision.SHIP) - _number(base=Decision.SHIP),
        "skips": _number(counts=Decision.SKIP) - _number(base=Decision.SKIP),
        "pushes": Count("pk", filter=~Q(counts=F("base"))),
        "waiting": _number(status__in=WAITING),
    }


def _tally(votes: QuerySet[Vote]) -> dict[str, Numbers]:
    further = votes.filter(is_first=False)
    sums = _sums()
    whole = votes.aggregate(
        ships=_number(counts=Decision.SHIP),
        skips=_number(counts=Decision.SKIP),
        waiting=sums["waiting"],
        networks=Count("pk", filter=Q(is_first=True) & ~Q(counts="")),
    )
    rest = further.aggregate(
        further_ships=sums["ships"], further_skips=sums["skips"], further_pushes=sums["pushes"]
    )
    return {"": tuple((whole | rest)[name] for name in TALLY)}


def _batches(votes: QuerySet[Vote]) -> dict[str, Numbers]:
    rows = (
        votes.exclude(batch=None).order_by().values("batch").annotate(**_sums()).values_list("batch", *BATCH)
    )
    return {str(batch): tuple(numbers) for batch, *numbers in rows}


def _hours(votes: QuerySet[Vote], *, since: datetime) -> dict[str, Numbers]:
    recent = votes.filter(changed_at__gte=since, status=VoteStatus.COUNTS).order_by()
    rows = recent.values(hour=TruncHour("changed_at", tzinfo=UTC)).annotate(votes=Count("pk"))
    return {row["hour"].isoformat(): (row["votes"],) for row in rows}


def _networks(votes: QuerySet[Vote]) -> dict[str, Numbers]:
    sums = _sums()
    placed = votes.exclude(network="").order_by()
    widest = placed.values(digest=F("network")).annotate(
        votes=Count("pk"), pull=sums["ships"] - sums["skips"]
    )
    found: dict[str, Numbers] = {row["digest"]: (row["votes"], row["pull"]) for row in widest}
    for inner in (Substr("subnetwork", 1, NETWORK_LENGTH // 2), F("subnetwork")):
        narrower = (
            placed.exclude(subnetwork="").values(digest=Concat("network", inner)).annotate(votes=Count("pk"))
        )
        found |= {row["digest"]: (row["votes"], 0) for row in narrower}
    return found


def _kinds(
    tool_id: int, *, since: datetime
) -> Iterator[tuple[str, tuple[str, ...], dict[str, Numbers], dict[str, Numbers]]]:
    """Yield each kind of sum over a tool's votes: name, fields, what is stored and what the rows say."""
    votes = Vote.objects.filter(tool=tool_id).annotate(counts=COUNTED)
    tallies = VoteTally.objects.filter(tool=tool_id)
    stored = tallies.values_list(*TALLY).first() or (0,) * len(TALLY)
    yield "tally", TALLY, {"": stored}, _tally(votes)
    batches = VoteBatch.objects.filter(tool=tool_id)
    yield (
        "batch",
        BATCH,
        {str(pk): tuple(row) for pk, *row in batches.values_list("pk", *BATCH)},
        _batches(votes),
    )
    hours = VoteHour.objects.filter(tool=tool_id, hour__gte=since).values_list("hour", "votes")
    yield (
        "hour",
        ("votes",),
        {hour.isoformat(): (number,) for hour, number in hours},
        _hours(votes, since=since),
    )
    networks = VoteNetwork.objects.filter(tool=tool_id).values_list("digest", "votes", "pull")
    yield "network", ("votes", "pull"), {digest: tuple(row) for digest, *row in networks}, _networks(votes)


def _differences(tool: Tool, *, since: datetime) -> Iterator[Mismatch]:
    for kind, fields, stored, counted in _kinds(tool.pk, since=since):
        nothing = (0,) * len(fields)
        for key in sorted(stored.keys() | counted.keys()):
            one = stored.get(key, nothing)
            other = counted.get(key, nothing)
            if one != other:
                yield Mismatch(tool=tool, kind=kind, key=key, fields=fields, stored=one, counted=other)


def recount_tool(*, tool: Tool, now: datetime) -> list[Mismatch]:
    """Count the votes of one tool, correct every sum that differs, and return these.

    The caller holds the tally's lock.
    """
    found = list(_differences(tool, since=hour_of(now - HOURS_KEPT)))
    for each in found:
        _repair(each, now=now)
    return found


def _repair(mismatch: Mismatch, *, now: datetime) -> None:
    values = dict(zip(mismatch.fields, mismatch.counted, strict=True))
    keys: dict[str, tuple[type[Model], Mapping[str, Any]]] = {
        "tally": (VoteTally, {}),
        "batch": (VoteBatch, {"pk": mismatch.key}),
        "hour": (VoteHour, {"hour": mismatch.key}),
        "network": (VoteNetwork, {"digest": mismatch.key}),
    }
    model, key = keys[mismatch.kind]
    create = values | ({"seen_on": now.date()} if model is VoteNetwork else {})
    model._default_manager.update_or_create(
        tool=mismatch.tool, **key, defaults=values, create_defaults=create
    )


def recount(*, repair: bool, now: datetime) -> list[Mismatch]:
    """Count the votes of every tool and return the sums that differ; `repair` corrects them.

    Tools are locked one by one, so that no vote falls between counting and repair. Without `repair` nothing
    is written: a tool whose very first vote comes at that moment may be named by mistake.
    """
    if repair:  # a tool whose first vote comes at this moment must have a tally to lock
        VoteTally.objects.bulk_create(
            [VoteTally(tool=tool) for tool in Tool.objects.filter(tally=None)], ignore_conflicts=True
        )
    voted = Tool.objects.filter(Q(tally__isnull=False) | Q(votes__isnull=False)).distinct().order_by("pk")
    found = []
    for tool in voted:
        with transaction.atomic():
            list(VoteTally.objects.select_for_update().filter(tool=tool))
            if repair:
                found += recount_tool(tool=tool, now=now)
            else:
                found += _differences(tool, since=hour_of(now - HOURS_KEPT))
    return found
