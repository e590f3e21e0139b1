"""The panel matrix and the headline of a comparison, in values and in words."""

from datetime import date

import pytest

from comparisons.services.compare.headline import Headline, Unknown, headline
from comparisons.services.compare.panel_matrix import panel_matrix
from comparisons.services.compare.standing import Outcome, standing_of
from comparisons.templatetags.headline_wording import (
    caveat_words,
    difference_words,
    differences_words,
    headline_words,
    others_words,
    they_split_words,
)
from comparisons.templatetags.wording import cell_words, plot_words, ships_words
from reviews.services.counting.tool_summary import summarise_tools
from tests.unit.unsaved_factories import REVIEWERS, unsaved_tool

TODAY = date(2026, 6, 10)
WHOLE = "ship 1, ship 1, ship 1, ship 1"
GRADIO = unsaved_tool("Gradio", "ship 88, ship 73, ship 80, skip 52")
STREAMLIT = unsaved_tool("Streamlit", "ship 82, ship, skip 45, ship 85")


def headline_of(*tools, is_fair=True, today=TODAY) -> Headline:
    return headline(
        matrix=panel_matrix(tools=tools, reviewers=REVIEWERS),
        standing=standing_of(tools=tools, weights={}, is_fair=is_fair),
        today=today,
        stale_days=180,
        apart_days=90,
    )


def test_the_matrix_has_a_row_per_reviewer_and_a_cell_per_tool():
    matrix = panel_matrix(tools=[GRADIO, STREAMLIT], reviewers=REVIEWERS)
    assert [row.reviewer.name for row in matrix.rows] == ["Builder", "Skeptic", "Futurist", "Founder"]
    assert [cell_words(cell) for cell in matrix.rows[1].cells] == ["ship 73", "ship, score not known"]
    assert [row.is_split for row in matrix.rows] == [False, False, True, True]
    assert [ships_words(total) for total in matrix.totals] == ["3 of 4", "3 of 4"]
    assert [total.panel.mean_score for total in matrix.totals] == [73, 71]
    assert matrix.rows[0].cells[1].anchor == "verdict-builder--streamlit"


def test_a_verdict_that_is_not_given_is_an_empty_cell_and_splits_nothing():
    matrix = panel_matrix(tools=[unsaved_tool("A", "ship 80"), unsaved_tool("B")], reviewers=REVIEWERS)
    assert cell_words(matrix.rows[0].cells[1]) == "not judged yet"
    assert matrix.split_rows == ()
    assert ships_words(matrix.totals[1]) == "No verdicts yet"


def test_a_row_is_plotted_by_the_scores_that_are_known():
    matrix = panel_matrix(tools=[GRADIO, STREAMLIT], reviewers=REVIEWERS)
    assert plot_words(matrix.rows[1]) == "Scores of the Skeptic: Gradio 73"
    assert matrix.has_scores
    without = panel_matrix(tools=[unsaved_tool("A", "ship, skip")], reviewers=REVIEWERS)
    assert (without.has_scores, plot_words(without.rows[0])) == (False, "")


@pytest.mark.parametrize(
    ("panels", "words"),
    [
        (
            ("ship, ship, ship, skip", "ship, ship, skip, ship"),
            "Level, 3 of 4 each: the Futurist would skip B, the Founder would skip A",
        ),
        (
            ("ship, ship, ship, ship", "ship, ship, ship, ship"),
            "Level, 4 of 4 each: nobody would skip either",
        ),
        (
            ("ship, ship, ship, skip", "ship, ship, ship, skip"),
            "Level, 3 of 4 each: the Founder would skip both",
        ),
        (
            ("ship, ship, ship", "ship, ship, ship, ship"),
            "Level: 3 of 3 ship A, 4 of 4 ship B; nobody would skip either",
        ),
        (("ship, ship, ship, ship", "ship, ship, skip, ship"), "A: 4 of 4 ship it"),
        (
            ("ship 80, ship 70", "ship 86, ship 85"),
            "B, by its scores: 2 of 2 ship each, and their mean score is 86 against 75",
        ),
        (("ship, skip, skip", "skip, skip, skip"), "A: only 1 of 3 ship it"),
        (("skip 20", "skip 60"), "Nobody on the panel ships either"),
        (("ship 80", ""), "Too early to say: the panel has not judged B"),
        (
            ("ship 80, ship 80, ship", "ship 86, ship 85, ship 10"),
            "B, by its scores: 3 of 3 ship each, and with the Builder and the Skeptic their mean score "
            "is 86 against 80",
        ),
        (("ship", "ship", "skip"), "A and B are level, 1 of 1 each: the Builder would skip C"),
    ],
)
def test_the_headline_says_how_it_stands(panels, words):
    tools = [unsaved_tool(name, panel) for name, panel in zip("ABC", panels, strict=False)]
    assert headline_words(headline_of(*tools)) == words


def test_different_jobs_have_no_leader():
    told = headline_of(GRADIO, unsaved_tool("B", "skip, skip, skip, skip"), is_fair=False)
    assert headline_words(told) == "These do different jobs"
    assert (told.outcome, told.leader) == (Outcome.DIFFERENT_JOBS, None)


def test_the_leader_comes_first_and_the_others_are_told_by_their_share():
    tools = [
        unsaved_tool("Chroma", "ship, skip, ship, skip"),
        unsaved_tool("Milvus", "skip, ship, ship, ship"),
        unsaved_tool("pgvector", "ship, ship, ship, ship"),
        unsaved_tool("Qdrant", "ship, skip, ship, ship"),
    ]
    told = headline_of(*tools)
    assert headline_words(told) == "pgvector: 4 of 4 ship it"
    assert [total.tool.name for total in told.totals] == ["pgvector", "Chroma", "Milvus", "Qdrant"]
    assert others_words(told) == "Milvus and Qdrant 3 of 4, Chroma 2 of 4"
    assert differences_words(told) == (
        "the Builder would skip Milvus, the Skeptic would "
        "skip Chroma and Qdrant, the Founder would skip Chroma"
    )
    assert difference_words(told.differences[2]) == (
        "ships Milvus (score not known), pgvector (score not known) and Qdrant (score not known) "
        "and skips Chroma (score not known)"
    )


def test_they_split_names_every_reviewer_with_direction_and_scores():
    assert they_split_words(headline_of(GRADIO, STREAMLIT)) == (
        "They split: the Futurist ships Gradio (80) and skips Streamlit (45), "
        "the Founder ships Streamlit (85) and skips Gradio (52)."
    )


def test_a_panel_without_splits_agrees():
    assert they_split_words(
        headline_of(unsaved_tool("A", "ship 90, skip 10"), unsaved_tool("B", "ship 10, skip 5"))
    ) == ("They agree: no reviewer ships one and skips the other.")
    told = they_split_words(headline_of(unsaved_tool("A", "ship 90"), unsaved_tool("B")))
    assert told == "The panel has not judged B yet."


def test_the_headline_has_the_day_of_the_newest_verdict():
    older = unsaved_tool("Old", "ship", reviewed_on=date(2026, 3, 1))
    assert headline_of(GRADIO, older).judged_on == date(2026, 6, 1)
    assert headline_of(unsaved_tool("A"), unsaved_tool("B")).judged_on is None


@pytest.mark.parametrize(
    ("kind", "tool", "words"),
    [
        (
            Unknown.UNCHECKED,
            unsaved_tool("A", WHOLE, facts_checked_on=None),
            "A: sample entry, nothing here has been checked.",
        ),
        (Unknown.MISSING, unsaved_tool("A", "ship 1, ship 1, ship 1"), "1 verdict is still to come on A."),
        (Unknown.MISSING, unsaved_tool("A"), "4 verdicts are still to come on A."),
        (Unknown.UNSCORED, unsaved_tool("A", "ship, ship 1, ship, ship 1"), "2 scores of A are not known."),
        (
            Unknown.OLD,
            unsaved_tool("A", WHOLE, reviewed_on=date(2025, 12, 1)),
            "The oldest verdict on A is 191 days old.",
        ),
    ],
)
def test_unknown_facts_are_named(kind, tool, words):
    told = headline_of(tool, GRADIO)
    assert words in [caveat_words(caveat) for caveat in told.caveats if caveat.kind == kind]


def test_a_pair_of_which_everything_is_known_has_no_caveat():
    assert headline_of(GRADIO, unsaved_tool("B", WHOLE)).caveats == ()


def test_marks_stand_in_panel_order_with_the_reviewers_initial():
    [summary] = summarise_tools([unsaved_tool("A", "skip, ship, -, ship")])
    assert [(mark.reviewer.initial, mark.is_ship) for mark in summary.marks] == [
        ("B", False),
        ("S", True),
        ("F", True),
    ]
