"""Marks in a text, and the part that shows them, with plain values."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.services.search.highlights import MARK, Marked, merged, segments, separate, snippet

TEXT = "".join(f"word{number:03} " for number in range(200))


def text_of(shown):
    return "".join(text for text, _ in shown)


def test_marks_are_read_as_spans():
    row = Marked(1, None, "one two three", f"one {MARK}two{MARK} three")
    assert row.spans() == [(4, 7)]


def test_marks_that_do_not_fit_the_text_are_ignored():
    assert Marked(1, None, "one", f"{MARK}other{MARK} text").spans() == []


def test_spans_that_meet_are_merged():
    assert merged([(5, 9), (0, 3), (3, 4), (6, 7)]) == [(0, 4), (5, 9)]


def test_each_text_of_a_document_gets_its_own_spans():
    assert list(separate("ab\x1fcd\x1f", [(0, 1), (3, 5)])) == [("ab", [(0, 1)]), ("cd", [(0, 2)]), ("", [])]


def test_signs_are_written_as_signs_again():
    assert segments("a Cǁǁ", [(2, 5)]) == (("a ", False), ("C++", True))


def test_a_short_text_is_shown_whole():
    assert snippet("one two", [(4, 7)]) == (("one ", False), ("two", True))


def test_a_snippet_shows_most_of_the_marks_between_whole_words():
    alone = TEXT.index("word010")
    first = TEXT.index("word100")
    second = TEXT.index("word105")
    shown = snippet(TEXT, [(alone, alone + 7), (first, first + 7), (second, second + 7)])
    assert [text for text, is_marked in shown if is_marked] == ["word100", "word105"]
    assert shown[0] == ("… ", False)
    assert shown[-1] == (" …", False)
    words = text_of(shown).strip("… ").split()
    assert all(len(word) == 7 for word in words)


def test_a_snippet_at_the_end_has_no_more_to_come():
    begin = TEXT.index("word199")
    shown = snippet(TEXT, [(begin, begin + 7)])
    assert text_of(shown).strip().endswith("word199")


def test_a_word_longer_than_a_snippet_is_shown_all_the_same():
    text = "x" * 50 + "y" * 500 + "x" * 50
    assert ("y" * 500, True) in snippet(text, [(50, 550)])


@given(
    st.text(min_size=1, max_size=600),
    st.lists(st.tuples(st.integers(0, 600), st.integers(1, 20)), min_size=1, max_size=6),
)
def test_segments_add_up_to_the_text_and_a_snippet_is_a_part_of_it(text, places):
    text = text.replace("ǁ", "").replace("ǂ", "")
    spans = merged([(begin, min(begin + length, len(text))) for begin, length in places if begin < len(text)])
    assert text_of(segments(text, spans)) == text
    shown = snippet(text, spans)
    inside = [text for text, _ in shown if text not in ("… ", " …")]
    assert "".join(inside) in text
    if spans:
        assert any(is_marked for _, is_marked in shown)
