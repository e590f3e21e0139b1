"""The desk's list of tools: panel, what is missing, last change, search, and the ready-made lists."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from reviews.models import DeskMember, Verdict
from reviews.services.editing import history
from reviews.services.search.all_tools import ids_holding
from tests.accounts import make_editor
from tests.bulk_factories import make_varied_tools
from tests.conftest import SAME_ORIGIN
from tests.factories import make_category, make_panel, make_tool

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/tool/"
PANEL = "ship 84, skip 40, ship, ship"


def listed(client, query):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return {tool.name for tool in response.context["cl"].result_list}


def plain(html):
    return " ".join(strip_tags(html).split())


def row_of(client, name):
    html = client.get(LIST).content.decode()
    return next(row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if f">{name}</a>" in row)


def test_a_row_says_who_ships_who_skips_and_whose_verdict_is_missing(admin_client):
    make_tool("Alpha", "ship 84, skip, -, -")
    row = row_of(admin_client, "Alpha")
    titles = re.findall(r'class="square (\w+)"[^>]*?title="([^"]+)"', row, re.DOTALL)
    assert titles == [
        ("ship", "Builder: ship, 84"),
        ("skip", "Skeptic: skip"),
        ("none", "Futurist: no verdict yet"),
        ("none", "Founder: no verdict yet"),
    ]
    assert "Futurist, Founder" in plain(row)


def test_a_retired_tool_lacks_nothing(admin_client):
    make_panel()
    make_tool("Alpha", status="retired")
    assert re.search(r'field-missing">–</td>', row_of(admin_client, "Alpha"))


def test_a_row_says_when_it_was_last_changed_and_by_whom_verdicts_included(admin_client):
    make_tool("Alpha", PANEL)
    verdict = Verdict.objects.first()
    verdict.score = 12
    change = history.save(row=verdict, by="hedy", reason="r")
    row = plain(row_of(admin_client, "Alpha"))
    assert f"{change.at:%Y}" in row
    assert "by hedy" in row


@pytest.fixture
def draft():
    make_tool("Beta")
    tool = make_tool(
        "LLaMA Ångström", "ship, -, -, -", slug="llama-a", maker="Meta", status="draft",
        category=make_category("Glassworks"),
    )  # fmt: skip
    Verdict.objects.update(body="It refuses gracefully, and the ledger says so.")
    return tool


@pytest.mark.parametrize(
    "query",
    ["llama", "ama", "LLaMA", "ångström", "ANGSTROM", "llama-a", "meta", "glassworks", "ledger", "does what",
     "meta ledger", "gracef"],
)  # fmt: skip
def test_a_draft_is_found_by_anything_that_is_said_of_it(draft, query):
    assert ids_holding(query=query) == {draft.pk} or query == "does what"
    assert draft.pk in ids_holding(query=query)


def test_every_word_must_be_held(admin_client, draft):
    assert listed(admin_client, "q=meta+nowhere") == set()
    assert listed(admin_client, "q=meta+ledger") == {"LLaMA Ångström"}
    assert listed(admin_client, "q=%2B%2B%21") == set()
    assert listed(admin_client, "q=+") == {"Beta", "LLaMA Ångström"}


def test_a_list_of_those_with_one_verdict_missing(admin_client):
    make_tool("Whole", PANEL)
    make_tool("One", "ship, ship, -, ship")
    make_tool("Two", "-, ship, -, ship")
    make_tool("Gone", "ship, ship, -, ship", status="retired")
    assert listed(admin_client, "panel=one-missing") == {"One"}
    assert listed(admin_client, "panel=more-missing") == {"Two"}
    assert listed(admin_client, "panel=whole") == {"Whole"}


def test_mine_are_those_i_changed_and_another_editors_are_not(admin_client):
    for name, editor in (("Alpha", "admin"), ("Beta", "hedy")):
        tool = make_tool(name)
        tool.tagline = "Changed"
        history.save(row=tool, by=editor)
    assert listed(admin_client, "whose=mine") == {"Alpha"}


def test_the_ready_made_lists_stand_above_the_list(admin_client):
    make_panel()
    html = admin_client.get(f"{LIST}?panel=one-missing").content.decode()
    saved = re.search(r'<nav class="saved-lists".*?</nav>', html, re.DOTALL).group()
    assert plain(saved).split() == ["All", "Mine", "One", "verdict", "missing"]
    assert re.search(r'href="\?panel=one-missing" aria-current="page"', saved)


def test_an_editor_of_one_reviewer_is_led_to_what_that_reviewer_has_not_judged():
    user = make_editor("ada")
    user.groups.add(Group.objects.get(name="Reviewer's desk"))
    DeskMember.objects.create(user=user, reviewer=make_panel()[1])
    client = Client(headers=SAME_ORIGIN)
    client.force_login(user)
    html = client.get(LIST).content.decode()
    assert 'href="?lacks=skeptic"' in html
    assert "Without the Skeptic&#x27;s verdict" in html


def test_a_hundred_rows_cost_as_many_queries_as_three(admin_client):
    counts = []
    for upto in (3, 120):
        make_varied_tools(upto)
        with CaptureQueriesContext(connection) as asked:
            admin_client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 13
