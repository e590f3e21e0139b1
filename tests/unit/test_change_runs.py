"""What readers are told of the changes of one verdict, on plain values."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.services.editing.change_runs import WITHIN, Judgement, RecordedChange, told_as_one, told_changes
from tests.rules import holds

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def changes_of(*scores, hours=1, mistakes=()):
    """A verdict whose score goes through `scores`; `mistakes` are the places of changes that are not told."""
    return [
        RecordedChange(
            number=place,
            at=START + timedelta(hours=hours * place),
            before=Judgement("ship", before),
            after=Judgement("ship", after),
            reason=f"Reason {place}.",
            is_told=place not in mistakes,
        )
        for place, (before, after) in enumerate(pairwise(scores))
    ]


def scores_told(changes, **options):
    return [(told.before.score, told.after.score) for told in told_changes(changes, **options)]


def test_one_change_is_told_as_it_is():
    (told,) = told_changes(changes_of(84, 70))
    assert (told.number, told.at, told.reason) == (0, START, "Reason 0.")
    assert (told.before.score, told.after.score) == (84, 70)


def test_a_mistake_and_its_repair_are_no_change():
    assert scores_told(changes_of(84, 48, 84)) == []
    assert scores_told(changes_of(84, 48, 84, 48, 84)) == []


@holds("change-of-a-day")
def test_several_changes_of_a_day_are_told_from_the_first_to_the_last_with_their_reasons():
    (told,) = told_changes(changes_of(84, 70, 75, 80))
    assert (told.before.score, told.after.score) == (84, 80)
    assert (told.number, told.at) == (0, START + timedelta(hours=2))
    assert told.reason == "Reason 0. Reason 1. Reason 2."


def test_equal_reasons_are_said_once_and_each_ends_like_a_sentence():
    def reason_of(*reasons):
        rows = changes_of(*range(80, 81 + len(reasons)))
        given_reasons = [
            RecordedChange(row.number, row.at, row.before, row.after, reason, True)
            for row, reason in zip(rows, reasons, strict=True)
        ]
        return told_changes(given_reasons)[0].reason

    assert reason_of("It grew", "It grew") == "It grew"
    assert reason_of("It grew", "The price fell") == "It grew. The price fell"


def test_changes_more_than_a_day_apart_are_told_apart():
    assert scores_told(changes_of(84, 70, 84, hours=25)) == [(84, 70), (70, 84)]
    assert scores_told(changes_of(84, 70, 84, hours=24)) == []


@holds("typing-mistake")
def test_a_typing_mistake_is_not_told_and_the_next_change_begins_before_it():
    assert scores_told(changes_of(84, 48, mistakes=[0])) == []
    assert scores_told(changes_of(84, 48, 85, mistakes=[0])) == [(84, 85)]
    assert scores_told(changes_of(84, 48, 84, mistakes=[0])) == []
    assert scores_told(changes_of(84, 48, 84, 70, mistakes=[0, 1])) == [(84, 70)]
    assert scores_told(changes_of(84, 70, 7, 70, mistakes=[1, 2])) == [(84, 70)]
    assert scores_told(changes_of(84, 70, 7, 60, mistakes=[1])) == [(84, 60)]


def test_that_holds_days_later_too():
    assert scores_told(changes_of(84, 48, 85, hours=100, mistakes=[0])) == [(84, 85)]
    assert scores_told(changes_of(84, 70, 7, 70, hours=100, mistakes=[1])) == [(84, 70)]
    rows = changes_of(84, 48, 85, hours=100, mistakes=[0])
    assert told_as_one(rows[:1], rows[1:]).before.score == 84


def test_no_changes_tell_nothing():
    assert told_changes([]) == []
    assert told_as_one([], []) is None


SCORES = st.lists(st.integers(0, 3), min_size=1, max_size=8)


@given(SCORES, st.sets(st.integers(0, 7)), st.integers(1, 50))
def test_what_is_told_is_a_chain_without_standing_still(scores, mistakes, hours):
    changes = changes_of(*scores, hours=hours, mistakes=mistakes)
    told = told_changes(changes)
    assert all(each.before != each.after for each in told)
    assert len(told) <= len(changes)
    numbers = [each.number for each in told]
    assert numbers == sorted(set(numbers))
    assert not mistakes & set(numbers)


@given(SCORES, st.integers(1, 50))
def test_without_mistakes_the_chain_has_no_gap(scores, hours):
    told = scores_told(changes_of(*scores, hours=hours))
    assert all(before[1] == after[0] for before, after in pairwise(told))
    if told:
        assert (told[0][0], told[-1][1]) == (scores[0], scores[-1])
    else:
        assert scores[0] == scores[-1]


@given(SCORES, st.integers(1, 50), st.data())
def test_later_changes_move_no_earlier_entry(scores, hours, data):
    changes = changes_of(*scores, hours=hours)
    cut = data.draw(st.integers(0, len(changes)))
    before = {each.number for each in told_changes(changes[:cut])}
    last = changes[cut - 1].at if cut else START
    settled = {each.number for each in told_changes(changes[:cut]) if last - each.at > WITHIN}
    assert settled <= before & {each.number for each in told_changes(changes)}


@pytest.mark.parametrize("within", [timedelta(0), timedelta(days=9)])
def test_the_length_of_a_run_can_be_chosen(within):
    assert (scores_told(changes_of(84, 70, 84), within=within) == []) == (within > timedelta(0))
