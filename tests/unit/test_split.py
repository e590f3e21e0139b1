"""How reviewers are split over a pair of tools and over one tool, with plain values."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.services.counting.split import PairSplit, pair_split, panel_split


@dataclass
class PlainVerdict:
    reviewer_id: int
    is_ship: bool
    score: int | None = None


def panel(words: str) -> list[PlainVerdict]:
    """Read “ship 84, skip, -” as the verdicts of reviewers 1, 2 and 3."""
    said = [word.split() for word in words.split(",")]
    return [
        PlainVerdict(number, decision == "ship", int(score[0]) if score else None)
        for number, (decision, *score) in enumerate(said)
        if decision != "-"
    ]


@pytest.mark.parametrize(
    ("first", "second", "sides"),
    [
        ("ship", "skip", (1, 0)),
        ("skip 59, ship 50", "ship 50, skip 59", (1, 1)),
        ("ship 85", "ship 80", (1, 0)),
        ("ship 84", "ship 80", (0, 0)),
        ("skip 20", "skip 40", (0, 0)),
        ("ship 85", "ship", (0, 0)),
        ("ship, ship", "skip, -", (1, 0)),
        ("-, ship", "skip, -", (0, 0)),
        ("ship, ship, skip, skip", "skip, skip, ship, ship", (2, 2)),
    ],
)
def test_a_reviewer_leans_to_one_of_two_tools_by_decision_then_by_score(first, second, sides):
    counted = pair_split(first=panel(first), second=panel(second))
    assert (counted.first, counted.second) == sides


def test_a_pair_splits_the_panel_when_reviewers_lean_to_both_sides():
    assert PairSplit(1, 3).is_split
    assert not PairSplit(0, 4).is_split
    assert not PairSplit(0, 0).is_split


VERDICTS = st.lists(st.tuples(st.booleans(), st.none() | st.integers(0, 100)), min_size=4, max_size=4).map(
    lambda drawn: [PlainVerdict(number, *each) for number, each in enumerate(drawn)]
)


@given(VERDICTS, VERDICTS)
def test_swapping_the_tools_swaps_the_counts(first, second):
    counted = pair_split(first=first, second=second)
    mirrored = pair_split(first=second, second=first)
    assert (counted.first, counted.second) == (mirrored.second, mirrored.first)
    assert counted.first + counted.second <= 4


@given(VERDICTS)
def test_a_reviewer_leans_to_neither_of_equal_verdicts(verdicts):
    assert pair_split(first=verdicts, second=verdicts) == PairSplit(0, 0)


def test_equal_halves_are_the_widest_split_and_scores_decide_among_equals():
    widest_first = [
        panel("ship 90, ship, skip 10, skip"),
        panel("ship 60, ship, skip 50, skip"),
        panel("ship, ship, skip, skip"),
        panel("ship 99, ship, ship, skip 1"),
    ]
    assert sorted(widest_first, key=panel_split, reverse=True) == widest_first


@pytest.mark.parametrize("verdicts", [[], panel("ship 90"), panel("ship 90, ship 10"), panel("skip, skip")])
def test_a_panel_that_agrees_is_not_split(verdicts):
    assert panel_split(verdicts) is None
