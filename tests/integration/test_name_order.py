"""Names sort as people sort them, the same on both databases: without case and accents, and 4 before 10."""

import pytest

from reviews.models import Tool
from reviews.models.text_cleaning import sort_key
from tests.factories import make_tool

IN_ORDER = [
    "Ångström",
    "Apex",
    "école",
    "Edge",
    "Llama 4",
    "Llama 4 Scout",
    "llama 10",
    "Łuk",
    "Lumen",
    "Ølsen",
    "Zed",
]


def test_the_keys_sort_as_people_do():
    shuffled = IN_ORDER[::-1]
    assert sorted(shuffled, key=sort_key) == IN_ORDER
    assert sort_key("v2.10") > sort_key("v2.9")
    assert sort_key("007") == sort_key("7")


@pytest.mark.django_db
def test_lists_and_suggestions_have_the_names_in_order(client):
    for place, name in enumerate(reversed(IN_ORDER)):
        make_tool(name, slug=f"tool-{place}")
    assert [tool.name for tool in Tool.objects.all()] == IN_ORDER
    listed = [listed.summary.tool.name for listed in client.get("/tools/?sort=name").context["page"].items]
    assert listed == IN_ORDER


@pytest.mark.django_db
def test_a_new_name_has_a_new_place(client):
    tool = make_tool("Alpha")
    make_tool("Beta")
    tool.name = "Gamma"
    tool.save()
    assert [tool.name for tool in Tool.objects.all()] == ["Beta", "Gamma"]
    Tool.objects.filter(pk=tool.pk).update(name="Aaa")
    assert [tool.name for tool in Tool.objects.all()] == ["Aaa", "Beta"]
