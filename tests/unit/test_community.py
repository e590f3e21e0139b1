"""Counting votes and comparing them with the panel."""

import pytest

from comparisons.discovery.community_rating import community_rating
from comparisons.templatetags.wording import community_words, crowd_words
from reviews.services.counting.community import CommunitySummary, crowd_lead
from reviews.services.panel import PanelSummary


@pytest.mark.parametrize(
    ("ships", "skips", "networks", "words"),
    [
        (0, 0, 0, "No community votes yet"),
        (1, 0, 1, "1 vote, too few for a percentage"),
        (2, 1, 3, "3 votes, too few for a percentage"),
        (9, 0, 9, "9 votes, too few for a percentage"),
        (588, 2, 5, "590 votes from 5 networks, too few networks for a percentage"),
        (29, 1, 1, "30 votes from 1 network, too few networks for a percentage"),
        (8, 2, 10, "80% · 8 ship / 2 skip"),
        (8, 4, 10, "67% · 8 ship / 4 skip"),
        (123456, 234567, 99999, "34% · 123,456 ship / 234,567 skip"),
        (10, 6, 16, "63% · 10 ship / 6 skip"),
        (0, 17, 17, "0% · 0 ship / 17 skip"),
        (399, 1, 400, "99% · 399 ship / 1 skip"),
        (1, 399, 400, "1% · 1 ship / 399 skip"),
    ],
)
def test_the_words_of_a_count(ships, skips, networks, words):
    assert community_words(CommunitySummary(ships=ships, skips=skips, networks=networks)) == words


def test_search_engines_are_told_the_same_share():
    rating = community_rating(CommunitySummary(ships=399, skips=1, networks=400))
    assert rating["aggregateRating"]["ratingValue"] == 99


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
    assert (
        crowd_lead(
            panel=summary, community=CommunitySummary(ships=ships, skips=skips, networks=ships + skips)
        )
        == lead
    )


def test_the_disagreement_in_words():
    assert crowd_words(25) == "The crowd is 25 percentage points keener than the panel."
    assert crowd_words(-27) == "The crowd is 27 percentage points less keen than the panel."


@pytest.mark.parametrize(
    ("said", "counted", "is_first", "seen"),
    [
        ("skip", "", True, (4, 2, 6)),  # a new vote that waits
        ("skip", "", False, (4, 2, 5)),  # one that is not its network's first
        ("skip", "ship", True, (3, 2, 5)),  # a change that waits
        ("", "ship", True, (3, 1, 4)),  # a withdrawal that waits
        ("ship", "ship", True, (4, 1, 5)),  # a vote that counts
        ("", "", True, (4, 1, 5)),  # a withdrawal that counts
    ],
)
def test_what_waits_is_laid_over_the_count_for_its_own_voter(said, counted, is_first, seen):
    count = CommunitySummary(ships=4, skips=1, networks=5).with_own(
        said=said, counted=counted, is_first=is_first
    )
    assert (count.ships, count.skips, count.networks) == seen
