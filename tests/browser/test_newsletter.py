"""The newsletter in a real browser: the box, the trap, the pages behind mailed links, the preview."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from comparisons.newsletter.models import Consent, Draft, DraftState, Subscriber
from comparisons.newsletter.services.issues import make_issue, plan_issue
from tests.browser.test_desk import DJANGOS_OWN
from tests.conftest import SAME_ORIGIN
from tests.newsletter_factories import make_news, make_subscriber
from tests.smtp_server import links_of

HTTP_NOTES = ("status of 404", "status of 410", "status of 422")


def local(link: str, site: str) -> str:
    return link.replace("http://127.0.0.1:8000", site)


def test_the_form_answers_in_its_place_and_keeps_what_was_typed(watched, site, smtp_server):
    watched.goto(site + "/compare/code-llama-4-vs-mistral-3b/")
    box = watched.get_by_role("region", name="Get the next comparison in your inbox")
    box.get_by_label("Your e-mail address").fill("ada@example")
    box.get_by_role("button", name="Subscribe").click()
    expect(box.get_by_role("status")).to_contain_text("does not look like an e-mail address")
    expect(box.get_by_label("Your e-mail address")).to_have_value("ada@example")
    box.get_by_label("Your e-mail address").fill("ada@example.com")
    watched.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_contain_text("Look into your inbox")
    assert watched.url == site + "/compare/code-llama-4-vs-mistral-3b/"
    assert smtp_server.recipients == ["ada@example.com"]
    assert [each for each in watched.complaints if "status of 422" not in each] == []


def test_subscribing_and_unsubscribing_work_without_javascript(browser, site, smtp_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_label("Your e-mail address").fill("ada@example.com")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Look into your inbox")).to_be_visible()
    page.goto(local(links_of(smtp_server.read())[0], site))
    page.get_by_role("button", name="Yes, send me Weekly AI Tool Verdicts once a week.").click()
    expect(page.get_by_role("heading", name="You get the letter")).to_be_visible()
    page.goto(f"{site}/newsletter/unsubscribe/{Subscriber.objects.get().token}/")
    page.get_by_role("button", name="Stop the letter").click()
    expect(page.get_by_role("heading", name="You have left the letter")).to_be_visible()
    page.get_by_role("button", name="Delete everything about me").click()
    expect(page.get_by_role("heading", name="Everything is deleted")).to_be_visible()
    assert not Subscriber.objects.exists()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_hidden_field_is_out_of_reach_for_people(browser, site, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(site + "/")
    trap = page.locator("[name=subject]")
    expect(trap).to_have_count(1)
    expect(trap).not_to_be_visible()
    assert "Leave this empty" not in page.locator("body").aria_snapshot(), "what a screen reader is told"
    assert "Your e-mail address" in page.locator("body").aria_snapshot(), (
        "the snapshot sees the field beside it"
    )
    page.get_by_label("Your e-mail address").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Subscribe")).to_be_focused()
    context.close()


def test_the_hidden_field_is_hidden_without_styles_too(page, site):
    page.route("**/*.css", lambda route: route.abort())
    page.goto(site + "/")
    expect(page.locator("[name=subject]")).not_to_be_visible()


def test_the_letters_pages_are_accessible_quiet_and_fit(watched, site, smtp_server):
    subscriber = make_subscriber()
    gone = make_subscriber("gone@example.com", unsubscribed_at=timezone.now())
    make_news(timezone.now() - timedelta(minutes=1), "W" * 100)
    issue = make_issue(plan=plan_issue(now=timezone.now()))
    assert "W" * 100 in str(issue.contents)
    watched.request.post(
        site + "/newsletter/subscribe/", form={"email": "new@example.com"}, headers=SAME_ORIGIN
    )
    assert Consent.objects.exists()
    confirm = local(links_of(smtp_server.read())[0], "")
    paths = [
        "/newsletter/",
        issue.get_absolute_url(),
        "/newsletter/asked/",
        confirm,
        "/newsletter/confirm/1:2:3/",
    ]
    paths += [f"/newsletter/unsubscribe/{each.token}/" for each in (subscriber, gone)]
    problems = []
    for width in (390, 1280):
        for scheme in ("light", "dark"):
            watched.set_viewport_size({"width": width, "height": 900})
            watched.emulate_media(color_scheme=scheme)
            for path in paths:
                watched.goto(site + path)
                problems += [
                    f"{path} {width} {scheme}: {each['id']}"
                    for each in Axe().run(watched).response["violations"]
                ]
                if watched.evaluate("document.documentElement.scrollWidth") > width:
                    problems.append(f"{path} {width}: scrolls sideways")
    problems += [each for each in watched.complaints if not any(note in each for note in HTTP_NOTES)]
    assert problems == []


@pytest.mark.dates
def test_the_preview_at_the_desk_shows_the_mail_and_lets_nothing_out(watched, site, admin_user):
    make_news(timezone.now() - timedelta(minutes=1))
    watched.goto(site + "/admin/login/?next=/admin/newsletter/issue/next/")
    watched.get_by_label("Username").fill("admin")
    watched.get_by_label("Password").fill("password")
    watched.get_by_role("button", name="Log in").click()
    mail = watched.frame_locator("iframe")
    heading = mail.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    assert heading.evaluate("element => getComputedStyle(element).fontSize") == "26px", "its styles hold"
    assert heading.evaluate("() => window.origin") == "null", "it belongs to no site"
    assert watched.complaints == []


@pytest.mark.dates
def test_the_next_letter_is_edited_and_released_in_a_browser(watched, site, admin_user):
    make_news(timezone.now() - timedelta(minutes=1))
    watched.goto(site + "/admin/login/?next=/admin/newsletter/issue/next/")
    watched.get_by_label("Username").fill("admin")
    watched.get_by_label("Password").fill("password")
    watched.get_by_role("button", name="Log in").click()
    watched.get_by_label("Subject:").fill("A calm week")
    watched.get_by_label("Introduction:").fill("Dear readers,\n\nhello.")
    watched.get_by_label("Tell Alpha vs Alpha Two").uncheck()
    watched.get_by_role("button", name="Save and look at it").click()
    expect(watched.get_by_role("heading", name="A calm week")).to_be_visible()
    expect(watched.frame_locator("iframe").get_by_text("hello.")).to_be_visible()
    problems = []
    for width in (390, 1280):
        for scheme in ("light", "dark"):
            watched.set_viewport_size({"width": width, "height": 900})
            watched.emulate_media(color_scheme=scheme)
            watched.reload()  # colours that still change have no contrast yet
            found = [
                each for each in Axe().run(watched).response["violations"] if each["id"] not in DJANGOS_OWN
            ]
            problems += [f"{width} {scheme}: {each['id']} {each['nodes'][0]['html']}" for each in found]
            if watched.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(f"{width}: scrolls sideways")
    assert problems == []
    watched.get_by_role("button", name="Release as shown below").click()
    expect(watched.get_by_role("heading", name="Issue 1: released")).to_be_visible()
    assert Draft.objects.get().state == DraftState.RELEASED
    assert watched.complaints == []
