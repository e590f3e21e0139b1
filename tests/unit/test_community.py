"""Counting votes and putting them beside the panel, with plain values."""

import pytest

from comparisons.templatetags.wording import community_words, crowd_words
from reviews.services.counting.community import CommunitySummary, crowd_lead
from reviews.services.panel import PanelSummary


@pytest.mark.parametrize(
    ("ships", "skips", "words"),
    [
        (0, 0, "No community votes yet"),
        (1, 0, "1 vote, too few for a percentage"),
        (2, 1, "3 votes, too few for a percentage"),
        (4, 0, "4 votes, too few for a percentage"),
        (4, 1, "80% · 4 ship / 1 skip"),
        (4, 2, "67% · 4 ship / 2 skip"),
        (123456, 234567, "34% · 123,456 ship / 234,567 skip"),
        (5, 3, "63% · 5 ship / 3 skip"),
        (0, 7, "0% · 0 ship / 7 skip"),
    ],
)
def test_the_words_of_a_count(ships, skips, words):
    assert community_words(CommunitySummary(ships=ships, skips=skips)) == words


@pytest.mark.parametrize(
    ("panel", "ships", "skips", "lead"),
    [
        ((3, 1), 19, 0, None),  # too few votes to disagree
        ((3, 1), 20, 0, 25),
        ((4, 0), 15, 5, -25),
        ((4, 0), 16, 4, -20),
        ((4, 0), 17, 4, None),  # 81 %: less than 20 points apart
        ((0, 0), 30, 0, None),  # no panel to disagree with
    ],
)
def test_when_crowd_and_panel_disagree(panel, ships, skips, lead):
    summary = PanelSummary(ships=panel[0], skips=panel[1])
    assert crowd_lead(panel=summary, community=CommunitySummary(ships=ships, skips=skips)) == lead


def test_the_disagreement_in_words():
    assert crowd_words(25) == "The crowd is 25 percentage points keener than the panel."
    assert crowd_words(-27) == "The crowd is 27 percentage points less keen than the panel."


def test_a_held_vote_is_added_for_its_own_voter():
    assert CommunitySummary(ships=4, skips=1).with_own("skip") == CommunitySummary(ships=4, skips=2)
