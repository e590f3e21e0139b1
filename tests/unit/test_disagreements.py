"""Where crowd and panel lie apart, with plain values."""

from types import SimpleNamespace

from comparisons.services.rankings import disagreements
from reviews.services.judged import JudgedTool
from reviews.services.panel import PanelSummary


def tool(pk: int, ships: int, skips: int) -> JudgedTool:
    return JudgedTool(tool=SimpleNamespace(pk=pk), panel=PanelSummary(ships=ships, skips=skips))


def found(tools, votes, most=3):
    return [
        (each.judged.tool.pk, each.points, each.is_crowd_keener) for each in disagreements(tools=tools, votes=votes, most=most)
    ]


def test_the_widest_comes_first():
    assert found([tool(1, 3, 1), tool(2, 4, 0), tool(3, 0, 4)], {1: (5, 20), 2: (0, 25), 3: (10, 10)}) == [
        (2, 100, False),
        (1, 55, False),
        (3, 50, True),
    ]


def test_twenty_votes_are_needed_and_a_quarter_between_them():
    assert found([tool(1, 4, 0)], {1: (0, 19)}) == []
    assert found([tool(1, 4, 0)], {1: (0, 20)}) == [(1, 100, False)]
    assert found([tool(1, 3, 1)], {1: (51, 49)}) == []
    assert found([tool(1, 3, 1)], {1: (50, 50)}) == [(1, 25, False)]


def test_no_votes_and_no_verdicts_disagree_with_nobody():
    assert found([tool(1, 4, 0)], {}) == []
    assert found([tool(1, 0, 0)], {1: (0, 50)}) == []


def test_only_as_many_as_wanted():
    assert len(found([tool(pk, 4, 0) for pk in range(9)], dict.fromkeys(range(9), (0, 50)), most=2)) == 2
