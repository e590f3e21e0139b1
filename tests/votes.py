"""Votes for the tests: one visitor after the other, each from a network of its own unless it says so."""

from datetime import UTC, datetime, timedelta

from reviews.models import Vote, VoteTally
from reviews.services.voting.cast import cast, withdraw
from reviews.services.voting.networks import Network
from reviews.services.voting.recount import recount

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def network(name, prefix=24):
    """The networks of somebody, as the services get them."""
    return (Network(prefix=prefix, digest=name),)


OFFICE = network("office")


def vote(tool, who, decision="ship", *, networks=None, at=NOW):
    """Let `who` say `decision`, or nothing any more where it is empty."""
    push = {
        "tool": tool,
        "visitor": f"visitor {who}",
        "networks": networks or network(f"network {who}"),
        "now": at,
    }
    return cast(**push, decision=decision) if decision else withdraw(**push)


def settled_past(tool, *, ships, skips, days=40):
    """A past of `ships` and `skips` votes, spread evenly and ended ten days ago, from as many networks."""
    total = ships + skips
    first = NOW - timedelta(days=days + 10)
    moments = [first + timedelta(days=days) * number / total for number in range(total)]
    Vote.objects.bulk_create(
        Vote(
            tool=tool,
            visitor=f"past {number}",
            decision="ship" if number < ships else "skip",
            cast_at=moment,
            changed_at=moment,
        )
        for number, moment in enumerate(moments)
    )
    recount(repair=True, now=NOW)


def tally(tool):
    """Ships, skips and waiting votes of a tool, after it was proved that every sum equals its rows."""
    newest = Vote.objects.order_by("-changed_at").values_list("changed_at", flat=True).first()
    assert recount(repair=False, now=newest or NOW) == []
    row = VoteTally.objects.get(tool=tool)
    return row.ships, row.skips, row.waiting


def share(tool):
    ships, skips, _ = tally(tool)
    return ships / (ships + skips)
