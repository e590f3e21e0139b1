"""Two tools asked for in a question lead to their comparison; other questions are searched."""

import pytest

from tests.factories import make_comparison, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tools():
    qdrant = make_tool("Qdrant")
    make_comparison(qdrant, make_tool("pgvector"))
    make_tool("llama.cpp", slug="llama-cpp")
    make_tool("Research and Rescue")
    make_tool("Speech", tagline="Turns speech into text")


@pytest.mark.parametrize(
    "question",
    [
        "qdrant or pgvector",
        "Qdrant and pgvector",
        "qdrant, pgvector",
        "qdrant versus pgvector",
        "should I use Qdrant or pgvector?",
        "which is better, qdrant or pgvector?",
        "Best of qdrant, or pgvector",
    ],
)
def test_both_names_lead_to_the_comparison(client, question):
    response = client.get("/search/", {"q": question})
    assert (response.status_code, response.get("Location")) == (302, "/compare/qdrant-vs-pgvector/")


def test_three_names_with_commas_lead_to_three_tools(client):
    response = client.get("/search/", {"q": "qdrant, pgvector and llama.cpp"})
    assert response["Location"] == "/compare/llama-cpp-vs-pgvector-vs-qdrant/"


@pytest.mark.parametrize(
    "question",
    ["speech and text", "qdrant or something", "qdrant or qdrant", "or", ",", "and, or", "best, for"],
)
def test_what_does_not_name_two_tools_is_searched(client, question):
    assert client.get("/search/", {"q": question}).status_code == 200


def test_a_name_with_such_a_word_is_still_found(client):
    assert b"Research and Rescue" in client.get("/search/", {"q": "Research and Rescue"}).content


def test_words_that_carry_nothing_are_left_out_unless_there_are_no_others(client):
    make_tool("Best Tools")
    found = client.get("/search/", {"q": "which is the best tool for speech"}).context["results"].found
    assert [each.tool.name for each in found] == ["Speech"]
    assert b"Best Tools" in client.get("/search/", {"q": "best tools"}).content
