"""The draft of the next issue: what an editor wishes, holds and releases, and what the timer sends."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction

from comparisons.newsletter.models import Draft, DraftState, Issue
from comparisons.newsletter.services.drafts import (
    DraftChanged,
    DraftClosed,
    NothingToTell,
    current_draft,
    hold_draft,
    is_open_for_edits,
    release_draft,
    resume_draft,
    save_draft,
    seen_as,
)
from comparisons.newsletter.services.issues import plan_issue
from reviews.models import Tool
from reviews.services.editing import history
from reviews.services.editing.corrections import correct_change
from tests.factories import make_tool
from tests.newsletter_factories import MONDAY, make_news, make_subscribers
from tests.smtp_server import html_of_mail, text_of_mail

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
FRIDAY = MONDAY + 4 * A_DAY
NEXT = MONDAY + A_WEEK


def run(*arguments, at=MONDAY) -> str:
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("send_digest", *arguments, stdout=out)
    return out.getvalue()


def save(at=MONDAY, **wishes):
    draft = current_draft()
    values = {"subject": "", "introduction": "", "left_out": [], "order": []} | wishes
    return save_draft(number=draft.number, version=draft.version, now=at, **values)


def act(service, at=MONDAY, **fields):
    draft = current_draft()
    with time_machine.travel(at, tick=False):
        return service(number=draft.number, version=draft.version, now=at, **fields)


def hold(at=MONDAY):
    return act(hold_draft, at)


def resume(at=MONDAY):
    return act(resume_draft, at)


def release(at=MONDAY):
    with time_machine.travel(at, tick=False):
        seen = seen_as(plan_issue(now=at))
    return act(release_draft, at, seen=seen)


@pytest.fixture
def news():
    make_subscribers(2)
    make_news()


# --- wishes ---


def test_a_letter_goes_with_the_editors_subject_introduction_and_order(news, smtp_server, client):
    beta = Tool.objects.get(name="Alpha Two")
    comparison = plan_issue(now=MONDAY).contents.comparisons[0]
    save(
        subject="Größe zählt",
        introduction="Dear <reader>,\n\nthis week\nis calm.",
        left_out=[comparison.key],
        order=[f"tool-{beta.pk}"],
    )
    run()
    mail = smtp_server.read()
    assert mail["Subject"] == "Größe zählt"
    assert "Dear &lt;reader&gt;,</p>" in html_of_mail(mail)
    assert "Dear <reader>,\n\nthis week is calm.\n\nNew tools\n" in text_of_mail(mail).replace("\r\n", "\n")
    assert "New comparisons" not in text_of_mail(mail)
    issue = Issue.objects.get()
    assert [line["name"] for line in issue.contents["tools"]] == ["Alpha Two", "Alpha"]
    page = client.get("/newsletter/2026-03-02/").content.decode()
    assert "<p>Dear &lt;reader&gt;,</p><p>this week is calm.</p>" in page
    assert Draft.objects.get().state == DraftState.MADE


def test_without_an_editors_act_the_letter_goes_as_ever(news, smtp_server):
    run()
    assert smtp_server.read()["Subject"] == "Alpha vs Alpha Two, and 2 more"
    assert len(smtp_server.letters) == 2


def test_the_wishes_for_one_issue_are_not_those_for_the_next(news, smtp_server):
    save(subject="The first", introduction="Hello.")
    run()
    make_news(NEXT - A_DAY, "Beta")
    run(at=NEXT)
    assert smtp_server.read()["Subject"] == "Beta vs Beta Two, and 2 more"
    assert "Hello." not in text_of_mail(smtp_server.read())


def test_the_draft_opens_on_the_set_day(news, smtp_server, settings):
    assert is_open_for_edits(now=MONDAY), "before the first issue there is no day to wait for"
    run()
    assert not is_open_for_edits(now=FRIDAY - timedelta(minutes=1))
    assert is_open_for_edits(now=FRIDAY)
    settings.LETTER_DRAFT_DAYS = 1
    assert not is_open_for_edits(now=FRIDAY)
    with pytest.raises(DraftClosed):
        save(at=FRIDAY)
    with pytest.raises(DraftClosed):
        hold(at=FRIDAY)


def test_an_older_page_does_not_undo_another_editors_save(news):
    old = current_draft()
    save(subject="Hers")
    with pytest.raises(DraftChanged):
        save_draft(
            number=old.number,
            version=old.version,
            now=MONDAY,
            subject="His",
            introduction="",
            left_out=[],
            order=[],
        )
    assert current_draft().subject == "Hers"


def test_a_page_from_before_an_issue_was_made_changes_nothing(news, smtp_server):
    save(subject="Seen")
    old = current_draft()
    run()
    with pytest.raises(DraftChanged):
        hold_draft(number=old.number, version=old.version, now=FRIDAY)
    assert Draft.objects.get(number=1).state == DraftState.MADE


# --- held ---


def test_a_held_issue_is_not_sent_by_the_timer(news, smtp_server):
    hold()
    assert "The next issue (1) is held at the desk: it is not sent." in run()
    assert "is held at the desk" in run("--released", at=MONDAY + A_DAY)
    assert not Issue.objects.exists()
    assert not smtp_server.letters
    resume()
    run(at=MONDAY + A_DAY)
    assert len(smtp_server.letters) == 2


def test_holding_the_next_issue_does_not_stop_the_letters_of_the_last(news, smtp_server):
    run("--limit=1")
    hold(at=FRIDAY)
    run(at=FRIDAY)
    assert len(smtp_server.letters) == 2


# --- released ---


def test_what_was_released_is_sent_whatever_was_published_since(news, smtp_server):
    save(introduction="Hello.")
    release()
    frozen = plan_issue(now=MONDAY).contents
    with time_machine.travel(MONDAY + A_DAY, tick=False):
        make_tool("Newer", published_at=MONDAY + timedelta(hours=1))
        Tool.objects.filter(name="Alpha").update(tagline="Another tagline")
        assert plan_issue(now=MONDAY + A_DAY).contents == frozen
    run(at=MONDAY + A_DAY)
    issue = Issue.objects.get()
    assert (issue.until, issue.made_at) == (MONDAY, MONDAY + A_DAY)
    assert issue.published_on == (MONDAY + A_DAY).date()
    assert "What Alpha is" in text_of_mail(smtp_server.read())
    assert "Newer" not in text_of_mail(smtp_server.read())
    run(at=MONDAY + A_DAY + A_WEEK)
    assert smtp_server.read()["Subject"] == "Newer: What Newer is", "it is news of the next issue"


def test_a_retired_tool_drops_out_of_a_released_issue(news, smtp_server):
    release()
    Tool.objects.filter(name="Alpha").update(status="retired")
    run()
    mail = smtp_server.read()
    assert mail["Subject"] == "Alpha Two: What Alpha Two is", "the subject that was made of the news follows"
    assert "Alpha:" not in text_of_mail(mail).replace("Alpha Two:", "")


def test_a_change_that_was_a_typing_mistake_drops_out_of_a_released_issue(news, smtp_server):
    mistakes = []
    for name in ("Old", "Older"):
        verdict = make_tool(name, "skip 40", published_at=MONDAY - 5 * A_WEEK).verdicts.get()
        verdict.score = 10
        with time_machine.travel(MONDAY - A_DAY, tick=False):
            mistakes.append(history.save(row=verdict, by="An editor", reason="The licence changed."))
    release()
    correct_change(revision=mistakes[0], by="A publisher", is_told=False)
    correct_change(revision=mistakes[1], by="A publisher", is_told=True, reason="The price changed.")
    run()
    text = text_of_mail(smtp_server.read())
    assert "Old\r\n" not in text
    assert "now 10/100 · skip. The price changed." in " ".join(text.split())


def test_a_released_issue_of_which_nothing_is_true_begins_again(news, smtp_server):
    release()
    Tool.objects.update(status="retired")
    assert "Nothing was published or changed" in run()
    assert not Issue.objects.exists()
    assert current_draft().state == DraftState.OPEN
    make_news(MONDAY + A_DAY, "Beta")
    run(at=MONDAY + 2 * A_DAY)
    assert smtp_server.read()["Subject"].startswith("Beta vs Beta Two")


def test_releasing_what_looks_otherwise_by_now_is_refused(news):
    seen = seen_as(plan_issue(now=MONDAY))
    with time_machine.travel(MONDAY, tick=False):
        make_tool("Newer", published_at=MONDAY - A_DAY)
        with pytest.raises(DraftChanged):
            act(release_draft, seen=seen)
    assert current_draft().state == DraftState.OPEN


def test_an_issue_without_news_is_not_released():
    with pytest.raises(NothingToTell):
        release()


def test_a_released_issue_is_edited_only_after_it_is_taken_back(news, smtp_server):
    release()
    with pytest.raises(DraftClosed):
        save(subject="Other")
    hold()
    save(subject="Other")
    assert "is held" in run()
    release()
    run()
    assert smtp_server.read()["Subject"] == "Other"


def test_releasing_twice_changes_nothing(news, smtp_server):
    first = release()
    again = release()
    assert (again.version, again.until) == (first.version, first.until)
    run()
    run(at=MONDAY + timedelta(minutes=1))
    assert len(smtp_server.letters) == 2


def test_where_a_release_is_required_nothing_goes_without(news, smtp_server, settings):
    settings.LETTER_NEEDS_RELEASE = True
    assert "The next issue (1) waits for its release at the desk: it is not sent." in run()
    assert not smtp_server.letters
    release()
    run()
    assert len(smtp_server.letters) == 2


def test_a_late_release_is_sent_by_the_hourly_timer(news, smtp_server, settings):
    settings.LETTER_NEEDS_RELEASE = True
    release()
    run()
    make_news(NEXT - 2 * A_DAY, "Beta")
    release(at=NEXT - A_DAY)
    assert "The next issue is made from 9 March 2026 09:00 on." in run("--released", at=NEXT - A_DAY)
    assert len(smtp_server.letters) == 2, "not earlier than every week"
    run("--released", at=NEXT + timedelta(hours=5))
    assert len(smtp_server.letters) == 4


def test_the_hourly_timer_makes_nothing_that_nobody_released(news, smtp_server):
    assert "waits for its release" in run("--released")
    assert not Issue.objects.exists()


def test_the_gap_to_the_next_issue_counts_from_the_day_it_was_made(news, smtp_server):
    release()
    run(at=MONDAY + 3 * A_DAY)
    make_news(MONDAY + A_DAY, "Beta")
    assert "The next issue is made from 11 March 2026 09:00 on." in run(at=MONDAY + A_WEEK)
    assert Issue.objects.count() == 1


# --- what the database refuses ---


@pytest.mark.parametrize("fields", [{"state": "lost"}, {"state": "released"}, {"number": 0}])
def test_a_draft_that_makes_no_sense_is_refused_by_the_database(fields):
    Draft.objects.create(number=1)
    Draft.objects.create(number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(number=1).update(**fields)


def test_an_issue_has_one_draft():
    Draft.objects.create(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(number=1)
