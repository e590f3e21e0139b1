"""The rules of the short answer, marked with their id on `/methodology/`, and what holds for all panels."""

from datetime import date
from itertools import chain

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparisons.services.compare.headline import caveats
from comparisons.services.compare.licences import is_open_source
from comparisons.services.compare.panel_matrix import panel_matrix
from comparisons.services.compare.reasons import MOST_LINES, BestFor, ByReviewer, NotIf
from comparisons.services.compare.short_answer import ShortAnswer, short_answer
from comparisons.services.compare.standing import Outcome
from comparisons.templatetags.answer_wording import reason_words, source_words
from tests.rules import holds
from tests.unit.unsaved_factories import REVIEWERS, compare, unsaved_tool

TODAY = date(2026, 6, 10)


def answer_of(*tools, is_fair=True) -> ShortAnswer:
    return short_answer(matrix=panel_matrix(tools=tools, reviewers=REVIEWERS), is_fair=is_fair)


def caveats_of(*tools, today=TODAY):
    matrix = panel_matrix(tools=tools, reviewers=REVIEWERS)
    found = caveats(matrix=matrix, today=today, stale_days=180, apart_days=90)
    return [
        (each.kind, each.tool and each.tool.name, each.number) for each in found if each.kind != "unscored"
    ]


def pick_of(answer, name):
    return next(pick for pick in answer.picks if pick.tool.name == name)


def lines_for(answer, name) -> list[str]:
    """The lines of one tool, each with its small print."""
    return [
        f"{reason_words(reason)} {source_words(reason)}".strip() for reason in pick_of(answer, name).reasons
    ]


def lines_for_neither(answer) -> list[str]:
    return [f"{reason_words(reason)} {source_words(reason)}" for reason in answer.neither]


@holds("split")
def test_a_reviewer_who_ships_one_and_skips_another_is_a_reason_for_the_shipped_one():
    answer = answer_of(
        unsaved_tool("A", "ship 60, -, -, ship 75"), unsaved_tool("B", "ship 62, -, -, skip 55")
    )
    assert lines_for(answer, "A") == ["Founder: ship 75, against skip 55"]
    assert lines_for(answer, "B") == []


@holds("points")
def test_scores_of_shipped_tools_five_or_more_apart_are_a_reason():
    answer = answer_of(unsaved_tool("A", "ship 85, ship 84"), unsaved_tool("B", "ship 80, ship 80"))
    assert lines_for(answer, "A") == ["Builder: ship 85, against ship 80"]


@holds("unknown-score")
def test_an_unknown_score_is_never_taken_for_a_low_one():
    answer = answer_of(unsaved_tool("A", "ship 90"), unsaved_tool("B", "ship"))
    assert lines_for(answer, "A") == lines_for(answer, "B") == []
    assert answer.standing.leader is None
    three = answer_of(unsaved_tool("A", "ship 90"), unsaved_tool("B", "ship"), unsaved_tool("C", "ship 40"))
    assert [lines_for(three, name) for name in "ABC"] == [[], [], []]


@holds("skip-is-no-reason")
def test_a_skip_is_no_reason_to_pick_however_high_its_score():
    answer = answer_of(unsaved_tool("A", "skip 60, skip 54"), unsaved_tool("B", "ship 50, skip 41"))
    assert lines_for(answer, "A") == []
    assert lines_for(answer, "B") == ["Builder: ship 50, against skip 60"]


@holds("facts")
def test_price_and_licence_are_reasons_where_they_differ_and_kind_never_is():
    answer = answer_of(
        unsaved_tool("A", "ship", licence="Apache 2.0", kind="library"),
        unsaved_tool("B", "ship", licence="Acme community license", kind="service", entry_price="$9 a month"),
    )
    assert lines_for(answer, "A") == [
        "you need an open-source licence Apache 2.0, against Acme community license",
        "it must be free to begin with Free, against $9 a month",
    ]
    assert lines_for(answer, "B") == []


@holds("unknown-licence")
def test_a_licence_that_is_not_known_is_no_reason():
    answer = answer_of(unsaved_tool("A", "ship", licence="MIT"), unsaved_tool("B", "ship", licence=""))
    assert lines_for(answer, "A") == []


@holds("best-for-first")
def test_best_for_comes_first_and_not_if_last():
    texts = {"best_for": "quiet mornings", "avoid_if": "you are in a hurry"}
    strong = unsaved_tool("A", "ship 90, ship 90, ship 90, ship 90", **texts)
    answer = answer_of(strong, unsaved_tool("B", "skip 20, skip 30, skip 40, skip 50", **texts))
    assert lines_for(answer, "A") == [
        "it is for quiet mornings what it is best for",
        "Builder: ship 90, against skip 20",
        "Skeptic: ship 90, against skip 30",
        "but not if you are in a hurry when to leave it",
    ]
    assert len(lines_for(answer, "B")) == 2


@holds("best-for-people")
def test_best_for_speaks_to_people_or_names_a_purpose():
    people = unsaved_tool("A", "ship", best_for="you are a team with large GPUs")
    answer = answer_of(people, unsaved_tool("B", "ship", best_for="showing a model today"))
    assert lines_for(answer, "A") == ["you are a team with large GPUs what it is best for"]
    assert lines_for(answer, "B") == ["it is for showing a model today what it is best for"]


@holds("pick-if")
def test_a_line_is_the_phrase_of_the_verdict_itself():
    tool = unsaved_tool("A", "ship 90, ship 90")
    tool.verdicts.all()[0].pick_if = "you must show a model today"
    assert lines_for(answer_of(tool, unsaved_tool("B", "skip 20, skip 30")), "A") == [
        "you must show a model today Builder: ship 90, against skip 20",
        "Skeptic: ship 90, against skip 30",
    ]


@holds("neither")
def test_a_reviewer_who_skips_all_stands_under_neither_alone_with_the_less_bad_one():
    answer = answer_of(
        unsaved_tool("A", "skip 40, ship, skip 30"), unsaved_tool("B", "skip 45, ship, skip 34")
    )
    assert lines_for_neither(answer) == [
        "you side with the Builder, who skips both skip 40 for A and skip 45 for B; B is the less bad",
        "you side with the Futurist, who skips both skip 30 for A and skip 34 for B",
    ]
    assert lines_for(answer, "A") == lines_for(answer, "B") == []
    unknown = answer_of(unsaved_tool("A", "skip"), unsaved_tool("B", "skip 90"))
    assert lines_for_neither(unknown) == [
        "you side with the Builder, who skips both skip for A and skip 90 for B"
    ]


def test_a_reviewer_who_has_not_judged_them_all_says_nothing_about_neither():
    assert answer_of(unsaved_tool("A", "skip 40"), unsaved_tool("B", "-, ship")).neither == ()


@holds("four-lines")
def test_at_most_four_lines_stand_in_a_list():
    facts = {"licence": "Acme license", "entry_price": "$5"}
    weak = unsaved_tool("B", "skip 10, skip 20, skip 30, skip 40", **facts)
    assert len(lines_for(answer_of(unsaved_tool("A", "ship, ship, ship, ship"), weak), "A")) == MOST_LINES
    full = unsaved_tool("A", "ship, ship, ship, ship", best_for="x", avoid_if="y")
    assert len(lines_for(answer_of(full, weak), "A")) == MOST_LINES
    assert len(answer_of(weak, unsaved_tool("C", "skip, skip, skip, skip")).neither) == MOST_LINES


@holds("best-two")
@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (("ship 90", "ship 80", "skip 30"), {"A": "ship 90, against ship 80 for B and skip 30 for C"}),
        (
            ("ship 90", "ship 88", "skip 30"),
            {
                "A": "ship 90, ahead of B with ship 88, against skip 30 for C",
                "B": "ship 88, behind A with ship 90, against skip 30 for C",
            },
        ),
        (
            ("ship 90", "ship 90", "ship 80"),
            {
                "A": "ship 90, level with B, against ship 80 for C",
                "B": "ship 90, level with A, against ship 80 for C",
            },
        ),
        (
            ("ship 90", "ship", "skip 30"),
            {
                "A": "ship 90, beside B with ship, against skip 30 for C",
                "B": "ship, beside A with ship 90, against skip 30 for C",
            },
        ),
        (("ship 90", "skip 40", "skip 30"), {"A": "ship 90, against skip 40 for B and skip 30 for C"}),
        (("ship 90", "ship 89", "ship 88", "skip 10"), {}),
        (("ship 90", "ship 89", "ship 88"), {}),
        (("ship 90", "-", "skip 10"), {"A": "ship 90, against skip 10"}),
    ],
)
def test_with_three_or_four_tools_a_line_stands_under_the_best_one_or_two(said, lines):
    answer = answer_of(*(unsaved_tool(name, words) for name, words in zip("ABCD", said, strict=False)))
    told = {pick.tool.name: lines_for(answer, pick.tool.name) for pick in answer.picks}
    assert {name: told[name] for name in told if told[name]} == {
        name: [f"Builder: {line}"] for name, line in lines.items()
    }


@holds("share")
def test_the_tool_leads_that_more_of_its_reviewers_ship():
    answer = answer_of(unsaved_tool("A", "ship, ship, skip"), unsaved_tool("B", "ship, ship, ship"))
    assert answer.standing.leader.name == "B"
    assert [(pick.tool.name, pick.is_leader) for pick in answer.picks] == [("B", True), ("A", False)]


@holds("mean")
def test_between_equal_shares_five_points_in_the_mean_of_common_scores_decide():
    a = unsaved_tool("A", "ship 80, ship 80, ship")
    b = unsaved_tool("B", "ship 86, ship 85, ship 10")
    assert answer_of(a, b).standing.leader.name == "B"
    assert answer_of(a, unsaved_tool("B", "ship 84, ship 85, ship")).standing.leader is None
    standing = answer_of(
        unsaved_tool("A", "ship 99, ship 70, ship"), unsaved_tool("B", "ship, ship 76, ship 10")
    ).standing
    assert [(mean.tool.name, mean.score) for mean in standing.means] == [("B", 76), ("A", 70)]
    assert [reviewer.name for reviewer in standing.scorers] == ["Skeptic"]


@holds("third-tool")
def test_a_tool_with_a_smaller_share_does_not_change_whose_scores_decide():
    a = unsaved_tool("A", "ship 40, ship 83, ship 83")
    b = unsaved_tool("B", "ship 80, ship 78, ship 78")
    c = unsaved_tool("C", "skip, skip 80, ship 90")
    assert answer_of(a, b).standing == answer_of(a, b, c).standing == answer_of(c, b, a).standing
    assert answer_of(a, b).standing.leader == b


@holds("nobody-ships")
def test_nobody_leads_where_no_reviewer_ships_anything():
    standing = answer_of(
        unsaved_tool("A", "skip 20, skip 20"), unsaved_tool("B", "skip 60, skip 60")
    ).standing
    assert (standing.outcome, standing.leader) == (Outcome.NOBODY_SHIPS, None)


@holds("different-jobs")
def test_different_jobs_have_no_leader_and_nothing_is_compared():
    a = unsaved_tool("A", "ship 90, skip 60", best_for="x", avoid_if="you y", licence="MIT")
    b = unsaved_tool("B", "skip 20, skip 20", best_for="z", licence="Acme license")
    answer = answer_of(a, b, is_fair=False)
    assert answer.standing.leader is None
    assert [pick.is_leader for pick in answer.picks] == [False, False]
    assert lines_for(answer, "A") == ["it is for x what it is best for", "but not if you y when to leave it"]
    assert lines_for_neither(answer) == [
        "you side with the Skeptic, who skips both skip 60 for A and skip 20 for B"
    ]


FULL = "ship 1, ship 1, ship 1, ship 1"


@holds("not-known")
@pytest.mark.parametrize(
    ("one", "other", "today", "named"),
    [
        ("ship, ship, ship", FULL, TODAY, [("missing", "A", 1)]),
        ("", FULL, TODAY, [("missing", "A", 4)]),
        (FULL, FULL, date(2026, 11, 28), []),
        (FULL, FULL, date(2026, 11, 29), [("old", "A", 181), ("old", "B", 181)]),
    ],
)
def test_missing_and_old_verdicts_are_named(one, other, today, named):
    assert caveats_of(unsaved_tool("A", one), unsaved_tool("B", other), today=today) == named


def test_one_old_verdict_among_new_ones_is_said():
    tool = unsaved_tool("A", FULL)
    tool.verdicts.all()[2].reviewed_on = date(2025, 6, 1)
    assert caveats_of(tool, unsaved_tool("B", FULL)) == [("old", "A", 374)]


@holds("apart")
@pytest.mark.parametrize(("second", "days"), [(date(2026, 3, 3), None), (date(2026, 3, 2), 91)])
def test_verdicts_far_apart_in_time_are_named(second, days):
    found = caveats_of(unsaved_tool("A", FULL), unsaved_tool("B", FULL, reviewed_on=second))
    assert found == ([("apart", None, days)] if days else [])


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
TOOLS = st.lists(st.tuples(PANEL, FACTS), min_size=2, max_size=4)


def tool_from(name, panel, facts):
    return unsaved_tool(name, ", ".join(panel), **facts)


def tools_from(drawn):
    return [tool_from(name, panel, facts) for name, (panel, facts) in zip("ABCD", drawn, strict=False)]


@holds("swap")
@given(PANEL, PANEL, FACTS, FACTS)
def test_swapping_two_tools_mirrors_the_answer(one, other, facts, other_facts):
    a = tool_from("A", one, facts)
    b = tool_from("B", other, other_facts)
    forth = answer_of(a, b)
    back = answer_of(b, a)
    assert all(pick_of(forth, name) == pick_of(back, name) for name in "AB")
    assert forth.standing == back.standing
    assert [(each.reviewer, each.less_bad) for each in forth.neither] == [
        (each.reviewer, each.less_bad) for each in back.neither
    ]


@holds("raise")
@given(PANEL, PANEL, FACTS, FACTS, st.integers(0, 3), st.integers(1, 100))
def test_raising_a_score_never_hurts_its_tool(one, other, facts, other_facts, index, more):
    decision, _, score = one[index].partition(" ")
    assume(score)
    raised = [*one]
    raised[index] = f"{decision} {min(int(score) + more, 100)}"
    b = tool_from("B", other, other_facts)
    before = answer_of(tool_from("A", one, facts), b)
    after = answer_of(tool_from("A", raised, facts), b)
    reviewer = REVIEWERS[index].slug

    def strength(answer, name):
        found = [
            each
            for each in pick_of(answer, name).reasons
            if isinstance(each, ByReviewer) and each.row == reviewer
        ]
        return found[0].strength if found else 0

    if len(pick_of(after, "A").reasons) < MOST_LINES:  # none was crowded out
        assert strength(after, "A") >= strength(before, "A")
    if len(pick_of(before, "B").reasons) < MOST_LINES:
        assert strength(after, "B") <= strength(before, "B")
    if before.standing.leader and before.standing.leader.name == "A":
        assert after.standing.leader
        assert after.standing.leader.name == "A"


@holds("trace")
@given(TOOLS)
def test_every_line_can_be_traced_to_a_row_on_the_page(drawn):
    tools = tools_from(drawn)
    page = compare(*tools)
    answer = answer_of(*tools)
    rows = {row.key for row in (*page.differing, *page.same)} | {"entry"}
    rows |= {reviewer_row.reviewer.slug for reviewer_row in page.reviewer_rows}
    for reason in chain(answer.neither, *(pick.reasons for pick in answer.picks)):
        assert reason.row in rows
        assert reason_words(reason)


@given(TOOLS, st.booleans())
def test_the_lines_keep_their_rules_for_any_two_to_four_tools(drawn, is_fair):
    tools = tools_from(drawn)
    answer = answer_of(*tools, is_fair=is_fair)
    under: dict[str, int] = {}
    for pick in answer.picks:
        lines = [f"{reason_words(reason)} {source_words(reason)}" for reason in pick.reasons]
        assert len(set(lines)) == len(lines) <= MOST_LINES
        assert [isinstance(reason, BestFor) for reason in pick.reasons[:1]] == [
            True
        ] or not pick.tool.best_for
        assert [isinstance(reason, NotIf) for reason in pick.reasons[-1:]] == [True] or not pick.tool.avoid_if
        for reason in pick.reasons:
            if isinstance(reason, ByReviewer):
                assert is_fair
                assert reason.verdict.is_ship
                assert reason.against
                under[reason.row] = under.get(reason.row, 0) + 1
    assert all(count <= min(2, len(tools) - 1) for count in under.values())
    assert not under.keys() & {each.row for each in answer.neither}
    assert is_fair or answer.standing.leader is None
