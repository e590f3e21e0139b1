"""The order of what was found, with plain values."""

from reviews.services.search.relevance import Match, MatchedField, rank

TEXT = MatchedField.TEXT
KEYWORDS = MatchedField.KEYWORDS
PREFIX = MatchedField.NAME_PREFIX
NAME = MatchedField.NAME


def find(tool_id, word=0, place=TEXT, points=1, name_length=9):
    return Match(tool_id=tool_id, word=word, field=place, points=points, name_length=name_length)


def order(*finds):
    return [ranked.tool_id for ranked in rank(finds)]


def test_without_matches_nothing_is_ranked():
    assert rank([]) == []


def test_more_words_count_for_more_than_any_field():
    assert order(find(1, 0, NAME), find(2, 0), find(2, 1)) == [2, 1]
    assert [ranked.words for ranked in rank([find(1, 0, NAME), find(2, 0), find(2, 1)])] == [2, 1]


def test_a_match_in_the_name_counts_most_then_the_keywords_then_the_text():
    assert order(find(4), find(3, place=KEYWORDS), find(2, place=PREFIX), find(1, place=NAME)) == [1, 2, 3, 4]


def test_eight_taglines_weigh_less_than_one_name():
    words = range(8)
    assert order(
        *(find(1, word, KEYWORDS) for word in words),
        *(find(2, word, NAME if word == 0 else TEXT) for word in words),
    ) == [2, 1]


def test_the_shorter_name_is_nearer_but_only_where_the_name_was_found():
    assert order(find(1, place=NAME, name_length=30), find(2, place=NAME, name_length=6)) == [2, 1]
    assert order(find(1, name_length=30, points=9), find(2, name_length=6, points=1)) == [1, 2]


def test_a_rare_word_says_more_than_a_common_one():
    common = [find(tool_id, 0) for tool_id in range(10, 30)]
    assert order(*common, find(5, 0, points=4), find(30, 1))[0] == 30


def test_equal_tools_stay_in_one_order():
    assert order(find(3), find(1), find(2)) == [1, 2, 3]
