"""The letter at the desk: read-only pages and the preview."""

import re
from datetime import timedelta

import pytest

from comparisons.newsletter.models import Consent, Delivery, Issue, State, Subscriber
from comparisons.newsletter.services.issues import make_issue, plan_issue
from tests.factories import make_tool
from tests.html_text import assert_in_order, text_of
from tests.newsletter_factories import MONDAY, make_news, make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    make_subscriber()
    make_news()
    return make_issue(plan=plan_issue(now=MONDAY))


@pytest.fixture
def news():
    from django.utils import timezone

    make_news(timezone.now() - timedelta(minutes=1))


def test_an_editor_can_preview_the_next_letter(admin_client, news):
    make_subscriber()
    assert (
        'href="/admin/newsletter/issue/next/"'
        in admin_client.get("/admin/newsletter/issue/").content.decode()
    )
    response = admin_client.get("/admin/newsletter/issue/next/")
    assert_in_order(
        text_of(response),
        "1 subscriber at this moment",
        "Alpha vs Alpha Two, and 2 more",
        "WEEKLY AI TOOL VERDICTS",
    )
    assert '<iframe src="/admin/newsletter/issue/next/mail/"' in response.content.decode()
    assert re.search(r"<iframe [^>]*\ssandbox></iframe>", response.content.decode())
    assert not Issue.objects.exists(), "looking makes nothing"


def test_the_mail_in_the_frame_may_use_its_styles_and_nothing_else(admin_client, news):
    response = admin_client.get("/admin/newsletter/issue/next/mail/")
    assert 'style="' in response.content.decode()
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox"
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cache-Control"] == "no-store, private"


def test_only_the_mail_itself_may_use_inline_styles(admin_client, issue):
    for path in (
        "/admin/newsletter/issue/next/",
        "/admin/newsletter/issue/",
        f"/admin/newsletter/issue/{issue.pk}/preview/",
    ):
        response = admin_client.get(path)
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_a_stored_issue_is_shown_as_it_was_sent(admin_client, issue):
    assert_in_order(
        text_of(admin_client.get(f"/admin/newsletter/issue/{issue.pk}/change/")),
        "Waiting: 1",
        "The mail",
        "public page",
    )
    assert "Alpha vs Alpha Two" in text_of(admin_client.get(f"/admin/newsletter/issue/{issue.pk}/preview/"))
    assert b"Alpha Two" in admin_client.get(f"/admin/newsletter/issue/{issue.pk}/mail/").content


def test_a_preview_holds_no_subscribers_token(admin_client, issue):
    for path in ("preview", "mail"):
        assert (
            Subscriber.objects.get().token
            not in admin_client.get(f"/admin/newsletter/issue/{issue.pk}/{path}/").content.decode()
        )


def test_the_preview_says_when_there_is_no_letter(admin_client):
    make_tool("Old")
    assert "there would be no letter" in text_of(admin_client.get("/admin/newsletter/issue/next/"))
    assert admin_client.get("/admin/newsletter/issue/next/mail/").status_code == 404


@pytest.mark.parametrize("path", ["next/", "next/mail/", "1/preview/", "1/mail/"])
def test_previews_need_the_permission_to_view_issues(client, django_user_model, path):
    assert client.get(f"/admin/newsletter/issue/{path}").status_code == 302
    client.force_login(django_user_model.objects.create_user("helper", is_staff=True))
    assert client.get(f"/admin/newsletter/issue/{path}").status_code == 404


def test_subscribers_and_their_consents_are_read_only(admin_client):
    subscriber = make_subscriber()
    Consent.objects.create(subscriber=subscriber, asked_words="These words.")
    make_subscriber("left@example.com", unsubscribed_at=MONDAY)
    make_subscriber("refuses@example.com", hard_bounces=3)
    make_subscriber("asked@example.com", confirmed_at=None)
    text = text_of(admin_client.get("/admin/newsletter/subscriber/?o=1"))
    assert_in_order(text, "ada@example.com", "Gets the letter", "asked@example.com", "Not confirmed yet")
    assert_in_order(text, "left@example.com", "Has left", "refuses@example.com", "Refuses mail")
    page = admin_client.get(f"/admin/newsletter/subscriber/{subscriber.pk}/change/")
    assert "These words." in text_of(page)
    assert subscriber.token not in page.content.decode()
    assert admin_client.get("/admin/newsletter/subscriber/add/").status_code == 403
    assert (
        admin_client.post(
            f"/admin/newsletter/subscriber/{subscriber.pk}/change/", {"email": "x@example.com"}
        ).status_code
        == 403
    )


def test_an_editor_can_delete_a_subscriber_on_request(admin_client, issue):
    subscriber = Subscriber.objects.get()
    Consent.objects.create(subscriber=subscriber, asked_words="These words.")
    url = f"/admin/newsletter/subscriber/{subscriber.pk}/delete/"
    assert "Are you sure" in text_of(admin_client.get(url))
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    assert not Subscriber.objects.exists()
    assert Issue.objects.exists()


def test_an_editor_can_count_a_bounce_that_came_by_mail(admin_client):
    subscriber = make_subscriber(hard_bounces=2)
    admin_client.post(
        "/admin/newsletter/subscriber/", {"action": "count_bounce", "_selected_action": [subscriber.pk]}
    )
    assert not Subscriber.objects.active().exists()


def test_deliveries_can_be_filtered_by_their_state(admin_client, issue):
    Delivery.objects.update(state=State.CLAIMED, claim="x", claimed_at=MONDAY)
    assert "ada@example.com" in text_of(admin_client.get("/admin/newsletter/delivery/?state__exact=claimed"))
    assert "ada@example.com" not in text_of(admin_client.get("/admin/newsletter/delivery/?state__exact=sent"))
