"""The address of a comparison, read and written."""

import re

from hypothesis import given
from hypothesis import strategies as st

from comparisons.comparison_slugs import join_slugs, split_slugs

SLUGS = st.from_regex(re.compile(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", re.ASCII), fullmatch=True).filter(
    lambda slug: "vs" not in slug.split("-")
)


def test_it_reads_slugs_in_their_order_and_in_lower_case():
    assert split_slugs("Code-Llama-4-vs-mistral-3b") == ["code-llama-4", "mistral-3b"]


def test_a_lone_slug_is_one_slug():
    assert split_slugs("mistral-3b") == ["mistral-3b"]


@given(st.lists(SLUGS, min_size=2, max_size=4))
def test_what_was_joined_can_be_told_apart_again(slugs):
    assert split_slugs(join_slugs(slugs)) == slugs
