"""The page of the next letter at the desk: edited, tested, held and released by publishers."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons.newsletter.models import Draft, DraftState, Issue
from comparisons.newsletter.services.drafts import hold_draft, save_draft
from comparisons.newsletter.services.issues import make_issue, plan_issue
from reviews.models import DeskMember, Tool
from tests.accounts import make_editor
from tests.conftest import SAME_ORIGIN
from tests.factories import make_panel, make_tool
from tests.html_text import assert_in_order, text_of
from tests.newsletter_factories import MONDAY, make_news, make_subscriber
from tests.smtp_server import html_of_mail, links_of, text_of_mail

pytestmark = pytest.mark.django_db

PAGE = "/admin/newsletter/issue/next/"
ACTS = ("hold", "resume", "release", "test")


def browser(name="grace", group="Publisher", **fields):
    user = make_editor(name, **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client = Client(headers=SAME_ORIGIN)
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def publisher(monday):
    make_news()
    return browser()


def filled(client, **typed):
    """Return what the browser sends if only these fields are changed; None leaves a field out."""
    form = client.get(PAGE).context["form"]
    values = {field.html_name: field.value() for field in form}
    sent = {name: value for name, value in values.items() if value is not False and value is not None}
    changed = {**sent, **typed}
    return {name: value for name, value in changed.items() if value is not None}


def save(client, **typed):
    return client.post(PAGE, filled(client, **typed), follow=True)


def press(client, name, data=None):
    if data is None:
        form = client.get(PAGE).context["seen_form"]
        data = {field.html_name: field.value() for field in form}
    return client.post(f"{PAGE}{name}/", data, follow=True)


def key_of(name: str) -> str:
    return f"tool-{Tool.objects.get(name=name).pk}"


# --- editing ---


def test_a_publisher_sees_and_edits_the_next_letter(publisher):
    assert_in_order(
        text_of(publisher.get(PAGE)), "Issue 1: goes by itself", "Release as shown below", "What it says"
    )
    assert not Draft.objects.exists(), "looking writes nothing"
    page = save(
        publisher,
        subject="  Two \t tools ",
        introduction="Dear readers,\r\n\r\n\r\n\r\nhello.",
        **{f"tell-{key_of('Alpha')}": None, f"place-{key_of('Alpha Two')}": "1"},
    )
    assert_in_order(text_of(page), "Saved.", "Two tools", "Dear readers,")
    draft = Draft.objects.get()
    assert (draft.subject, draft.introduction) == ("Two tools", "Dear readers,\n\nhello.")
    assert draft.left_out == [key_of("Alpha")]
    plan = plan_issue(now=MONDAY)
    assert [line.name for line in plan.contents.tools] == ["Alpha Two"]
    assert b"hello.</p>" in publisher.get(f"{PAGE}mail/").content
    form = publisher.get(PAGE).context["form"]
    assert form[f"tell-{key_of('Alpha')}"].value() is False, "the form shows what was saved"


def test_places_reorder_the_items_of_a_kind(publisher):
    make_tool("Third", published_at=MONDAY - timedelta(hours=1))
    save(publisher, **{f"place-{key_of('Alpha Two')}": "0"})
    assert not Draft.objects.exists(), "places begin with 1"
    save(publisher, **{f"place-{key_of('Third')}": "9", f"place-{key_of('Alpha Two')}": "1"})
    assert [line.name for line in plan_issue(now=MONDAY).contents.tools] == ["Alpha Two", "Alpha", "Third"]
    save(publisher, **{f"place-{key_of('Third')}": "1", f"place-{key_of('Alpha Two')}": "3"})
    assert Draft.objects.get().order == [], "the order without an editor is not kept, so new items come first"


def test_an_item_that_came_after_the_page_was_opened_is_told(publisher):
    data = filled(publisher, subject="Edited")
    make_tool("Newer", published_at=MONDAY - timedelta(hours=1))
    publisher.post(PAGE, data)
    assert Draft.objects.get().left_out == []
    assert plan_issue(now=MONDAY).contents.tools[0].name == "Newer"


def test_what_is_too_long_is_refused_and_kept_in_the_form(publisher):
    response = publisher.post(PAGE, filled(publisher, subject="s" * 121, introduction="i" * 501))
    assert response.status_code == 422
    assert_in_order(text_of(response), "Nothing is saved yet", "at most 120 characters", "at most 500")
    assert "s" * 121 in response.content.decode()
    assert not Draft.objects.exists()


def test_another_editors_save_is_not_undone_and_nothing_typed_is_lost(publisher):
    data = filled(publisher, subject="His", introduction="His words.")
    save(browser("hedy"), subject="Hers", introduction="Her words.")
    response = publisher.post(PAGE, data)
    assert response.status_code == 409
    assert_in_order(text_of(response), "Somebody else changed this letter", "Hers", "Her words.")
    assert 'value="His"' in response.content.decode()
    assert Draft.objects.get().subject == "Hers"
    again = {field.html_name: field.value() for field in response.context["form"]}
    publisher.post(PAGE, {name: value for name, value in again.items() if value})
    assert Draft.objects.get().subject == "His", "saving again is a decision"


def test_texts_of_editors_are_escaped_on_the_page(publisher):
    page = save(publisher, subject="<b>&", introduction="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;&amp;" in page


def test_before_the_set_day_the_page_says_from_when_on(publisher, monday):
    make_issue(plan=plan_issue(now=MONDAY))
    make_news(MONDAY + timedelta(hours=1), "Beta")
    monday.shift(timedelta(days=3))
    publisher = browser("hedy")
    text = text_of(publisher.get(PAGE))
    assert "Issue 2: not open yet" in text
    assert "from Friday, 6 March 2026, 09:00 (UTC) on" in text
    assert "Release as shown" not in text
    assert "Beta vs Beta Two" in text
    monday.shift(timedelta(days=1))
    text = text_of(browser("mary").get(PAGE))
    assert "goes by itself" in text
    assert "about Monday, 9 March 2026, 09:00 UTC" in text


# --- held and released ---


def test_a_letter_is_held_and_let_go(publisher):
    assert "Issue 1: held" in text_of(press(publisher, "hold"))
    assert Draft.objects.get().state == DraftState.HELD
    assert "The letter goes by itself." in text_of(press(publisher, "resume"))
    assert Draft.objects.get().state == DraftState.OPEN


def test_a_released_letter_is_the_one_on_the_page(publisher, monday):
    mail = publisher.get(f"{PAGE}mail/").content
    page = press(publisher, "release")
    assert_in_order(text_of(page), "The letter is released", "Issue 1: released", "Take back and hold")
    assert "Save and look at it" not in text_of(page)
    monday.shift(timedelta(hours=2))
    make_tool("Newer", published_at=MONDAY + timedelta(hours=1))
    assert publisher.get(f"{PAGE}mail/").content == mail
    assert "Issue 1: held" in text_of(press(publisher, "hold"))
    assert b"Newer" in publisher.get(f"{PAGE}mail/").content


def test_releasing_what_changed_meanwhile_is_refused_in_words(publisher):
    form = publisher.get(PAGE).context["seen_form"]
    data = {field.html_name: field.value() for field in form}
    make_tool("Newer", published_at=MONDAY - timedelta(hours=1))
    assert "look at it as it is now" in text_of(press(publisher, "release", data))
    assert Draft.objects.filter(state=DraftState.RELEASED).count() == 0
    press(publisher, "release")
    assert Draft.objects.get().state == DraftState.RELEASED


def test_two_publishers_release_the_same_letter_and_one_entry_is_made(publisher):
    other = browser("hedy")
    forms = [client.get(PAGE).context["seen_form"] for client in (publisher, other)]
    for client, form in zip((publisher, other), forms, strict=True):
        page = press(client, "release", {field.html_name: field.value() for field in form})
        assert "The letter is released" in text_of(page)
    assert LogEntry.objects.filter(change_message="Released.").count() == 1
    assert Draft.objects.get().version == 1


@pytest.mark.parametrize("data", [{}, {"number": "x", "version": "0"}, {"number": "9" * 40, "version": "0"}])
def test_a_crafted_request_is_answered_in_words(publisher, data):
    assert "Nothing was done" in text_of(press(publisher, "hold", data))
    assert not Draft.objects.filter(state=DraftState.HELD).exists()


def test_every_act_is_in_the_log_and_on_the_page(publisher):
    save(publisher, subject="Edited")
    press(publisher, "hold")
    press(publisher, "release")
    assert_in_order(
        text_of(publisher.get(PAGE)),
        "Who did what",
        "grace 2 March 2026, 09:00 Released.",
        "Held.",
        "Subject: “” became “Edited”.",
    )


def test_where_a_release_is_required_the_page_says_so(publisher, settings):
    settings.LETTER_NEEDS_RELEASE = True
    assert "Issue 1: waits for its release" in text_of(publisher.get(PAGE))
    press(publisher, "hold")
    assert "It waits for its release." in text_of(press(publisher, "resume"))


# --- a test to oneself ---


def test_a_test_goes_to_the_signed_in_editor_alone(publisher, smtp_server):
    subscriber = make_subscriber("grace@desk.example")
    save(publisher, subject="Größe", introduction="Hello.")
    assert "A test is on its way to grace@desk.example." in text_of(
        press(publisher, "test", {"email": "eve@example.com", "to": "eve@example.com"})
    )
    assert smtp_server.recipients == ["grace@desk.example"]
    mail = smtp_server.read()
    assert mail["Subject"] == "Größe"
    assert "Hello." in text_of_mail(mail)
    assert "Hello." in html_of_mail(mail)
    assert not any(subscriber.token in link for link in links_of(mail))
    assert not Issue.objects.exists()


def test_an_editor_gets_six_tests_in_an_hour(publisher, smtp_server, monday):
    for _ in range(6):
        press(publisher, "test")
    assert "You had enough tests for now. Try again in 61 minutes." in text_of(press(publisher, "test"))
    assert len(smtp_server.letters) == 6
    press(browser("hedy"), "test")
    assert smtp_server.recipients[6:] == ["hedy@desk.example"]
    monday.shift(timedelta(hours=1))
    press(publisher, "test")
    assert len(smtp_server.letters) == 8


def test_without_an_address_or_a_mail_server_no_test_is_offered_or_sent(publisher, smtp_server, settings):
    nameless = browser("hedy", email="")
    assert "your account has no e-mail address" in text_of(nameless.get(PAGE))
    assert "No test was sent." in text_of(press(nameless, "test"))
    settings.MAILERS = {}
    text = text_of(press(publisher, "test"))
    assert "No test was sent." in text
    assert "this site has no mail server" in text
    assert not smtp_server.letters


def test_a_mail_server_that_refuses_a_test_is_quoted(publisher, smtp_server):
    smtp_server.rcpt = lambda recipient: "550 5.1.1 no such user"
    assert "No test was sent: 550 5.1.1 no such user" in text_of(press(publisher, "test"))


# --- who may ---


def bound_to_a_reviewer():
    client = browser("bound")
    DeskMember.objects.create(user_id=int(client.session["_auth_user_id"]), reviewer=make_panel()[0])
    return client


@pytest.mark.parametrize(
    ("make", "sees"),
    [
        (lambda: browser("desk", "Reviewer's desk"), False),
        (lambda: browser("staff", None), False),
        (bound_to_a_reviewer, True),
    ],
    ids=["desk", "staff", "bound"],
)
def test_only_publishers_of_no_single_reviewer_edit_the_letter(make, sees, smtp_server):
    make_news()
    client = make()
    page = client.get(PAGE)
    assert page.status_code == (200 if sees else 404)
    assert "Save and look at it" not in page.content.decode()
    values = {"number": 1, "version": 0, "subject": "Crafted"}
    assert client.post(PAGE, values).status_code == (403 if sees else 404)
    for name in ACTS:
        assert client.post(f"{PAGE}{name}/", values).status_code == 403
    assert not Draft.objects.exists()
    assert not smtp_server.letters


def test_a_link_to_an_act_does_nothing(publisher):
    for name in ACTS:
        assert publisher.get(f"{PAGE}{name}/").status_code == 405
    assert not Draft.objects.exists()


def test_every_form_of_the_page_has_its_token(publisher, smtp_server):
    page = publisher.get(PAGE).content.decode()
    forms = re.findall(r"<form\b.*?</form>", page, re.DOTALL)
    assert len(forms) >= 4
    assert all("csrfmiddlewaretoken" in form for form in forms)


def test_the_page_asks_the_same_number_of_queries_for_little_and_for_much(publisher):
    save_draft(
        number=1, version=0, now=MONDAY, subject="s", introduction="i", left_out=["tool-1"], order=["tool-2"]
    )
    hold_draft(number=1, version=1, now=MONDAY)
    publisher.get(PAGE)  # content types are remembered from here on
    counts = []
    for size in (1, 15):
        for number in range(size):
            make_news(MONDAY - timedelta(hours=2), f"More {size} {number}")
        with CaptureQueriesContext(connection) as asked:
            publisher.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25


def test_nothing_is_cut_while_it_is_pasted(publisher):
    page = publisher.get(PAGE).content.decode()
    assert "maxlength" not in page
    assert 'data-longest="120"' in page
    assert 'data-longest="500"' in page
