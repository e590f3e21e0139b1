"""Texts that are nearly the same are found for many at once, as by comparing each with each."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from reviews.services.editing.similar_texts import (
    FEWEST_RUNS,
    MOST_INDEXED,
    SIMILAR,
    VerdictText,
    runs_of,
    similar_texts,
)

BODY = "one two three four five six seven eight nine"


def shares(texts, stored=()):
    """Return the share of common runs of what is found, by key; `texts` and `stored` are bodies by key."""
    rows = [(key, VerdictText(body, "a tool", "a reviewer")) for key, body in dict(stored).items()]
    with patch("reviews.services.editing.similar_texts.stored_texts", lambda: iter(rows)):
        found = similar_texts(
            texts={key: VerdictText(body, "a tool", "a reviewer") for key, body in texts.items()}
        )
    return {key: similar.share for key, similar in found.items()}


def shares_of_each_with_each(texts, stored):
    found = {}
    for key, body in texts.items():
        for other_key, other_body in (stored | texts).items():
            runs = runs_of(body)
            other_runs = runs_of(other_body)
            fewer = min(len(runs), len(other_runs))
            if other_key != key and fewer >= FEWEST_RUNS and len(runs & other_runs) / fewer >= SIMILAR:
                found[key] = max(found.get(key, 0), len(runs & other_runs) / fewer)
    return found


KEYS = st.tuples(st.integers(1, 3), st.integers(1, 4))
BODIES = st.lists(st.sampled_from("abc"), max_size=30).map(" ".join)


@given(texts=st.dictionaries(KEYS, BODIES), stored=st.dictionaries(KEYS, BODIES))
def test_the_same_are_found_as_by_comparing_each_with_each(texts, stored):
    assert shares(texts, stored) == shares_of_each_with_each(texts, stored)


def test_a_stored_text_that_is_replaced_is_not_compared():
    assert shares({(1, 1): BODY}, {(1, 1): BODY}) == {}
    assert shares({(1, 1): BODY, (1, 2): "quite another"}, {(1, 2): BODY}) == {}
    assert shares({(1, 1): BODY}, {(1, 2): BODY}) == {(1, 1): 1.0}


def test_a_tool_that_is_not_stored_yet_has_no_id():
    assert shares({(None, 1): BODY, (None, 2): BODY}) == {(None, 1): 1.0, (None, 2): 1.0}


def test_other_signs_between_the_words_make_no_other_text():
    assert shares({(1, 1): BODY}, {(2, 1): BODY.replace(" ", ", ")}) == {(1, 1): 1.0}


def test_one_text_many_times_is_found_everywhere():
    texts = {(tool, 1): BODY for tool in range(MOST_INDEXED * 3)}
    assert shares(texts) == dict.fromkeys(texts, 1.0)


def test_texts_are_compared_in_scripts_without_blanks_too():
    body = "这个工具很快但是文档不好所以我们不建议使用它"
    assert shares({(1, 1): body, (2, 1): f"{body}吗"}) == {(1, 1): 1, (2, 1): 1}
    assert shares({(1, 1): body, (2, 1): "另一篇文章完全不同没有任何相似的地方可以找到"}) == {}
