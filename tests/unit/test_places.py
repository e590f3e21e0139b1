"""Places in a ranking, with plain values."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.services.counting.places import Place, places


def test_equal_figures_share_a_place_and_the_next_place_is_skipped():
    assert places({100: 1, 75: 2, 50: 1}) == {
        100: Place(1, is_shared=False),
        75: Place(2, is_shared=True),
        50: Place(4, is_shared=False),
        None: None,
    }


def test_a_missing_figure_has_no_place():
    assert places({None: 7}) == {None: None}
    assert places({None: 7, 0: 1})[0] == Place(1, is_shared=False)


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 50), min_size=1))
def test_a_place_is_one_more_than_the_number_of_rows_before_it(counts):
    for figure, place in places(counts).items():
        if figure is not None:
            assert place.number == 1 + sum(times for other, times in counts.items() if other > figure)
            assert place.is_shared == (counts[figure] > 1)
