"""The progress of a command, on a terminal and in a log."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from comparisons.management import progress
from comparisons.management.progress import ProgressBar


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_log_gets_a_line_every_thirty_seconds(clock):
    out = StringIO()
    bar = ProgressBar(OutputWrapper(out))
    for done in range(1, 101):
        clock[0] += 1
        bar.show(done=done, total=100, note="2 not taken")
    bar.finish()
    assert out.getvalue().splitlines() == [
        "30 of 100 · 2 not taken · 70 s left",
        "60 of 100 · 2 not taken · 40 s left",
        "90 of 100 · 2 not taken · 10 s left",
    ]


def test_a_terminal_gets_a_bar_that_stays_on_its_line(clock):
    out = Terminal()
    bar = ProgressBar(OutputWrapper(out))
    for done in range(1, 5):
        clock[0] += 1
        bar.show(done=done, total=4)
    bar.finish()
    assert out.getvalue().count("\r") == 4
    assert out.getvalue().count("\n") == 1
    assert "[███████████████···············] 2 of 4 · 2 s left" in out.getvalue()
    assert out.getvalue().endswith("4 of 4 · 4 s\x1b[K\n")


def test_a_terminal_is_not_drawn_on_more_than_ten_times_a_second(clock):
    out = Terminal()
    bar = ProgressBar(OutputWrapper(out))
    for done in range(1, 101):
        clock[0] += 0.01
        bar.show(done=done, total=1000)
    assert out.getvalue().count("\r") <= 10


def test_nothing_done_prints_nothing():
    out = Terminal()
    ProgressBar(OutputWrapper(out)).finish()
    assert out.getvalue() == ""
