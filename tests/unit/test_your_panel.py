"""Weighing the reviewers: the arithmetic, what leads, and what must hold for all weights."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparisons.services.compare.your_panel import DealBreakers, your_panel
from comparisons.templatetags.your_panel_wording import failure_words, your_panel_words
from tests.rules import holds
from tests.unit.test_short_answer import PANEL, answer_of
from tests.unit.unsaved_factories import REVIEWERS, unsaved_tool

SLUGS = [reviewer.slug for reviewer in REVIEWERS]
WEIGHTS = st.fixed_dictionaries({slug: st.integers(0, 3) for slug in SLUGS})
CODE_LLAMA = unsaved_tool("Code Llama", "ship 84, ship 78, ship 81, skip 55")
MISTRAL = unsaved_tool("Mistral", "ship 87, ship 80, ship 84, ship 75")


def weighed(*tools, deal_breakers=None, **weights):
    return your_panel(
        tools=tools, reviewers=REVIEWERS, weights=weights, deal_breakers=deal_breakers or DealBreakers()
    )


def test_weighted_share_and_mean():
    code_llama, mistral = weighed(CODE_LLAMA, MISTRAL, builder=3, skeptic=1, futurist=0, founder=2).tools
    assert (code_llama.ship, code_llama.ship_percent) == (Fraction(4, 6), 67)
    assert (mistral.ship_percent, mistral.mean_score) == (100, 82)
    assert code_llama.mean_score == 73


def test_a_weighted_share_is_rounded_as_every_share_is():
    share = replace(weighed(CODE_LLAMA, MISTRAL).tools[0], ship=Fraction(399, 400))
    assert share.ship_percent == 99


@holds("unknown-in-mean")
def test_an_unknown_score_is_left_out_of_the_mean():
    [tool, _] = weighed(unsaved_tool("A", "ship 90, ship"), unsaved_tool("B", "ship"), skeptic=3).tools
    assert tool.mean_score == 90


@holds("no-weight")
def test_a_reviewer_without_a_weight_in_the_address_counts_once():
    assert weighed(CODE_LLAMA, MISTRAL) == weighed(
        CODE_LLAMA, MISTRAL, builder=1, skeptic=1, futurist=1, founder=1
    )


@holds("all-zero")
def test_with_all_weights_zero_there_is_nobody_to_ask():
    result = weighed(CODE_LLAMA, MISTRAL, builder=0, skeptic=0, futurist=0, founder=0)
    assert result.is_empty
    assert result.leader is None
    assert result.tools[0].ship_percent is None


@holds("equal-weights")
@given(PANEL, PANEL, PANEL)
def test_with_equal_weights_the_tool_leads_that_the_short_answer_leans_to(one, other, third):
    tools = [unsaved_tool(name, ", ".join(panel)) for name, panel in (("A", one), ("B", other), ("C", third))]
    for some in (tools[:2], tools):
        assert weighed(*some).standing == answer_of(*some).standing


@holds("one-weight")
def test_the_reviewer_whose_weight_alone_changes_the_leader_is_named():
    one = unsaved_tool("A", "ship, ship, ship, skip")
    other = unsaved_tool("B", "ship, ship, ship, ship")
    third = unsaved_tool("C", "ship, skip, ship, ship")
    result = weighed(one, third, founder=0)
    assert (result.leader.name, result.usual_leader) == ("A", None)
    result = weighed(unsaved_tool("D", "ship, ship, skip, skip"), other, futurist=0, founder=0)
    assert result.leader is None
    result = weighed(
        unsaved_tool("E", "ship, ship, skip, ship"),
        unsaved_tool("F", "skip, skip, ship, ship"),
        builder=0,
        skeptic=0,
    )
    assert (result.leader.name, result.usual_leader.name, result.is_flipped) == ("F", "E", True)
    result = weighed(unsaved_tool("G", "ship 95, ship 50"), unsaved_tool("H", "ship 75, ship 90"), skeptic=0)
    assert (result.leader.name, result.usual_leader.name, result.because_of.slug) == ("G", "H", "skeptic")


@holds("deal-breaker")
@pytest.mark.parametrize(
    ("fields", "deal_breakers", "fails"),
    [
        ({"entry_price": "$9"}, DealBreakers(must_be_free=True), ["it is not free to begin with ($9)"]),
        (
            {"licence": "Acme license"},
            DealBreakers(must_be_open_source=True),
            ["its licence is not open source (Acme license)"],
        ),
        ({"licence": ""}, DealBreakers(must_be_open_source=True), ["its licence is not known"]),
        ({}, DealBreakers(no_skip_from=("founder",)), ["the Founder skips it"]),
        ({}, DealBreakers(must_be_free=True, must_be_open_source=True, no_skip_from=("builder",)), []),
    ],
)
def test_a_tool_that_fails_a_deal_breaker_is_marked_with_the_reason(fields, deal_breakers, fails):
    tool = unsaved_tool("A", "ship 90, ship 90, ship 90, skip 90", **fields)
    result = weighed(tool, MISTRAL, deal_breakers=deal_breakers)
    assert [failure_words(failure) for failure in result.tools[0].fails] == fails
    if fails:
        assert result.leader.name == "Mistral"


@holds("scale")
@given(PANEL, PANEL, st.fixed_dictionaries({slug: st.integers(0, 1) for slug in SLUGS}), st.integers(2, 3))
def test_doubling_or_tripling_every_weight_changes_nothing(one, other, weights, factor):
    a = unsaved_tool("A", ", ".join(one))
    b = unsaved_tool("B", ", ".join(other))
    plain = weighed(a, b, **weights)
    scaled = weighed(a, b, **{slug: weight * factor for slug, weight in weights.items()})
    assert plain.tools == scaled.tools
    assert plain.leader == scaled.leader


@holds("order")
@given(PANEL, PANEL, WEIGHTS)
def test_naming_two_tools_the_other_way_round_changes_nothing_but_their_order(one, other, weights):
    a = unsaved_tool("A", ", ".join(one))
    b = unsaved_tool("B", ", ".join(other))
    forth = weighed(a, b, **weights)
    back = weighed(b, a, **weights)
    assert forth.tools == tuple(reversed(back.tools))
    assert forth.leader == back.leader


@given(PANEL, PANEL, WEIGHTS, st.integers(0, 3), st.integers(1, 100))
def test_raising_a_score_never_costs_the_lead(one, other, weights, index, more):
    decision, _, score = one[index].partition(" ")
    assume(score)
    raised = [*one]
    raised[index] = f"{decision} {min(int(score) + more, 100)}"
    b = unsaved_tool("B", ", ".join(other))
    if (before := weighed(unsaved_tool("A", ", ".join(one)), b, **weights).leader) and before.name == "A":
        assert weighed(unsaved_tool("A", ", ".join(raised)), b, **weights).leader.name == "A"


@holds("different-jobs-yours")
def test_nobody_leads_in_your_panel_where_the_jobs_differ():
    result = your_panel(
        tools=[CODE_LLAMA, MISTRAL],
        reviewers=REVIEWERS,
        weights={},
        deal_breakers=DealBreakers(),
        is_fair=False,
    )
    assert (result.leader, result.usual_leader) == (None, None)
    assert your_panel_words(result) == "Nobody leads with these weights: these do different jobs."
