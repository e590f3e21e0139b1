"""One tool with an honest past, on which a scenario is played; the timer runs every ten minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.stuffing.scenarios import HONEST_SHARE, START, Event
from reviews.models import Category, Tool, Vote, VoteTally
from reviews.services.counting.community import summarise_votes
from reviews.services.voting.cast import cast, withdraw
from reviews.services.voting.hold import settle_all
from reviews.services.voting.networks import Network, networks_of_address, vote_key
from reviews.services.voting.recount import recount

PAST_DAYS = 50
TICK = timedelta(minutes=10)
LONG = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one run. Shares from 0 to 1; `shown` is the percentage on the page, or None."""

    worst: float
    end: float
    honest_waited: float
    """The share of honest votes that waited over an hour."""
    honest_peak: int
    """The most honest votes that waited at once."""
    shown: int | None


class Stage:
    def __init__(self, *, past: int) -> None:
        Tool.objects.all().delete()
        category, _ = Category.objects.get_or_create(slug="stage", name="Stage")
        self.tool = Tool.objects.create(
            category=category, name="Stage", slug="stage", kind="model", tagline="t", description="d",
            status="published", published_at=START,
        )  # fmt: skip
        self.said: dict[str, str] = {}
        self.ships = round(past * HONEST_SHARE)
        self.skips = past - round(past * HONEST_SHARE)
        self._write_past(past)
        self.came: dict[str, datetime] = {}
        self.waited: dict[str, timedelta] = {}
        self.peak = 0

    def _write_past(self, past: int) -> None:
        first = START - timedelta(days=PAST_DAYS)
        moments = [first + timedelta(days=PAST_DAYS) * number / past for number in range(past)]
        Vote.objects.bulk_create(
            Vote(
                tool=self.tool,
                visitor=f"past {number}",
                decision="ship" if number * 3 % 5 < 3 else "skip",
                cast_at=moment,
                changed_at=moment,
            )
            for number, moment in enumerate(moments)
        )
        VoteTally.objects.create(tool=self.tool)
        recount(repair=True, now=START)

    def play(self, events: Iterable[Event]) -> Result:
        story = sorted(events)
        worst = 0.0
        next_tick = START
        for event in story:
            while next_tick <= event.at:
                self._tick(next_tick)
                next_tick += TICK
            self._act(event)
            worst = max(worst, abs(self._moved()))
        if recount(repair=False, now=story[-1].at):
            raise AssertionError("The sums differ from the votes.")
        end = story[-1].at
        while next_tick <= end + 2 * LONG:
            self._tick(next_tick)
            next_tick += TICK
        long = sum(time > LONG for time in self.waited.values())
        tally = VoteTally.objects.get(tool=self.tool)
        return Result(
            worst=max(worst, abs(self._moved())),
            end=self._moved(),
            honest_waited=long / max(len(self.came), 1),
            honest_peak=self.peak,
            shown=summarise_votes(tally).ship_percent,
        )

    def _act(self, event: Event) -> None:
        if event.is_honest:
            self.came[event.visitor] = event.at
            self.ships += event.decision == "ship"
            self.skips += event.decision == "skip"
        push = {"tool": self.tool, "visitor": event.visitor, "networks": networks_at(event), "now": event.at}
        if event.decision:
            cast(**push, decision=event.decision)
        else:
            withdraw(**push)

    def _tick(self, now: datetime) -> None:
        if not VoteTally.objects.filter(tool=self.tool, waiting__gt=0).exists():
            return
        settle_all(now=now)
        waiting = (
            Vote.objects.filter(visitor__startswith="honest").waiting().values_list("visitor", flat=True)
        )
        self.peak = max(self.peak, len(waiting))
        self.waited |= {visitor: now - self.came[visitor] for visitor in waiting}

    def _moved(self) -> float:
        tally = VoteTally.objects.get(tool=self.tool)
        counted = tally.ships + tally.skips
        honest = self.ships + self.skips
        return tally.ships / counted - self.ships / honest if counted and honest else 0.0


def networks_at(event: Event) -> tuple[Network, ...]:
    return networks_of_address(event.address, key=vote_key(event.at.date()))
