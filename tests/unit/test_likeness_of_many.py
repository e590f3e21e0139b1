"""Texts that are nearly the same, found for many at once: the same ones as by holding each against each."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from reviews.services.editing.similar_texts import ALIKE, FEWEST_RUNS, runs_of
from reviews.services.editing.similar_texts_in_file import MOST_NOTED, Text, alike_among_many


def found(texts, stored=()):
    """Return the share of likeness by place; `stored` are (tool, reviewer, body)."""
    with patch("reviews.services.editing.similar_texts_in_file.stored_texts", lambda: [("a name", *each) for each in stored]):
        alike = alike_among_many(texts={place: Text(name="a name", body=body) for place, body in texts.items()})
    return {place: likeness.share for place, likeness in alike.items()}


def each_against_each(texts, stored):
    shares = {}
    others = {(tool, reviewer): body for tool, reviewer, body in stored} | texts
    for place, body in texts.items():
        for other, their_body in others.items():
            mine, theirs = runs_of(body), runs_of(their_body)
            fewer = min(len(mine), len(theirs))
            if other != place and fewer >= FEWEST_RUNS and len(mine & theirs) / fewer >= ALIKE:
                shares[place] = max(shares.get(place, 0), len(mine & theirs) / fewer)
    return shares


PLACE = st.tuples(st.integers(1, 3), st.integers(1, 4))
BODY = st.lists(st.sampled_from("abc"), max_size=30).map(" ".join)


@given(texts=st.dictionaries(PLACE, BODY), stored=st.dictionaries(PLACE, BODY))
def test_the_same_are_found_as_by_holding_each_against_each(texts, stored):
    rows = [(*place, body) for place, body in stored.items()]
    assert found(texts, rows) == each_against_each(texts, rows)


def test_a_stored_text_that_is_replaced_counts_for_nothing():
    body = "one two three four five six seven eight nine"
    assert found({(1, 1): body}, [(1, 1, body)]) == {}
    assert found({(1, 1): body, (1, 2): "quite another"}, [(1, 2, body)]) == {}
    assert found({(1, 1): body}, [(1, 2, body)]) == {(1, 1): 1.0}


def test_one_text_over_and_over_is_found_everywhere():
    body = "one two three four five six seven eight nine"
    texts = {(tool, 1): body for tool in range(MOST_NOTED * 3)}
    assert found(texts) == dict.fromkeys(texts, 1.0)
