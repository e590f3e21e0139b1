"""Stuffing, a slow drip and an honest surge against the real voting service, with a clock of its own.

Each scenario starts from the same honest past: 1,000 votes over 50 days, 60 % of them to ship. Printed is how far the shown
share moved from what the honest votes alone would show, at its worst and at the end, and how many honest votes wait.
"""

import os
import random
from datetime import UTC, datetime, timedelta

import django

START = datetime(2026, 6, 1, tzinfo=UTC)
HONEST_SHARE = 0.6
PAST_VOTES, PAST_DAYS = 1000, 50


class Stage:
    """One tool with an honest past, the votes of a scenario in the order of their moments, and what is shown after each."""

    def __init__(self, *, is_defended: bool) -> None:
        from reviews.models import Category, Tool, Vote, VoteTally

        Tool.objects.all().delete()
        category, _ = Category.objects.get_or_create(slug="stage", name="Stage")
        self.tool = Tool.objects.create(
            category=category, name="Stage", slug="stage", kind="model", tagline="t", description="d",
            entry_price="Free", pricing="Free", status="published", published_at=START,
        )  # fmt: skip
        self.is_defended = is_defended
        self.random = random.Random(7)
        self.votes: list[tuple[datetime, str, bool, str]] = []
        first = START - timedelta(days=PAST_DAYS)
        past = [
            Vote(
                tool=self.tool,
                visitor=f"past {number}",
                decision=self.honest_decision(),
                cast_at=first + timedelta(days=PAST_DAYS) * number / PAST_VOTES,
            )
            for number in range(PAST_VOTES)
        ]
        Vote.objects.bulk_create(past)
        ships = sum(vote.decision == "ship" for vote in past)
        VoteTally.objects.create(tool=self.tool, ships=ships, skips=PAST_VOTES - ships)
        self.honest = [ships, PAST_VOTES]

    def honest_decision(self) -> str:
        return "ship" if self.random.random() < HONEST_SHARE else "skip"

    def add(self, number: int, *, over: timedelta, is_honest: bool, start: datetime = START) -> None:
        for index in range(number):
            moment = start + over * (index + self.random.random()) / number
            decision = self.honest_decision() if is_honest else "ship"
            self.votes.append((moment, decision, is_honest, f"{'honest' if is_honest else 'stuffed'} {index} {start:%d%H}"))

    def play(self) -> dict[str, float]:
        from reviews.models import Vote, VoteTally
        from reviews.services.voting.cast import cast
        from reviews.services.voting.hold import settle_all
        from reviews.services.voting.networks import Network

        worst, last_settled, waited = 0.0, START, timedelta()
        held_honest_peak = 0
        for moment, decision, is_honest, visitor in sorted(self.votes):
            if is_honest:
                self.honest[0] += decision == "ship"
                self.honest[1] += 1
            networks = (Network(prefix=24, digest=visitor),)
            cast(tool=self.tool, visitor=visitor, decision=decision, networks=networks, now=moment)
            if self.is_defended and moment - last_settled >= timedelta(minutes=10):
                settle_all(now=moment)
                last_settled = moment
                held = Vote.objects.filter(visitor__startswith="honest").waiting()
                held_honest_peak = max(held_honest_peak, held.count())
                oldest = held.order_by("cast_at").first()
                waited = max(waited, moment - oldest.cast_at) if oldest else waited
            worst = max(worst, abs(self.shown(VoteTally.objects.get(tool=self.tool)) - self.honest[0] / self.honest[1]))
        end = max(moment for moment, *_ in self.votes)
        settle_all(now=end + timedelta(hours=1))
        moved = self.shown(VoteTally.objects.get(tool=self.tool)) - self.honest[0] / self.honest[1]
        still_held = Vote.objects.filter(visitor__startswith="honest").waiting().count()
        return {"worst": worst, "end": moved, "peak": held_honest_peak, "held": still_held, "waited": waited.total_seconds() / 60}

    @staticmethod
    def shown(tally) -> float:
        return tally.ships / (tally.ships + tally.skips)


def scenarios(stage: Stage, name: str) -> None:
    """Fill the stage with the votes of a scenario; honest votes go on at their usual 20 a day beside every attack."""
    if name == "quiet month, no attack":
        stage.add(600, over=timedelta(days=30), is_honest=True)
    elif name == "honest surge of 300 in 3 hours":
        stage.add(300, over=timedelta(hours=3), is_honest=True)
    elif name == "stuffing: 2,000 in 24 hours, 2,000 networks":
        stage.add(20, over=timedelta(days=1), is_honest=True)
        stage.add(2000, over=timedelta(days=1), is_honest=False)
    elif name == "stuffing: 500 over 4 days":
        stage.add(80, over=timedelta(days=4), is_honest=True)
        stage.add(500, over=timedelta(days=4), is_honest=False)
    elif name == "slow drip: 10 a day for 30 days":
        stage.add(600, over=timedelta(days=30), is_honest=True)
        stage.add(300, over=timedelta(days=30), is_honest=False)


NAMES = (
    "quiet month, no attack",
    "honest surge of 300 in 3 hours",
    "stuffing: 2,000 in 24 hours, 2,000 networks",
    "stuffing: 500 over 4 days",
    "slow drip: 10 a day for 30 days",
)


def without_defence(act):
    """Run `act` with a burst rule that never finds anything: the control."""
    from reviews.services.voting import cast

    found, cast.find_burst = cast.find_burst, lambda **_: None
    try:
        return act()
    finally:
        cast.find_burst = found


def main() -> None:
    os.environ |= {"DATABASE_URL": "sqlite://:memory:", "SECRET_KEY": "k" * 50, "DJANGO_SETTINGS_MODULE": "comparisons.settings"}
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(f"{'':46}{'moved, worst':>14}{'moved, end':>12}{'honest held':>13}{'at most':>9}{'waited':>10}")
    for name in NAMES:
        for is_defended in (True, False):
            stage = Stage(is_defended=is_defended)
            scenarios(stage, name)
            result = stage.play() if is_defended else without_defence(stage.play)
            label = name if is_defended else "    no defence (control)"
            print(
                f"{label:46}{result['worst']:14.3f}{result['end']:+12.3f}{result['held']:13d}{result['peak']:9d}"
                f"{result['waited']:6.0f} min"
            )


if __name__ == "__main__":
    main()
