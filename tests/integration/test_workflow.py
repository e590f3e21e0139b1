"""From draft to retired by buttons: which step leads where, who is told what, and who came first."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from reviews.models import Revision, Stage, Tool
from reviews.services.editing.workflow import (
    RULES,
    Editor,
    Obstacle,
    Step,
    StepRefused,
    steps_from,
    take_step,
)
from tests.concurrency import run_in_threads
from tests.factories import make_panel, make_tool
from tests.html_text import text_of
from tests.integration.test_admin import form_of
from tests.integration.test_fact_entry import client_of

pytestmark = pytest.mark.django_db

PANEL = "ship 84, skip 40, ship, ship"
PUBLISHER = Editor(name="grace", may_edit=True, may_publish=True)
WRITER = Editor(name="ada", may_edit=True, may_publish=False)
READER = Editor(name="eve", may_edit=False, may_publish=False)


@pytest.fixture
def draft():
    return make_tool("Alpha", PANEL, status="draft", published_at=None)


def page_of(tool):
    return f"/admin/reviews/tool/{tool.pk}/change/"


def press(client, tool, step, **typed):
    """Press a button of the tool's page."""
    return client.post(
        page_of(tool), form_of(client.get(page_of(tool))) | {"_step": step} | typed, follow=True
    )


def at_stage(stage):
    soon = timezone.now() + timedelta(days=1)
    fields = {
        Stage.SCHEDULED: {"status": "published", "published_at": soon},
        Stage.PUBLISHED: {},
        Stage.RETIRED: {"status": "retired"},
    }
    return make_tool("Alpha", PANEL, **fields.get(stage, {"status": stage.value, "published_at": None}))


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", Stage)
def test_a_step_is_taken_from_its_stages_and_refused_from_all_others(stage, step):
    tool = at_stage(stage)
    more = {"word": "Not yet.", "moment": timezone.now() + timedelta(days=9)}
    if stage in RULES[step].begins_at:
        taken = take_step(tool=tool.pk, step=step, editor=PUBLISHER, **more)
        assert taken.status == RULES[step].leads_to
        assert Revision.objects.of_row(tool).newest_first()[0].editor == "grace"
    else:
        with pytest.raises(StepRefused) as refusal:
            take_step(tool=tool.pk, step=step, editor=PUBLISHER, **more)
        assert (refusal.value.obstacle, refusal.value.stage) == (Obstacle.OTHER_STAGE, stage)
        assert not Revision.objects.of_row(tool).exists()


def test_readers_see_published_and_retired_tools_and_no_other(client):
    for stage in Stage:
        at_stage(stage)
        is_seen = client.get("/tools/alpha/").status_code == 200
        assert is_seen == (stage in (Stage.PUBLISHED, Stage.RETIRED)), stage
        Tool.objects.all().delete()


def test_each_editor_is_offered_what_may_be_done():
    assert steps_from(stage=Stage.DRAFT, editor=WRITER) == [Step.SUBMIT]
    assert steps_from(stage=Stage.WAITING, editor=WRITER) == [Step.TAKE_BACK]
    assert steps_from(stage=Stage.APPROVED, editor=WRITER) == []
    assert steps_from(stage=Stage.WAITING, editor=PUBLISHER)[0] == Step.APPROVE
    assert Step.TAKE_BACK not in steps_from(stage=Stage.WAITING, editor=PUBLISHER)
    assert all(steps_from(stage=stage, editor=READER) == [] for stage in Stage)


def test_a_step_that_is_not_offered_is_refused(draft):
    with pytest.raises(StepRefused) as refusal:
        take_step(tool=draft.pk, step=Step.PUBLISH, editor=WRITER)
    assert refusal.value.obstacle == Obstacle.NOT_ALLOWED


def test_a_button_saves_what_is_typed_and_then_takes_its_step(draft):
    client = client_of("ada", "Reviewer's desk")
    page = press(client, draft, "submit", tagline="Typed just now")
    draft.refresh_from_db()
    assert (draft.status, draft.tagline) == ("waiting", "Typed just now")
    assert "Alpha waits for review." in text_of(page)
    assert "Submitted by ada on" in text_of(page)


def test_no_step_is_taken_while_something_typed_is_wrong(admin_client, draft):
    page = press(admin_client, draft, "submit", tagline="")
    assert "Please correct the error below." in text_of(page)
    assert Tool.objects.get().status == "draft"


def test_a_step_that_readers_notice_is_confirmed_on_a_page(admin_client, draft):
    page = press(admin_client, draft, "publish")
    assert "Readers see its page at once" in text_of(page)
    assert Tool.objects.get().status == "draft"
    assert admin_client.post(page.request["PATH_INFO"], follow=True).status_code == 200
    assert Tool.objects.get().status == "published"


def test_what_is_sent_back_has_a_word_that_its_editors_read(admin_client, draft):
    Tool.objects.update(status="waiting")
    address = f"/admin/reviews/tool/{draft.pk}/step/send-back/"
    assert admin_client.post(address, {"word": " "}).status_code == 422
    assert admin_client.post(address, {"word": "The licence needs a source."}).status_code == 302
    page = text_of(client_of("ada", "Reviewer's desk").get(page_of(draft)))
    assert "“The licence needs a source.”" in page


def test_a_moment_that_is_past_is_no_schedule(admin_client, draft):
    address = f"/admin/reviews/tool/{draft.pk}/step/schedule/"
    with time_machine.travel("2026-03-01T12:00Z", tick=False):
        for moment in ("", "2026-03-01T12:00", "2026-02-30T12:00"):
            assert admin_client.post(address, {"moment": moment}).status_code == 422
        assert Tool.objects.get().status == "draft"
        assert admin_client.post(address, {"moment": "2026-03-01T12:01"}).status_code == 302
        assert Tool.objects.get().stage == Stage.SCHEDULED


def test_a_tool_that_was_public_keeps_its_moment_when_it_is_published_again(admin_client):
    tool = make_tool("Alpha", PANEL)
    for step in ("withdraw", "publish", "retire", "bring-back"):
        assert admin_client.post(f"/admin/reviews/tool/{tool.pk}/step/{step}/").status_code == 302
    assert Tool.objects.get().published_at == tool.published_at


def test_what_a_publisher_approved_is_not_edited_by_others(draft):
    client = client_of("ada", "Reviewer's desk")
    for status, can in (("waiting", True), ("approved", False)):
        Tool.objects.update(status=status)
        page = client.get(page_of(draft))
        assert ("tagline" in form_of(page)) == can


def test_a_new_tool_is_submitted_with_its_first_save(admin_client):
    make_panel()
    category = make_tool("Beta").category
    typed = {"name": "New", "category": category.pk, "kind": "model", "tagline": "W", "description": "W."}
    address = "/admin/reviews/tool/add/"
    page = admin_client.post(address, form_of(admin_client.get(address)) | typed | {"_step": "submit"})
    assert page.status_code == 302
    assert Tool.objects.get(name="New").status == "waiting"


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_at_once_one_takes_the_step_and_the_other_is_told(draft):
    def publish(index):
        try:
            return take_step(tool=draft.pk, step=Step.PUBLISH, editor=PUBLISHER).status
        except StepRefused as refusal:
            return refusal.obstacle

    assert sorted(run_in_threads(publish, 2)) == [Obstacle.OTHER_STAGE, "published"]
    assert Revision.objects.filter(changes__has_key="status").count() == 1
