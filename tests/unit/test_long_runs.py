"""How far a command is, on a terminal and in a log."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from comparisons import long_runs
from comparisons.long_runs import Progress


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(long_runs.time, "monotonic", lambda: now[0])
    return now


def test_a_log_gets_a_line_now_and_then_and_one_at_the_end(clock):
    out = StringIO()
    progress = Progress(total=100, stream=OutputWrapper(out))
    for _ in range(100):
        clock[0] += 1
        progress.step("2 not taken")
    progress.finish()
    assert out.getvalue().splitlines() == [
        "30 of 100 · 2 not taken · 70 s left",
        "60 of 100 · 2 not taken · 40 s left",
        "90 of 100 · 2 not taken · 10 s left",
        "100 of 100 · 2 not taken · 100 s",
    ]


def test_a_terminal_gets_a_bar_that_stays_on_its_line(clock):
    out = Terminal()
    progress = Progress(total=4, stream=OutputWrapper(out))
    for _ in range(4):
        clock[0] += 1
        progress.step()
    progress.finish()
    assert out.getvalue().count("\r") == 4
    assert out.getvalue().count("\n") == 1
    assert "[███████████████···············] 2 of 4 · 2 s left" in out.getvalue()
    assert out.getvalue().endswith("4 of 4 · 4 s\x1b[K\n")


def test_nothing_done_prints_nothing():
    out = Terminal()
    Progress(total=0, stream=OutputWrapper(out)).finish()
    assert out.getvalue() == ""
