"""Counting a panel."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.services.panel import percent, rounded, summarise
from tests.rules import holds


@dataclass
class PlainVerdict:
    is_ship: bool
    score: int | None = None


def panel(*decisions: str) -> list[PlainVerdict]:
    return [PlainVerdict(is_ship=decision == "ship") for decision in decisions]


@pytest.mark.parametrize(
    ("decisions", "share", "decision"),
    [
        (["ship", "ship", "ship", "skip"], 75, "ship"),
        (["ship", "ship", "skip", "skip"], 50, "split"),
        (["skip", "skip", "skip", "ship"], 25, "skip"),
        (["ship"] * 4, 100, "ship"),
        (["skip"] * 4, 0, "skip"),
        (["ship", "skip", "skip"], 33, "skip"),
        (["ship", "ship", "skip"], 67, "ship"),
        ([], None, None),
    ],
)
def test_share_and_decision(decisions, share, decision):
    summary = summarise(panel(*decisions))
    assert (summary.ship_percent, summary.decision) == (share, decision)


def test_half_a_percent_goes_up():
    """`round` would make 62 of 62.5."""
    assert percent(5, 8) == 63
    assert round(62.5) == 62


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (399, 400, 99),
        (1, 400, 1),
        (400, 400, 100),
        (0, 400, 0),
        (995, 1000, 99),
        (5, 1000, 1),
        (994, 1000, 99),
    ],
)
def test_399_of_400_are_not_100_percent(part, whole, share):
    assert percent(part, whole) == share


@holds("whole-percent")
@given(st.data(), st.integers(1, 10_000))
def test_a_share_is_0_only_for_none_and_100_only_for_all(data, whole):
    part = data.draw(st.integers(0, whole))
    share = percent(part, whole)
    assert (share == 0) == (part == 0)
    assert (share == 100) == (part == whole)
    assert 0 <= share <= 100


def test_an_empty_panel_is_not_zero_percent():
    assert summarise([]).ship_percent is None
    assert summarise([]).mean_score is None


def test_an_unknown_score_is_left_out_of_the_mean():
    verdicts = [
        PlainVerdict(is_ship=True, score=90),
        PlainVerdict(is_ship=True, score=None),
        PlainVerdict(is_ship=False, score=61),
    ]
    assert summarise(verdicts).mean_score == 76


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_rounded_is_never_more_than_half_away(numerator, denominator):
    assert abs(rounded(numerator, denominator) * denominator - numerator) * 2 <= denominator


@given(st.lists(st.booleans(), min_size=1, max_size=9))
def test_one_more_ship_never_lowers_the_share(decisions):
    before = summarise([PlainVerdict(is_ship=decision) for decision in decisions])
    after = summarise([PlainVerdict(is_ship=decision) for decision in [*decisions, True]])
    assert after.ship_percent >= before.ship_percent
