"""The rules of the short answer, each under the name that `/methodology/` gives it, and what must hold for all of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.services.compare.headline import caveats
from comparisons.services.compare.licences import is_open_source
from comparisons.services.compare.panel_matrix import panel_matrix
from comparisons.services.compare.reasons import MOST_LINES
from comparisons.services.compare.short_answer import short_answer
from comparisons.templatetags.wording import answer_words
from tests.unit.in_memory import REVIEWERS, page_of, tool_of

TODAY = date(2026, 6, 10)


def answer_of(*tools):
    return short_answer(page=page_of(*tools))


def caveats_of(*tools, today=TODAY):
    matrix = panel_matrix(tools=tools, reviewers=REVIEWERS)
    return caveats(matrix=matrix, today=today, stale_days=180, apart_days=90)


def reasons_for(answer, name):
    return [(reason.text, reason.source) for pick in answer.picks if pick.tool.name == name for reason in pick.reasons]


def test_a_reviewer_who_ships_one_and_skips_the_other_is_a_reason():
    answer = answer_of(tool_of("A", "ship 60, -, -, ship 75"), tool_of("B", "ship 62, -, -, skip 55"))
    assert reasons_for(answer, "A") == [("Founder decides", "Founder: ship 75, against skip 55")]
    assert reasons_for(answer, "B") == []


def test_scores_five_or_more_apart_are_a_reason():
    answer = answer_of(tool_of("A", "ship 85, ship 84"), tool_of("B", "ship 80, ship 80"))
    assert reasons_for(answer, "A") == [("Builder decides", "Builder: ship 85, against ship 80")]


def test_an_unknown_score_is_never_taken_for_a_low_one():
    answer = answer_of(tool_of("A", "ship 90"), tool_of("B", "ship"))
    assert reasons_for(answer, "A") == []
    assert answer.standing.leader is None


def test_a_higher_score_does_not_speak_for_a_tool_that_is_skipped_where_the_other_is_shipped():
    answer = answer_of(tool_of("A", "skip 60"), tool_of("B", "ship 50"))
    assert reasons_for(answer, "A") == []
    assert reasons_for(answer, "B") == [("Builder decides", "Builder: ship 50, against skip 60")]


def test_price_licence_and_kind_are_reasons_where_they_differ():
    answer = answer_of(
        tool_of("A", "ship", licence="Apache 2.0", kind="library"),
        tool_of("B", "ship", licence="Acme community license", kind="service", entry_price="$9 a month"),
    )
    assert reasons_for(answer, "A") == [
        ("you need a library", "a library, against a service"),
        ("you need an open-source licence", "Apache 2.0, against Acme community license"),
        ("it must be free to begin with", "Free, against $9 a month"),
    ]
    assert reasons_for(answer, "B") == [("you need a service", "a service, against a library")]


def test_a_licence_that_is_not_known_is_no_reason():
    answer = answer_of(tool_of("A", "ship", licence="MIT"), tool_of("B", "ship", licence=""))
    assert reasons_for(answer, "A") == []


def test_what_an_editor_recommends_a_tool_for_and_when_to_avoid_it_come_last():
    tool = tool_of("A", "ship 90", best_for="quiet mornings", avoid_if="you are in a hurry")
    assert reasons_for(answer_of(tool, tool_of("B", "skip 20")), "A") == [
        ("Builder decides", "Builder: ship 90, against skip 20"),
        ("you need something for quiet mornings", "what it is best for"),
        ("but not if you are in a hurry", "when to avoid it"),
    ]


def test_a_reviewer_who_skips_both_speaks_for_neither():
    answer = answer_of(tool_of("A", "skip 40, ship"), tool_of("B", "skip, ship"))
    assert [(reason.text, reason.source) for reason in answer.neither] == [("Builder decides", "the Builder skips both")]


def test_at_most_four_lines_stand_in_a_list_and_none_twice():
    strong = tool_of("A", "ship 90, ship 90, ship 90, ship 90", best_for="x", avoid_if="y", licence="MIT")
    weak = tool_of("B", "skip 10, skip 20, skip 30, skip 40", licence="Acme license", entry_price="$5", kind="service")
    texts = [text for text, _ in reasons_for(answer_of(strong, weak), "A")]
    assert len(texts) == MOST_LINES
    assert texts == ["Builder decides", "Skeptic decides", "Futurist decides", "Founder decides"]


def test_the_panel_leans_to_the_tool_that_more_reviewers_ship():
    assert answer_of(tool_of("A", "ship, ship, skip"), tool_of("B", "ship, ship, ship")).standing.leader.name == "B"


def test_between_equal_shares_five_points_in_the_mean_decide():
    a, b = tool_of("A", "ship 80, ship 80, ship"), tool_of("B", "ship 86, ship 85, ship 10")
    assert answer_of(a, b).standing.leader.name == "B"
    assert answer_of(a, tool_of("B", "ship 84, ship 85, ship")).standing.leader is None
    c = tool_of("C", "skip 90, skip 90, skip")
    words = answer_words(answer_of(a, b, c), page_of(a, b, c))
    assert words.startswith("The panel leans to B: 3 of 3 reviewers ship A, 3 of 3 ship B, 0 of 3 ship C. Between equal shares,")
    assert words.endswith("scores decide: the Builder and the Skeptic, who scored both, give B 86 and A 80 on average.")


def test_their_mean_is_taken_over_the_reviewers_who_have_scored_them_all():
    a, b = tool_of("A", "ship 99, ship 70, ship"), tool_of("B", "ship, ship 76, ship 10")
    standing = answer_of(a, b).standing
    assert standing.leader == b
    assert [(mean.tool, mean.score) for mean in standing.means] == [(b, 76), (a, 70)]
    assert [reviewer.name for reviewer in standing.scorers] == ["Skeptic"]


def test_a_tool_with_a_smaller_share_does_not_change_whose_scores_decide():
    a, b = tool_of("A", "ship 40, ship 83, ship 83"), tool_of("B", "ship 80, ship 78, ship 78")
    c = tool_of("C", "skip, skip 80, ship 90")
    assert answer_of(a, b).standing == answer_of(a, b, c).standing == answer_of(c, b, a).standing
    assert answer_of(a, b).standing.leader == b


def test_it_is_too_close_to_call_when_nothing_separates_them():
    answer = answer_of(tool_of("A", "ship 80", best_for="x"), tool_of("B", "ship 82", best_for="y"))
    assert answer.is_too_close
    assert not answer_of(tool_of("A", "ship 80"), tool_of("B", "ship 90")).is_too_close


@pytest.mark.parametrize(
    ("one", "other", "today", "named"),
    [
        ("ship, ship, ship", "ship, ship, ship, ship", TODAY, [("missing", "A", 1)]),
        ("", "ship, ship, ship, ship", TODAY, [("missing", "A", 4)]),
        ("ship, ship, ship, ship", "ship, ship, ship, ship", date(2026, 11, 28), []),
        ("ship, ship, ship, ship", "ship, ship, ship, ship", date(2026, 11, 29), [("old", "A", 181), ("old", "B", 181)]),
    ],
)
def test_missing_and_old_verdicts_are_named(one, other, today, named):
    found = caveats_of(tool_of("A", one), tool_of("B", other), today=today)
    assert [(each.kind, each.tool.name, each.number) for each in found if each.kind != "unscored"] == named


def test_one_old_verdict_among_new_ones_is_said():
    tool = tool_of("A", "ship, ship, ship, ship")
    tool.verdicts.all()[2].reviewed_on = date(2025, 6, 1)
    found = caveats_of(tool, tool_of("B", "ship, ship, ship, ship"))
    assert [(each.kind, each.tool.name, each.number) for each in found if each.kind != "unscored"] == [("old", "A", 374)]


@pytest.mark.parametrize(("second", "days"), [(date(2026, 3, 3), None), (date(2026, 3, 2), 91)])
def test_verdicts_far_apart_in_time_are_named(second, days):
    full = "ship, ship, ship, ship"
    found = caveats_of(tool_of("A", full), tool_of("B", full, reviewed_on=second))
    assert [each.number for each in found if each.kind == "apart"] == ([days] if days else [])


def test_three_tools_are_answered_one_by_one():
    answer = answer_of(tool_of("A", "ship 90, skip"), tool_of("B", "skip 40, skip"), tool_of("C", "skip 30, skip"))
    assert reasons_for(answer, "A") == [("Builder decides", "Builder: ship 90, against skip 40 for B and skip 30 for C")]
    assert [reason.source for reason in answer.neither] == ["the Skeptic skips all of them"]


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [
        ("Apache 2.0", True),
        ("MIT", True),
        ("BSD 3-Clause", True),
        ("PostgreSQL License", True),
        ("Open source", True),
        ("Open-source (MIT)", True),
        ("GNU GPL v3 or later", True),
        ("AGPL-3.0-only", True),
        ("LGPLv2.1+", True),
        ("0BSD", True),
        ("Mozilla Public License 2.0 (MPL-2.0)", True),
        ("Apache License, Version 2.0", True),
        ("MIT or Apache 2.0", True),
        ("MIT/Apache-2.0", True),
        ("Apache 2.0 with Commons Clause", False),
        ("MIT, weights under the Llama license", False),
        ("MIT-style", False),
        ("Apache 2.0 or commercial", False),
        ("GNU General Public License v3.0", True),
        ("European Union Public Licence 1.2", True),
        ("CC0 1.0 Universal", True),
        ("MIT No Attribution", True),
        ("MIT licensed", True),
        ("zlib/libpng", True),
        ("General", False),
        ("GPL-incompatible", False),
        ("License 2.0", False),
        ("Llama 4 community license", False),
        ("Permissive research licence", False),
        ("Proprietary", False),
        ("", None),
    ],
)
def test_which_licences_are_open_source(licence, verdict):
    assert is_open_source(licence) is verdict


VERDICT = st.one_of(
    st.just("-"),
    st.sampled_from(["ship", "skip"]),
    st.builds("{} {}".format, st.sampled_from(["ship", "skip"]), st.integers(0, 100)),
)
PANEL = st.lists(VERDICT, min_size=4, max_size=4)
FACTS = st.fixed_dictionaries(
    {
        "licence": st.sampled_from(["MIT", "Acme license", ""]),
        "entry_price": st.sampled_from(["Free", "$9"]),
        "kind": st.sampled_from(["model", "library"]),
        "best_for": st.sampled_from(["", "quiet mornings"]),
        "avoid_if": st.sampled_from(["", "you are in a hurry"]),
    }
)


def tool_from(name, panel, facts):
    return tool_of(name, ", ".join(panel), **facts)


@given(PANEL, PANEL, FACTS, FACTS)
def test_swapping_two_tools_mirrors_the_answer(one, other, facts, other_facts):
    a, b = tool_from("A", one, facts), tool_from("B", other, other_facts)
    forth, back = answer_of(a, b), answer_of(b, a)
    assert forth.picks == tuple(reversed(back.picks))
    assert forth.neither == back.neither
    assert forth.standing == back.standing
    assert forth.is_too_close == back.is_too_close


@given(PANEL, PANEL, FACTS, FACTS, st.integers(0, 3), st.integers(1, 100))
def test_raising_a_score_never_hurts_its_tool(one, other, facts, other_facts, index, more):
    decision, _, score = one[index].partition(" ")
    if not score:
        return
    raised = [*one]
    raised[index] = f"{decision} {min(int(score) + more, 100)}"
    b = tool_from("B", other, other_facts)
    before, after = answer_of(tool_from("A", one, facts), b), answer_of(tool_from("A", raised, facts), b)
    strength = {reason.row: reason.strength for reason in before.picks[0].reasons}
    stronger = {reason.row: reason.strength for reason in after.picks[0].reasons}
    reviewer = REVIEWERS[index].slug
    assert stronger.get(reviewer, 0) >= strength.get(reviewer, 0)
    rival = {reason.row: reason.strength for reason in before.picks[1].reasons}
    weaker = {reason.row: reason.strength for reason in after.picks[1].reasons}
    assert weaker.get(reviewer, 0) <= max(rival.get(reviewer, 0), 0) or reviewer not in weaker
    if before.standing.leader and before.standing.leader.name == "A":
        assert after.standing.leader
        assert after.standing.leader.name == "A"


@given(PANEL, PANEL, FACTS, FACTS)
def test_every_reason_can_be_traced_to_a_row_on_the_page(one, other, facts, other_facts):
    page = page_of(tool_from("A", one, facts), tool_from("B", other, other_facts))
    answer = short_answer(page=page)
    rows = (
        {row.key for row in (*page.differing, *page.same)}
        | {reviewer_row.reviewer.slug for reviewer_row in page.reviewer_rows}
        | {"entry"}
    )
    for reason in (*answer.neither, *(reason for pick in answer.picks for reason in pick.reasons)):
        assert reason.row in rows
        assert reason.text
        assert reason.source


@given(PANEL, PANEL, FACTS, FACTS)
def test_no_line_stands_twice(one, other, facts, other_facts):
    for pick in answer_of(tool_from("A", one, facts), tool_from("B", other, other_facts)).picks:
        texts = [reason.text for reason in pick.reasons]
        assert len(texts) == len(set(texts)) <= MOST_LINES
