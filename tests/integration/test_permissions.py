"""Who may do what at the desk: each role and each act, through the pages."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from comparisons.models import Comparison, ImportRun
from comparisons.newsletter.models import Draft
from reviews.models import Answer, DeskMember, Proposal, Revision, Status, Tool, Verdict, Vote, VoteBatch
from reviews.services.editing import history
from reviews.services.voting.recount import recount
from tests.conftest import SAME_ORIGIN
from tests.factories import make_category, make_comparison, make_panel, make_tool, paragraph
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db

ROLES = ("nobody", "visitor", "stranger", "builder", "bound", "desk", "publisher", "administrator")
PANEL = "ship 84, skip 40, ship, ship"
FACTS = {"kind": "model", "tagline": "What", "description": "What.", "facts-pricing-value": "Free"}


@pytest.fixture
def seat():
    """A browser for each role: nobody, a reader with an account, staff of no group, and the groups.

    Two write for the Builder alone: one of the Reviewer's desk (“builder”) and a Publisher (“bound”).
    """

    def sit(role: str) -> Client:
        client = Client(headers=SAME_ORIGIN)
        if role == "nobody":
            return client
        user = User.objects.create_user(role, password="x", is_staff=role != "visitor")
        groups = {
            "builder": "Reviewer's desk",
            "bound": "Publisher",
            "desk": "Reviewer's desk",
            "publisher": "Publisher",
        }
        if role == "administrator" or role in groups:
            user.groups.add(Group.objects.get(name=groups.get(role, "Administrator")))
        if role in ("builder", "bound"):
            DeskMember.objects.create(user=user, reviewer=make_panel()[0])
        client.force_login(user)
        return client

    return sit


def post(client, url, **changed):
    page = client.get(url)
    if page.status_code != 200 or "adminform" not in (page.context or {}):
        return
    client.post(url, form_of(page) | changed)


def tool_page(tool):
    return f"/admin/reviews/tool/{tool.pk}/change/"


def reads_the_list(client):
    make_tool("Alpha")
    return client.get("/admin/reviews/tool/").status_code == 200


def previews_a_draft(client):
    return client.get(f"/admin/preview/tools/{make_tool('Alpha', status='draft').pk}/").status_code == 200


def enters_a_draft(client):
    make_panel()
    facts = {**FACTS, "name": "New", "slug": "new", "category": make_category().pk}
    post(client, "/admin/reviews/tool/add/", **facts)
    return Tool.objects.filter(slug="new", status="draft").exists()


def edits_a_draft(client):
    tool = make_tool("Alpha", PANEL, status="draft", published_at=None)
    post(client, tool_page(tool), tagline="Edited")
    return Tool.objects.get().tagline == "Edited"


def edits_a_published_tool(client):
    tool = make_tool("Alpha", PANEL)
    post(client, tool_page(tool), tagline="Edited")
    return Tool.objects.get().tagline == "Edited"


def publishes(client):
    tool = make_tool("Alpha", PANEL, status="draft", published_at=None)
    client.post(f"/admin/reviews/tool/{tool.pk}/step/publish/", {"confirm": "yes"})
    return Tool.objects.get().status == Status.PUBLISHED


def publishes_by_hand_made_request(client):
    """Fields that a page does not offer are sent all the same."""
    tool = make_tool("Alpha", PANEL, status="draft", published_at=None)
    page = client.get(tool_page(tool))
    data = form_of(page) if page.status_code == 200 and "adminform" in (page.context or {}) else {}
    moment = {"published_at_0": "2026-01-01", "published_at_1": "00:00"}
    client.post(tool_page(tool), data | moment | {"status": "published", "_step": "publish"})
    return Tool.objects.get().status == Status.PUBLISHED


def takes(client, step, status, **data):
    tool = make_tool("Alpha", PANEL, status=status, published_at=None)
    client.post(f"/admin/reviews/tool/{tool.pk}/step/{step}/", data)
    return Tool.objects.get().status != status


def submits_a_draft(client):
    return takes(client, "submit", "draft")


def approves(client):
    return takes(client, "approve", "waiting")


def approves_on_the_tools_page(client):
    tool = make_tool("Alpha", PANEL, status="waiting", published_at=None)
    post(client, tool_page(tool), _step="approve")
    return Tool.objects.get().status == "approved"


def sends_back(client):
    return takes(client, "send-back", "waiting", word="Not yet.")


def schedules(client):
    return takes(client, "schedule", "approved", moment="2126-01-01T10:00")


def retires(client):
    tool = make_tool("Alpha", PANEL)
    client.post(f"/admin/reviews/tool/{tool.pk}/step/retire/", {"confirm": "yes"})
    return Tool.objects.get().status == Status.RETIRED


def writes(client, place, **fields):
    tool = make_tool("Alpha", PANEL, **fields)
    post(client, tool_page(tool), **{f"verdicts-{place}-body": paragraph("edited")})
    return Verdict.objects.filter(body=paragraph("edited")).exists()


def writes_the_builders_verdict(client):
    return writes(client, 0)


def proposes_a_change_of_the_builders_verdict(client):
    writes(client, 0)
    return Proposal.objects.exists()


def writes_the_skeptics_verdict(client):
    return writes(client, 1)


def writes_the_skeptics_verdict_on_a_draft(client):
    return writes(client, 1, status="draft")


def enters_a_verdict(client):
    tool = make_tool("Alpha", "-, skip 40, ship, ship")
    typed = {
        "verdicts-0-decision": "ship",
        "verdicts-0-pick_if": "you need it",
        "verdicts-0-body": paragraph("new"),
    }
    post(client, tool_page(tool), **typed)
    return tool.verdicts.count() == 4


def drafts_a_comparison(client):
    a = make_tool("Alpha")
    b = make_tool("Beta")
    post(client, "/admin/comparisons/comparison/add/", first=a.pk, second=b.pk, relation="rivals")
    return Comparison.objects.filter(published_at=None).exists()


def edits_a_published_comparison(client):
    comparison = make_comparison(make_tool("Alpha"), make_tool("Beta"))
    post(client, f"/admin/comparisons/comparison/{comparison.pk}/change/", note="Edited")
    comparison.refresh_from_db()
    return comparison.note == "Edited"


def publishes_a_comparison(client):
    comparison = make_comparison(make_tool("Alpha"), make_tool("Beta"), published_at=None)
    moment = {"published_at_0": "2026-01-01", "published_at_1": "00:00"}
    post(client, f"/admin/comparisons/comparison/{comparison.pk}/change/", **moment)
    comparison.refresh_from_db()
    return comparison.published_at is not None


def merges(client):
    a = make_tool("Alpha")
    b = make_tool("Beta")
    client.post(f"/admin/merge/{a.pk}/into/{b.pk}/")
    return Tool.objects.count() == 1


def releases_votes(client):
    tool = make_tool("Alpha")
    batch = VoteBatch.objects.create(tool=tool, reason="burst")
    Vote.objects.create(tool=tool, visitor="v", decision="ship", status="burst", batch=batch)
    recount(repair=True, now=timezone.now())
    client.post("/admin/reviews/votebatch/", {"action": "release", "_selected_action": [batch.pk]})
    batch.refresh_from_db()
    return batch.status == "released"


def discards_votes_on_their_page(client):
    batch = VoteBatch.objects.create(tool=make_tool("Alpha"), reason="burst")
    client.post(f"/admin/reviews/votebatch/{batch.pk}/decide/", {"discard": "Discard"})
    batch.refresh_from_db()
    return batch.status == "discarded"


def restores(client, make):
    row, change = make()
    history.save(row=change(row), by="x", reason="r")
    found = Revision.objects.get(action="found")
    client.post(f"/admin/reviews/revision/{found.pk}/restore/", {"reason": "Back."})
    return Revision.objects.filter(action="restored").exists()


def restores_a_draft(client):
    def change(tool):
        tool.tagline = "Other"
        return tool

    return restores(client, lambda: (make_tool("Alpha", status="draft"), change))


def restores_a_published_tool(client):
    def change(tool):
        tool.tagline = "Other"
        return tool

    return restores(client, lambda: (make_tool("Alpha"), change))


def restores_an_answer_of_the_skeptic(client):
    def change(answer):
        answer.text = "Other"
        return answer

    def make():
        make_tool("Alpha", PANEL)
        return Answer.objects.filter(verdict__reviewer__slug="skeptic").first(), change

    return restores(client, make)


def deletes_a_tool(client):
    tool = make_tool("Alpha")
    client.post(f"/admin/reviews/tool/{tool.pk}/delete/", {"post": "yes"})
    return not Tool.objects.exists()


def changes_a_category(client):
    category = make_category()
    post(client, f"/admin/reviews/category/{category.pk}/change/", description="Edited")
    category.refresh_from_db()
    return category.description == "Edited"


def changes_a_reviewer(client):
    builder = make_panel()[0]
    post(client, f"/admin/reviews/reviewer/{builder.pk}/change/", motto="Edited")
    builder.refresh_from_db()
    return builder.motto == "Edited"


def imports(client):
    make_tool("Alpha")
    file = SimpleUploadedFile("tools.csv", b"slug,tagline\nalpha,Imported\n")
    tried = client.post("/admin/files/", {"kind": "tools", "format": "csv", "file": file}, follow=True)
    if digest := re.search(r'name="digest" value="(\w+)"', tried.content.decode()):
        client.post(f"/admin/files/{ImportRun.objects.get().pk}/write/", {"digest": digest[1]})
    return Tool.objects.get().tagline == "Imported"


def holds_the_next_letter(client):
    client.post("/admin/newsletter/issue/next/hold/", {"number": 1, "version": 0})
    return Draft.objects.filter(state="held").exists()


def sees_users(client):
    return client.get("/admin/auth/user/").status_code == 200


def sees_the_log(client):
    return client.get("/admin/admin/logentry/").status_code == 200


def binds_somebody_to_a_reviewer(client):
    make_panel()
    return client.get("/admin/reviews/deskmember/add/").status_code == 200


ANY_EDITOR = {"builder", "bound", "desk", "publisher", "administrator"}
DESK = {"desk", "publisher", "administrator"}
PUBLISHER = {"publisher", "administrator"}
ADMINISTRATOR = {"administrator"}

MATRIX = {
    reads_the_list: ANY_EDITOR,
    previews_a_draft: ANY_EDITOR,
    enters_a_draft: DESK,
    edits_a_draft: DESK,
    edits_a_published_tool: PUBLISHER,
    publishes: PUBLISHER,
    publishes_by_hand_made_request: set(),
    submits_a_draft: DESK,
    approves: PUBLISHER,
    approves_on_the_tools_page: PUBLISHER,
    sends_back: PUBLISHER,
    schedules: PUBLISHER,
    retires: PUBLISHER,
    writes_the_builders_verdict: PUBLISHER,
    proposes_a_change_of_the_builders_verdict: {"builder", "bound", "desk"},
    enters_a_verdict: PUBLISHER,
    writes_the_skeptics_verdict: PUBLISHER,
    writes_the_skeptics_verdict_on_a_draft: DESK,
    drafts_a_comparison: DESK,
    edits_a_published_comparison: PUBLISHER,
    publishes_a_comparison: PUBLISHER,
    merges: PUBLISHER,
    releases_votes: PUBLISHER,
    discards_votes_on_their_page: PUBLISHER,
    imports: PUBLISHER,
    holds_the_next_letter: PUBLISHER,
    restores_a_draft: DESK,
    restores_a_published_tool: PUBLISHER,
    restores_an_answer_of_the_skeptic: PUBLISHER,
    changes_a_category: PUBLISHER,
    deletes_a_tool: ADMINISTRATOR,
    changes_a_reviewer: ADMINISTRATOR,
    sees_users: ADMINISTRATOR,
    sees_the_log: ADMINISTRATOR,
    binds_somebody_to_a_reviewer: ADMINISTRATOR,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", MATRIX, ids=lambda act: act.__name__)
def test_each_role_may_do_its_own_acts_and_no_others(seat, act, role):
    assert act(seat(role)) == (role in MATRIX[act])


def test_an_editor_bound_to_one_reviewer_can_only_read_the_other_verdicts(seat):
    tool = make_tool("Alpha", PANEL)
    forms = seat("builder").get(tool_page(tool)).context["inline_admin_formsets"][-1].formset.forms
    assert [form.is_editable for form in forms] == [True, False, False, False]
    assert all(field.field.disabled for field in forms[1].visible_fields())


def test_actions_of_editors_are_logged(seat):
    client = seat("publisher")
    tool = make_tool("Alpha", PANEL)
    post(client, tool_page(tool), tagline="Edited", **{"verdicts-0-body": paragraph("edited")})
    found = Revision.objects.get(action="found", model="reviews.tool")
    client.post(f"/admin/reviews/revision/{found.pk}/restore/")
    client.post(f"/admin/merge/{tool.pk}/into/{make_tool('Beta').pk}/")
    told = " ".join(
        entry.get_change_message() for entry in LogEntry.objects.filter(user__username="publisher")
    )
    for words in (
        "Changed Tagline",
        "Changed Body for verdict “Builder on Alpha”",
        "Restored Alpha",
        "Merged Alpha",
    ):
        assert words in told
