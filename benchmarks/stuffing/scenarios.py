"""What visitors and attackers do, as unordered lists of events, and each scenario's targets.

Beside every attack come twenty honest votes a day. An honest visitor ships with a chance of 60 % from a
network of its own; one in seven comes from one of forty shared ones.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

KEY_DAYS = 28
# The middle of a network key's life, so that the key changes in the middle of every scenario of four weeks.
START = datetime.combine(
    date.fromordinal(date(2026, 6, 1).toordinal() // KEY_DAYS * KEY_DAYS + KEY_DAYS // 2), time(), UTC
)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

HONEST_SHARE = 0.6
HONEST_A_DAY = 20
SHARED_NETWORKS = 40


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One visitor sets `ship`, `skip`, or nothing (withdraws), from an address."""

    at: datetime
    visitor: str
    decision: str
    address: str
    is_honest: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story and its limits, 0 to 1: of the shown share, and of honest votes waiting over an hour.

    None is measured without a target. `past` is the number of honest votes at the beginning.
    """

    name: str
    events: Callable[[random.Random], Iterator[Event]]
    most_moved: float | None = None
    most_waiting: float | None = None
    past: int = 1000
    may_show_a_percentage: bool = True


def address(group: int, number: int) -> str:
    """Return an address in the `number`-th /24 of a group."""
    return f"{20 + group}.{number // 256 % 256}.{number % 256}.7"


def honest(draw: random.Random, number: int, *, over: timedelta, start: datetime = START) -> Iterator[Event]:
    for index in range(number):
        word = f"honest {start:%d%H} {index}"
        is_shared = draw.random() < 1 / 7
        where = (
            address(1, draw.randrange(SHARED_NETWORKS)) if is_shared else address(2, draw.randrange(65_536))
        )
        yield Event(
            start + over * (index + draw.random()) / number,
            word,
            honest_decision(draw),
            where,
            is_honest=True,
        )


def honest_decision(draw: random.Random) -> str:
    return "ship" if draw.random() < HONEST_SHARE else "skip"


def usual(draw: random.Random, days: float) -> Iterator[Event]:
    """Return the honest votes of usual days."""
    return honest(draw, round(HONEST_A_DAY * days), over=days * DAY)


def stuffed(
    draw: random.Random,
    number: int,
    *,
    over: timedelta,
    networks: int,
    start: datetime = START,
    agreeing: bool = False,
) -> Iterator[Event]:
    """Return votes to ship, or with `agreeing` at the usual share, from so many networks in turn."""
    for index in range(number):
        decision = honest_decision(draw) if agreeing else "ship"
        moment = start + over * (index + draw.random()) / number
        yield Event(
            moment, f"stuffed {start:%d%H} {index}", decision, address(3, index % networks), is_honest=False
        )


def turned(draw: random.Random, number: int, *, networks: int, into: str) -> Iterator[Event]:
    """Return votes that agree for twelve hours; then those that skip become `into`."""
    first = list(stuffed(draw, number, over=12 * HOUR, networks=networks, agreeing=True))
    yield from first
    to_turn = [event for event in first if event.decision == "skip"]
    for index, event in enumerate(to_turn):
        moment = START + 13 * HOUR + 11 * HOUR * index / len(to_turn)
        yield Event(moment, event.visitor, into, event.address, is_honest=False)


def beside(
    days: float, *attacks: Callable[[random.Random], Iterator[Event]]
) -> Callable[[random.Random], Iterator[Event]]:
    """Return a story of the attacks beside usual days."""

    def events(draw: random.Random) -> Iterator[Event]:
        yield from usual(draw, days)
        for attack in attacks:
            yield from attack(draw)

    return events


def drip(networks: int, a_day: int, days: int) -> Callable[[random.Random], Iterator[Event]]:
    return lambda draw: stuffed(draw, a_day * days, over=days * DAY, networks=networks)


def around_a_new_key(draw: random.Random) -> Iterator[Event]:
    """Two networks use up their limit on the last day of a key, and again on the first of the next."""
    change = START + timedelta(days=KEY_DAYS // 2)
    for start in (change - DAY, change):
        yield from stuffed(draw, 60, over=DAY, networks=2, start=start)


def new_tool(draw: random.Random) -> Iterator[Event]:
    yield from honest(draw, 8, over=7 * DAY)
    yield from stuffed(draw, 590, over=7 * DAY, networks=5)


def surge(draw: random.Random) -> Iterator[Event]:
    yield from honest(draw, 300, over=3 * HOUR)
    yield from honest(draw, 40, over=2 * DAY, start=START + 3 * HOUR)


def office(draw: random.Random) -> Iterator[Event]:
    for index in range(30):
        moment = START + 9 * HOUR + 4 * HOUR * index / 30
        yield Event(
            moment, f"honest colleague {index}", honest_decision(draw), "198.51.100.7", is_honest=True
        )


def in_a_day(networks: int, **turn: str) -> Callable[[random.Random], Iterator[Event]]:
    """Two thousand votes in 24 hours from so many networks, all to ship, or changed `into` later."""
    if turn:
        return beside(2, lambda draw: turned(draw, 2000, networks=networks, into=turn["into"]))
    return beside(2, lambda draw: stuffed(draw, 2000, over=DAY, networks=networks))


STUFFED = {"most_moved": 0.02}
SCENARIOS = (
    Scenario("quiet month", beside(30), most_moved=0.0001, most_waiting=0),
    Scenario("honest surge: 300 in 3 hours", surge, most_waiting=0),
    Scenario("an office of thirty in an afternoon", beside(3, office), most_waiting=0),
    Scenario("2,000 in 24 hours, 2,000 networks", in_a_day(2000), **STUFFED),
    Scenario("    and flipped after their release", in_a_day(2000, into="ship"), **STUFFED),
    Scenario("    and withdrawn after their release", in_a_day(2000, into=""), **STUFFED),
    Scenario("2,000 in 24 hours, one network", in_a_day(1), **STUFFED),
    Scenario("    and flipped after their release", in_a_day(1, into="ship"), **STUFFED),
    Scenario("    and withdrawn after their release", in_a_day(1, into=""), **STUFFED),
    Scenario("2,000 in 24 hours, 200 networks", in_a_day(200), **STUFFED),
    Scenario("    and flipped after their release", in_a_day(200, into="ship"), **STUFFED),
    Scenario("500 over 4 days, 500 networks", beside(5, drip(500, 125, 4)), most_moved=0.03),
    Scenario("9 a day for 28 days, one network", beside(29, drip(1, 9, 28)), most_moved=0.03),
    Scenario("45 a day for 28 days, two networks", beside(29, drip(2, 45, 28)), most_moved=0.03),
    Scenario("60 before and after a new key, two networks", beside(29, around_a_new_key), most_moved=0.03),
    Scenario(
        "freeze: 120 a day for a week, 4 networks",
        beside(8, drip(4, 120, 7)),
        most_moved=0.03,
        most_waiting=0.05,
    ),
    Scenario("new tool: 590 in a week, 5 networks", new_tool, past=0, may_show_a_percentage=False),
    Scenario("slow drip: 10 a day for 28 days, 280 networks", beside(29, drip(280, 10, 28))),
    Scenario("slow drip: 4 a day for 28 days, 112 networks", beside(29, drip(112, 4, 28))),
)
