"""Your panel on the comparison page: a shareable address, a swapped section, errors at the field."""

import re

import pytest

from tests.factories import make_panel, make_tool
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db
URL = "/compare/code-llama-4-vs-mistral-3b/"


def test_the_address_holds_the_weights(client, catalogue):
    response = client.get(URL + "?builder=3&skeptic=1&futurist=0&founder=2")
    assert_in_order(
        text_of(response),
        "Your panel",
        "Mistral 3B leads",
        "Code Llama 4: 67% ship, mean of its known scores 73",
        "Mistral 3B: 100% ship, mean of its known scores 82",
    )
    html = response.content.decode()
    assert re.search(r'name="builder"[^>]*value="3"', html)
    assert re.search(r'name="futurist"[^>]*value="0"', html)
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{URL}">' in html


def test_a_part_is_the_result_alone_and_shows_the_address_of_the_page(client, catalogue):
    response = client.get(URL + "?part=your_panel&founder=0")
    assert response.content.decode().strip().startswith('<div class="weighed" id="your-panel-result"')
    assert response["HX-Replace-Url"] == URL + "?founder=0"
    assert b"<html" in client.get(URL + "?founder=0", headers={"hx-request": "true"}).content


@pytest.mark.parametrize("weight", ["-1", "99", "much", "1.5", "٣٣", "9" * 5000])
def test_a_wrong_weight_is_reported_at_its_field_and_the_page_still_shows(client, catalogue, weight):
    response = client.get(URL, {"founder": weight})
    text = text_of(response)
    assert response.status_code == 422
    assert "A weight is a whole number from 0 to 3. You sent “" in text
    assert "Reviewer scorecard" in text
    assert 'aria-describedby="id_founder-error"' in response.content.decode()


def test_all_weights_zero_asks_for_one(client, catalogue):
    text = text_of(client.get(URL + "?builder=0&skeptic=0&futurist=0&founder=0"))
    assert "Give at least one reviewer a weight." in text


def test_a_flip_is_explained(client):
    make_tool("Alpha", "ship 95, ship 50, ship 99")
    make_tool("Beta", "ship 75, ship 90, ship")
    text = text_of(client.get("/compare/alpha-vs-beta/?skeptic=0"))
    assert "Without the Skeptic, Alpha leads; with equal weights, Beta does." in text
    text = text_of(client.get("/compare/alpha-vs-beta/?builder=3"))
    assert_in_order(
        text,
        "Beta, by its scores: 3 of 3 ship each, and with the Builder and the Skeptic their mean score "
        "is 83 against 73.",
        "Alpha leads with these weights: between equal shares, ",
        "the Builder and the Skeptic, who scored both, give Alpha 84 and Beta 79 on average.",
        "The Builder's weight makes the difference: with equal weights, Beta leads.",
    )


def test_a_panel_that_is_level_is_said(client):
    make_tool("Alpha", "ship 84")
    make_tool("Beta", "ship 80")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert_in_order(
        text,
        "Level, 1 of 1 each: nobody would skip either.",
        "Nobody leads with these weights: your panel is level.",
    )


def test_a_deal_breaker_marks_and_does_not_hide(client, catalogue):
    text = text_of(client.get(URL + "?open=yes&no_skip=founder&free=yes"))
    assert_in_order(
        text,
        "Mistral 3B leads",
        "Code Llama 4: 75% ship",
        "Out for you: its licence is not open source (Llama 4 community license); the Founder skips it",
    )
    assert "Mistral 3B: 100% ship" in text


def test_an_unknown_reviewer_in_a_deal_breaker_is_reported(client, catalogue):
    assert "There is no such reviewer." in text_of(client.get(URL + "?no_skip=stranger"))


def test_your_panel_ignores_other_parameters(client, catalogue):
    assert client.get(URL + "?utm_source=x&page=2").status_code == 200


def test_weights_cost_no_query(client, catalogue, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(URL + "?builder=3&free=yes")


def test_a_fifth_reviewer_gets_a_slider(client):
    from reviews.models import Reviewer

    make_panel()
    Reviewer.objects.create(
        name="Librarian", slug="librarian", position=5, motto="Quiet.", lens="Is it catalogued?"
    )
    make_tool("Alpha", "ship")
    make_tool("Beta", "ship")
    assert 'name="librarian"' in client.get("/compare/alpha-vs-beta/").content.decode()
