"""`/methodology/` says what the rules do, with the figures that the rules use."""

import pytest

from reviews.models import Tool
from reviews.services.counting.community import FEWEST_TO_DISAGREE as VOTES_TO_DISAGREE
from reviews.services.panel import POINTS_THAT_COUNT
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("section", ["panel-ship", "scores", "reviewers", "split", "votes", "sample"])
def test_every_section_can_be_linked_to_and_is_in_the_contents(client, catalogue, section):
    html = client.get("/methodology/").content.decode()
    assert f'<h2 id="{section}">' in html
    assert f'<a href="#{section}">' in html


def test_its_figures_are_those_of_the_rules(client, catalogue):
    text = text_of(client.get("/methodology/"))
    assert f"lie at least {POINTS_THAT_COUNT} points apart" in text
    assert f"From {VOTES_TO_DISAGREE} votes on" in text


def test_the_reviewers_are_called_personas_and_each_is_linked(client, catalogue):
    response = client.get("/methodology/")
    assert "The reviewers are editorial personas, not people." in text_of(response)
    assert "nothing here is a customer's review" in text_of(response)
    for slug in ("builder", "skeptic", "futurist", "founder"):
        assert f'href="/reviewers/{slug}/"' in response.content.decode()


def test_the_sample_is_named_until_the_catalogue_is_ones_own(client, settings):
    assert "The sample catalogue" in text_of(client.get("/methodology/"))
    settings.SAMPLE_CATALOGUE = False
    assert "sample" not in text_of(client.get("/methodology/")).lower()


def test_the_entries_that_nobody_checked_are_named(client, catalogue):
    given = Tool.objects.exclude(pk__in=Tool.objects.checked()).order_by("name")
    given = given.values_list("name", flat=True)
    assert len(given) == 7
    text = text_of(client.get("/methodology/"))
    assert "Seven entries were given for the sample, and nothing in them was checked" in text
    assert_in_order(text, "Seven entries", *given, "The other tools are well known")


def test_every_page_leads_here(client, catalogue):
    for path in ("/", "/tools/", "/compare/code-llama-4-vs-mistral-3b/"):
        assert 'href="/methodology/"' in client.get(path).content.decode()
