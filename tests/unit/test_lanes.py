"""Each lane has its own threads and a bounded queue."""

import asyncio
import threading

import pytest

from comparisons.http.front_door import lanes
from comparisons.http.front_door.lanes import Lane
from comparisons.http.front_door.refused import Refused
from tests import timeouts


async def stays():
    await asyncio.Event().wait()


async def leaves():
    pass


class Work:
    """Work that lasts until released."""

    def __init__(self):
        self.end = threading.Event()

    def __call__(self):
        assert self.end.wait(timeouts.SECONDS)
        return threading.current_thread().name


async def begin(lane, work):
    await lane.enter(stays)
    return lane.start(work)


def test_work_is_done_in_a_thread_of_the_lane():
    async def run():
        return await (await begin(Lane("reading", threads=1), lambda: threading.current_thread().name))

    assert asyncio.run(run()) == "reading-1"


def test_errors_of_the_work_are_raised():
    async def run():
        await (await begin(Lane("reading", threads=1), lambda: 1 / 0))

    with pytest.raises(ZeroDivisionError):
        asyncio.run(run())


def test_a_full_lane_leaves_the_others_alone():
    async def run():
        writing = Lane("writing", threads=2)
        reading = Lane("reading", threads=1)
        work = Work()
        jobs = [await begin(writing, work) for _ in range(2)]
        name = await (await begin(reading, lambda: threading.current_thread().name))
        work.end.set()
        await asyncio.gather(*jobs)
        return name

    assert asyncio.run(run()) == "reading-1"


def test_waiting_requests_are_served_in_order(monkeypatch):
    monkeypatch.setattr(lanes, "LONGEST_WAIT", timeouts.SECONDS)

    async def run():
        lane = Lane("reading", threads=1)
        work = Work()
        served = []
        first = await begin(lane, work)

        async def visitor(number):
            await (await begin(lane, lambda: served.append(number)))

        visitors = [asyncio.create_task(visitor(number)) for number in range(3)]
        await asyncio.sleep(0)
        assert lane.waiting == 3
        work.end.set()
        await asyncio.gather(first, *visitors)
        return served, lane.waiting, lane.running

    assert asyncio.run(run()) == ([0, 1, 2], 0, {})


def test_requests_that_would_wait_over_two_seconds_are_refused_at_once():
    async def run():
        lane = Lane("signing in", threads=1)
        work = Work()
        lane.usual_seconds = 0.4
        first = await begin(lane, work)
        waiting = [asyncio.create_task(lane.enter(stays)) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await asyncio.wait_for(lane.enter(stays), 0.1)
        for each in waiting:
            each.cancel()
        work.end.set()
        await first
        return refused.value

    assert asyncio.run(run()).status == 503


def test_a_standing_queue_is_kept_short(monkeypatch):
    monkeypatch.setattr(lanes, "STANDING_AFTER", 0.05)

    async def run():
        lane = Lane("reading", threads=1)
        work = Work()
        lane.usual_seconds = 0.1
        first = await begin(lane, work)
        waiting = [asyncio.create_task(lane.enter(stays)) for _ in range(4)]  # half a second: a moment's rush
        await asyncio.sleep(0.1)
        with pytest.raises(Refused):
            await asyncio.wait_for(lane.enter(stays), 0.1)  # it has not gone down
        for each in waiting:
            each.cancel()
        work.end.set()
        await first

    asyncio.run(run())


def test_who_waited_too_long_in_a_standing_queue_is_refused_when_its_turn_comes(monkeypatch):
    monkeypatch.setattr(lanes, "STANDING_AFTER", 0.05)
    monkeypatch.setattr(lanes, "WAIT_UNDER_LOAD", 0.05)

    async def run():
        lane = Lane("reading", threads=1)
        work = Work()
        first = await begin(lane, work)
        waiting = [asyncio.create_task(lane.enter(stays)) for _ in range(3)]
        await asyncio.sleep(0.1)
        work.end.set()
        await first
        return [type(each) for each in await asyncio.gather(*waiting, return_exceptions=True)], lane.waiting

    # The newest is served: a thread that is free is not left idle.
    assert asyncio.run(run()) == ([Refused, Refused, type(None)], 0)


def test_requests_that_waited_too_long_are_refused(monkeypatch):
    monkeypatch.setattr(lanes, "LONGEST_WAIT", 0.1)

    async def run():
        lane = Lane("reading", threads=1)
        work = Work()
        lane.usual_seconds = 0.01
        first = await begin(lane, work)
        with pytest.raises(Refused) as refused:
            await lane.enter(stays)
        work.end.set()
        await first
        return refused.value.status, lane.waiting

    assert asyncio.run(run()) == (503, 0)


def test_a_client_who_leaves_gives_up_its_place():
    async def run():
        lane = Lane("reading", threads=1)
        work = Work()
        first = await begin(lane, work)
        with pytest.raises(Refused) as refused:
            await lane.enter(leaves)
        work.end.set()
        await first
        return refused.value.status, lane.waiting

    assert asyncio.run(run()) == (400, 0)


def test_a_place_that_is_given_back_goes_to_the_next():
    async def run():
        lane = Lane("reading", threads=1)
        await lane.enter(stays)
        waiting = asyncio.create_task(lane.enter(stays))
        await asyncio.sleep(0)
        lane.leave()
        await asyncio.wait_for(waiting, timeouts.SECONDS)

    asyncio.run(run())


def test_requests_are_refused_when_every_thread_hangs(monkeypatch):
    monkeypatch.setattr(lanes, "LONGEST_WAIT", 0.05)

    async def run():
        lane = Lane("reading", threads=1)
        work = Work()
        first = await begin(lane, work)
        await asyncio.sleep(0.1)
        with pytest.raises(Refused):
            await asyncio.wait_for(lane.enter(stays), 0.04)
        work.end.set()
        await first

    asyncio.run(run())
