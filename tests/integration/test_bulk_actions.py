"""Actions on the ticked tools of the list: what is said before, who may, and one history entry per row."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from reviews.models import DeskMember, Fact, Revision, Tool
from tests.accounts import make_editor
from tests.conftest import SAME_ORIGIN
from tests.factories import make_attribute, make_category, make_fact, make_panel, make_tool

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/tool/"
PANEL = "ship 84, skip 40, ship, ship"


def plain(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def ticked(client, act, *tools):
    return client.post(LIST, {"action": act, "_selected_action": [tool.pk for tool in tools]})


def hidden(response):
    html = response.content.decode()
    found = re.findall(r'<input\s+type="hidden"\s+name="(tools|shown)"\s+value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}


def confirmed(client, act, *tools, **chosen):
    """Tick the tools, choose, and confirm what the page showed."""
    page = ticked(client, act, *tools)
    if chosen:
        page = client.post(f"{LIST}bulk/{act}/", hidden(page) | chosen)
    return client.post(f"{LIST}bulk/{act}/", hidden(page) | chosen | {"confirm": "1"}, follow=True)


def member(group, reviewer=None):
    user = make_editor(f"of-{group.split()[0].lower()[:8]}")
    user.groups.add(Group.objects.get(name=group))
    if reviewer:
        DeskMember.objects.create(user=user, reviewer=reviewer)
    client = Client(headers=SAME_ORIGIN)
    client.force_login(user)
    return client


def draft(name, panel=PANEL, **fields):
    return make_tool(name, panel, **({"status": "draft", "published_at": None} | fields))


def test_publishing_names_each_tool_and_why_some_stay_and_writes_nothing_yet(admin_client):
    tools = [draft("Whole"), draft("Part", "ship, -, ship, -"), make_tool("Public", PANEL)]
    page = plain(ticked(admin_client, "publish", *tools))
    assert "1 of 3 will be published; the others stay as they are, and say why." in page
    assert "Whole Draft, Workshop Readers see it at once." in page
    assert "Part Draft, Workshop Stays: there is no verdict by the Skeptic and the Founder." in page
    assert "Public Published, Workshop Stays: it is published already." in page
    assert not Revision.objects.exists()


def test_what_can_be_published_is_with_one_history_entry_and_the_rest_is_named(admin_client):
    whole = draft("Whole")
    page = plain(confirmed(admin_client, "publish", whole, draft("Part", "ship, -, ship, -")))
    assert "1 tool was published." in page
    assert "Part: Stays: there is no verdict by the Skeptic and the Founder." in page
    assert dict(Tool.objects.values_list("name", "status")) == {"Whole": "published", "Part": "draft"}
    change = Revision.objects.get(action="changed")
    assert (change.object_id, change.editor, sorted(change.changes)) == (
        whole.pk,
        "admin",
        ["published_at", "status"],
    )
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(whole.pk)]
    whole.refresh_from_db()
    assert whole.published_at.second == 0
    assert whole.had_readers


def test_an_incomplete_tool_is_published_when_that_is_ticked_and_shown(admin_client):
    part = draft("Part", "ship, -, ship, -")
    confirmed(admin_client, "publish", part, may_be_incomplete="on")
    part.refresh_from_db()
    assert part.status == "published"


def test_what_was_not_shown_is_not_done(admin_client):
    part = draft("Part", "ship, -, ship, -")
    shown = hidden(ticked(admin_client, "publish", part))
    data = shown | {"may_be_incomplete": "on", "confirm": "1"}
    page = plain(admin_client.post(f"{LIST}bulk/publish/", data))
    assert "Nothing was changed: you chose something else." in page
    part.refresh_from_db()
    assert part.status == "draft"


def moment_of(moment):
    local = timezone.localtime(moment)
    return {"moment_0": f"{local:%Y-%m-%d}", "moment_1": f"{local:%H:%M}"}


def test_tools_are_scheduled_for_a_moment_to_come_and_public_ones_stay(admin_client):
    tool = draft("Draft")
    public = make_tool("Public", PANEL)
    moment = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    page = plain(confirmed(admin_client, "schedule", tool, public, **moment_of(moment)))
    assert "1 tool was scheduled." in page
    assert "Public: Stays: readers know its page, which would be gone until then." in page
    tool.refresh_from_db()
    assert (tool.status, tool.published_at) == ("published", moment)
    assert tool.is_scheduled


def test_a_moment_that_is_past_is_refused_and_stays_in_the_field(admin_client):
    tool = draft("Draft")
    past = moment_of(timezone.now() - timedelta(days=1))
    response = admin_client.post(f"{LIST}bulk/schedule/", {"tools": str(tool.pk), "confirm": "1", **past})
    assert response.status_code == 422
    assert "Choose a moment to come" in plain(response)
    assert past["moment_0"] in response.content.decode()


def test_published_tools_are_retired_and_drafts_stay(admin_client):
    public = make_tool("Public", PANEL)
    page = plain(confirmed(admin_client, "retire", public, draft("Draft")))
    assert "1 tool was retired." in page
    assert "Draft: Stays: it is a draft, so that nobody sees it anyway." in page
    public.refresh_from_db()
    assert public.status == "retired"


def test_a_move_to_another_category_names_the_facts_that_only_the_history_keeps(admin_client):
    make_attribute("vram", label="Memory")
    tool = make_tool("Alpha")
    make_fact(tool, "vram", "24 GB")
    kitchen = make_category("Kitchen")
    there = make_tool("There", category=kitchen)
    page = ticked(admin_client, "category", tool, there)
    assert "What happens" not in plain(page)  # first a category is to be chosen
    page = plain(admin_client.post(f"{LIST}bulk/category/", hidden(page) | {"category": kitchen.pk}))
    assert "Goes from Workshop to Kitchen. Only the history keeps" in page
    assert "“Memory” (24 GB)" in page
    assert "Stays: it is in Kitchen already." in page
    confirmed(admin_client, "category", tool, there, category=kitchen.pk)
    tool.refresh_from_db()
    assert tool.category == kitchen
    assert not Fact.objects.filter(tool=tool, attribute__key="vram").exists()
    assert Revision.objects.filter(model="reviews.tool", action="changed").count() == 1


def test_facts_are_looked_at_today_one_history_entry_each_and_only_those_with_a_source(admin_client):
    today = timezone.localdate()
    old = today - timedelta(days=100)
    tool = make_tool("Alpha", licence="MIT", maker="", facts_checked_on=old)
    bare = make_tool("Bare", facts_checked_on=None)
    page = plain(confirmed(admin_client, "looked-at", tool, bare))
    assert "The facts of 1 tool were looked at today." in page
    assert "Bare: Stays: no fact names a source that was not looked at today." in page
    known = Fact.objects.filter(tool=tool).known()
    assert {fact.looked_at_on for fact in known} == {today}
    assert Revision.objects.filter(model="reviews.fact", action="changed").count() == known.count()
    assert "Stays" in plain(ticked(admin_client, "looked-at", tool))


def test_the_reviewers_desk_neither_publishes_nor_touches_what_readers_see():
    client = member("Reviewer's desk")
    own = draft("Draft")
    public = make_tool("Public")
    html = client.get(LIST).content.decode()
    assert 'value="category"' in html
    assert 'value="publish"' not in html
    assert client.post(f"{LIST}bulk/publish/", {"tools": str(own.pk), "confirm": "1"}).status_code == 403
    kitchen = make_category("Kitchen")
    page = plain(confirmed(client, "category", own, public, category=kitchen.pk))
    assert "Public: Stays: you may not change a tool that readers see." in page
    assert list(Tool.objects.filter(category=kitchen)) == [own]


def test_who_writes_for_one_reviewer_has_none_of_the_actions():
    client = member("Publisher", reviewer=make_panel()[0])
    tool = draft("Draft")
    for act in ("publish", "schedule", "retire", "category", "looked-at"):
        assert client.post(f"{LIST}bulk/{act}/", {"tools": str(tool.pk)}).status_code == 403
    assert not Revision.objects.exists()


def test_tools_gone_by_then_too_many_and_what_is_no_key_change_nothing(admin_client):
    page = admin_client.post(f"{LIST}bulk/retire/", {"tools": "999999,x,-1,²", "confirm": "1"}, follow=True)
    assert page.status_code == 200
    many = ",".join(map(str, range(1, 202)))
    page = plain(admin_client.post(f"{LIST}bulk/retire/", {"tools": many}, follow=True))
    assert "At most 200 tools at a time: 201 were chosen." in page
    assert admin_client.get(f"{LIST}bulk/retire/").status_code == 405
    assert not Revision.objects.exists()


@pytest.mark.parametrize("status", ["waiting", "approved"])
def test_what_waits_or_is_approved_is_published_by_the_same_steps_as_on_its_page(admin_client, status):
    tool = draft("Alpha", status=status)
    page = plain(confirmed(admin_client, "publish", tool))
    assert "1 tool was published." in page
    tool.refresh_from_db()
    assert tool.stage == "published"


def test_a_retired_tool_is_brought_back_with_its_first_moment(admin_client):
    tool = make_tool("Alpha", PANEL, status="retired")
    moment = tool.published_at
    confirmed(admin_client, "publish", tool)
    tool.refresh_from_db()
    assert (tool.stage, tool.published_at) == ("published", moment)
