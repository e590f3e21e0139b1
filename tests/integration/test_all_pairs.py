"""The rules of the answer, over every pair of the sample and over sets of three and four: no exception."""

import random
from itertools import chain, combinations

import pytest

from comparisons.models import Relation
from comparisons.services.compare.fact_rows import FactRow
from comparisons.services.compare.reasons import MOST_LINES, BestFor, ByReviewer, NotIf
from comparisons.services.compare.your_panel import DealBreakers, your_panel
from comparisons.templatetags.answer_wording import reason_words
from comparisons.templatetags.fact_wording import fact_words
from comparisons.templatetags.headline_wording import headline_words, they_split_words
from comparisons.templatetags.wording import value_words
from tests.answers import Answered, Answers, line

pytestmark = pytest.mark.django_db

LOPSIDED = (
    {"builder": 3},
    {"skeptic": 3, "founder": 0},
    {"futurist": 2, "builder": 0},
    {"founder": 3, "skeptic": 0},
)


_kept: dict[str, list[Answered]] = {}
"""Answers are plain values, and thousands of them: each run makes them once."""
_answers = Answers()


@pytest.fixture
def answers(catalogue) -> Answers:
    return _answers


@pytest.fixture
def pairs(answers) -> list[Answered]:
    if "pairs" not in _kept:
        _kept["pairs"] = [answers.of(pair) for pair in combinations(answers.tools, 2)]
    assert len(_kept["pairs"]) >= 1035
    return _kept["pairs"]


@pytest.fixture
def sets(answers) -> list[Answered]:
    """Three and four tools: all of one category, and four hundred drawn ones."""
    if "sets" in _kept:
        return _kept["sets"]
    draw = random.Random(13)
    slugs = list(answers.tools)
    by_category: dict[int, list[str]] = {}
    for tool in answers.tools.values():
        by_category.setdefault(tool.category_id, []).append(tool.slug)
    chosen: list[tuple[str, ...]] = []
    for size in (3, 4):
        for members in by_category.values():
            chosen += combinations(members, size)
        chosen += [tuple(draw.sample(slugs, size)) for _ in range(200)]
    assert len(chosen) > 450
    _kept["sets"] = [answers.of(some) for some in chosen]
    return _kept["sets"]


def lines(answered: Answered) -> list:
    return list(
        chain.from_iterable([(pick, reason) for reason in pick.reasons] for pick in answered.answer.picks)
    )


def names(answered: Answered) -> str:
    return " vs ".join(tool.slug for tool in answered.tools)


def test_a_skip_is_never_a_reason_to_pick(pairs, sets):
    def is_a_skip(pick, reason):
        return isinstance(reason, ByReviewer) and not (reason.verdict.is_ship and reason.tool == pick.tool)

    assert [
        names(each)
        for each in (*pairs, *sets)
        if any(is_a_skip(pick, reason) for pick, reason in lines(each))
    ] == []


def test_a_reviewer_who_skips_all_stands_under_neither_alone(pairs, sets):
    count = 0
    for each in (*pairs, *sets):
        under_neither = {reason.row for reason in each.answer.neither}
        skips_all = {
            row.reviewer.slug for row in each.matrix.rows if {cell.decision for cell in row.cells} == {"skip"}
        }
        assert under_neither == skips_all, names(each)
        assert not under_neither & {reason.row for _, reason in lines(each)}, names(each)
        count += len(skips_all)
    assert count > 100, "the sample has too few to prove anything"


def test_best_for_comes_first_and_not_if_last_for_every_tool(pairs, sets):
    for each in (*pairs, *sets):
        assert {pick.tool for pick in each.answer.picks} == set(each.tools)
        for pick in each.answer.picks:
            first, *between, last = pick.reasons
            assert isinstance(first, BestFor), names(each)
            assert isinstance(last, NotIf), names(each)
            assert not [reason for reason in between if isinstance(reason, BestFor | NotIf)], names(each)
            assert len(pick.reasons) <= MOST_LINES, names(each)


def test_kind_is_never_a_reason_and_nothing_is_forced_into_a_need(pairs, sets):
    for each in (*pairs, *sets):
        for _, reason in lines(each):
            assert reason.row != "kind", names(each)
            assert "you need something for" not in reason_words(reason), names(each)


def test_different_jobs_have_no_winner_anywhere(answers, pairs, sets):
    count = 0
    for each in (*pairs, *sets):
        if each.question.is_fair:
            continue
        count += 1
        assert headline_words(each.headline) == "These do different jobs"
        assert each.answer.standing.leader is None
        assert [pick.tool for pick in each.answer.picks] == list(each.tools), "nobody comes first"
        assert not any(pick.is_leader for pick in each.answer.picks)
        assert all(isinstance(reason, BestFor | NotIf) for _, reason in lines(each)), names(each)
        assert all(reason.less_bad is None for reason in each.answer.neither), names(each)
        for weights in ({}, *LOPSIDED):
            your = your_panel(
                tools=each.tools,
                reviewers=answers.reviewers,
                weights=weights,
                deal_breakers=DealBreakers(),
                is_fair=each.question.is_fair,
            )
            assert (your.leader, your.usual_leader) == (None, None), names(each)
    assert count > 400


def test_another_category_means_different_jobs_unless_an_editor_says_otherwise(answers, pairs):
    for each in pairs:
        one, other = each.tools
        curated = answers.curated.get(frozenset((one.pk, other.pk)))
        if curated:
            assert each.question.relation == curated.relation
        elif one.category_id != other.category_id:
            assert each.question.relation == Relation.DIFFERENT, names(each)


@pytest.mark.slow
def test_three_or_four_tools_are_as_comparable_as_the_least_comparable_two(answers, sets):
    for each in sets:
        are_fair = [answers.of([a.slug, b.slug]).question.is_fair for a, b in combinations(each.tools, 2)]
        assert each.question.is_fair == all(are_fair), names(each)


def test_a_reviewers_line_stands_under_its_best_tool_or_best_two(pairs, sets):
    for each in (*pairs, *sets):
        for row in each.matrix.rows:
            found = [
                reason
                for _, reason in lines(each)
                if isinstance(reason, ByReviewer) and reason.row == row.reviewer.slug
            ]
            assert len(found) <= min(2, len(each.tools) - 1), names(each)
            scores = [cell.score for cell in row.cells if cell.decision == "ship" and cell.score is not None]
            for reason in found:
                assert reason.verdict.score is None or reason.verdict.score > max(scores) - 5, names(each)
                if reason.beside:
                    order = ("ahead of", "behind", "level with", "beside")
                    assert any(f"{word} {reason.beside.tool.name}" in line(reason) for word in order), names(
                        each
                    )


def test_a_row_is_marked_as_differing_only_where_its_cells_print_differently(pairs, sets):
    for each in (*pairs, *sets):
        for row in (*each.page.differing, *each.page.same):
            is_marked = row in each.page.differing
            if isinstance(row, FactRow):
                printed = {fact_words(cell.fact) for cell in row.cells}
            else:
                printed = {value_words(row, value) for _, value in row.cells}
            assert is_marked == (len(printed) > 1), (
                names(each),
                row.key,
            )


def test_the_matrix_stands_in_panel_order(pairs, sets):
    for each in (*pairs, *sets):
        assert [row.reviewer.position for row in each.matrix.rows] == [1, 2, 3, 4]
        assert all([cell.tool for cell in row.cells] == list(each.tools) for row in each.matrix.rows)


def test_they_split_names_every_reviewer_with_direction_and_both_scores(pairs):
    for each in pairs:
        words = they_split_words(each.headline)
        is_anybody = False
        for row in each.matrix.rows:
            decisions = {cell.decision: cell for cell in row.cells}
            if len(decisions) == 2:
                is_anybody = True
                ship, skip = (
                    f"{cell.tool.name} ({'score not known' if cell.score is None else cell.score})"
                    for cell in (decisions["ship"], decisions["skip"])
                )
                assert f"the {row.reviewer.name} ships {ship} and skips {skip}" in words, names(each)
            else:
                assert f"the {row.reviewer.name} " not in words, names(each)
        assert is_anybody == words.startswith("They split: "), names(each)
        assert is_anybody or words == "They agree: no reviewer ships one and skips the other.", names(each)


def test_a_reviewers_line_is_the_verdicts_own_phrase_and_no_phrase_stands_for_two_verdicts(pairs, sets):
    phrases: dict[str, int] = {}
    for each in (*pairs, *sets):
        for _, reason in lines(each):
            if isinstance(reason, ByReviewer):
                assert reason_words(reason) == reason.verdict.pick_if != "", names(each)
                assert phrases.setdefault(reason.verdict.pick_if, reason.verdict.pk) == reason.verdict.pk
    assert len(phrases) > 50


def test_who_leads_comes_first_and_has_the_largest_share(pairs, sets):
    count = 0
    for each in (*pairs, *sets):
        if leader := each.answer.standing.leader:
            count += 1
            assert each.answer.picks[0].tool == each.headline.totals[0].tool == leader
            shares = {total.tool: total.panel.ship_percent for total in each.headline.totals}
            assert shares[leader] == max(shares.values()) > 0
            assert headline_words(each.headline).startswith(leader.name)
    assert count > 50
