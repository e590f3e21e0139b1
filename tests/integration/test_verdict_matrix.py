"""The verdict matrix at the desk: edited in place, one reason, a conflict per cell, nothing typed is lost."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from reviews.models import DeskMember, Reviewer, Revision, Tool, Verdict
from reviews.services.editing import history
from tests.accounts import make_editor
from tests.bulk_factories import make_varied_tools
from tests.conftest import SAME_ORIGIN
from tests.factories import make_category, make_panel, make_tool

pytestmark = pytest.mark.django_db

MATRIX = "/admin/verdict-matrix/"
PANEL = "ship 84, skip 40, ship, -"


@pytest.fixture
def tool():
    return make_tool("Alpha", PANEL)


def plain(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def fields_of(response):
    """Return what a browser would send of the page's cells."""
    html = response.content.decode()
    fields = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        if name and not re.search(r'type="(submit|search|checkbox)"', tag):
            value = re.search(r'value="([^"]*)"', tag)
            fields[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def cell(tool, slug):
    return f"{tool.pk}-{Reviewer.objects.get(slug=slug).pk}"


def verdict(tool, slug):
    return Verdict.objects.get(tool=tool, reviewer__slug=slug)


def send(client, page, **typed):
    """Send the page with what was typed into `decision__builder` and `score__builder` of Alpha."""
    return client.post(MATRIX, fields_of(page) | {"dated_today": "on"} | typed, follow=True)


def test_rows_are_tools_columns_reviewers_and_a_missing_verdict_cannot_be_typed(admin_client, tool):
    make_tool("Gone", PANEL, status="retired")
    page = admin_client.get(MATRIX)
    html = page.content.decode()
    assert re.findall(r'<th scope="col">(\w+)</th>', html) == [
        "Tool",
        "Builder",
        "Skeptic",
        "Futurist",
        "Founder",
    ]
    fields = fields_of(page)
    assert fields[f"decision-{cell(tool, 'skeptic')}"] == "skip"
    assert fields[f"score-{cell(tool, 'skeptic')}"] == "40"
    assert fields[f"score-{cell(tool, 'futurist')}"] == ""
    assert f"decision-{cell(tool, 'founder')}" not in fields
    assert "Gone" not in html


def test_changed_cells_are_saved_with_the_reason_and_todays_date_and_the_others_untouched(admin_client, tool):
    page = admin_client.get(MATRIX)
    typed = {
        f"score-{cell(tool, 'builder')}": "71",
        f"decision-{cell(tool, 'futurist')}": "skip",
        "reason": "The licence changed.",
    }
    assert "2 verdicts were changed." in plain(send(admin_client, page, **typed))
    assert (verdict(tool, "builder").decision, verdict(tool, "builder").score) == ("ship", 71)
    assert verdict(tool, "futurist").decision == "skip"
    assert verdict(tool, "builder").reviewed_on == timezone.localdate()
    changes = Revision.objects.filter(action="changed")
    assert {(change.editor, change.reason) for change in changes} == {("admin", "The licence changed.")}
    assert {change.object_id for change in changes} == {
        verdict(tool, "builder").pk,
        verdict(tool, "futurist").pk,
    }


def test_without_a_reason_nothing_is_saved_and_what_was_typed_stays(admin_client, tool):
    page = send(admin_client, admin_client.get(MATRIX), **{f"score-{cell(tool, 'builder')}": "71"})
    assert page.status_code == 422
    assert "Say why the decision or the score changed" in plain(page)
    assert fields_of(page)[f"score-{cell(tool, 'builder')}"] == "71"
    assert verdict(tool, "builder").score == 84


def test_no_reason_is_asked_for_while_nobody_has_seen_the_verdicts(admin_client, tool):
    Tool.objects.filter(pk=tool.pk).update(status="draft")
    page = admin_client.get(MATRIX)
    send(admin_client, page, **{f"score-{cell(tool, 'builder')}": "71"})
    assert tool.verdicts.get(reviewer__slug="builder").score == 71


@pytest.mark.parametrize("score", ["101", "-1", "8.5", "many", "²", "٤"])
def test_a_score_that_is_none_is_an_error_at_its_cell_and_nothing_else_is_saved(admin_client, tool, score):
    typed = {
        f"score-{cell(tool, 'builder')}": score,
        f"score-{cell(tool, 'skeptic')}": "30",
        "reason": "r",
    }
    page = send(admin_client, admin_client.get(MATRIX), **typed)
    assert page.status_code == 422
    fields = fields_of(page)
    assert fields[f"score-{cell(tool, 'builder')}"] == score
    assert fields[f"score-{cell(tool, 'skeptic')}"] == "30"
    assert fields["reason"] == "r"
    assert f'id="error-{cell(tool, "builder")}"' in page.content.decode()
    assert f'id="error-{cell(tool, "skeptic")}"' not in page.content.decode()
    assert verdict(tool, "skeptic").score == 40


def by_another(tool, slug, **values):
    row = verdict(tool, slug)
    for name, value in values.items():
        setattr(row, name, value)
    history.save(row=row, by="hedy", reason="Meanwhile.")


def test_a_cell_that_another_editor_changed_meanwhile_is_asked_about_and_saving_again_replaces_it(
    admin_client, tool
):
    page = admin_client.get(MATRIX)
    by_another(tool, "builder", score=20)
    typed = {f"score-{cell(tool, 'builder')}": "71", "reason": "r"}
    page = send(admin_client, page, **typed)
    assert page.status_code == 422
    assert "Stored by hedy" in plain(page)
    assert "ship 20. You typed: ship 71." in plain(page)
    assert verdict(tool, "builder").score == 20
    assert fields_of(page)[f"score-{cell(tool, 'builder')}"] == "71"
    send(admin_client, page)
    assert verdict(tool, "builder").score == 71


def test_what_another_editor_changed_and_i_did_not_touch_stays(admin_client, tool):
    page = admin_client.get(MATRIX)
    by_another(tool, "builder", score=90)
    send(admin_client, page, **{f"score-{cell(tool, 'skeptic')}": "30", "reason": "r"})
    assert verdict(tool, "builder").score == 90
    assert verdict(tool, "skeptic").score == 30


def test_a_verdict_deleted_meanwhile_is_named_with_what_was_typed(admin_client, tool):
    page = admin_client.get(MATRIX)
    verdict(tool, "builder").delete()
    page = send(admin_client, page, **{f"score-{cell(tool, 'builder')}": "71", "reason": "r"})
    assert "Somebody deleted this verdict meanwhile. You typed: ship 71." in plain(page)


def test_a_doubtful_score_stops_once_and_passes_the_second_time(admin_client, tool):
    typed = {f"score-{cell(tool, 'builder')}": "12", "reason": "r"}
    page = send(admin_client, admin_client.get(MATRIX), **typed)
    assert "A ship with a score of 12" in plain(page)
    assert verdict(tool, "builder").score == 84
    html = page.content.decode()
    seen = re.findall(r'name="warnings_seen" value="(\w+)"', html)
    again = fields_of(page) | {"dated_today": "on", "warnings_seen": seen}
    admin_client.post(MATRIX, again)
    assert verdict(tool, "builder").score == 12


def test_a_day_that_stays_as_it_was_is_asked_about(admin_client, tool):
    data = fields_of(admin_client.get(MATRIX)) | {f"score-{cell(tool, 'builder')}": "71", "reason": "r"}
    page = admin_client.post(MATRIX, data)
    assert page.context["result"].is_asked
    assert verdict(tool, "builder").score == 84


def test_an_editor_of_one_reviewer_edits_that_column_alone_until_the_tool_is_approved(tool):
    Tool.objects.update(status="draft")
    user = make_editor("ada")
    user.groups.add(Group.objects.get(name="Reviewer's desk"))
    DeskMember.objects.create(user=user, reviewer=make_panel()[1])
    client = Client(headers=SAME_ORIGIN)
    client.force_login(user)
    page = client.get(MATRIX)
    assert f"score-{cell(tool, 'skeptic')}" in fields_of(page)
    assert f"score-{cell(tool, 'builder')}" not in fields_of(page)
    name = cell(tool, "builder")
    crafted = {f"shown-{name}": "ship 84", f"decision-{name}": "skip", f"score-{name}": "1", "reason": "r"}
    assert client.post(MATRIX, fields_of(page) | crafted).status_code == 403
    assert verdict(tool, "builder").score == 84
    Tool.objects.update(status="approved")
    assert f"score-{cell(tool, 'skeptic')}" not in fields_of(client.get(MATRIX))


def test_one_category_is_shown_and_a_page_has_25_tools(admin_client):
    make_varied_tools(90)
    page = admin_client.get(f"{MATRIX}?category=garden&page=2")
    assert len(page.context["rows"]) == 5
    assert {row.tool.category for row in page.context["rows"]} == {make_category("Garden")}
    assert "category=garden&amp;page=1" in page.content.decode()
    assert len(admin_client.get(MATRIX).context["rows"]) == 25


def test_tools_that_are_no_longer_on_the_page_are_saved_all_the_same(admin_client, tool):
    page = admin_client.get(MATRIX)
    make_varied_tools(40)
    send(admin_client, page, **{f"score-{cell(tool, 'builder')}": "71", "reason": "r"})
    assert verdict(tool, "builder").score == 71
