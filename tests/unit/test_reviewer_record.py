"""A reviewer's record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.templatetags.pictures import score_bars
from comparisons.templatetags.wording import record_words, spread_words
from reviews.services.counting.reviewer_record import ReviewerRecord, add_records, record_of

ROWS = st.lists(
    st.tuples(st.sampled_from(["ship", "skip"]), st.none() | st.integers(0, 100), st.integers(1, 9)),
    max_size=20,
)


def test_a_record_counts_ships_shares_and_the_range_of_scores():
    record = record_of([("ship", 80, 2), ("ship", None, 1), ("skip", 41, 1)])
    assert (record.total, record.ship_percent, record.known_scores) == (4, 75, 3)
    assert (record.mean_score, record.lowest, record.highest) == (67, 41, 80)
    assert record.middle is None


def test_one_skip_among_400_verdicts_is_not_100_percent():
    assert record_words(record_of([("ship", None, 399), ("skip", None, 1)])) == "400 verdicts, 99% ship"


def test_the_middle_half_needs_enough_scores():
    assert record_of([("ship", score, 1) for score in (10, 20, 30, 40, 50, 60, 70, 80)]).middle == (30, 60)
    assert record_of([("ship", 70, 8)]).middle == (70, 70)


def test_without_verdicts_there_is_no_share():
    assert ReviewerRecord().ship_percent is None
    assert ReviewerRecord().mean_score is None
    assert record_words(ReviewerRecord()) == "No verdicts yet"
    assert score_bars(record_of([("ship", 0, 1)]))[0]["height"] == 56


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("ship", None, 3)], "No score is known: every verdict so far is a decision without one."),
        ([("ship", 71, 1)], "One score is known: 71."),
        ([("ship", 71, 1), ("skip", 30, 1)], "2 scores are known, from 30 to 71."),
        (
            [("ship", 60, 4), ("ship", 90, 4)],
            "8 scores are known, from 60 to 90. The middle half lies between 60 and 90.",
        ),
    ],
)
def test_the_range_of_scores_is_put_into_words(rows, words):
    assert spread_words(record_of(rows)) == words


@given(ROWS, ROWS)
def test_records_of_parts_add_up_to_the_record_of_all(one, other):
    assert add_records([record_of(one), record_of(other)]) == record_of(one + other)


@given(ROWS)
def test_the_middle_half_lies_between_the_lowest_and_the_highest_score(rows):
    record = record_of(rows)
    if record.middle:
        assert record.lowest <= record.middle[0] <= record.middle[1] <= record.highest
    if record.scores:
        assert record.lowest <= record.mean_score <= record.highest
