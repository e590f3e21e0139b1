"""The address of a comparison, read and written."""

import re

from hypothesis import given
from hypothesis import strategies as st

from comparisons.comparison_slugs import join_slugs, split_slugs

SLUGS = st.from_regex(re.compile(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", re.ASCII), fullmatch=True).filter(
    lambda slug: "vs" not in slug.split("-")
)


def test_slugs_are_read_in_their_order_and_in_lower_case():
    assert split_slugs("Code-Llama-4-vs-mistral-3b") == ["code-llama-4", "mistral-3b"]


def test_a_lone_slug_is_one_slug():
    assert split_slugs("mistral-3b") == ["mistral-3b"]


@given(st.lists(SLUGS, min_size=2, max_size=4))
def test_joined_slugs_can_be_split_again(slugs):
    assert split_slugs(join_slugs(slugs)) == slugs
