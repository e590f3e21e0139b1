"""Proving the tallies against the votes they sum up."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from reviews.models import Decision, Tool, Vote, VoteStatus, VoteTally


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A tally that does not say what the rows say; each triple is ships, skips, waiting."""

    tool: Tool
    tallied: tuple[int, int, int]
    counted: tuple[int, int, int]


def recount_tool(*, tool_id: int) -> None:
    """Count the votes of one tool and write its tally. The caller holds the tally's lock."""
    votes = Vote.objects.filter(tool_id=tool_id)
    counts = {
        "ships": votes.counting().filter(decision=Decision.SHIP).count(),
        "skips": votes.counting().filter(decision=Decision.SKIP).count(),
        "waiting": votes.waiting().count(),
    }
    VoteTally.objects.update_or_create(tool_id=tool_id, defaults=counts)


@transaction.atomic
def recount(*, repair: bool) -> list[Mismatch]:
    """Count the votes of every tool and return the tallies that differ; with `repair`, set them right.

    Tallies are locked while they are compared, so that no vote falls between the counting and the repair. Without `repair`
    nothing is written: a tool whose very first vote comes at that moment may then be named, and is in order the next time.
    """
    if repair:  # a tool whose first vote comes at this moment must have a tally to lock
        VoteTally.objects.bulk_create([VoteTally(tool=tool) for tool in Tool.objects.filter(tally=None)], ignore_conflicts=True)
    tallies = {tally.tool_id: tally for tally in VoteTally.objects.select_for_update().order_by("pk")}
    waiting = Q(votes__status__in=[VoteStatus.NETWORK, VoteStatus.BURST])
    counting = Q(votes__status=VoteStatus.COUNTS)
    tools = Tool.objects.annotate(
        counted_ships=Count("votes", filter=counting & Q(votes__decision=Decision.SHIP)),
        counted_skips=Count("votes", filter=counting & Q(votes__decision=Decision.SKIP)),
        counted_waiting=Count("votes", filter=waiting),
    )
    mismatches = []
    for tool in tools:
        tally = tallies.get(tool.pk)
        tallied = (tally.ships, tally.skips, tally.waiting) if tally else (0, 0, 0)
        counted = (tool.counted_ships, tool.counted_skips, tool.counted_waiting)  # type: ignore[attr-defined]
        if tallied != counted:
            mismatches.append(Mismatch(tool=tool, tallied=tallied, counted=counted))
            if repair:
                ships, skips, waiting_votes = counted
                VoteTally.objects.update_or_create(tool=tool, defaults={"ships": ships, "skips": skips, "waiting": waiting_votes})
    return mismatches
